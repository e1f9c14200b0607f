import { inSystem } from "@/db/client";
import { lockTotpFactorsNotWrappedBy, updateWrappedTotpFactor } from "@/db/repositories/totp-factors";
import type { KeyProvider } from "@/lib/crypto";
import { totpPlace } from "@/lib/domain/second-factor/totp";

/**
 * Wraps the secrets of authenticator apps with the keyring's active key, batch by batch, as the worker. Readers open
 * old and new alike; after a kill the rest is found by what wraps it.
 */
export async function* rewrapFactorBatches(provider: KeyProvider, batchSize: number): AsyncGenerator<number> {
  for (;;) {
    const done = await inSystem(async (tx) => {
      const rows = await lockTotpFactorsNotWrappedBy(tx, provider.activeId, batchSize);
      for (const row of rows) {
        const place = totpPlace(row);
        const secret = await provider.unwrap(row.keyringId, row.wrapped, place);
        await updateWrappedTotpFactor(tx, row.id, await provider.wrap(secret, place));
      }
      return rows.length;
    });
    if (done === 0) return;
    yield done;
  }
}
