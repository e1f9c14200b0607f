import type { PayLine } from "../lines";
import type { Limits } from "../limits/limit-table";
import { subtractToLimit } from "./caps";
import { pairImputed } from "./imputed";
import type { Box1Effect, Box1Rule } from "./rule";
import { box1RuleOf } from "./rules";

/** One kind of line of a person's year, with what it does to the estimate. */
export interface Box1Line {
  /** The year's lines of this kind as one: amount and hours are sums, the pay date is null unless there is only one. */
  line: PayLine;
  /** How many lines it stands for, and of them those without an amount, which cannot be added. */
  count: number;
  withoutAmount: number;
  /** `partly`: up to a limit. */
  treatment: Exclude<Box1Effect, "subtract_to_limit"> | "partly";
  /** What it adds to the low and the high end, in US cents; deductions are negative. */
  lowCents: bigint;
  highCents: bigint;
  reason: string;
  ruleId: string;
  /** Assumed, and not said by the data. */
  assumed: boolean;
  conflict: string | null;
}

export interface Box1Estimate {
  year: number;
  /** US cents. */
  lowCents: bigint;
  highCents: bigint;
  lines: Box1Line[];
  /** Lines without an amount, in neither end: the truth may lie outside of the range. */
  withoutAmount: number;
  /** Lines that are not in US dollars: never added, and not estimated. */
  leftOut: PayLine[];
}

interface Group {
  line: PayLine;
  members: PayLine[];
  cents: bigint;
}

const keyOf = ({ category, type, name, preTax, employer }: PayLine) =>
  JSON.stringify([category, type, name, preTax, employer]);

function toGroup(members: readonly PayLine[]): Group {
  const [first] = members;
  if (!first) throw new TypeError("A group has a line");
  const cents = members.reduce((sum, { amountCents }) => sum + (amountCents ?? 0n), 0n);
  const known = members.some(({ amountCents }) => amountCents !== null);
  const line: PayLine = {
    ...first,
    amountCents: known ? cents : null,
    hours: members.length === 1 ? first.hours : null,
    payDate: members.length === 1 ? first.payDate : null,
  };
  return { line, members: [...members], cents };
}

/** A member may be a sum of like lines already, of which some had no amount. */
const countsOf = (members: readonly PayLine[]) => ({
  count: members.reduce((n, line) => n + (line.lines ?? 1), 0),
  withoutAmount: members.reduce(
    (n, line) => n + (line.withoutAmount ?? (line.amountCents === null ? 1 : 0)),
    0,
  ),
});

const smaller = (a: bigint, b: bigint) => (a < b ? a : b);
const larger = (a: bigint, b: bigint) => (a > b ? a : b);

/** What a sum adds at either end. A reversal turns the ends around, so that low is never above high. */
function endsOf(rule: Box1Rule, cents: bigint): { low: bigint; high: bigint } {
  const value = rule.category === "deduction" ? -cents : cents;
  if (rule.effect === "unknown") return { low: smaller(0n, value), high: larger(0n, value) };
  const counted = rule.effect === "in" || rule.effect === "subtract" ? value : 0n;
  return { low: counted, high: counted };
}

function conflictOf({ conflict }: Box1Rule, line: PayLine): string | null {
  if (!conflict) return null;
  const { preTax, name, text } = conflict;
  if (preTax !== undefined && line.preTax !== preTax) return null;
  return name && !name.test(line.name ?? "") ? null : text;
}

function estimateGroup(group: Group, rule: Box1Rule, limits: Limits, year: number): Box1Line {
  const base = {
    line: group.line,
    ...countsOf(group.members),
    ruleId: rule.id,
    assumed: rule.assumed === "always" || (rule.assumed === "without_flag" && group.line.preTax === null),
    conflict: conflictOf(rule, group.line),
  };
  if (rule.effect === "subtract_to_limit") {
    return { ...base, ...subtractToLimit(rule, group.members, limits, year) };
  }
  const { low, high } = endsOf(rule, group.cents);
  return { ...base, treatment: rule.effect, lowCents: low, highCents: high, reason: rule.reason };
}

/** Lines of one kind become one group; lines under one cap too, whatever their names are. */
function groupsOf(lines: readonly PayLine[]): { group: Group; rule: Box1Rule }[] {
  const kinds = Map.groupBy(lines, (line) => {
    const rule = box1RuleOf(line);
    return rule.effect === "subtract_to_limit" ? rule.id : keyOf(line);
  });
  return [...kinds.values()].map((members) => {
    const group = toGroup(members);
    return { group, rule: box1RuleOf(group.line) };
  });
}

/**
 * Estimates box 1 of a person's year at one EIN, as a low and a high end with the reason of each kind of line
 * (DOMAIN §3). Federal income tax only; an estimate, and never the form itself.
 *
 * `lines` are those of statements with a pay date in `year`, after applyClassifications(), of one person and one EIN:
 * where there is no EIN, there is nothing to estimate. Commuter lines need their own pay dates, for the month's limit.
 * `limits` is limitTable() with the employer's confirmations.
 */
export function estimateBox1(lines: readonly PayLine[], limits: Limits, year: number): Box1Estimate {
  const inDollars = lines.filter(({ currency }) => currency?.toLowerCase() === "usd");
  const leftOut = lines.filter(({ currency }) => currency?.toLowerCase() !== "usd");
  const groups = groupsOf(inDollars);
  const offsets = pairImputed(groups.map(({ group }) => group.line));
  const estimated = groups.map(({ group, rule }): Box1Line => {
    const found = estimateGroup(group, rule, limits, year);
    const imputed = offsets.get(group.line);
    return imputed ? { ...found, ...imputed } : found;
  });
  return {
    year,
    lowCents: estimated.reduce((sum, { lowCents }) => sum + lowCents, 0n),
    highCents: estimated.reduce((sum, { highCents }) => sum + highCents, 0n),
    lines: estimated,
    withoutAmount: estimated.reduce((n, each) => n + each.withoutAmount, 0),
    leftOut,
  };
}
