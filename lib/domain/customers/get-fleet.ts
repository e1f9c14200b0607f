import { inScope } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { countCustomers } from "@/db/repositories/customers";
import { listFleet, type FleetPosition } from "@/db/repositories/customers-fleet";
import { requirePermission } from "@/lib/auth/permissions";
import { connectionStates, type ConnectionState } from "@/lib/domain/connections/status";
import type { Context } from "@/lib/domain/context";
import { toFleetConnection, type FleetConnectionView } from "./to-fleet-connection";

export interface FleetView {
  customers: number;
  /** Without the disconnected ones. */
  connections: number;
  byStatus: Record<ConnectionState, number>;
  /** What is broken now, the newest trouble first. */
  broken: FleetConnectionView[];
  now: Date;
}

const troubles: readonly ConnectionState[] = ["action_needed", "failing", "missing_permission", "late"];
const brokenLimit = 20;
const batchSize = 1000;

/**
 * The health of all connections of the installation.
 * @throws DomainError FORBIDDEN
 */
export async function getFleet(ctx: Context): Promise<FleetView> {
  requirePermission(ctx, "platform:read");
  return inScope(
    { ...ctx, scope: { kind: "platform" } },
    async (tx) => {
      const now = await readClock(tx);
      const byStatus = Object.fromEntries(
        connectionStates.map((status) => [status, 0]),
      ) as FleetView["byStatus"];
      const broken: FleetConnectionView[] = [];
      let after: FleetPosition | null = null;
      for (;;) {
        const batch: Awaited<ReturnType<typeof listFleet>> = await listFleet(tx, { after, limit: batchSize });
        for (const row of batch) {
          const view = toFleetConnection(row, now);
          byStatus[view.status] += 1;
          if (troubles.includes(view.status)) broken.push(view);
        }
        const last = batch.at(-1);
        if (batch.length < batchSize || !last) break;
        after = { customerName: last.customerName, connectionId: last.connection.id };
      }
      broken.sort((a, b) => (b.since?.getTime() ?? 0) - (a.since?.getTime() ?? 0));
      const all = Object.values(byStatus).reduce((sum, count) => sum + count, 0);
      return {
        customers: await countCustomers(tx),
        connections: all - byStatus.disconnected,
        byStatus,
        broken: broken.slice(0, brokenLimit),
        now,
      };
    },
    { readOnly: true },
  );
}
