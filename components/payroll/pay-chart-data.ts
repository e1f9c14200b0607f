import type { CurrencySums, SumView } from "@/lib/domain/payroll/payments/to-payment-sums";
import { currencyDigits, formatMoney } from "@/lib/format/money";

/** One period as the chart has it: plain values, for it goes to the browser. */
export interface PayBar {
  tick: string;
  label: string;
  /** In whole units of the currency, for drawing only; what is said is exact. */
  net: number;
  gross: number;
  employerCost: number;
  says: { net: string; gross: string; employerCost: string };
}

export const barFigures = ["net", "gross", "employerCost"] as const;

export const figureNames = {
  net: "Net pay",
  gross: "Gross pay",
  employerCost: "Employer cost",
} as const;

export const figureColors = {
  net: "var(--chart-1)",
  gross: "var(--chart-2)",
  employerCost: "var(--chart-4)",
} as const;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "Oct" and "Oct 2026" of "2026-10"; a year is itself. */
export function periodName(period: string): { tick: string; label: string } {
  const month = months[Number(period.slice(5)) - 1];
  return month ? { tick: month, label: `${month} ${period.slice(0, 4)}` } : { tick: period, label: period };
}

/** A sum in words, "≥" where parts of it are missing. */
export const sayMoney = ({ cents, missing }: SumView, currency: string): string =>
  formatMoney(cents, currency || null, { atLeast: missing > 0 });

export function toPayBars({ currency, buckets }: CurrencySums): PayBar[] {
  const unit = 10 ** currencyDigits(currency);
  return buckets.map(({ period, sums }) => ({
    ...periodName(period),
    net: Number(sums.net.cents) / unit,
    gross: Number(sums.gross.cents) / unit,
    employerCost: Number(sums.employerCost.cents) / unit,
    says: {
      net: sayMoney(sums.net, currency),
      gross: sayMoney(sums.gross, currency),
      employerCost: sayMoney(sums.employerCost, currency),
    },
  }));
}
