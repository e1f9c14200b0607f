import type { StatementLineRow } from "@/db/repositories/pay-statements";
import type { YearSumRow } from "@/db/repositories/pay-statement-sums";
import { currencyKey } from "@/lib/format/money";
import {
  groupKeys,
  type GroupKey,
  type GroupTotal,
  type PayslipGroup,
  type PayslipLine,
  type YearAmount,
} from "./payslip-view";
import { placeOf, type Counterpart } from "./reversals";

/** Puts a statement's lines and its person's year into the groups of a payslip. Pure. */

type Kind = Pick<StatementLineRow, "category" | "type" | "name" | "preTax" | "employer" | "currency">;

export interface GroupInput {
  statementId: string;
  lines: readonly StatementLineRow[];
  /** Null where the statement is undated: it is in no year. */
  year: readonly YearSumRow[] | null;
  counterparts: ReadonlyMap<string, Counterpart>;
}

/** Groups with at least a line, of the statement or of the year before it, in the order of a payslip. */
export function groupLines({ statementId, lines, year, counterparts }: GroupInput): PayslipGroup[] {
  const sums = new Map((year ?? []).filter(({ kind }) => kind === "line").map((row) => [kindOf(row), row]));
  const shown = new Set<string>();
  const own = lines.map((line): [GroupKey | null, PayslipLine] => {
    const kind = kindOf(line);
    const yearOf = shown.has(kind) ? "above" : toAmount(sums.get(kind));
    shown.add(kind);
    const place = placeOf({ statementId, ordinal: line.ordinal });
    const { name, type, currency, hours, preTax, employer, amountCents } = line;
    return [
      groupOf(line),
      {
        ...{ key: String(line.ordinal), name, type, currency, hours, preTax, employer, amountCents },
        ...{ isOnSlip: true, year: year && yearOf, counterpart: counterparts.get(place) ?? null },
      },
    ];
  });
  const earlier = [...sums].filter(([kind]) => !shown.has(kind)).map(([, row]) => row);
  const rest = earlier
    .toSorted(byName)
    .map((row): [GroupKey | null, PayslipLine] => [groupOf(row), yearLine(row)]);
  return groupKeys.flatMap((key) => {
    const those = [...own, ...rest].filter(([group]) => group === key).map(([, line]) => line);
    return those.length > 0 ? [{ key, lines: those, totals: totalsOf(those) }] : [];
  });
}

/** A sum of the year's lines, or of its statements' totals. */
export const toAmount = (row: Pick<YearSumRow, "cents" | "missing"> | undefined): YearAmount | null =>
  row ? { amountCents: BigInt(row.cents), missing: row.missing } : null;

const kindOf = ({
  category,
  type,
  name,
  preTax,
  employer,
  currency,
}: Omit<Kind, "category"> & { category: string | null }) =>
  JSON.stringify([category, type, name, preTax, employer, currencyKey(currency)]);

const byName = (one: YearSumRow, other: YearSumRow) => (one.name ?? "").localeCompare(other.name ?? "", "en");

/** Null for a category that Finch does not have yet. */
function groupOf({
  category,
  preTax,
  employer,
}: Pick<Kind, "preTax" | "employer"> & { category: string | null }) {
  switch (category) {
    case "earning":
      return "earnings";
    case "tax":
      return employer === null ? "unknown_taxes" : employer ? "employer_taxes" : "taxes";
    case "deduction":
      return preTax === null ? "unknown_deductions" : preTax ? "pre_tax" : "post_tax";
    case "contribution":
      return "contributions";
    default:
      return null;
  }
}

function yearLine(row: YearSumRow): PayslipLine {
  const { name, type, currency, preTax, employer } = row;
  return {
    ...{ key: `year ${kindOf(row)}`, name, type, currency: currency || null, hours: null, preTax, employer },
    ...{ amountCents: null, isOnSlip: false, year: toAmount(row), counterpart: null },
  };
}

/** One for each currency, in the order of the lines. */
function totalsOf(lines: readonly PayslipLine[]): GroupTotal[] {
  return [...Map.groupBy(lines, ({ currency }) => currencyKey(currency)).values()].map((those) => {
    const own = those.filter(({ isOnSlip }) => isOnSlip);
    const years = those.flatMap(({ year }) => (year === null || year === "above" ? [] : [year]));
    return {
      currency: those[0]?.currency ?? null,
      amountCents: own.reduce((sum, { amountCents }) => sum + (amountCents ?? 0n), 0n),
      missing: own.filter(({ amountCents }) => amountCents === null).length,
      year: years.length === 0 ? null : addYears(years),
    };
  });
}

const addYears = (years: readonly YearAmount[]): YearAmount => ({
  amountCents: years.reduce((sum, { amountCents }) => sum + amountCents, 0n),
  missing: years.reduce((sum, { missing }) => sum + missing, 0),
});
