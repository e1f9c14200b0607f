import { z } from "zod";
import { inScope } from "@/db/client";
import { findConnection } from "@/db/repositories/connections";
import { insertConnectionEvent } from "@/db/repositories/connection-events";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { enqueueSync } from "@/lib/domain/sync";
import { eventActor } from "./event-actor";

export const RequestSyncInput = z.strictObject({ connectionId: z.uuid() });
export type RequestSyncInput = z.infer<typeof RequestSyncInput>;

/**
 * "Sync now": a run of its own, or the one that is open already.
 * @throws DomainError FORBIDDEN, NOT_FOUND, CONFLICT where it was disconnected
 */
export async function requestSync(
  context: Context,
  raw: RequestSyncInput,
): Promise<{ runId: string; joined: boolean }> {
  const { connectionId } = RequestSyncInput.parse(raw);
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  return inScope(ctx, async (tx) => {
    const connection = await findConnection(tx, customerId, connectionId);
    if (!connection) throw notFound("connection");
    requirePermission(ctx, "connection:sync", { connectionId });
    const run = await enqueueSync(tx, ctx, connectionId, "requested");
    // Joining changed nothing, so nothing is told.
    if (run.joined) return run;
    await insertConnectionEvent(tx, { customerId, connectionId, kind: "sync_requested", ...eventActor(ctx) });
    await recordAudit(tx, ctx, "connection.sync", { type: "connection", id: connectionId });
    return run;
  });
}
