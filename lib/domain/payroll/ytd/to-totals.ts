import type { OpeningRow } from "@/db/repositories/opening-balances";
import type { YtdKindRow } from "@/db/repositories/ytd-sums";
import { addHours } from "./hours";
import type { YtdWithout } from "./views";

/** Sums over everybody in one currency. Minor units; never added to another currency's. */
export interface YtdTotals {
  currency: string;
  statements: number;
  grossCents: bigint;
  netCents: bigint;
  hours: string;
  taxesCents: bigint;
  employerTaxesCents: bigint;
  unknownTaxesCents: bigint;
  deductionsCents: bigint;
  contributionsCents: bigint;
  /** 1099 lines on slips that hold wages too. */
  contractCents: bigint;
  /** By type, the employer's own classification first; '' where nobody gave one. */
  earnings: { type: string; amountCents: bigint }[];
  without: Omit<YtdWithout, "hours">;
  /** Gross that administrators entered for the time before, in no sum above; null where there is none. */
  openingGrossCents: bigint | null;
  /** What the definition counts; null of others, and where nothing of it is in this currency. */
  compensation: CompensationTotal | null;
  box1: Box1Total | null;
}

/** Plan compensation of everybody, each person's cut at the cap. */
export interface CompensationTotal {
  cents: bigint;
  uncappedCents: bigint;
  /** Chosen earnings whose amount Finch gave as null. */
  withoutAmount: number;
}

/** The estimates of everybody who has one, added up at either end. */
export type Box1Total =
  | {
      kind: "range";
      lowCents: bigint;
      highCents: bigint;
      /** People in the sum, and those in the list who have no estimate. */
      people: number;
      without: number;
      /** Lines without an amount: in neither end. */
      withoutAmount: number;
    }
  | { kind: "none"; reason: string };

const isContract = ({ category, type }: YtdKindRow) => category === "earning" && type === "1099";
const sum = (rows: readonly YtdKindRow[]) => rows.reduce((all, { amountCents }) => all + amountCents, 0n);
const missing = (rows: readonly YtdKindRow[]) => rows.reduce((n, row) => n + row.missing, 0);

/** One entry for each currency, that of most statements first. */
export function toTotals(
  kinds: readonly YtdKindRow[],
  openings: readonly OpeningRow[],
  pay: "employees" | "nonemployee",
): YtdTotals[] {
  const currencies = new Set([...kinds, ...openings].map(({ currency }) => currency));
  return [...currencies]
    .map((currency) =>
      totalsIn(
        currency,
        kinds.filter((row) => row.currency === currency),
        openings.filter((row) => row.currency === currency && row.category === "gross"),
        pay,
      ),
    )
    .sort((a, b) => b.statements - a.statements || a.currency.localeCompare(b.currency));
}

function totalsIn(
  currency: string,
  all: readonly YtdKindRow[],
  opened: readonly OpeningRow[],
  pay: "employees" | "nonemployee",
): YtdTotals {
  // Of wages, 1099 lines are in no figure, and miss nothing.
  const contractCents = pay === "employees" ? sum(all.filter(isContract)) : 0n;
  const rows = pay === "employees" ? all.filter((row) => !isContract(row)) : all;
  const of = (category: string) => rows.filter((row) => row.category === category);
  const taxes = (employer: boolean | null) => of("tax").filter((row) => row.employer === employer);
  return {
    currency,
    statements: of("gross").reduce((n, { count }) => n + count, 0),
    grossCents: sum(of("gross")) - contractCents,
    netCents: sum(of("net")),
    hours: addHours(of("gross").map(({ hours }) => hours)),
    taxesCents: sum(taxes(false)),
    employerTaxesCents: sum(taxes(true)),
    unknownTaxesCents: sum(taxes(null)),
    deductionsCents: sum(of("deduction")),
    contributionsCents: sum(of("contribution")),
    contractCents,
    earnings: [...Map.groupBy(of("earning"), ({ type }) => type ?? "")].map(([type, own]) => ({
      type,
      amountCents: sum(own),
    })),
    without: {
      gross: missing(of("gross")),
      net: missing(of("net")),
      earnings: missing(of("earning")),
      taxes: missing(taxes(false)),
      employerTaxes: missing(taxes(true)),
      unknownTaxes: missing(taxes(null)),
      deductions: missing(of("deduction")),
      contributions: missing(of("contribution")),
      amounts: missing(rows.filter(({ category }) => category !== "gross" && category !== "net")),
    },
    openingGrossCents:
      opened.length > 0 ? opened.reduce((all, { amountCents }) => all + amountCents, 0n) : null,
    compensation: null,
    box1: null,
  };
}
