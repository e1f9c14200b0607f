import type { GroupRunRow } from "@/db/repositories/payroll-runs";
import { groupKey, type Amount } from "./to-payment-view";

/** Regular runs of pay groups, put together and compared. Pure. */

/** Those that belong together: one group of one entity, paid in one rhythm. */
export const byGroup = (rows: readonly GroupRunRow[]): Map<string, GroupRunRow[]> =>
  Map.groupBy(rows, groupKey);

/** Periods that share more than a boundary day: many providers end one on the day on which the next begins. */
function overlaps(a: GroupRunRow, b: GroupRunRow): boolean {
  if (!a.payPeriodStart || !a.payPeriodEnd || !b.payPeriodStart || !b.payPeriodEnd) return false;
  if (a.payPeriodStart === b.payPeriodStart && a.payPeriodEnd === b.payPeriodEnd) return true;
  return a.payPeriodStart < b.payPeriodEnd && b.payPeriodStart < a.payPeriodEnd;
}

/**
 * Without corrections: regular runs of one group do not overlap (DOMAIN §2), so of two that do the one that pays more
 * people is the run. Oldest first.
 */
export function withoutCorrections(rows: readonly GroupRunRow[]): GroupRunRow[] {
  const oldestFirst = [...rows].sort(
    (a, b) => a.payDate.localeCompare(b.payDate) || a.id.localeCompare(b.id),
  );
  const kept: GroupRunRow[] = [];
  for (const row of oldestFirst) {
    const last = kept.at(-1);
    if (!last || !overlaps(last, row)) kept.push(row);
    else if ((row.people ?? 0) > (last.people ?? 0)) kept[kept.length - 1] = row;
  }
  return kept;
}

export interface Figure {
  amount: Amount;
  /** Against the earlier run, in the same currency; null where they cannot be compared. */
  changeCents: bigint | null;
}

export interface RunFigures {
  gross: Figure | null;
  /** Gross of a person, rounded to the minor unit. */
  perHead: Figure | null;
}

const perHeadOf = ({ grossPayCents, people }: GroupRunRow): bigint | null => {
  if (grossPayCents === null || !people) return null;
  const heads = BigInt(people);
  const half = grossPayCents < 0n ? -heads : heads;
  return (2n * grossPayCents + half) / (2n * heads);
};

const sameCurrency = (a: GroupRunRow, b: GroupRunRow) =>
  (a.grossPayCurrency ?? "").toLowerCase() === (b.grossPayCurrency ?? "").toLowerCase();

function figure(row: GroupRunRow, earlier: GroupRunRow | null, of: (row: GroupRunRow) => bigint | null) {
  const amountCents = of(row);
  if (amountCents === null) return null;
  const before = earlier && sameCurrency(row, earlier) ? of(earlier) : null;
  return {
    amount: { amountCents, currency: row.grossPayCurrency },
    changeCents: before === null ? null : amountCents - before,
  };
}

/** Gross in total and per head, and how both moved since an earlier run: never across currencies. */
export function compareRuns(row: GroupRunRow, earlier: GroupRunRow | null): RunFigures {
  return {
    gross: figure(row, earlier, ({ grossPayCents }) => grossPayCents),
    perHead: figure(row, earlier, perHeadOf),
  };
}
