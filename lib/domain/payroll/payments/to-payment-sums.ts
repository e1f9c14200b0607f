import type { PaymentFigure, PaymentSumRow } from "@/db/repositories/payroll-payment-facts";

/** A sum over payments; what is missing makes it a lower bound. */
export interface SumView {
  cents: bigint;
  /** Payments of which Finch gave no such amount. */
  missing: number;
}

export type PaymentSums = Record<PaymentFigure | "employerCost", SumView>;

export interface SumBucket {
  /** "2026-10", or "2026" where years are told. */
  period: string;
  sums: PaymentSums;
  runs: number;
}

export interface CurrencySums {
  /** Lower case; '' where Finch gave none. */
  currency: string;
  runs: number;
  total: PaymentSums;
  /** Oldest first; only periods in which somebody was paid. */
  buckets: SumBucket[];
}

const none = (): SumView => ({ cents: 0n, missing: 0 });
const noSums = (): PaymentSums => ({
  companyDebit: none(),
  gross: none(),
  net: none(),
  employerTaxes: none(),
  employeeTaxes: none(),
  employerCost: none(),
});

function add(sums: PaymentSums, { figure, cents, missing }: PaymentSumRow): void {
  const parts: (keyof PaymentSums)[] =
    figure === "gross" || figure === "employerTaxes" ? [figure, "employerCost"] : [figure];
  for (const part of parts) {
    sums[part].cents += cents;
    sums[part].missing += missing;
  }
}

/**
 * Sums by currency and period. What an employer pays is gross pay plus its own taxes, as payments say them: its
 * contributions stand only on statements and are not in it.
 * @param by months of one year, or years
 */
export function toPaymentSums(rows: readonly PaymentSumRow[], by: "month" | "year"): CurrencySums[] {
  const currencies = new Map<string, CurrencySums>();
  for (const row of rows) {
    const found = currencies.get(row.currency) ?? {
      currency: row.currency,
      runs: 0,
      total: noSums(),
      buckets: [],
    };
    currencies.set(row.currency, found);
    const period = by === "month" ? row.month : row.month.slice(0, 4);
    let bucket = found.buckets.find((each) => each.period === period);
    if (!bucket) {
      bucket = { period, sums: noSums(), runs: 0 };
      found.buckets.push(bucket);
    }
    add(found.total, row);
    add(bucket.sums, row);
    if (row.figure === "gross") {
      found.runs += row.runs;
      bucket.runs += row.runs;
    }
  }
  for (const each of currencies.values()) each.buckets.sort((a, b) => a.period.localeCompare(b.period));
  return [...currencies.values()].sort((a, b) => b.runs - a.runs || a.currency.localeCompare(b.currency));
}
