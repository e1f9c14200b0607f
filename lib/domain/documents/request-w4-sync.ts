import { z } from "zod";
import { inScope } from "@/db/client";
import { findConnection, type ConnectionRow } from "@/db/repositories/connections";
import {
  findOpenDocumentSync,
  insertDocumentSync,
  updateOpenDocumentSync,
  type WantedPeople,
} from "@/db/repositories/document-syncs";
import { databaseNow } from "@/db/repositories/sync-steps";
import { hasIndividual } from "@/db/repositories/team";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { DomainError, notFound } from "@/lib/domain/errors";
import { takeLimit } from "@/lib/domain/limits";
import { documentSyncJob } from "@/lib/jobs/documents";
import { enqueue } from "@/lib/jobs/define";
import { w4Obstacle, type W4Obstacle } from "./w4-state";

const place = z.strictObject({ connectionId: z.uuid() });

export const RequestW4SyncInput = place.extend({
  /** missing: whose form is not here; all: everybody who files one. */
  people: z.enum(["missing", "all"]).default("missing"),
  /** One person instead. */
  individualId: z.uuid().nullable().default(null),
});
export type RequestW4SyncInput = z.input<typeof RequestW4SyncInput>;

export const StopW4SyncInput = place;
export type StopW4SyncInput = z.input<typeof StopW4SyncInput>;

export const w4ObstacleWords: Record<W4Obstacle, string> = {
  no_product: "The connection does not include tax documents. Reconnect and allow them.",
  assisted: "People at Finch look after this provider: W-4 forms cannot be asked for.",
  not_offered: "The provider does not offer W-4 forms by way of Finch.",
  action_needed: "The connection has to be repaired before Finch can fetch anything.",
};

/**
 * Has Finch fetch W-4 forms: one job at Finch for each person, asked for by the worker as the quota allows. A second
 * request joins the open one.
 * @throws DomainError FORBIDDEN, NOT_FOUND, RATE_LIMITED, CONFLICT (disconnected, not possible at this connection, or nobody to ask for)
 */
export async function requestW4Sync(
  context: Context,
  raw: RequestW4SyncInput,
): Promise<{ syncId: string; joined: boolean; people: number }> {
  const { connectionId, people, individualId } = RequestW4SyncInput.parse(raw);
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  const scope = { customerId, connectionId };
  requirePermission(ctx, "document:sync");
  // Each one writes a row for everybody and begins to ask: started and stopped in turn, it would take Finch's slots.
  if (ctx.actor.kind === "user") await takeLimit("forms", `${ctx.actor.userId}/${connectionId}`);
  return inScope(ctx, async (tx) => {
    const connection = await findConnection(tx, customerId, connectionId);
    if (!connection) throw notFound("connection");
    requirePermission(ctx, "document:sync", { connectionId });
    requireAskable(connection);
    const wanted: WantedPeople = individualId ? { kind: "one", individualId } : { kind: people };
    if (individualId && !(await hasIndividual(tx, { ...scope, id: individualId }))) throw notFound("person");
    const requestedBy = ctx.actor.kind === "user" ? ctx.actor.userId : null;
    const sync = await insertDocumentSync(tx, scope, wanted, requestedBy);
    if (!sync) {
      const open = await findOpenDocumentSync(tx, scope);
      if (!open)
        throw new DomainError("CONFLICT", "Another request has just ended. Try again.", { retryable: true });
      return { syncId: open.id, joined: true, people: open.total };
    }
    // Thrown, so that what was added goes again.
    if (sync.total === 0)
      throw new DomainError(
        "CONFLICT",
        people === "missing"
          ? "Everybody who files a W-4 has a form here already."
          : "Nobody here files a W-4.",
      );
    await enqueue(tx, documentSyncJob, { customerId, syncId: sync.id }, { key: `document.sync:${sync.id}` });
    const target = { type: "connection", id: connectionId };
    await recordAudit(tx, ctx, "document.sync", target, { rows: sync.total });
    return { syncId: sync.id, joined: false, people: sync.total };
  });
}

/** @throws DomainError CONFLICT, saying what stands in the way */
function requireAskable(connection: ConnectionRow): void {
  if (connection.disconnectedAt)
    throw new DomainError("CONFLICT", "This connection is disconnected. Connect it again first.");
  const obstacle = w4Obstacle(connection);
  if (obstacle) throw new DomainError("CONFLICT", w4ObstacleWords[obstacle]);
}

/**
 * Stops asking. What Finch was asked for it fetches all the same; the next sync reads it.
 * @throws DomainError FORBIDDEN, NOT_FOUND (also where nothing is open)
 */
export async function stopW4Sync(context: Context, raw: StopW4SyncInput): Promise<void> {
  const { connectionId } = StopW4SyncInput.parse(raw);
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  requirePermission(ctx, "document:sync");
  await inScope(ctx, async (tx) => {
    if (!(await findConnection(tx, customerId, connectionId))) throw notFound("connection");
    requirePermission(ctx, "document:sync", { connectionId });
    const open = await findOpenDocumentSync(tx, { customerId, connectionId });
    const stopped =
      open !== null &&
      (await updateOpenDocumentSync(tx, open, {
        status: "stopped",
        finishedAt: await databaseNow(tx),
        stoppedBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
      }));
    if (!stopped) throw notFound("request for W-4 forms");
    await recordAudit(tx, ctx, "document.stop_sync", { type: "connection", id: connectionId });
  });
}
