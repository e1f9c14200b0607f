import { inScope } from "@/db/client";
import { compareTotals, listEverybody } from "@/db/repositories/totals-check";
import { lockTotals, rebuildTotals } from "@/db/repositories/wage-totals";
import type { CustomerContext } from "@/lib/domain/context";

/** People in one transaction: the totals of the connection are locked meanwhile. */
const batchSize = 500;

export interface TotalsRecompute {
  /** Totals that should be there. */
  checked: number;
  /** Totals that were not what the statements give, and how many of these are made anew: all, unless one fails. */
  differences: number;
  repaired: number;
}

/**
 * Compares every year-to-date total of a connection with a recompute from its statements, and makes those anew that
 * differ. Runs beside syncs: it holds the totals for a few hundred people at a time. Needs the worker's scope.
 */
export async function recomputeTotals(ctx: CustomerContext, connectionId: string): Promise<TotalsRecompute> {
  const scope = { customerId: ctx.scope.customerId, connectionId, entityId: "" };
  const result = { checked: 0, differences: 0, repaired: 0 };
  for (let afterId: string | null = null; ;) {
    const cursor: string | null = afterId;
    const last: string | null = await inScope(ctx, async (tx) => {
      const people = await listEverybody(tx, scope, cursor, batchSize);
      if (people.length === 0) return null;
      await lockTotals(tx, scope);
      const { checked, differences, wrong } = await compareTotals(tx, scope, people);
      await rebuildTotals(tx, scope, wrong);
      result.checked += checked;
      result.differences += differences;
      result.repaired += differences;
      return people.at(-1) ?? null;
    });
    if (last === null) return result;
    afterId = last;
  }
}
