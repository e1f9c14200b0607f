import type { FinchPayStatement } from "@/lib/finch";

type Line = FinchPayStatement["lines"][number];

const lower = (currency: string | null | undefined) => (currency ?? "").toLowerCase();

/**
 * What a statement's lines add up to, as text of minor units, in the currency under which it counts (that of its gross pay,
 * else of its net pay); nulls where a line has another one.
 */
export function sumsOfLines({
  grossPay,
  netPay,
  lines,
}: Pick<FinchPayStatement, "grossPay" | "netPay" | "lines">) {
  const own = lower(grossPay?.currency ?? netPay?.currency);
  const isOne = lines.every(({ currency }) => lower(currency) === own);
  const sum = (belongs: (line: Line) => boolean) =>
    isOne
      ? String(lines.filter(belongs).reduce((all, { amountCents }) => all + (amountCents ?? 0n), 0n))
      : null;
  return {
    employeeTaxesCents: sum(({ category, employer }) => category === "tax" && employer === false),
    employerTaxesCents: sum(({ category, employer }) => category === "tax" && employer === true),
    unknownTaxesCents: sum(({ category, employer }) => category === "tax" && employer === null),
    deductionsCents: sum(({ category }) => category === "deduction"),
    contributionsCents: sum(({ category }) => category === "contribution"),
  };
}
