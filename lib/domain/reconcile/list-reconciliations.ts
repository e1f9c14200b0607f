import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { findConnection } from "@/db/repositories/connections";
import { listChecks, listLastChecks } from "@/db/repositories/reconciliations";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { toCheckView, type CheckView } from "./to-check-view";

/**
 * The nightly checks of a connection, newest first.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function listReconciliations(context: Context, connectionId: string): Promise<CheckView[]> {
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  if (!z.uuid().safeParse(connectionId).success) throw notFound("connection");
  return inScope(
    ctx,
    async (tx) => {
      if (!(await findConnection(tx, customerId, connectionId))) throw notFound("connection");
      requirePermission(ctx, "connection:read", { connectionId });
      return (await listChecks(tx, customerId, connectionId)).map(toCheckView);
    },
    { readOnly: true },
  );
}

/** The last of each kind; null before the first night. */
export interface LastChecks {
  reconcile: CheckView | null;
  totals: CheckView | null;
}

/** The last checks of one connection, inside a read that has checked its permission. */
export async function lastChecks(
  tx: Tx,
  { customerId, id }: { customerId: string; id: string },
): Promise<LastChecks> {
  const views = (await listLastChecks(tx, customerId, [id])).map(toCheckView);
  return {
    reconcile: views.find((view) => view.kind === "reconcile") ?? null,
    totals: views.find((view) => view.kind === "totals") ?? null,
  };
}
