import type { Case } from "@/sandbox/cases/case";
import { slipOf, type Slip } from "@/sandbox/cases/slips";
import type { PayStatement, StatementChange } from "@/sandbox/payroll";

/** The same statement in another currency; amounts stay what they are in its smallest unit. */
function inCurrency(slip: PayStatement, currency: string | null): StatementChange {
  const lines = <T extends { currency: string | null } | null>(rows: T[] | null): T[] | null =>
    rows?.map((row) => row && { ...row, currency }) ?? null;
  // Finch's type has no null here; its data does (DOMAIN case 36).
  const money = (value: PayStatement["gross_pay"]) =>
    value && { ...value, currency: currency as NonNullable<typeof value>["currency"] };
  return {
    gross_pay: money(slip.gross_pay),
    net_pay: money(slip.net_pay),
    earnings: lines(slip.earnings),
    taxes: lines(slip.taxes),
    employee_deductions: lines(slip.employee_deductions),
    employer_contributions: lines(slip.employer_contributions),
  };
}

/** One payment in yen, Kuwaiti dinars, dollars in capitals, and in nothing. */
export const currencyCases: readonly Case[] = [
  {
    number: 36,
    title: "Currencies jpy, kwd, USD and null",
    plant: (bed) => {
      const ground = bed.ground("Odd Currencies");
      const slips = ["jpy", "kwd", "USD", null].map((currency, seat): Slip => {
        const slip = slipOf(ground, 0, seat);
        ground.edits.editStatement(slip.payment_id, slip.individual_id, (statement) =>
          inCurrency(statement, currency),
        );
        return slip;
      });
      return { ...ground.found, ...slips[0] };
    },
  },
];
