import type { EntityAnswers, Money } from "./ask";
import { scaled, unscaled } from "./decimals";
import { linesOf } from "./expect-pay";
import { keyOf, type Row, type Table, type Tables } from "./tables";

/**
 * The year-to-date totals by a recompute of its own: every statement that Finch gives is added up by person, year of
 * the pay date (0 without one) and currency in lower case ('' for none). A statement counts where its gross pay does, or its
 * net pay where gross has no currency; each amount is added under its own. Sums are exact.
 */

type Sum = Record<string, unknown> & {
  hours: bigint;
  first_pay_date: string | null;
  last_pay_date: string | null;
};

function sumAt(sums: Map<string, Sum>, key: string, start: () => Omit<Row, "hours">): Sum {
  const known = sums.get(key);
  if (known) return known;
  const made: Sum = { ...start(), hours: 0n, first_pay_date: null, last_pay_date: null };
  sums.set(key, made);
  return made;
}

function add(sum: Sum, column: string, amount: number | null | undefined, missing: string): void {
  if (amount === null || amount === undefined) sum[missing] = (sum[missing] as number) + 1;
  else sum[column] = (sum[column] as bigint) + BigInt(amount);
}

function see(sum: Sum, payDate: string | null): void {
  if (payDate === null) return;
  if (sum.first_pay_date === null || payDate < sum.first_pay_date) sum.first_pay_date = payDate;
  if (sum.last_pay_date === null || payDate > sum.last_pay_date) sum.last_pay_date = payDate;
}

const currencyOf = (...money: (Money | undefined)[]) =>
  money
    .map((value) => value?.currency ?? null)
    .find((value) => value !== null)
    ?.toLowerCase() ?? "";

export function expectTotals({ entityId, payments, statements }: EntityAnswers, tables: Tables): void {
  const totals = new Map<string, Sum>();
  const lines = new Map<string, Sum>();
  for (const payment of payments ?? []) {
    const payDate = payment.pay_date ?? null;
    const year = payDate === null ? 0 : Number(payDate.slice(0, 4));
    for (const slip of statements?.get(payment.id) ?? []) {
      const at = (currency: string) => {
        const key = keyOf(entityId, slip.individual_id, year, currency);
        const total = sumAt(totals, key, () => ({
          ...{ gross_cents: 0n, net_cents: 0n, statements: 0 },
          ...{ without_gross: 0, without_net: 0, without_hours: 0 },
        }));
        see(total, payDate);
        return total;
      };
      const home = at(currencyOf(slip.gross_pay, slip.net_pay));
      home["statements"] = (home["statements"] as number) + 1;
      const money = (column: string, value: Money | undefined, missing: string) => {
        const own = typeof value?.amount === "number" ? at(currencyOf(value)) : home;
        add(own, column, value?.amount, missing);
      };
      money("gross_cents", slip.gross_pay, "without_gross");
      money("net_cents", slip.net_pay, "without_net");
      if (typeof slip.total_hours === "number") home.hours += scaled(slip.total_hours);
      else home["without_hours"] = (home["without_hours"] as number) + 1;
      for (const line of linesOf(slip)) {
        const { category, type, name, pre_tax, employer } = line;
        const own = line.currency?.toLowerCase() ?? "";
        const what = JSON.stringify([category, type, name, pre_tax, employer]);
        const sum = sumAt(lines, keyOf(entityId, slip.individual_id, year, own, what), () => ({
          ...{ category, type, name, pre_tax, employer, amount_cents: 0n, lines: 0, without_amount: 0 },
        }));
        sum["lines"] = (sum["lines"] as number) + 1;
        add(sum, "amount_cents", line.amount_cents, "without_amount");
        if (line.hours !== null) sum.hours += scaled(line.hours);
        see(sum, payDate);
      }
    }
  }
  write(tables.wage_totals, totals);
  write(tables.wage_total_lines, lines);
}

function write(table: Table, sums: Map<string, Sum>): void {
  for (const [key, { hours, ...sum }] of sums) table.set(key, { ...sum, hours: unscaled(hours) });
}
