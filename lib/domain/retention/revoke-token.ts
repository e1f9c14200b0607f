import { inScope, type Tx } from "@/db/client";
import { insertConnectionEvent } from "@/db/repositories/connection-events";
import { lockConnection, type ConnectionRow } from "@/db/repositories/connections";
import { databaseNow } from "@/db/repositories/sync-steps";
import {
  countDisconnectAttempt,
  destroyToken,
  listDisconnectOnlyTokens,
  type AccessTokenRow,
} from "@/db/repositories/tokens";
import { workerContext, type CustomerContext } from "@/lib/domain/context";
import { openToken } from "@/lib/domain/keys/customer-vault";
import { finchCaller } from "@/lib/domain/sync/finch-caller";
import { disconnect, type FinchToken, type Outcome } from "@/lib/finch";
import { enqueue } from "@/lib/jobs/define";
import { revokeTokenJob } from "@/lib/jobs/sync";
import { destroyUnconfirmedTokens, longestKeptMs } from "./destroy-overdue-tokens";

const dayMs = 86_400_000;

interface RevokeTokenInput {
  customerId: string;
  connectionId: string;
}

/**
 * Tells Finch that a disconnected connection ends, and destroys its token when Finch confirms or answers 401, at
 * the latest after 7 days. A connection that was connected again is left alone: /disconnect would end the new
 * token too. Whether the person may is asked no more: the disconnect was done and allowed at the click, and a token
 * left alive at Finch would serve nobody.
 */
export async function revokeToken({ customerId, connectionId }: RevokeTokenInput): Promise<void> {
  const ctx = workerContext(customerId, "disconnect");
  const tried = new Set<string>();
  for (;;) {
    // Looked up anew before each request: it may take minutes, and the connection may be back by then.
    const opened = await inScope(ctx, (tx) => openNext(tx, customerId, connectionId, tried));
    if (!opened) return;
    const { row, token } = opened;
    tried.add(row.id);
    const outcome = await disconnect(finchCaller(ctx, { connectionId }), token);
    await inScope(ctx, (tx) => settle(tx, ctx, connectionId, row, outcome));
  }
}

/** The next token to tell Finch with, or null. */
async function openNext(tx: Tx, customerId: string, connectionId: string, tried: ReadonlySet<string>) {
  const connection = await lockConnection(tx, customerId, connectionId);
  const rows = await listDisconnectOnlyTokens(tx, customerId, connectionId);
  if (!connection?.disconnectedAt) {
    for (const row of rows) await destroyToken(tx, customerId, row.id);
    return null;
  }
  const row = rows.find(({ id }) => !tried.has(id));
  if (!row?.ciphertext || !row.keyId) return null;
  const secret = await openToken(tx, customerId, row.id, { ciphertext: row.ciphertext, keyId: row.keyId });
  const token: FinchToken = { id: row.id, secret, disconnectOnly: true };
  return { row, token };
}

async function settle(
  tx: Tx,
  ctx: CustomerContext,
  connectionId: string,
  row: AccessTokenRow,
  outcome: Outcome<unknown>,
): Promise<void> {
  const { customerId } = ctx.scope;
  const connection = await lockConnection(tx, customerId, connectionId);
  if (!connection) return;
  // Any 401 means that the token is dead already.
  if (outcome.kind === "ok" || outcome.status === 401) {
    await destroyToken(tx, customerId, row.id);
    return tellConfirmed(tx, connection, outcome);
  }
  const left = await listDisconnectOnlyTokens(tx, customerId, connectionId);
  const current = left.find(({ id }) => id === row.id);
  // The daily run may have been faster.
  if (!current) return;
  const attempts = await countDisconnectAttempt(tx, customerId, row.id);
  const now = await databaseNow(tx);
  const since = connection.disconnectedAt ?? row.createdAt;
  if (now.getTime() - since.getTime() >= longestKeptMs) {
    return destroyUnconfirmedTokens(tx, connection, [{ ...current, disconnectAttempts: attempts }], outcome);
  }
  const delayMs = Math.min(dayMs / 4, 30_000 * 2 ** Math.min(attempts - 1, 20));
  const runAt = new Date(Math.min(now.getTime() + delayMs, since.getTime() + longestKeptMs));
  // One job tries all tokens: each of several that fail asks for the same one. Not the key of the click, whose job waits
  // for nothing.
  const key = `token.revoke.again:${connectionId}`;
  await enqueue(tx, revokeTokenJob, { customerId, connectionId }, { key, runAt });
}

function tellConfirmed(tx: Tx, connection: ConnectionRow, outcome: Outcome<unknown>): Promise<void> {
  return insertConnectionEvent(tx, {
    customerId: connection.customerId,
    connectionId: connection.id,
    kind: "disconnect_confirmed",
    actorKind: "worker",
    actorUserId: null,
    actorName: "Perch",
    detail: outcome.kind === "ok" ? {} : { message: outcome.message },
    requestId: outcome.requestId,
  });
}
