import { inScope } from "@/db/client";
import { listConnectionRows } from "@/db/repositories/connections";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import { can, requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { loadParts } from "./load-parts";
import type { ConnectionState } from "./status";
import { toConnectionView } from "./to-connection-view";
import type { ConnectionListView, ConnectionView } from "./views";

/** What needs a person first, what rests last. */
const order: readonly ConnectionState[] = [
  "action_needed",
  "failing",
  "missing_permission",
  "late",
  "setting_up",
  "syncing",
  "never_synced",
  "healthy",
  "disconnected",
];

function byNeed(a: ConnectionView, b: ConnectionView): number {
  return (
    order.indexOf(a.status) - order.indexOf(b.status) || a.providerName.localeCompare(b.providerName, "en-US")
  );
}

/**
 * The customer's connections with their status, sorted by what needs a person.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function listConnections(context: Context): Promise<ConnectionListView> {
  const ctx = requireCustomer(context);
  requirePermission(ctx, "connection:read");
  const { customerId, connectionIds } = ctx.scope;
  return inScope(
    ctx,
    async (tx) => {
      const customer = await findCustomer(tx, customerId);
      if (!customer) throw notFound("employer");
      const now = await readClock(tx);
      const parts = await loadParts(tx, ctx, await listConnectionRows(tx, customerId, connectionIds));
      return {
        customerId,
        customerName: customer.name,
        timeZone: customer.timeZone,
        now: now.toISOString(),
        mayConnect: connectionIds === "all" && can(ctx, "connection:connect"),
        connections: parts.map((part) => toConnectionView(ctx, part, now)).sort(byNeed),
      };
    },
    { readOnly: true },
  );
}
