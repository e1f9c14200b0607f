import { inScope } from "@/db/client";
import { listConnectionRows } from "@/db/repositories/connections";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import { countVisiblePeople } from "@/db/repositories/customers-shell";
import { listLatestRuns } from "@/db/repositories/sync-runs";
import { requirePermission } from "@/lib/auth/permissions";
import { connectionStatus, type ConnectionState } from "@/lib/domain/connections/status";
import { toStatusFacts } from "@/lib/domain/connections/status-facts";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";

export interface ShellView {
  customerName: string;
  timeZone: string;
  people: number;
  /** Connections that wait for a person. */
  needAttention: number;
  /** For the palette. */
  connections: { id: string; providerName: string; status: ConnectionState }[];
}

const waiting: ReadonlySet<ConnectionState> = new Set([
  "action_needed",
  "failing",
  "missing_permission",
  "late",
]);

/**
 * What the navigation around an employer's pages says.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function getShell(ctx: Context): Promise<ShellView> {
  requirePermission(ctx, "connection:read");
  const { customerId, connectionIds } = requireCustomer(ctx).scope;
  return inScope(
    ctx,
    async (tx) => {
      const [customer, now, rows] = await Promise.all([
        findCustomer(tx, customerId),
        readClock(tx),
        listConnectionRows(tx, customerId, connectionIds),
      ]);
      if (!customer) throw notFound("employer");
      const open = rows.filter((row) => row.disconnectedAt === null);
      const ids = open.map((row) => row.id);
      const [people, runs] = await Promise.all([
        countVisiblePeople(tx, ids),
        listLatestRuns(tx, customerId, ids),
      ]);
      const connections = open.map((row) => {
        const run = runs.find((each) => each.connectionId === row.id) ?? null;
        const { status } = connectionStatus(toStatusFacts(row, run), now);
        return { id: row.id, providerName: row.providerName, status };
      });
      return {
        customerName: customer.name,
        timeZone: customer.timeZone,
        people,
        needAttention: connections.filter(({ status }) => waiting.has(status)).length,
        connections,
      };
    },
    { readOnly: true },
  );
}
