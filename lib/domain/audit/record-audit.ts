import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Context } from "@/lib/domain/context";

export interface AuditTarget {
  type: string;
  id: string;
}

function actorOf(ctx: Context): { kind: string; id: string } {
  return ctx.actor.kind === "user"
    ? { kind: "user", id: ctx.actor.userId }
    : { kind: ctx.actor.kind, id: ctx.actor.name };
}

/**
 * Appends to the customer's audit chain, in the mutation's own transaction and
 * as its last statement: it locks the chain's head until the commit.
 * `details` holds what may be erased later; the row itself holds ids only.
 */
export async function recordAudit(
  tx: Tx,
  ctx: Context,
  action: `${string}.${string}`,
  target: AuditTarget,
  details?: Record<string, unknown>,
): Promise<void> {
  const actor = actorOf(ctx);
  const body = details ? JSON.stringify(details) : null;
  await tx.execute(
    sql`select audit_append(${actor.kind}, ${actor.id}, ${action}, ${target.type}, ${target.id}, ${body}::jsonb)`,
  );
}
