import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { recoveryCodes } from "@/db/schema";

export interface RecoveryCodeCount {
  left: number;
  total: number;
  createdAt: Date | null;
}

/** How many codes of the set are left, on the login perch_auth. */
export async function countRecoveryCodes(tx: Tx, userId: string): Promise<RecoveryCodeCount> {
  const rows = await tx
    .select({ usedAt: recoveryCodes.usedAt, createdAt: recoveryCodes.createdAt })
    .from(recoveryCodes)
    .where(eq(recoveryCodes.userId, userId));
  return {
    left: rows.filter((row) => row.usedAt === null).length,
    total: rows.length,
    createdAt: rows[0]?.createdAt ?? null,
  };
}

/** Puts a new set in the place of the old one, used and unused alike. */
export async function replaceRecoveryCodes(tx: Tx, userId: string, hashes: readonly string[]): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  if (hashes.length > 0) await tx.insert(recoveryCodes).values(hashes.map((hash) => ({ userId, hash })));
}

/** Uses a code up. One statement: of two requests with the same code one gets true. */
export async function takeRecoveryCode(tx: Tx, userId: string, hash: string): Promise<boolean> {
  const rows = await tx
    .update(recoveryCodes)
    .set({ usedAt: sql`now()` })
    .where(and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.hash, hash), isNull(recoveryCodes.usedAt)))
    .returning({ hash: recoveryCodes.hash });
  return rows.length > 0;
}
