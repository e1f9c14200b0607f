import { formatCount, formatMoney, formatNumber } from "./money";

/** The figures that totals of everybody have in a definition (DOMAIN 1.10): for the page and the head of its export. */

type Measure = "gross" | "taxes" | "unknownTaxes" | "deductions" | "net" | "employerTaxes" | "contributions";

/** Minor units of one currency. */
export interface FiguredTotals extends Record<`${Measure}Cents`, bigint> {
  currency: string;
  statements: number;
  contractCents: bigint;
  openingGrossCents: bigint | null;
  without: Record<Measure, number>;
  compensation: { cents: bigint; uncappedCents: bigint; withoutAmount: number } | null;
  box1:
    | {
        kind: "range";
        lowCents: bigint;
        highCents: bigint;
        people: number;
        without: number;
        withoutAmount: number;
      }
    | { kind: "none"; reason: string }
    | null;
}

export type TotalFigureName = Measure | "compensation" | "uncapped" | "box1Low" | "box1High";

export interface TotalFigure {
  of: TotalFigureName;
  label: string;
  /** Null: there is no such sum, for the reason that the note says. */
  cents: bigint | null;
  /** Amounts that Finch gave as null. */
  missing: number;
  /** Whether the truth can only be larger where amounts are missing; a range has two ends. */
  canBeMore: boolean;
  notes: string[];
  /** Left out where there is little room. */
  wide: boolean;
}

/** "2 not given": amounts that Finch gave as null are in no sum. */
export const notGiven = (count: number) => (count === 0 ? "" : `${formatNumber(count)} not given`);

/** A share with one digit, without a float ever touching an amount. */
function share(part: bigint, whole: bigint): string {
  if (whole <= 0n || part < 0n) return "";
  const tenths = (part * 2000n + whole) / (2n * whole);
  return `${tenths / 10n}.${tenths % 10n}% of gross`;
}

const labels: Record<Measure, string> = {
  gross: "Gross",
  taxes: "Taxes withheld",
  unknownTaxes: "Taxes, payer unknown",
  deductions: "Deductions",
  net: "Net",
  employerTaxes: "Employer taxes",
  contributions: "Contributions",
};
const narrow = new Set<Measure>(["gross", "net"]);
const onTop = new Set<Measure>(["employerTaxes", "contributions"]);

function grossNotes(totals: FiguredTotals): string[] {
  const money = (cents: bigint) => formatMoney(cents, totals.currency || null);
  const notes = [
    totals.currency === "" ? "currency not given" : "",
    totals.openingGrossCents === null ? "" : `and ${money(totals.openingGrossCents)} entered for before`,
    totals.contractCents === 0n ? "" : `without ${money(totals.contractCents)} on 1099 lines`,
  ].filter(Boolean);
  return notes.length > 0 ? notes : [formatCount(totals.statements, "statement")];
}

function notesOf(totals: FiguredTotals, of: Measure): string[] {
  if (of === "gross") return grossNotes(totals);
  if (of === "unknownTaxes") return ["people’s or the employer’s"];
  return [onTop.has(of) ? "on top of gross" : share(totals[`${of}Cents`], totals.grossCents)];
}

const measure = (totals: FiguredTotals, of: Measure): TotalFigure => ({
  of,
  label: labels[of],
  cents: totals[`${of}Cents`],
  missing: totals.without[of],
  canBeMore: true,
  notes: [...notesOf(totals, of), notGiven(totals.without[of])].filter(Boolean),
  wide: !narrow.has(of),
});

function planFigures(totals: FiguredTotals): TotalFigure[] {
  const found = totals.compensation ?? { cents: 0n, uncappedCents: 0n, withoutAmount: 0 };
  const missing = found.withoutAmount;
  const lacks = [notGiven(missing)].filter(Boolean);
  const cut = found.uncappedCents - found.cents;
  const cutWords =
    cut === 0n ? "nothing is cut" : `${formatMoney(cut, totals.currency || null)} above the cap`;
  const part = { missing, canBeMore: true, wide: false } as const;
  return [
    {
      ...part,
      of: "compensation",
      label: "Plan compensation",
      cents: found.cents,
      notes: [cutWords, ...lacks],
    },
    { ...part, of: "uncapped", label: "Before the cap", cents: found.uncappedCents, notes: lacks },
    { ...measure(totals, "gross"), wide: true },
  ];
}

function box1Figures(totals: FiguredTotals): TotalFigure[] {
  const { box1 } = totals;
  const range = box1?.kind === "range" ? box1 : null;
  const missing = range?.withoutAmount ?? 0;
  const why = box1?.kind === "none" ? box1.reason : "Only US dollars";
  const notes = range
    ? [
        `estimates of ${formatCount(range.people, "person", "people")}`,
        range.without === 0 ? "" : `${formatNumber(range.without)} without one`,
        missing === 0 ? "" : `${formatCount(missing, "line")} without an amount in neither end`,
      ].filter(Boolean)
    : [why];
  const part = { missing, canBeMore: false, wide: false, notes } as const;
  return [
    { ...part, of: "box1Low", label: "Box 1, low", cents: range?.lowCents ?? null, notes: [...notes] },
    { ...part, of: "box1High", label: "Box 1, high", cents: range?.highCents ?? null, notes: [] },
    { ...measure(totals, "gross"), wide: true },
  ];
}

/** What a definition's totals are made of, as its table is. */
export function totalFigures(definition: "gross" | "plan" | "box1", totals: FiguredTotals): TotalFigure[] {
  if (definition === "plan") return planFigures(totals);
  if (definition === "box1") return box1Figures(totals);
  const hasUnknown = totals.unknownTaxesCents !== 0n || totals.without.unknownTaxes > 0;
  const all = [
    "gross",
    "taxes",
    ...(hasUnknown ? (["unknownTaxes"] as const) : []),
    "deductions",
    "net",
    "employerTaxes",
    "contributions",
  ] as const;
  return all.map((of) => measure(totals, of));
}
