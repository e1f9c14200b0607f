import { limitTrouble, type Limits } from "../limits/limit-table";
import type { PayLine } from "../lines";
import type { Box1Line } from "./estimate-box1";
import type { Box1Rule } from "./rule";

type Capped = Pick<Box1Line, "treatment" | "lowCents" | "highCents" | "reason">;

const smaller = (a: bigint, b: bigint) => (a < b ? a : b);
const total = (lines: readonly PayLine[]) =>
  lines.reduce((sum, { amountCents }) => sum + (amountCents ?? 0n), 0n);
const dollars = (cents: bigint) => `$${(cents / 100n).toLocaleString("en-US")}`;

const monthsOfYear = 12n;

/** What of some sums stays below a cap each. */
const below = (parts: readonly bigint[], cap: bigint) =>
  parts.reduce((all, part) => all + smaller(part, cap), 0n);

/**
 * What is taken away by months: at least, within one limit, and at most, within two. Lines without a pay date may be
 * all of one month or of twelve.
 */
function byMonth(lines: readonly PayLine[], cap: bigint): { sure: bigint; most: bigint; over: boolean } {
  const dated = lines.filter(({ payDate }) => payDate !== null);
  const months = Map.groupBy(dated, ({ payDate }) => payDate?.slice(0, 7));
  const parts = [...months.values()].map(total);
  const undated = total(lines.filter(({ payDate }) => payDate === null));
  return {
    sure: below(parts, cap) + smaller(undated, cap),
    most: below(parts, cap * 2n) + smaller(undated, cap * 2n * monthsOfYear),
    over: [...parts, undated].some((part) => part > cap),
  };
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
  const sure = smaller(sum, cap);
  const { most, over, ...least } =
    limit.per === "month" ? byMonth(lines, cap) : { sure, most: sure, over: sum > cap };
  return {
    treatment: over ? "partly" : "subtract",
    lowCents: -most,
    highCents: -least.sure,
    reason: over ? `${rule.reason} More than ${dollars(cap)} was taken.` : rule.reason,
  };
}
