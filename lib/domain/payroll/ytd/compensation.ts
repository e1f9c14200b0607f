import { limitTrouble, type Limits } from "../limits/limit-table";
import type { YtdPeriod } from "./period";
import type { YtdPayLine } from "./to-figures";
import type { YtdCompensation } from "./views";

/** What plan compensation is cut at: 401(a)(17) for the year in which the plan year begins. */
export type PlanCap = { kind: "cap"; cents: bigint; year: number } | { kind: "none"; reason: string };

/** The cap of a period, or why none is applied: a year without a confirmed limit never borrows another's (DOMAIN §4). */
export function planCap(period: YtdPeriod, limits: Limits): PlanCap {
  if (period.year === null)
    return {
      kind: "none",
      reason: "Nothing is capped: the limit is for a plan year, and these dates are not one.",
    };
  const value = limits("plan_compensation", period.year);
  if (value.kind === "known") return { kind: "cap", cents: value.amountCents, year: period.year };
  const trouble = limitTrouble(value, period.year) ?? `${period.year} has no such limit`;
  return { kind: "none", reason: `Nothing is capped: ${trouble}.` };
}

/** Compensation of chosen earnings, all of them where none is chosen, up to the cap. The cap is in US dollars. */
export function compensationOf(
  lines: readonly YtdPayLine[],
  currency: string,
  { names, cap }: { names: readonly (string | null)[]; cap: PlanCap },
): YtdCompensation {
  const chosen = new Set(names);
  const counted = lines.filter(
    (line) => line.category === "earning" && (chosen.size === 0 || chosen.has(line.name)),
  );
  const uncappedCents = counted.reduce((sum, line) => sum + (line.amountCents ?? 0n), 0n);
  const capCents = cap.kind === "cap" && currency === "usd" ? cap.cents : null;
  const cents = capCents !== null && uncappedCents > capCents ? capCents : uncappedCents;
  const withoutAmount = counted.reduce((n, line) => n + line.withoutAmount, 0);
  return { uncappedCents, cents, capCents, withoutAmount };
}
