import type { Tx } from "@/db/client";
import { findConnection, lockConnection } from "@/db/repositories/connections";
import { cancelOpenRuns, findOpenRun, insertSteps, insertSyncRun } from "@/db/repositories/sync-runs";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { DomainError, notFound } from "@/lib/domain/errors";
import { enqueue } from "@/lib/jobs/define";
import { connectionSyncJob } from "@/lib/jobs/sync";
import { activeEntityIds, planSteps } from "./plan";

export type SyncReason = "first" | "scheduled" | "requested" | "reconnected";

/** A person waits for these: they go before scheduled work. */
const priorityOf: Record<SyncReason, number> = { first: -5, requested: -5, reconnected: -5, scheduled: 0 };

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
): Promise<{ runId: string; joined: boolean }> {
  const { customerId } = requireCustomer(ctx).scope;
  const hasNewToken = reason === "first" || reason === "reconnected";
  // Connection before run, as everywhere. Support may only read connections, and never brings a token.
  const connection = await (hasNewToken ? lockConnection : findConnection)(tx, customerId, connectionId);
  if (!connection) throw notFound("connection");
  if (connection.disconnectedAt) {
    throw new DomainError("CONFLICT", "This connection is disconnected. Connect it again to sync its data.");
  }
  const open = await findOpenRun(tx, customerId, connectionId);
  const outdated = hasNewToken && open?.tokenId != null && open.tokenId !== connection.currentTokenId;
  if (open && !outdated) {
    // Somebody asks while the run waits for Finch: it looks now instead of later.
    // The key keeps a button that is pressed again and again from piling up requests.
    if (open.status === "waiting") {
      const payload = { customerId, runId: open.id };
      await enqueue(tx, connectionSyncJob, payload, { key: `connection.sync:${open.id}` });
    }
    return { runId: open.id, joined: true };
  }
  if (open) {
    await cancelOpenRuns(tx, customerId, connectionId, {
      code: "reconnected",
      message: "The connection was reconnected; a new sync took over.",
    });
  }
  const inserted = await insertSyncRun(tx, {
    customerId,
    id: crypto.randomUUID(),
    connectionId,
    reason,
    requestedBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
  });
  if (!inserted) {
    const other = await findOpenRun(tx, customerId, connectionId);
    if (!other)
      throw new DomainError("CONFLICT", "Another sync has just ended. Try again.", { retryable: true });
    return { runId: other.id, joined: true };
  }
  const steps = planSteps({ products: connection.products, entityIds: activeEntityIds(connection.entities) });
  await insertSteps(
    tx,
    steps.map((step) => ({ ...step, customerId, runId: inserted.id })),
  );
  await enqueue(tx, connectionSyncJob, { customerId, runId: inserted.id }, { priority: priorityOf[reason] });
  return { runId: inserted.id, joined: false };
}
