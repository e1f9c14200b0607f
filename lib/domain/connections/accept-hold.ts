import { z } from "zod";
import { inScope } from "@/db/client";
import { insertConnectionEvent } from "@/db/repositories/connection-events";
import { findConnection } from "@/db/repositories/connections";
import { acceptOpenHold, findHold } from "@/db/repositories/open-holds";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { DomainError, notFound } from "@/lib/domain/errors";
import { enqueueSync } from "@/lib/domain/sync";
import { eventActor } from "./event-actor";

export const AcceptHoldInput = z.strictObject({ connectionId: z.uuid(), holdId: z.uuid() });
export type AcceptHoldInput = z.infer<typeof AcceptHoldInput>;

/**
 * Says that data which Finch no longer gives is really gone. Nothing is deleted by it: a sync looks once more, and
 * deletes only what Finch still does not give (DOMAIN 1.3).
 * @throws DomainError FORBIDDEN, NOT_FOUND, CONFLICT where it was accepted, is over, or the connection is disconnected
 */
export async function acceptHold(context: Context, raw: AcceptHoldInput): Promise<{ runId: string }> {
  const { connectionId, holdId } = AcceptHoldInput.parse(raw);
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  return inScope(ctx, async (tx) => {
    if (!(await findConnection(tx, customerId, connectionId))) throw notFound("connection");
    requirePermission(ctx, "connection:sync", { connectionId });
    const hold = await findHold(tx, customerId, connectionId, holdId);
    if (!hold) throw notFound("held answer");
    const actor = eventActor(ctx);
    const detail = { holdId, product: hold.product, rows: hold.rows };
    // The entry comes first: it holds the connection's row, which every writer of a step locks before anything else.
    await insertConnectionEvent(tx, { customerId, connectionId, kind: "hold_accepted", ...actor, detail });
    if (!(await acceptOpenHold(tx, hold, actor.actorUserId ?? actor.actorName)))
      throw new DomainError("CONFLICT", "This was accepted already, or the data came back.");
    const { runId } = await enqueueSync(tx, ctx, connectionId, "requested");
    await recordAudit(
      tx,
      ctx,
      "connection.accept_hold",
      { type: "connection", id: connectionId },
      { product: hold.product, rows: hold.rows },
    );
    return { runId };
  });
}
