import { spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import type { Sql } from "postgres";
import { inScope } from "@/db/client";
import { findCiphertext } from "@/db/repositories/sealed-values";
import { Secret } from "@/lib/crypto";
import { workerContext } from "@/lib/domain/context";
import { loadVault } from "@/lib/domain/keys/customer-vault";
import { sealedValuePlace } from "@/lib/domain/sync/seal-values";

/**
 * Seals many values, then rotates all keys in a process that is killed again and again, while readers open random
 * values. The caller has configured the pool with the worker's login.
 */

export interface RotationLoad {
  /** A client that row-level security does not hold back. */
  sql: Sql;
  /** Environment of the rotating process. */
  env: Record<string, string>;
  secrets: number;
  customers: number;
  kills: number;
  readers: number;
  batchSize: number;
  /** Numbers in [0, 1), repeatable. */
  next: () => number;
  onProgress?: (text: string) => void;
}

interface Held {
  customerId: string;
  id: string;
  plaintext: string;
}

const plaintextOf = (at: number) => String(100_000_000 + at).replace(/^(\d{3})(\d{2})(\d{4})$/, "$1-$2-$3");

/** Seals as a sync does, in a few large statements. */
export async function sealMany({ sql, secrets, customers }: RotationLoad): Promise<Held[]> {
  const held: Held[] = [];
  for (let customer = 0; customer < customers; customer += 1) {
    const customerId = randomUUID();
    const connectionId = randomUUID();
    await sql`insert into customers (id, name) values (${customerId}, 'Soak')`;
    await sql`insert into connections (customer_id, id, finch_connection_id, finch_customer_id, provider_id, provider_name)
      values (${customerId}, ${connectionId}, ${connectionId}, ${customerId}, 'gusto', 'Gusto')`;
    const vault = await inScope(workerContext(customerId, "soak"), (tx) => loadVault(tx, customerId));
    const count = Math.ceil((secrets - held.length) / (customers - customer));
    for (let from = 0; from < count; from += 2_000) {
      const rows = Array.from({ length: Math.min(2_000, count - from) }, () => {
        const plaintext = plaintextOf(held.length);
        const [id, ownerId] = [randomUUID(), randomUUID()];
        const place = sealedValuePlace({ ownerTable: "individuals", ownerId, kind: "ssn", ordinal: 0 });
        const secret = new Secret(plaintext);
        held.push({ customerId, id, plaintext });
        return {
          ...{ customer_id: customerId, id, connection_id: connectionId, owner_table: "individuals" },
          ...{ owner_id: ownerId, kind: "ssn", ciphertext: vault.seal(place, secret).ciphertext },
          ...{ key_id: vault.activeKeyId, hmac: vault.hmac("ssn", secret), last_four: plaintext.slice(-4) },
        };
      });
      await sql`insert into sealed_values ${sql(rows)}`;
    }
  }
  return held;
}

/** Opens one value as any reader does: its row, then the keys, so that a rotation in between leaves both fitting. */
async function opens({ customerId, id, plaintext }: Held): Promise<boolean> {
  try {
    return await inScope(workerContext(customerId, "soak"), async (tx) => {
      const row = await findCiphertext(tx, customerId, id);
      if (!row) return false;
      const vault = await loadVault(tx, customerId);
      return vault.open(sealedValuePlace(row), row).reveal() === plaintext;
    });
  } catch {
    return false;
  }
}

/** Rotates in a process of its own; kills it after so many batches, or lets it finish. */
function rotateOnce({ env, batchSize }: RotationLoad, killAfter: number | null): Promise<boolean> {
  const settings = [String(batchSize), ...(killAfter === null ? [] : [String(killAfter)])];
  const child = spawn(process.execPath, ["--import", "tsx", "soak/rotate-keys-child.ts", ...settings], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  return new Promise((resolve) => child.once("exit", (code) => resolve(code === 0)));
}

export interface RotationResult {
  secrets: number;
  kills: number;
  reads: number;
  failedReads: number;
  /** Values left under a key that is not the newest of its customer. */
  left: number;
  /** Values that do not open with the new keyring alone. */
  lost: number;
  dataKeysInUse: number;
  seconds: number;
}

/** Rotates under load; `useKeys` sets the keyring of the reading process. */
export async function rotateUnderLoad(
  load: RotationLoad,
  useKeys: (keys: string) => void,
): Promise<RotationResult> {
  const { sql, secrets, customers, kills, readers, next, onProgress } = load;
  const held = await sealMany(load);
  onProgress?.(`${held.length} values sealed`);
  const newKey = `soak:${randomBytes(32).toString("base64")}`;
  // Readers get both keys first, as docs/operations.md says; then the rotation begins.
  const keys = `${newKey},${load.env["TOKEN_ENCRYPTION_KEYS"] ?? ""}`;
  useKeys(keys);
  const count = { reads: 0, failed: 0 };
  let rotating = true;
  const read = async () => {
    while (rotating) {
      const one = held[Math.floor(next() * held.length)];
      if (one && !(await opens(one))) count.failed += 1;
      count.reads += 1;
      // Readers of a page, not a denial of service against the rotation.
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const reading = Promise.all(Array.from({ length: readers }, read));
  const start = Date.now();
  const withKeys = { ...load, env: { ...load.env, TOKEN_ENCRYPTION_KEYS: keys } };
  const perKill = Math.max(1, Math.floor(secrets / load.batchSize / (kills + 1)));
  let killed = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    if (!(await rotateOnce(withKeys, customers + Math.ceil(next() * perKill)))) killed += 1;
    onProgress?.(`${killed} of ${kills} rotations killed, ${count.reads} reads, ${count.failed} failed`);
  }
  if (!(await rotateOnce(withKeys, null))) throw new Error("The last rotation did not finish");
  rotating = false;
  await reading;
  const seconds = Math.round((Date.now() - start) / 1000);
  useKeys(newKey);
  let lost = 0;
  for (const one of held) if (!(await opens(one))) lost += 1;
  const [facts] = await sql<{ left: number; in_use: number }[]>`
    select (select count(*)::int from sealed_values v join data_keys k on k.customer_id = v.customer_id and k.id::text = v.key_id::text
        where k.retired_at is not null or k.keyring_id <> 'soak') as left,
      (select count(*)::int from data_keys where retired_at is null) as in_use`;
  return {
    ...{ secrets: held.length, kills: killed, reads: count.reads, failedReads: count.failed, lost, seconds },
    ...{ left: facts?.left ?? -1, dataKeysInUse: facts?.in_use ?? -1 },
  };
}
