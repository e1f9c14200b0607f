import { and, asc, eq, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { passkeys, users } from "@/db/schema";

/** WebAuthn credentials, on the login perch_auth. */
export type PasskeyRow = typeof passkeys.$inferSelect;

/** A person's passkeys, oldest first. */
export function listPasskeys(tx: Tx, userId: string): Promise<PasskeyRow[]> {
  return tx.select().from(passkeys).where(eq(passkeys.userId, userId)).orderBy(asc(passkeys.createdAt));
}

/** A passkey by the id that its authenticator gave it, or null; also null where its account is disabled. */
export async function findPasskey(tx: Tx, id: string): Promise<PasskeyRow | null> {
  const [row] = await tx
    .select({ passkey: passkeys })
    .from(passkeys)
    .innerJoin(users, eq(users.id, passkeys.userId))
    .where(and(eq(passkeys.id, id), isNull(users.disabledAt)));
  return row?.passkey ?? null;
}

/** Keeps a new passkey; making it was its first use. @returns false where its id is known already, to whomever it belongs */
export async function insertPasskey(tx: Tx, row: typeof passkeys.$inferInsert): Promise<boolean> {
  const rows = await tx
    .insert(passkeys)
    .values({ ...row, lastUsedAt: sql`now()` })
    .onConflictDoNothing()
    .returning({ id: passkeys.id });
  return rows.length > 0;
}

/**
 * Notes a use of a passkey. One statement, so that of two answers with the same counter one counts. Authenticators
 * without a counter always say 0.
 * @returns false where the counter did not grow: somebody has a copy
 */
export async function advancePasskey(
  tx: Tx,
  used: { id: string; counter: number; backedUp: boolean },
): Promise<boolean> {
  const grew = or(
    sql`${passkeys.counter} < ${used.counter}`,
    and(eq(passkeys.counter, 0), sql`${used.counter} = 0`),
  );
  const rows = await tx
    .update(passkeys)
    .set({ counter: used.counter, backedUp: used.backedUp, lastUsedAt: sql`now()` })
    .where(and(eq(passkeys.id, used.id), grew))
    .returning({ id: passkeys.id });
  return rows.length > 0;
}

/** @returns false where this person has no such passkey */
export async function renamePasskey(tx: Tx, userId: string, id: string, name: string): Promise<boolean> {
  const rows = await tx
    .update(passkeys)
    .set({ name })
    .where(and(eq(passkeys.userId, userId), eq(passkeys.id, id)))
    .returning({ id: passkeys.id });
  return rows.length > 0;
}

/** @returns the name it had, or null where this person has no such passkey */
export async function deletePasskey(tx: Tx, userId: string, id: string): Promise<string | null> {
  const [row] = await tx
    .delete(passkeys)
    .where(and(eq(passkeys.userId, userId), eq(passkeys.id, id)))
    .returning({ name: passkeys.name });
  return row?.name ?? null;
}
