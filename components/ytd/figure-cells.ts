import type { YtdMeasureName } from "@/lib/domain/payroll/ytd/drill-lines";
import type { YtdFigures, YtdRow, YtdWithout } from "@/lib/domain/payroll/ytd/views";
import { formatHours } from "@/lib/format/hours";
import { formatCount, formatMoney } from "@/lib/format/money";
import { notGiven } from "@/lib/format/total-figures";

/** One figure of a person, and what has to be said of it. The list and a person's own page show the same. */

export interface FigureAsked {
  of: YtdMeasureName;
  /** Of earnings: one type, null for one that nobody gave. Left out: all. */
  type?: string | null | undefined;
  /** Which of two figures: the pay before the cap, the high end of box 1. */
  part?: "uncapped" | "high" | undefined;
}

export interface FigureText {
  /** Null: nothing of this kind. */
  text: string | null;
  /** A second, muted line. */
  sub?: string | undefined;
  /** One that only phones have, for what stands in a column elsewhere. */
  phone?: string | undefined;
  title?: string | undefined;
}

type Figured = Pick<YtdRow, "box1" | "coverage">;

/** Whether some of a person's statements are known to be missing. */
export const isLacking = ({ coverage }: Pick<YtdRow, "coverage">) =>
  coverage.state === "waiting" || coverage.state === "lacking";

const sums: Partial<Record<YtdMeasureName, (figures: YtdFigures) => bigint>> = {
  gross: (figures) => figures.grossCents,
  net: (figures) => figures.netCents,
  taxes: (figures) => figures.taxesCents,
  employerTaxes: (figures) => figures.employerTaxesCents,
  unknownTaxes: (figures) => figures.unknownTaxesCents,
  deductions: (figures) => figures.deductionsCents,
  contributions: (figures) => figures.contributionsCents,
  contract: (figures) => figures.contractCents,
};

const openings: Partial<Record<YtdMeasureName, (opening: NonNullable<YtdFigures["opening"]>) => bigint>> = {
  gross: (opening) => opening.grossCents,
  net: (opening) => opening.netCents,
  taxes: (opening) => opening.taxesCents,
  employerTaxes: (opening) => opening.employerTaxesCents,
  unknownTaxes: (opening) => opening.unknownTaxesCents,
  deductions: (opening) => opening.deductionsCents,
  contributions: (opening) => opening.contributionsCents,
  earnings: (opening) => opening.earningsCents,
};

/** What of a figure was entered by an administrator and stands in no statement. */
export const openingOf = ({ opening }: YtdFigures, of: YtdMeasureName): bigint =>
  opening ? (openings[of]?.(opening) ?? 0n) : 0n;

const earningsOf = ({ earnings }: YtdFigures, type: string | null | undefined) =>
  type === undefined ? earnings : earnings.filter((each) => each.type === type);

/** How many amounts of a figure Finch gave as null. */
export function withoutOf(row: Figured, figures: YtdFigures, { of, type }: FigureAsked): number {
  if (of === "compensation") return figures.compensation?.withoutAmount ?? 0;
  if (of === "box1") return row.box1?.kind === "range" ? row.box1.withoutAmount : 0;
  if (of === "earnings")
    return earningsOf(figures, type).reduce((n, { withoutAmount }) => n + withoutAmount, 0);
  return figures.without[of as keyof YtdWithout] ?? 0;
}

/** The amount of a figure with what was entered of it; null where there is none of this kind. */
export function centsOf(row: Figured, figures: YtdFigures, { of, type, part }: FigureAsked): bigint | null {
  if (of === "compensation")
    return (part === "uncapped" ? figures.compensation?.uncappedCents : figures.compensation?.cents) ?? null;
  if (of === "box1") {
    if (row.box1?.kind !== "range" || figures.currency !== "usd") return null;
    return part === "high" ? row.box1.highCents : row.box1.lowCents;
  }
  if (of === "earnings") {
    const own = earningsOf(figures, type);
    if (own.length === 0 && type !== undefined) return null;
    const cents = own.reduce((sum, { amountCents }) => sum + amountCents, 0n);
    return type === undefined ? cents + openingOf(figures, of) : cents;
  }
  return (sums[of]?.(figures) ?? 0n) + openingOf(figures, of);
}

/** Whether a sum can only be larger: a range of box 1 has two ends, and says itself what it lacks. */
const canBeAtLeast = (of: YtdMeasureName) => of !== "box1";

/** A figure as text: with ≥ where parts are missing, and a second line that says which. */
export function figureText(row: Figured, figures: YtdFigures, asked: FigureAsked): FigureText {
  const { of } = asked;
  const without = withoutOf(row, figures, asked);
  const atLeast = canBeAtLeast(of) && (isLacking(row) || without > 0);
  if (of === "hours")
    return {
      text: `${without > 0 ? "≥ " : ""}${formatHours(figures.hours)}`,
      ...(without > 0 ? { sub: notGiven(without) } : {}),
    };
  const cents = centsOf(row, figures, asked);
  const currency = figures.currency || null;
  const format = (amount: bigint, more = {}) => formatMoney(amount, currency, { symbol: false, ...more });
  if (cents === null)
    return {
      text: null,
      ...(of === "box1"
        ? { title: row.box1?.kind === "none" ? row.box1.reason : "Only US dollars" }
        : undefined),
    };
  const opening = of === "earnings" && asked.type !== undefined ? 0n : openingOf(figures, of);
  // Neither the plan's definition nor the estimate can tell what of an entered sum would count.
  const leftOut = of === "compensation" || of === "box1" ? openingOf(figures, "gross") : 0n;
  const sub = [
    opening === 0n ? "" : `incl. ${format(opening)} entered`,
    leftOut === 0n ? "" : `without ${format(leftOut)} entered`,
    notGiven(without),
  ]
    .filter(Boolean)
    .join(", ");
  return {
    text: format(cents, { atLeast }),
    ...(sub ? { sub } : {}),
    ...(of === "box1" && asked.part === undefined && row.box1?.kind === "range"
      ? { phone: `to ${format(row.box1.highCents)}` }
      : {}),
    ...(without > 0 ? { title: withoutWords(of, without) } : {}),
  };
}

function withoutWords(of: YtdMeasureName, count: number): string {
  if (of === "box1") return `${formatCount(count, "line")} without an amount: in neither end`;
  const what = of === "gross" || of === "net" || of === "hours" ? "statement" : "line";
  return `${formatCount(count, what)} without an amount: nothing is added for ${count === 1 ? "it" : "them"}`;
}
