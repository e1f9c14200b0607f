import { inScope } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import {
  countUnchecked,
  listFleetDifferences,
  sumFleetChecks,
  type CheckKind,
} from "@/db/repositories/reconciliations";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/domain/context";
import { toCheckView, type CheckView } from "./to-check-view";

const dayMs = 86_400_000;
/** A day and two hours: a check that is late for longer did not come. */
const overdueMs = 26 * 3_600_000;
const shownDifferences = 50;
const shownDays = 7;

export interface FleetCheckKind {
  kind: CheckKind;
  /** Of the last 26 hours. */
  connections: number;
  checked: number;
  differences: number;
  repaired: number;
  lastAt: Date | null;
  /** Open connections that had none in the last 26 hours. */
  unchecked: number;
}

export interface FleetDifference extends CheckView {
  customerId: string;
  customerName: string;
  connectionId: string;
  providerName: string;
}

export interface FleetChecksView {
  kinds: FleetCheckKind[];
  /** Checks of the last week in which something differed, newest first. */
  differences: FleetDifference[];
  now: Date;
}

/**
 * What the nightly checks of all connections came to: names, ids and counts.
 * @throws DomainError FORBIDDEN
 */
export async function getFleetChecks(ctx: Context): Promise<FleetChecksView> {
  requirePermission(ctx, "platform:read");
  return inScope(
    { ...ctx, scope: { kind: "platform" } },
    async (tx) => {
      const now = await readClock(tx);
      const since = new Date(now.getTime() - overdueMs);
      const sums = await sumFleetChecks(tx, since);
      const kinds: FleetCheckKind[] = [];
      for (const kind of ["reconcile", "totals"] as const) {
        const sum = sums.find((each) => each.kind === kind);
        kinds.push({
          kind,
          connections: sum?.connections ?? 0,
          checked: sum?.checked ?? 0,
          differences: sum?.differences ?? 0,
          repaired: sum?.repaired ?? 0,
          lastAt: sum?.lastAt ?? null,
          unchecked: await countUnchecked(tx, kind, since),
        });
      }
      const week = new Date(now.getTime() - shownDays * dayMs);
      const rows = await listFleetDifferences(tx, week, shownDifferences);
      return {
        kinds,
        differences: rows.map((row) => ({
          ...toCheckView(row),
          customerId: row.customerId,
          customerName: row.customerName,
          connectionId: row.connectionId,
          providerName: row.providerName,
        })),
        now,
      };
    },
    { readOnly: true },
  );
}
