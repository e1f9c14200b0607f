import { createHash } from "node:crypto";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { updateConnection, type ConnectionRow } from "@/db/repositories/connections";
import { findProvider, type ProviderRow } from "@/db/repositories/providers";
import { databaseNow } from "@/db/repositories/sync-steps";

/**
 * What a provider does not offer (501) is remembered on the connection and not asked for again until Finch's list
 * of providers says something else about it, or the connection signs in another way.
 */
const Remembered = z.object({
  fingerprint: z.string(),
  at: z.string(),
  requestId: z.string().nullable().default(null),
  /** not_implemented | write_only */
  outcome: z.string().default("not_implemented"),
  message: z.string(),
});
export type Unsupported = z.infer<typeof Remembered>;

/** connections.unsupported by step, or by `<step>.<part>` where only its details are not offered. */
export function readUnsupported(stored: unknown): Record<string, Unsupported> {
  const entries = typeof stored === "object" && stored !== null ? Object.entries(stored) : [];
  return Object.fromEntries(
    entries.flatMap(([key, value]) => {
      const parsed = Remembered.safeParse(value);
      return parsed.success ? [[key, parsed.data]] : [];
    }),
  );
}

/** Changes when Finch says something else of the provider: its products, its ways to sign in and what they support. */
export function supportFingerprint(
  provider: Pick<ProviderRow, "products" | "authenticationMethods"> | null,
  usedMethods: unknown,
): string {
  const methods = Array.isArray(usedMethods) ? usedMethods : [];
  const types = methods.flatMap((method: unknown) =>
    typeof method === "object" && method !== null && "type" in method ? [method.type] : [],
  );
  const facts = [
    provider && [...provider.products].sort(),
    provider?.authenticationMethods,
    types.map(String).sort(),
  ];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 32);
}

const fingerprintOf = async (tx: Tx, connection: ConnectionRow) =>
  supportFingerprint(await findProvider(tx, connection.providerId), connection.authenticationMethods);

/** What is remembered of a step or a part of it, if that still holds; null where Finch is to be asked. */
export async function findUnsupported(
  tx: Tx,
  connection: ConnectionRow,
  key: string,
): Promise<Unsupported | null> {
  const known = readUnsupported(connection.unsupported)[key];
  return known && known.fingerprint === (await fingerprintOf(tx, connection)) ? known : null;
}

/** Remembers that the provider does not offer what a step, or a part of it, reads. */
export async function rememberUnsupported(
  tx: Tx,
  connection: ConnectionRow,
  key: string,
  why: Omit<Unsupported, "fingerprint" | "at">,
): Promise<void> {
  const fingerprint = await fingerprintOf(tx, connection);
  const at = (await databaseNow(tx)).toISOString();
  const unsupported = {
    ...readUnsupported(connection.unsupported),
    [key]: { fingerprint, at, ...why },
  };
  await updateConnection(tx, connection.customerId, connection.id, { unsupported });
}

/** Forgets it: the provider gave it. */
export async function forgetUnsupported(tx: Tx, connection: ConnectionRow, key: string): Promise<void> {
  const { [key]: known, ...others } = readUnsupported(connection.unsupported);
  if (known) await updateConnection(tx, connection.customerId, connection.id, { unsupported: others });
}
