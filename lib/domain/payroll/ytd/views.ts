/** What screens and exports get of year-to-date wages. Amounts are minor units of the currency beside them. */

/** The figures of a person in one currency. */
export interface YtdFigures {
  /** Lower case; '' where Finch gave none. */
  currency: string;
  statements: number;
  /** Without what is paid on 1099 lines, unless that is what is asked for. */
  grossCents: bigint;
  netCents: bigint;
  hours: string;
  /** Employees' taxes; the employer's; those that say neither. */
  taxesCents: bigint;
  employerTaxesCents: bigint;
  unknownTaxesCents: bigint;
  deductionsCents: bigint;
  contributionsCents: bigint;
  /** By type, the employer's own classification first; null is a type that nobody gave. */
  earnings: YtdEarning[];
  /** 1099 lines on slips that hold wages too: in no figure here. */
  contractCents: bigint;
  without: YtdWithout;
  /** What administrators entered for the time before; in no figure above. Null where there is none. */
  opening: YtdOpening | null;
  /** Of plan compensation alone. */
  compensation: YtdCompensation | null;
}

/**
 * What Finch gave as null: statements of gross, net and hours, else lines. A figure that lacks any is too small, and is
 * never shown as if it were exact.
 */
export interface YtdWithout {
  gross: number;
  net: number;
  hours: number;
  earnings: number;
  taxes: number;
  employerTaxes: number;
  unknownTaxes: number;
  deductions: number;
  contributions: number;
  /** Lines of any kind. */
  amounts: number;
}

export interface YtdEarning {
  type: string | null;
  amountCents: bigint;
  hours: string;
  lines: number;
  withoutAmount: number;
}

export interface YtdOpening {
  grossCents: bigint;
  netCents: bigint;
  taxesCents: bigint;
  employerTaxesCents: bigint;
  unknownTaxesCents: bigint;
  deductionsCents: bigint;
  contributionsCents: bigint;
  earningsCents: bigint;
  throughDate: string;
  /** It reaches into days of which statements are here: something is counted twice. */
  overlaps: boolean;
}

export interface YtdCompensation {
  /** Of the chosen earnings, before the cap. */
  uncappedCents: bigint;
  cents: bigint;
  /** Why nothing was cut, where that is to be said. */
  capCents: bigint | null;
  /** Chosen earnings whose amount Finch gave as null. */
  withoutAmount: number;
}

export type YtdBox1 =
  | {
      kind: "range";
      lowCents: bigint;
      highCents: bigint;
      /** Kinds of lines that open the range, and lines in other currencies. */
      unknown: number;
      leftOut: number;
      /** Lines without an amount: in neither end. */
      withoutAmount: number;
    }
  | { kind: "none"; reason: string };

export interface YtdCoverage {
  firstPayDate: string | null;
  lastPayDate: string | null;
  /** Statements that are here, and those that should be. */
  found: number;
  expected: number;
  /** Of those that lack: still on their way at Finch. */
  pending: number;
  state: "complete" | "since" | "waiting" | "lacking";
  /** "since": from which day on. */
  since: string | null;
  /** The last day before pay that is due and was not read yet; null where everything up to the as-of date was. */
  through: string | null;
}

/** One person of the list: a record, or several that are linked. */
export interface YtdRow {
  individualId: string;
  name: string | null;
  /** The reader may see pay and not who people are: no name, no employment, no employer's name and EIN. */
  hidden: boolean;
  employmentType: string | null;
  left: boolean;
  /** Every record that counts, with where it is from. */
  records: {
    id: string;
    connectionId: string;
    entityId: string;
    providerName: string;
    entityName: string | null;
    ein: string | null;
  }[];
  /** One for each currency, that of most statements first. */
  figures: YtdFigures[];
  box1: YtdBox1 | null;
  coverage: YtdCoverage;
}
