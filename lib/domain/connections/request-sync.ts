import { z } from "zod";
import { inScope } from "@/db/client";
import { findConnection } from "@/db/repositories/connections";
import { readClock } from "@/db/repositories/connections-clock";
import { insertConnectionEvent } from "@/db/repositories/connection-events";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { takeLimit } from "@/lib/domain/limits";
import { enqueueSync, type EnqueuedSync } from "@/lib/domain/sync/enqueue-sync";
import { eventActor } from "./event-actor";
import { refreshQuota, type RefreshQuotaView } from "./refresh-quota";

export const RequestSyncInput = z.strictObject({ connectionId: z.uuid() });
export type RequestSyncInput = z.infer<typeof RequestSyncInput>;

export interface RequestedSync extends EnqueuedSync {
  /** What the sync may ask of Finch: null where nothing, or not known yet. */
  refresh: RefreshQuotaView | null;
}

/**
 * "Sync now": a run of its own, or the one that is open already. It has Finch fetch anew where the hour's refresh is
 * left, and mirrors what Finch has where it is not.
 * @throws DomainError FORBIDDEN, NOT_FOUND, CONFLICT where it was disconnected, RATE_LIMITED
 */
export async function requestSync(context: Context, raw: RequestSyncInput): Promise<RequestedSync> {
  const { connectionId } = RequestSyncInput.parse(raw);
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  // A run that a person asked for goes before all scheduled ones: nobody takes the application's allowance by pressing.
  if (ctx.actor.kind === "user") await takeLimit("sync", `${ctx.actor.userId}/${connectionId}`);
  return inScope(ctx, async (tx) => {
    const connection = await findConnection(tx, customerId, connectionId);
    if (!connection) throw notFound("connection");
    requirePermission(ctx, "connection:sync", { connectionId });
    const refresh = refreshQuota(connection, await readClock(tx));
    const run = { ...(await enqueueSync(tx, ctx, connectionId, "requested")), refresh };
    // Joining changed nothing, so nothing is told.
    if (run.joined) return run;
    await insertConnectionEvent(tx, { customerId, connectionId, kind: "sync_requested", ...eventActor(ctx) });
    await recordAudit(tx, ctx, "connection.sync", { type: "connection", id: connectionId });
    return run;
  });
}
