import { createHash } from "node:crypto";
import type { FinchPayStatement, ScrubbedJson } from "@/lib/finch";

/**
 * Of everything that Finch gave of a statement: an equal one needs no writing. The order of lines counts, the
 * order of keys in free objects does not. Finch's new keys change it, the payment's dates do not.
 */
export function statementDigest(statement: FinchPayStatement): string {
  const { type, paymentMethod, totalHours, grossPay, netPay, lines, nullCategories, extra } = statement;
  const parts = [
    ...[type, paymentMethod, totalHours, ...moneyParts(grossPay), ...moneyParts(netPay)],
    [...nullCategories].sort(),
    sortKeys(extra),
    lines.map((line) => [
      ...[line.category, line.type, line.name, textOf(line.amountCents), line.currency, line.hours],
      ...[line.preTax, line.employer, sortKeys(line.attributes)],
    ]),
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}

/** Minor units as text; JSON has no whole numbers of that size. */
export const textOf = (amount: bigint | null): string | null => amount?.toString() ?? null;

const moneyParts = (money: FinchPayStatement["grossPay"]) =>
  money === null ? [null] : [textOf(money.amountCents), money.currency];

function sortKeys(value: ScrubbedJson): ScrubbedJson {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sortKeys);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, part]) => [key, sortKeys(part)]),
  );
}
