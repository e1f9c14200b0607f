import postgres from "postgres";
import { closeDatabase, configureDatabase } from "@/db/client";
import { createAuditSigner } from "@/lib/crypto/audit-signing";
import { compareKeys, WrongKeyError } from "@/lib/domain/keys/check-keys";
import type { Env } from "@/lib/env";
import { ok, warning, wrong, type Finding } from "./finding";

/** Keys by what they should open or have signed: a wrong one is found before it seals anything. */
export async function checkKeyrings(env: Env): Promise<Finding[]> {
  return [...(await checkTokenKeys(env)), ...(await checkSigningKeys(env))];
}

async function checkTokenKeys(env: Env): Promise<Finding[]> {
  await configureDatabase({ url: env.DATABASE_URL, max: 1 });
  try {
    await compareKeys();
    const ids = env.TOKEN_ENCRYPTION_KEYS.split(",").map((entry) => entry.slice(0, entry.indexOf(":")));
    return [ok(`token keys fit this database (${ids.join(", ")}; ${ids[0]} seals)`)];
  } catch (error) {
    if (!(error instanceof WrongKeyError)) throw error;
    return [
      wrong(error.message, "It is where the keys of this installation are kept, apart from its backups."),
    ];
  } finally {
    await closeDatabase();
  }
}

interface SignatureRow {
  customer_id: string;
  seq: string;
  hash: string;
  signed_at: Date;
  key_id: string;
  signature: string;
}

async function checkSigningKeys(env: Env): Promise<Finding[]> {
  const { AUDIT_SIGNING_KEYS: keys, MIGRATION_DATABASE_URL: url } = env;
  if (!keys)
    return [
      warning("AUDIT_SIGNING_KEYS is not set: audit chains are not signed", "a1:$(openssl rand -base64 32)"),
    ];
  const signer = createAuditSigner(keys);
  if (!url) return [ok("audit signing keys are readable")];
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    const rows = await sql<SignatureRow[]>`
      select distinct on (key_id) customer_id, seq, hash, signed_at, key_id, signature from audit_signatures
      order by key_id, signed_at desc`;
    const bad = rows.flatMap((row) => {
      const head = {
        customerId: row.customer_id,
        seq: Number(row.seq),
        hash: row.hash,
        signedAt: new Date(row.signed_at),
      };
      const found = signer.check(head, { keyId: row.key_id, signature: row.signature });
      if (found === "valid") return [];
      return found === "unknown_key"
        ? [
            wrong(
              `heads were signed with the key ${row.key_id}, which AUDIT_SIGNING_KEYS lacks`,
              "Put it back at the end.",
            ),
          ]
        : [
            wrong(
              `the signing key ${row.key_id} is not the one that signed`,
              "Put the right key into AUDIT_SIGNING_KEYS.",
            ),
          ];
    });
    return bad.length > 0 ? bad : [ok(`audit signing keys fit (${rows.length} in use)`)];
  } finally {
    await sql.end({ timeout: 1 });
  }
}
