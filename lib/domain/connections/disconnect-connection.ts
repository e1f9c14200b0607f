import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { insertConnectionEvent } from "@/db/repositories/connection-events";
import {
  findConnection,
  lockConnection,
  markDisconnected,
  type ConnectionRow,
} from "@/db/repositories/connections";
import { sealForDisconnectOnly, swapCurrentToken } from "@/db/repositories/connections-tokens";
import { cancelOpenRuns } from "@/db/repositories/sync-runs";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { DomainError, notFound } from "@/lib/domain/errors";
import { env } from "@/lib/env";
import { requireStepUp } from "@/lib/domain/step-up";
import { enqueue } from "@/lib/jobs/define";
import { deleteConnectionDataJob, revokeTokenJob } from "@/lib/jobs/sync";
import { eventActor } from "./event-actor";

export const DisconnectConnectionInput = z.strictObject({
  connectionId: z.uuid(),
  /** The provider's name, typed. */
  name: z.string().max(200),
});
export type DisconnectConnectionInput = z.infer<typeof DisconnectConnectionInput>;

const plain = (name: string) => name.trim().replace(/\s+/g, " ").toLocaleLowerCase("en-US");

function requireTypedName(connection: ConnectionRow, typed: string): void {
  if (plain(typed) === plain(connection.providerName)) return;
  throw new DomainError("INVALID", `Type “${connection.providerName}” to disconnect it.`, { field: "name" });
}

async function end(tx: Tx, connection: ConnectionRow, actorId: string): Promise<void> {
  const { customerId, id } = connection;
  const deleteAt = await markDisconnected(tx, customerId, id, actorId, env().RETENTION_DAYS);
  await sealForDisconnectOnly(tx, customerId, id);
  // Without a current token a late answer to the old one changes nothing.
  await swapCurrentToken(tx, customerId, id, connection.currentTokenId, null);
  await cancelOpenRuns(tx, customerId, id, {
    code: "disconnected",
    message: "The connection was disconnected.",
  });
  const payload = { customerId, connectionId: id };
  await enqueue(tx, revokeTokenJob, payload, { key: `token.revoke:${id}`, priority: -5 });
  await enqueue(tx, deleteConnectionDataJob, payload, {
    key: `connection.delete_data:${id}`,
    runAt: deleteAt,
  });
}

/**
 * Ends a connection: its token is good for nothing but telling Finch so, its data
 * is hidden from everyone at once and deleted after RETENTION_DAYS (SECURITY 18).
 * Idempotent: a disconnected connection stays disconnected.
 * @throws DomainError FORBIDDEN, STEP_UP_REQUIRED, NOT_FOUND, INVALID where the typed name differs
 */
export async function disconnectConnection(context: Context, raw: DisconnectConnectionInput): Promise<void> {
  const { connectionId, name } = DisconnectConnectionInput.parse(raw);
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  await inScope(ctx, async (tx) => {
    if (!(await findConnection(tx, customerId, connectionId))) throw notFound("connection");
    requirePermission(ctx, "connection:disconnect", { connectionId });
    requireStepUp(ctx);
    const connection = await lockConnection(tx, customerId, connectionId);
    if (!connection) throw notFound("connection");
    if (connection.disconnectedAt) return;
    requireTypedName(connection, name);
    const actor = eventActor(ctx);
    await end(tx, connection, actor.actorUserId ?? actor.actorName);
    await insertConnectionEvent(tx, { customerId, connectionId, kind: "disconnected", ...actor });
    await recordAudit(tx, ctx, "connection.disconnect", { type: "connection", id: connectionId });
  });
}
