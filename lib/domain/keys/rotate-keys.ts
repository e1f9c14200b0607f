import { inScope, type Tx } from "@/db/client";
import { listCustomerIds } from "@/db/repositories/customer-ids";
import {
  insertDataKey,
  listDataKeys,
  lockDataKeys,
  lockDataKeysNotWrappedBy,
  retireOtherDataKeys,
  updateWrappedKey,
} from "@/db/repositories/data-keys";
import {
  lockSealedValuesNotUnderKey,
  updateSealedValue,
  type SealedValueRow,
} from "@/db/repositories/sealed-values";
import { lockTokensNotUnderKey, updateSealedToken } from "@/db/repositories/tokens";
import { keyProvider, newDataKey, rewrapDataKey, type CustomerVault, type KeyProvider } from "@/lib/crypto";
import { recordAudit } from "@/lib/domain/audit";
import { workerContext, workerPlatformContext, type CustomerContext } from "@/lib/domain/context";
import { sealedValuePlace } from "@/lib/domain/sync/seal-values";
import { env } from "@/lib/env";
import { checkKeys } from "./check-keys";
import { loadVault, resealToken } from "./customer-vault";
import { rewrapFactorBatches } from "./rewrap-factors";

export interface RotateKeysInput {
  /** Also gives each customer a new data key and seals everything again under it. */
  reencrypt?: boolean;
  /** Rows in one transaction. */
  batchSize?: number;
  /** Called after each batch; for progress on a terminal. */
  onBatch?: (progress: RotationProgress) => void;
  provider?: KeyProvider;
}

export interface RotationProgress {
  customers: number;
  dataKeys: number;
  values: number;
  /** Secrets of authenticator apps. */
  factors: number;
}

/**
 * Wraps all data keys and authenticator secrets with the keyring's first key and, on request, seals every value again
 * under new data keys.
 * Online: readers open old and new alike at any moment. Resumable: what is left to do is read from the rows, so
 * after a kill the same command goes on. Runs on the worker's login.
 */
export async function rotateKeys(input: RotateKeysInput = {}): Promise<RotationProgress> {
  const provider = input.provider ?? keyProvider();
  await checkKeys(provider);
  const progress: RotationProgress = { customers: 0, dataKeys: 0, values: 0, factors: 0 };
  const tell = () => input.onBatch?.({ ...progress });
  for await (const rewrapped of rewrapFactorBatches(provider, input.batchSize ?? 500)) {
    progress.factors += rewrapped;
    tell();
  }
  const customerIds = await inScope(workerPlatformContext("keys"), listCustomerIds, { readOnly: true });
  for (const customerId of customerIds) {
    const rotation = { ctx: workerContext(customerId, "keys"), provider, batchSize: input.batchSize ?? 500 };
    for await (const rewrapped of rewrapBatches(rotation)) {
      progress.dataKeys += rewrapped;
      tell();
    }
    if (input.reencrypt) {
      for await (const resealed of resealBatches(rotation)) {
        progress.values += resealed;
        tell();
      }
    }
    progress.customers += 1;
    tell();
  }
  await recordRotation(provider, progress);
  return progress;
}

/** Which key wraps everything from now on, in the platform's audit. */
function recordRotation(provider: KeyProvider, progress: RotationProgress): Promise<void> {
  const ctx = workerPlatformContext("keys");
  const target = { type: "installation", id: "keys" };
  return inScope(ctx, (tx) =>
    recordAudit(tx, ctx, "keys.rotate", target, { key: provider.activeId, ...progress }),
  );
}

interface Rotation {
  ctx: CustomerContext;
  provider: KeyProvider;
  batchSize: number;
}

async function* rewrapBatches({ ctx, provider, batchSize }: Rotation): AsyncGenerator<number> {
  const { customerId } = ctx.scope;
  for (;;) {
    const done = await inScope(ctx, async (tx) => {
      const rows = await lockDataKeysNotWrappedBy(tx, customerId, provider.activeId, batchSize);
      for (const row of rows) {
        const wrapped = await rewrapDataKey(provider, env().FINCH_ENVIRONMENT, customerId, row);
        await updateWrappedKey(tx, customerId, row.id, wrapped);
      }
      return rows.length;
    });
    if (done === 0) return;
    yield done;
  }
}

async function* resealBatches(rotation: Rotation): AsyncGenerator<number> {
  const { ctx, batchSize } = rotation;
  const { customerId } = ctx.scope;
  const keyId = await inScope(ctx, (tx) => targetKey(tx, rotation));
  if (keyId === null) return;
  for (const reseal of [resealTokens, resealValues]) {
    for (;;) {
      const done = await inScope(ctx, async (tx) =>
        reseal(tx, await loadVault(tx, customerId), customerId, batchSize),
      );
      if (done === 0) break;
      yield done;
    }
  }
  await inScope(ctx, (tx) => retireOtherDataKeys(tx, customerId, keyId));
}

/**
 * The key that a re-encryption seals with: a new one, or the newest where a killed rotation had made one already
 * (several keys in use at once exist only then). Null for a customer that has nothing sealed.
 */
async function targetKey(tx: Tx, { ctx, provider }: Rotation): Promise<string | null> {
  const { customerId } = ctx.scope;
  await lockDataKeys(tx, customerId);
  const inUse = (await listDataKeys(tx, customerId)).filter((row) => row.retiredAt === null);
  if (inUse.length === 0) return null;
  const newest = inUse.at(-1);
  if (inUse.length > 1 && newest) return newest.id;
  const id = crypto.randomUUID();
  const wrapped = await newDataKey(provider, env().FINCH_ENVIRONMENT, customerId, id);
  await insertDataKey(tx, { customerId, id, ...wrapped });
  return id;
}

async function resealTokens(
  tx: Tx,
  vault: CustomerVault,
  customerId: string,
  limit: number,
): Promise<number> {
  const rows = await lockTokensNotUnderKey(tx, customerId, vault.activeKeyId, limit);
  for (const { id, ciphertext, keyId } of rows) {
    if (ciphertext === null || keyId === null) continue;
    await updateSealedToken(tx, customerId, id, resealToken(vault, id, { ciphertext, keyId }));
  }
  return rows.length;
}

async function resealValues(
  tx: Tx,
  vault: CustomerVault,
  customerId: string,
  limit: number,
): Promise<number> {
  const rows = await lockSealedValuesNotUnderKey(tx, customerId, vault.activeKeyId, limit);
  for (const row of rows) await updateSealedValue(tx, customerId, row.id, resealValue(vault, row));
  return rows.length;
}

function resealValue(vault: CustomerVault, row: SealedValueRow) {
  const place = sealedValuePlace(row);
  const secret = vault.open(place, row);
  return { ...vault.seal(place, secret), hmac: vault.hmac(row.kind, secret) };
}
