import type { SumPlan, SignedRange } from "@/db/repositories/ytd-source";
import { addDays, yearsOf, type YtdPeriod } from "./period";

/**
 * How a period's sums are put together. Kept totals are of calendar years; what a period leaves of a year is taken off
 * again by its own statements, or the period's statements are added up themselves, whichever are fewer. All of it is
 * whole cents, so that both ways give the same.
 */
export function planSums(
  period: Pick<YtdPeriod, "from" | "through">,
  /** The pay dates that there are, once for each run. */
  payDates: readonly string[],
): SumPlan {
  const { from, through } = period;
  if (from === null || through === null) return { years: [0], ranges: [], from: null, through: null };
  const parts = yearsOf(period).map((year) => planYear(year, from, through, payDates));
  return {
    years: parts.flatMap(({ kept }) => (kept === null ? [] : [kept])),
    ranges: parts.flatMap(({ ranges }) => ranges),
    from,
    through,
  };
}

function planYear(
  year: number,
  from: string,
  through: string,
  payDates: readonly string[],
): { kept: number | null; ranges: SignedRange[] } {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  const inside = { from: from > first ? from : first, to: through < last ? through : last };
  const outside = [
    { from: first, to: addDays(inside.from, -1), sign: -1 as const },
    { from: addDays(inside.to, 1), to: last, sign: -1 as const },
  ].filter((range) => payDates.some((day) => day >= range.from && day <= range.to));
  const runs = (range: { from: string; to: string }) =>
    payDates.filter((day) => day >= range.from && day <= range.to).length;
  const left = outside.reduce((sum, range) => sum + runs(range), 0);
  if (left > runs(inside)) return { kept: null, ranges: [{ ...inside, sign: 1 }] };
  return { kept: year, ranges: outside };
}
