import { limitTrouble, type Limits } from "../limits/limit-table";
import type { PayLine } from "../lines";
import type { Box1Line } from "./estimate-box1";
import type { Box1Rule } from "./rule";

type Capped = Pick<Box1Line, "treatment" | "lowCents" | "highCents" | "reason">;

const smaller = (a: bigint, b: bigint) => (a < b ? a : b);
const total = (lines: readonly PayLine[]) =>
  lines.reduce((sum, { amountCents }) => sum + (amountCents ?? 0n), 0n);
const dollars = (cents: bigint) => `$${(cents / 100n).toLocaleString("en-US")}`;

/** Sums by month of the pay date. A line without one falls into a month that nobody knows. */
function monthly(lines: readonly PayLine[]): bigint[] {
  const months = Map.groupBy(lines, ({ payDate }) => payDate?.slice(0, 7) ?? "");
  return [...months.values()].map(total);
}

/**
 * Takes deductions away up to a limit. A year's limit is one; a month's limit counts for parking and for transit,
 * which share a type, so that an amount between one limit and two is unknown (DOMAIN §3). Without a limit for the
 * year, all or nothing may be taken away.
 */
export function subtractToLimit(
  rule: Box1Rule,
  lines: readonly PayLine[],
  limits: Limits,
  year: number,
): Capped {
  const sum = total(lines);
  const { limit } = rule;
  const value = limit ? limits(limit.key, year) : null;
  if (!limit || value?.kind !== "known") {
    const trouble = value ? limitTrouble(value, year) : null;
    return {
      treatment: "unknown",
      lowCents: smaller(0n, -sum),
      highCents: sum < 0n ? -sum : 0n,
      reason: `${rule.reason} Unknown here: ${trouble ?? "no limit"}.`,
    };
  }
  const cap = value.amountCents;
  const parts = limit.per === "year" ? [sum] : monthly(lines);
  const sure = parts.reduce((all, part) => all + smaller(part, cap), 0n);
  const most = limit.per === "year" ? sure : parts.reduce((all, part) => all + smaller(part, cap * 2n), 0n);
  const over = parts.some((part) => part > cap);
  return {
    treatment: over ? "partly" : "subtract",
    lowCents: -most,
    highCents: -sure,
    reason: over ? `${rule.reason} More than ${dollars(cap)} was taken.` : rule.reason,
  };
}
