import type { Tx } from "@/db/client";
import { findConnection, lockConnection, type ConnectionRow } from "@/db/repositories/connections";
import {
  cancelOpenRuns,
  findOpenRun,
  insertSteps,
  insertSyncRun,
  takeOverRun,
  type SyncRunRow,
} from "@/db/repositories/sync-runs";
import { databaseNow } from "@/db/repositories/sync-steps";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { DomainError, notFound } from "@/lib/domain/errors";
import { enqueue } from "@/lib/jobs/define";
import { connectionSyncJob } from "@/lib/jobs/sync";
import { activeEntityIds, planSteps } from "./plan";
import { covers, isBackground, priorityOfReason, runScope, type SyncReason } from "./run-scope";

export type { SyncReason } from "./run-scope";

export interface EnqueuedSync {
  runId: string;
  joined: boolean;
}

export interface SyncRequest {
  reason: SyncReason;
  /** Whose right is asked again when the run starts; null for nobody's. */
  requestedBy: string | null;
}

/**
 * Adds a sync run and its job in the caller's transaction. A connection has one
 * open run: a second request joins it, except where its token was replaced.
 * @throws DomainError NOT_FOUND, CONFLICT where the connection is disconnected
 */
export async function enqueueSync(
  tx: Tx,
  ctx: Context,
  connectionId: string,
  reason: SyncReason,
): Promise<EnqueuedSync> {
  const { customerId } = requireCustomer(ctx).scope;
  // Connection before run, as everywhere. Support may only read connections, and never brings a token.
  const find = bringsToken(reason) ? lockConnection : findConnection;
  const connection = await find(tx, customerId, connectionId);
  if (!connection) throw notFound("connection");
  if (connection.disconnectedAt) {
    throw new DomainError("CONFLICT", "This connection is disconnected. Connect it again to sync its data.");
  }
  const requestedBy = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  return addRun(tx, connection, { reason, requestedBy });
}

const bringsToken = (reason: SyncReason) => reason === "first" || reason === "reconnected";

/** The same for a connection that is in hand already. */
export async function addRun(tx: Tx, connection: ConnectionRow, request: SyncRequest): Promise<EnqueuedSync> {
  const { customerId, id: connectionId, fullySyncedAt } = connection;
  const { reason, requestedBy } = request;
  const scope = runScope({ reason, connectionId, fullySyncedAt, now: await databaseNow(tx) });
  const open = await findOpenRun(tx, customerId, connectionId);
  const outdated = bringsToken(reason) && open?.tokenId != null && open.tokenId !== connection.currentTokenId;
  if (open && !outdated) return join(tx, open, request, scope);
  if (open) {
    await cancelOpenRuns(tx, customerId, connectionId, {
      code: "reconnected",
      message: "The connection was reconnected; a new sync took over.",
    });
  }
  const row = { customerId, id: crypto.randomUUID(), connectionId, reason, scope, requestedBy };
  if (!(await insertSyncRun(tx, row))) {
    const other = await findOpenRun(tx, customerId, connectionId);
    if (!other)
      throw new DomainError("CONFLICT", "Another sync has just ended. Try again.", { retryable: true });
    return { runId: other.id, joined: true };
  }
  const { products, entities } = connection;
  const steps = planSteps({ products, entityIds: activeEntityIds(entities), scope });
  await insertSteps(
    tx,
    steps.map((step) => ({ ...step, customerId, runId: row.id })),
  );
  await enqueueRun(tx, row);
  return { runId: row.id, joined: false };
}

/** One job a run: asking again moves it up and never doubles it. */
async function enqueueRun(tx: Tx, run: Pick<SyncRunRow, "customerId" | "id" | "reason">): Promise<void> {
  const payload = { customerId: run.customerId, runId: run.id };
  const options = { key: `connection.sync:${run.id}`, priority: priorityOfReason(run.reason) };
  await enqueue(tx, connectionSyncJob, payload, options);
}

/**
 * Somebody asks while a run is open: from now on it is theirs and goes before those that nobody waits for. One that
 * waits looks now instead of later, and joins its lane anew by its new priority. What it reads grows only where it
 * has not begun; a repair that has is followed by a sync of its own (finish-run.ts).
 */
async function join(
  tx: Tx,
  open: SyncRunRow,
  { reason, requestedBy }: SyncRequest,
  scope: ReturnType<typeof runScope>,
): Promise<EnqueuedSync> {
  const isRaised = isBackground(open.reason) && !isBackground(reason);
  const isWidened = open.status === "queued" && !covers(open.scope, scope);
  const patch = { ...(isRaised ? { reason, requestedBy } : {}), ...(isWidened ? { scope } : {}) };
  if (isRaised || isWidened) await takeOverRun(tx, open.customerId, open.id, patch);
  const isAwaited = !isBackground(reason) && open.status === "waiting";
  if (isRaised || isAwaited) await enqueueRun(tx, { ...open, ...patch });
  return { runId: open.id, joined: true };
}
