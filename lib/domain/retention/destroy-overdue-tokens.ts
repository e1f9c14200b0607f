import { inScope, type Tx } from "@/db/client";
import { insertConnectionEvent } from "@/db/repositories/connection-events";
import { lockConnection, type ConnectionRow } from "@/db/repositories/connections";
import { databaseNow } from "@/db/repositories/sync-steps";
import { moveToCustomer, notifyAdmins } from "@/db/repositories/team";
import {
  destroyToken,
  listDisconnectOnlyTokens,
  listOverdueConnectionIds,
  type AccessTokenRow,
} from "@/db/repositories/tokens";
import { platformCustomerId, workerContext } from "@/lib/domain/context";
import { log } from "@/lib/log";

/** After this a token is destroyed whether Finch confirmed or not (SECURITY 18). */
const longestKeptDays = 7;
export const longestKeptMs = longestKeptDays * 86_400_000;

/** The last answer of Finch, where there was one. */
interface LastAnswer {
  message?: string;
  requestId?: string | null;
}

/**
 * Destroys tokens whose connection Finch never confirmed to be over: one line in the log, one in the timeline, and a
 * mail to the staff administrators, who can end it at Finch. The connection is locked by the caller.
 */
export async function destroyUnconfirmedTokens(
  tx: Tx,
  { customerId, id: connectionId }: ConnectionRow,
  tokens: readonly AccessTokenRow[],
  { message, requestId = null }: LastAnswer = {},
): Promise<void> {
  for (const { id } of tokens) await destroyToken(tx, customerId, id);
  log.warn("Finch never confirmed a disconnect; the token was destroyed", { customerId, connectionId });
  const attempts = Math.max(...tokens.map(({ disconnectAttempts }) => disconnectAttempts));
  await moveToCustomer(tx, platformCustomerId);
  await notifyAdmins(tx, "disconnect-unconfirmed", { customerId, connectionId, attempts });
  await moveToCustomer(tx, customerId);
  await insertConnectionEvent(tx, {
    customerId,
    connectionId,
    kind: "disconnect_unconfirmed",
    actorKind: "worker",
    actorUserId: null,
    actorName: "Perch",
    detail: message === undefined ? {} : { message },
    requestId,
  });
}

/** The same for what a connection still has 7 days after its disconnect; gives how many tokens went. */
export async function destroyIfOverdue(tx: Tx, connection: ConnectionRow): Promise<number> {
  const { customerId, id, disconnectedAt } = connection;
  if (!disconnectedAt) return 0;
  if ((await databaseNow(tx)).getTime() - disconnectedAt.getTime() < longestKeptMs) return 0;
  const tokens = await listDisconnectOnlyTokens(tx, customerId, id);
  if (tokens.length > 0) await destroyUnconfirmedTokens(tx, connection, tokens);
  return tokens.length;
}

/**
 * Destroys the tokens of an employer's connections that token.revoke left behind: its job was lost or used up, or the
 * token cannot be opened any more. Each connection is a transaction of its own.
 */
export async function destroyOverdueTokens(customerId: string): Promise<number> {
  const ctx = workerContext(customerId, "retention");
  const ids = await inScope(ctx, (tx) => listOverdueConnectionIds(tx, customerId, longestKeptDays), {
    readOnly: true,
  });
  let gone = 0;
  for (const id of ids)
    gone += await inScope(ctx, async (tx) => {
      const connection = await lockConnection(tx, customerId, id);
      return connection ? destroyIfOverdue(tx, connection) : 0;
    });
  return gone;
}
