import { inScope, type Tx } from "@/db/client";
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

export interface RecomputeOptions {
  /** Our id of the last person of a recompute that was broken off. */
  afterId?: string | null;
  /** Told of each part in the transaction that made it, with the last person in it. */
  onPart?: (tx: Tx, part: TotalsRecompute, lastId: string) => Promise<void>;
}

/**
 * Compares every year-to-date total of a connection with a recompute from its statements, and makes those anew that
 * differ. Runs beside syncs: it holds the totals for a few hundred people at a time. Needs the worker's scope.
 */
export async function recomputeTotals(
  ctx: CustomerContext,
  connectionId: string,
  { afterId: startId = null, onPart }: RecomputeOptions = {},
): Promise<TotalsRecompute> {
  const scope = { customerId: ctx.scope.customerId, connectionId, entityId: "" };
  const result = { checked: 0, differences: 0, repaired: 0 };
  for (let afterId = startId; ;) {
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
      const lastId = people.at(-1) ?? null;
      if (lastId !== null) await onPart?.(tx, { checked, differences, repaired: differences }, lastId);
      return lastId;
    });
    if (last === null) return result;
    afterId = last;
  }
}
