import type { Tx } from "@/db/client";
import type { YtdScope } from "@/db/repositories/ytd-source";
import { sumEverybody, type YtdKindRow } from "@/db/repositories/ytd-sums";
import { classify, needsDates } from "./classify";
import { addDays, yearOf, type YtdPeriod } from "./period";
import type { YtdWorld } from "./read-scope";

/** Sums over everybody of what is asked for, and of what stands beside it. Minor units, one currency each. */

const categories = ["earning", "tax", "deduction", "contribution"] as const;
type LineKind = YtdKindRow & { category: (typeof categories)[number] };
const isLine = (row: YtdKindRow): row is LineKind => categories.some((name) => name === row.category);

/** Everybody's gross, net and lines by kind, with the types that they count as: the employer's own over Finch's. */
export async function readTotals(
  tx: Tx,
  { scope, classifications }: Pick<YtdWorld, "scope" | "classifications">,
): Promise<YtdKindRow[]> {
  const found = await sumEverybody(tx, scope);
  const dated = needsDates(found.filter(isLine), classifications);
  const rows = dated ? await sumEverybody(tx, scope, { byDate: true }) : found;
  return [...rows.filter((row) => !isLine(row)), ...classify(rows.filter(isLine), classifications)];
}

export interface AsideRow {
  currency: string;
  statements: number;
  grossCents: bigint;
  /** The first and last pay date. */
  from: string | null;
  to: string | null;
}

/**
 * Gross pay of other days than the period's, by currency, of the entities and the kind of pay that are asked for: wages
 * without 1099 lines, or these alone.
 */
async function sumAside(
  tx: Tx,
  { scope, contractYears, classifications }: YtdWorld,
  days: Pick<YtdScope["plan"], "from" | "through">,
): Promise<AsideRow[]> {
  const { from, through } = days;
  const [first, last] = from === null || through === null ? [0, 0] : [yearOf(from), yearOf(through)];
  const rows = await sumEverybody(
    tx,
    {
      ...scope,
      plan: { years: [], ranges: [], from, through },
      hasContracts: contractYears.some((year) => year >= first && year <= last),
    },
    { byDate: true },
  );
  const contracts =
    scope.pay === "employees"
      ? classify(rows.filter(isLine), classifications)
          .filter(({ category, type }) => category === "earning" && type === "1099")
          .map((row) => ({ ...row, amountCents: -row.amountCents, count: 0 }))
      : [];
  return [
    ...Map.groupBy(
      [...rows.filter(({ category }) => category === "gross"), ...contracts],
      ({ currency }) => currency,
    ),
  ]
    .map(([currency, own]) => {
      const dates = own.flatMap(({ payDate }) => (payDate === null ? [] : [payDate])).sort();
      return {
        currency,
        statements: own.reduce((sum, { count }) => sum + count, 0),
        grossCents: own.reduce((sum, { amountCents }) => sum + amountCents, 0n),
        from: dates[0] ?? null,
        to: dates.at(-1) ?? null,
      };
    })
    .filter(({ statements, grossCents }) => statements !== 0 || grossCents !== 0n)
    .sort((a, b) => b.statements - a.statements);
}

/** The days of a period that lie after the as-of date; all of them where it has not begun by then. */
function daysAfter({ from, to, through }: YtdPeriod): { from: string; through: string } | null {
  if (from === null || to === null || through === null || through >= to) return null;
  return { from: through < from ? from : addDays(through, 1), through: to };
}

/** Statements of later pay dates in the period. */
export async function readScheduled(tx: Tx, world: YtdWorld): Promise<AsideRow[]> {
  const later = daysAfter(world.period);
  return later ? sumAside(tx, world, later) : [];
}

/** Statements without a pay date, which are in no year, unless they are what is asked for. */
export async function readUndated(tx: Tx, world: YtdWorld): Promise<AsideRow[]> {
  return world.period.kind === "undated" ? [] : sumAside(tx, world, { from: null, through: null });
}
