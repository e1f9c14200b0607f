import type { OpeningRow } from "@/db/repositories/opening-balances";
import type { YtdLineRow, YtdSumRow } from "@/db/repositories/ytd-sums";
import type { PayLine } from "../lines";
import { addHours } from "./hours";
import type { YtdCompensation, YtdFigures, YtdOpening, YtdWithout } from "./views";

/** Sums of a person's lines and statements as the figures of a list. Pure. */

/** A sum of like lines, with the type that it counts as. */
export type YtdPayLine = PayLine &
  Pick<YtdLineRow, "lines" | "withoutAmount" | "individualId" | "connectionId" | "entityId">;

export const toPayLine = (row: YtdLineRow): YtdPayLine => ({
  category: row.category as PayLine["category"],
  type: row.type,
  name: row.name,
  // A sum of nothing but unknown amounts is unknown, and not zero.
  amountCents: row.lines > 0 && row.withoutAmount === row.lines ? null : row.amountCents,
  currency: row.currency,
  hours: row.hours,
  preTax: row.preTax,
  employer: row.employer,
  payDate: row.payDate,
  lines: row.lines,
  withoutAmount: row.withoutAmount,
  individualId: row.individualId,
  connectionId: row.connectionId,
  entityId: row.entityId,
});

const sum = <T>(rows: readonly T[], of: (row: T) => bigint) => rows.reduce((all, row) => all + of(row), 0n);
const cents = ({ amountCents }: { amountCents: bigint | null }) => amountCents ?? 0n;

const contract = "1099";

/** Lines that are such pay: of slips that hold wages too, the 1099 lines are no wages. */
export const linesOfPay = (lines: readonly YtdPayLine[], pay: FigureInput["pay"]) =>
  pay === "employees"
    ? lines.filter(({ category, type }) => category !== "earning" || type !== contract)
    : [...lines];

interface FigureInput {
  sums: readonly YtdSumRow[];
  lines: readonly YtdPayLine[];
  openings: readonly OpeningRow[];
  /** The first counted pay date of each record. */
  firstPayDates: ReadonlyMap<string, string | null>;
  pay: "employees" | "nonemployee";
  compensation: ((lines: readonly YtdPayLine[], currency: string) => YtdCompensation) | null;
}

/** One entry for each currency that anything is in, that of most statements first. */
export function toFigures(input: FigureInput): YtdFigures[] {
  const currencies = new Set([
    ...input.sums.map(({ currency }) => currency),
    ...input.lines.map(({ currency }) => currency ?? ""),
    ...input.openings.map(({ currency }) => currency),
  ]);
  return [...currencies]
    .map((currency) => figuresIn(input, currency))
    .sort((a, b) => b.statements - a.statements || a.currency.localeCompare(b.currency));
}

function figuresIn(input: FigureInput, currency: string): YtdFigures {
  const sums = input.sums.filter((row) => row.currency === currency);
  const all = input.lines.filter((line) => (line.currency ?? "") === currency);
  const apart = (line: YtdPayLine) => line.category === "earning" && line.type === contract;
  const lines = linesOfPay(all, input.pay);
  const contractCents = input.pay === "employees" ? sum(all.filter(apart), cents) : 0n;
  const of = (category: string) => lines.filter((line) => line.category === category);
  const taxes = (employer: boolean | null) =>
    sum(
      of("tax").filter((line) => line.employer === employer),
      cents,
    );
  const count = (pick: (row: YtdSumRow) => number) => sums.reduce((n, row) => n + pick(row), 0);
  const openings = input.openings.filter((row) => row.currency === currency);
  return {
    currency,
    statements: count((row) => row.statements),
    grossCents: sum(sums, (row) => row.grossCents) - contractCents,
    netCents: sum(sums, (row) => row.netCents),
    hours: addHours(sums.map((row) => row.hours)),
    taxesCents: taxes(false),
    employerTaxesCents: taxes(true),
    unknownTaxesCents: taxes(null),
    deductionsCents: sum(of("deduction"), cents),
    contributionsCents: sum(of("contribution"), cents),
    earnings: earningsOf(of("earning")),
    contractCents,
    without: {
      gross: count((row) => row.withoutGross),
      net: count((row) => row.withoutNet),
      hours: count((row) => row.withoutHours),
      ...withoutAmounts(lines),
    },
    opening: openings.length > 0 ? toOpening(openings, input.firstPayDates) : null,
    compensation: input.compensation ? input.compensation(lines, currency) : null,
  };
}

/** Lines whose amount Finch gave as null, by the figure that lacks it. */
function withoutAmounts(lines: readonly YtdPayLine[]): Omit<YtdWithout, "gross" | "net" | "hours"> {
  const of = (pick: (line: YtdPayLine) => boolean) =>
    lines.filter(pick).reduce((n, line) => n + line.withoutAmount, 0);
  const taxes = (employer: boolean | null) =>
    of((line) => line.category === "tax" && line.employer === employer);
  return {
    earnings: of(({ category }) => category === "earning"),
    taxes: taxes(false),
    employerTaxes: taxes(true),
    unknownTaxes: taxes(null),
    deductions: of(({ category }) => category === "deduction"),
    contributions: of(({ category }) => category === "contribution"),
    amounts: of(() => true),
  };
}

function earningsOf(lines: readonly YtdPayLine[]) {
  return [...Map.groupBy(lines, (line) => line.type)]
    .map(([type, group]) => ({
      type,
      amountCents: sum(group, cents),
      hours: addHours(group.map((line) => line.hours ?? "0")),
      lines: group.reduce((n, line) => n + line.lines, 0),
      withoutAmount: group.reduce((n, line) => n + line.withoutAmount, 0),
    }))
    .sort((a, b) => (b.amountCents > a.amountCents ? 1 : b.amountCents < a.amountCents ? -1 : 0));
}

function toOpening(
  rows: readonly OpeningRow[],
  firstPayDates: ReadonlyMap<string, string | null>,
): YtdOpening {
  const of = (category: string) => rows.filter((row) => row.category === category);
  const taxes = (employer: boolean | null) =>
    sum(
      of("tax").filter((row) => row.employer === employer),
      cents,
    );
  return {
    grossCents: sum(of("gross"), cents),
    netCents: sum(of("net"), cents),
    taxesCents: taxes(false),
    employerTaxesCents: taxes(true),
    unknownTaxesCents: taxes(null),
    deductionsCents: sum(of("deduction"), cents),
    contributionsCents: sum(of("contribution"), cents),
    earningsCents: sum(of("earning"), cents),
    throughDate:
      rows
        .map(({ throughDate }) => throughDate)
        .sort()
        .at(-1) ?? "",
    overlaps: rows.some(({ individualId, throughDate }) => {
      const first = firstPayDates.get(individualId);
      return first !== null && first !== undefined && first <= throughDate;
    }),
  };
}
