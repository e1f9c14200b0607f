import { and, asc, eq, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { accessTokens } from "@/db/schema";

export type AccessTokenRow = typeof accessTokens.$inferSelect;

/** One token, or null. Only the worker's role may read it. */
export async function findToken(tx: Tx, customerId: string, id: string): Promise<AccessTokenRow | null> {
  const [row] = await tx
    .select()
    .from(accessTokens)
    .where(and(eq(accessTokens.customerId, customerId), eq(accessTokens.id, id)));
  return row ?? null;
}

/** Tokens of a connection that are good for /disconnect alone. */
export function listDisconnectOnlyTokens(
  tx: Tx,
  customerId: string,
  connectionId: string,
): Promise<AccessTokenRow[]> {
  return tx
    .select()
    .from(accessTokens)
    .where(
      and(
        eq(accessTokens.customerId, customerId),
        eq(accessTokens.connectionId, connectionId),
        eq(accessTokens.state, "disconnect_only"),
      ),
    )
    .orderBy(asc(accessTokens.createdAt));
}

/** Connections of a customer that were disconnected `days` ago or earlier and still have such a token. */
export async function listOverdueConnectionIds(tx: Tx, customerId: string, days: number): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select c.id from connections c
    where c.customer_id = ${customerId}::uuid and c.disconnected_at <= now() - make_interval(days => ${days}::int)
      and exists (select from access_tokens t where t.customer_id = c.customer_id and t.connection_id = c.id
        and t.state = 'disconnect_only')
    order by c.disconnected_at`);
  return rows.map((row) => row.id);
}

/** Forgets a token for good. */
export async function destroyToken(tx: Tx, customerId: string, id: string): Promise<void> {
  await tx
    .update(accessTokens)
    .set({ ciphertext: null, keyId: null, state: "destroyed", destroyedAt: sql`now()` })
    .where(and(eq(accessTokens.customerId, customerId), eq(accessTokens.id, id)));
}

/** Counts a try to tell Finch; gives the number of tries. */
export async function countDisconnectAttempt(tx: Tx, customerId: string, id: string): Promise<number> {
  const [row] = await tx
    .update(accessTokens)
    .set({ disconnectAttempts: sql`${accessTokens.disconnectAttempts} + 1` })
    .where(and(eq(accessTokens.customerId, customerId), eq(accessTokens.id, id)))
    .returning({ attempts: accessTokens.disconnectAttempts });
  return row?.attempts ?? 0;
}

/** Tokens sealed under another data key, locked; for keys:rotate. */
export function lockTokensNotUnderKey(
  tx: Tx,
  customerId: string,
  keyId: string,
  limit: number,
): Promise<AccessTokenRow[]> {
  return tx
    .select()
    .from(accessTokens)
    .where(
      and(
        eq(accessTokens.customerId, customerId),
        ne(accessTokens.keyId, keyId),
        sql`${accessTokens.ciphertext} is not null`,
      ),
    )
    .orderBy(asc(accessTokens.id))
    .limit(limit)
    .for("update");
}

export async function updateSealedToken(
  tx: Tx,
  customerId: string,
  id: string,
  sealed: { ciphertext: string; keyId: string },
): Promise<void> {
  await tx
    .update(accessTokens)
    .set(sealed)
    .where(and(eq(accessTokens.customerId, customerId), eq(accessTokens.id, id)));
}
