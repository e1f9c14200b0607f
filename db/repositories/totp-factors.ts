import { and, asc, eq, inArray, isNotNull, isNull, lt, ne, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { totpFactors, users } from "@/db/schema";

/** Authenticator apps, on the login perch_auth; keys:rotate reads and wraps them anew as perch_worker. */
export type TotpFactorRow = typeof totpFactors.$inferSelect;

/** A person's confirmed authenticator apps, oldest first. */
export function listTotpFactors(tx: Tx, userId: string): Promise<TotpFactorRow[]> {
  return tx
    .select()
    .from(totpFactors)
    .where(and(eq(totpFactors.userId, userId), isNotNull(totpFactors.confirmedAt)))
    .orderBy(asc(totpFactors.createdAt));
}

interface NewTotpFactor {
  id: string;
  userId: string;
  wrapped: string;
  keyringId: string;
  name: string;
  /** The step of the code that confirmed it: that code is used up. */
  lastStep: number | null;
}

/** Keeps a confirmed authenticator app. @returns false where it is there already */
export async function insertTotpFactor(tx: Tx, row: NewTotpFactor): Promise<boolean> {
  const rows = await tx
    .insert(totpFactors)
    // The code that confirmed it was its first use.
    .values({ ...row, confirmedAt: sql`now()`, ...(row.lastStep === null ? {} : { lastUsedAt: sql`now()` }) })
    .onConflictDoNothing()
    .returning({ id: totpFactors.id });
  return rows.length > 0;
}

/**
 * Uses up a time step: its code and all before it are worth nothing from here on. One statement, so that of two
 * requests with the same code one gets through.
 */
export async function takeTotpStep(tx: Tx, id: string, step: number): Promise<boolean> {
  const rows = await tx
    .update(totpFactors)
    .set({ lastStep: step, lastUsedAt: sql`now()` })
    .where(and(eq(totpFactors.id, id), or(isNull(totpFactors.lastStep), lt(totpFactors.lastStep, step))))
    .returning({ id: totpFactors.id });
  return rows.length > 0;
}

/** @returns false where this person has no such authenticator app */
export async function renameTotpFactor(tx: Tx, userId: string, id: string, name: string): Promise<boolean> {
  const rows = await tx
    .update(totpFactors)
    .set({ name })
    .where(and(eq(totpFactors.userId, userId), eq(totpFactors.id, id)))
    .returning({ id: totpFactors.id });
  return rows.length > 0;
}

/** @returns the name it had, or null where this person has no such authenticator app */
export async function deleteTotpFactor(tx: Tx, userId: string, id: string): Promise<string | null> {
  const [row] = await tx
    .delete(totpFactors)
    .where(and(eq(totpFactors.userId, userId), eq(totpFactors.id, id)))
    .returning({ name: totpFactors.name });
  return row?.name ?? null;
}

/** Authenticator apps that another key of the keyring wraps, locked. */
export function lockTotpFactorsNotWrappedBy(
  tx: Tx,
  keyringId: string,
  limit: number,
): Promise<TotpFactorRow[]> {
  return tx
    .select()
    .from(totpFactors)
    .where(ne(totpFactors.keyringId, keyringId))
    .orderBy(asc(totpFactors.id))
    .limit(limit)
    .for("update");
}

export async function updateWrappedTotpFactor(
  tx: Tx,
  id: string,
  wrapped: { keyringId: string; wrapped: string },
): Promise<void> {
  await tx.update(totpFactors).set(wrapped).where(eq(totpFactors.id, id));
}

/** All confirmed authenticator apps with their people's addresses; for the demo's own page alone. */
export async function listTotpFactorsWithEmail(tx: Tx): Promise<(TotpFactorRow & { email: string })[]> {
  const rows = await tx
    .select({ factor: totpFactors, email: users.email })
    .from(totpFactors)
    .innerJoin(users, eq(users.id, totpFactors.userId))
    .where(isNotNull(totpFactors.confirmedAt))
    .orderBy(asc(users.email));
  return rows.map(({ factor, email }) => ({ ...factor, email }));
}

/** The accounts of these addresses, where there are any. */
export async function listUserIdsByEmail(tx: Tx, emails: readonly string[]): Promise<string[]> {
  const rows = await tx
    .select({ id: users.id })
    .from(users)
    .where(inArray(users.email, [...emails]));
  return rows.map(({ id }) => id);
}
