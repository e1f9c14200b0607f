import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { installation } from "@/db/schema";

const KeyCheck = z.record(z.string(), z.string()).catch({});

/** Known answers by key of the keyring; the row is locked, so that two starts agree. */
export async function lockKeyCheck(tx: Tx): Promise<Record<string, string>> {
  await tx.insert(installation).values({ id: true }).onConflictDoNothing();
  const [row] = await tx.select({ keyCheck: installation.keyCheck }).from(installation).for("update");
  return KeyCheck.parse(row?.keyCheck ?? {});
}

/** Known answers by key of the keyring, for a login that only reads. */
export async function readKeyCheck(tx: Tx): Promise<Record<string, string>> {
  const [row] = await tx.select({ keyCheck: installation.keyCheck }).from(installation);
  return KeyCheck.parse(row?.keyCheck ?? {});
}

export async function saveKeyCheck(tx: Tx, keyCheck: Record<string, string>): Promise<void> {
  await tx.update(installation).set({ keyCheck: sql`${JSON.stringify(keyCheck)}::jsonb` });
}
