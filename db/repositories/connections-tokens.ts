import { and, eq, inArray, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { accessTokens, connections } from "@/db/schema";

export type NewAccessTokenRow = typeof accessTokens.$inferInsert;

/** Writes a sealed token. It is used only once a connection names it as its current one. */
export async function insertAccessToken(tx: Tx, row: NewAccessTokenRow): Promise<void> {
  await tx.insert(accessTokens).values(row);
}

/**
 * Makes `nextTokenId` the connection's token if `expectedTokenId` still is; false where another call was
 * first. The row's lock alone would do here: this also holds where a caller forgot it.
 */
export async function swapCurrentToken(
  tx: Tx,
  customerId: string,
  connectionId: string,
  expectedTokenId: string | null,
  nextTokenId: string | null,
): Promise<boolean> {
  const swapped = await tx
    .update(connections)
    .set({ currentTokenId: nextTokenId, updatedAt: sql`now()` })
    .where(
      and(
        eq(connections.customerId, customerId),
        eq(connections.id, connectionId),
        sql`${connections.currentTokenId} is not distinct from ${expectedTokenId}::uuid`,
      ),
    )
    .returning({ id: connections.id });
  return swapped.length === 1;
}

/**
 * Forgets every other token of a connection. Locally only: telling Finch would
 * end all tokens of the connection, the new one included.
 */
export async function destroyOtherTokens(
  tx: Tx,
  customerId: string,
  connectionId: string,
  keptTokenId: string,
): Promise<void> {
  await tx
    .update(accessTokens)
    .set({ ciphertext: null, state: "destroyed", replacedAt: sql`now()`, destroyedAt: sql`now()` })
    .where(
      and(
        eq(accessTokens.customerId, customerId),
        eq(accessTokens.connectionId, connectionId),
        ne(accessTokens.id, keptTokenId),
        ne(accessTokens.state, "destroyed"),
      ),
    );
}

/** From now on the connection's token is good for POST /disconnect and nothing else (SECURITY 18). */
export async function sealForDisconnectOnly(tx: Tx, customerId: string, connectionId: string): Promise<void> {
  await tx
    .update(accessTokens)
    .set({ state: "disconnect_only" })
    .where(
      and(
        eq(accessTokens.customerId, customerId),
        eq(accessTokens.connectionId, connectionId),
        inArray(accessTokens.state, ["current", "replaced"]),
      ),
    );
}
