import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { insertConnectionEvent } from "@/db/repositories/connection-events";
import { findConnection } from "@/db/repositories/connections";
import { cancelOpenRuns, findRun, openStatuses, type SyncRunRow } from "@/db/repositories/sync-runs";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { enqueue } from "@/lib/jobs/define";
import { afterCancelJob } from "@/lib/jobs/sync";
import { eventActor } from "./event-actor";

export const CancelSyncInput = z.strictObject({ connectionId: z.uuid(), runId: z.uuid() });
export type CancelSyncInput = z.infer<typeof CancelSyncInput>;

/** The run ended by itself between being read and being cancelled: nothing is told. */
class EndedMeanwhile extends Error {}

const isOpen = (run: SyncRunRow) => openStatuses.some((status) => status === run.status);

/**
 * Stops a sync. What it wrote stays; a step that is at work writes nothing more, and the next sync comes when it
 * would have. Of the run that is named only, so that a late press does not stop a newer one. Idempotent: false
 * where the run was over.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function cancelSync(context: Context, raw: CancelSyncInput): Promise<{ cancelled: boolean }> {
  const { connectionId, runId } = CancelSyncInput.parse(raw);
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  try {
    return await inScope(ctx, async (tx) => {
      if (!(await findConnection(tx, customerId, connectionId))) throw notFound("connection");
      requirePermission(ctx, "connection:sync", { connectionId });
      const run = await findRun(tx, customerId, runId);
      if (run?.connectionId !== connectionId) throw notFound("sync");
      if (!isOpen(run)) return { cancelled: false };
      await stop(tx, ctx, run);
      return { cancelled: true };
    });
  } catch (error) {
    if (error instanceof EndedMeanwhile) return { cancelled: false };
    throw error;
  }
}

async function stop(tx: Tx, ctx: CustomerContext, run: SyncRunRow): Promise<void> {
  const { customerId, connectionId } = run;
  const actor = eventActor(ctx);
  // The entry comes first: it holds the connection's row, which every writer of a step locks before the run.
  await insertConnectionEvent(tx, {
    customerId,
    connectionId,
    kind: "sync_cancelled",
    ...actor,
    detail: { runId: run.id, reason: run.reason },
  });
  const message = `${actor.actorName} stopped this sync. What had arrived stays.`;
  const reason = { code: "cancelled", message, by: actor.actorUserId };
  if (!(await cancelOpenRuns(tx, customerId, connectionId, reason, run.id))) throw new EndedMeanwhile();
  await enqueue(tx, afterCancelJob, { customerId, runId: run.id }, { priority: -5 });
  await recordAudit(tx, ctx, "connection.cancel_sync", { type: "connection", id: connectionId });
}
