import { inScope, type Tx } from "@/db/client";
import { compareTotals, listEverybody } from "@/db/repositories/totals-check";
import { compareDays, listSummedDays, rebuildDays } from "@/db/repositories/wage-day-sums";
import { lockTotals, rebuildTotals } from "@/db/repositories/wage-totals";
import type { CustomerContext } from "@/lib/domain/context";

/** People in one transaction: the totals of the connection are locked meanwhile. */
const batchSize = 500;
/** Statements behind the sums of days in one transaction, unless one day has more. */
const statementsAtOnce = 10_000;

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
  /** Told of each part in the transaction that made it, with the last person in it: null of the sums of days. */
  onPart?: (tx: Tx, part: TotalsRecompute, lastId: string | null) => Promise<void>;
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
  const take = onPart ?? (() => Promise.resolve());
  const result = { checked: 0, differences: 0, repaired: 0 };
  const count = ({ checked, differences }: Pick<TotalsRecompute, "checked" | "differences">) => {
    result.checked += checked;
    result.differences += differences;
    result.repaired += differences;
    return { checked, differences, repaired: differences };
  };
  // Before the people: one that goes on after some of them has done these.
  if (startId === null) await recomputeDays(ctx, scope, async (tx, found) => take(tx, count(found), null));
  for (let afterId = startId; ;) {
    const cursor: string | null = afterId;
    const last: string | null = await inScope(ctx, async (tx) => {
      const people = await listEverybody(tx, scope, cursor, batchSize);
      if (people.length === 0) return null;
      await lockTotals(tx, scope);
      const { checked, differences, wrong } = await compareTotals(tx, scope, people);
      await rebuildTotals(tx, scope, wrong);
      const lastId = people.at(-1) ?? null;
      await take(tx, count({ checked, differences }), lastId);
      return lastId;
    });
    if (last === null) return result;
    afterId = last;
  }
}

/** The sums of everybody by pay date: some days at a time, those that differ made anew. */
async function recomputeDays(
  ctx: CustomerContext,
  scope: { customerId: string; connectionId: string },
  onPart: (tx: Tx, found: { checked: number; differences: number }) => Promise<void>,
): Promise<void> {
  const all = await inScope(ctx, (tx) => listSummedDays(tx, scope), { readOnly: true });
  const parts: { days: string[]; statements: number }[] = [];
  for (const { day, statements } of all) {
    const last = parts.at(-1);
    if (last && last.statements + statements <= statementsAtOnce) {
      last.days.push(day);
      last.statements += statements;
    } else parts.push({ days: [day], statements });
  }
  for (const { days } of parts)
    await inScope(ctx, async (tx) => {
      await lockTotals(tx, scope);
      const found = await compareDays(tx, scope, days);
      await rebuildDays(tx, scope, found.wrong);
      await onPart(tx, found);
    });
}
