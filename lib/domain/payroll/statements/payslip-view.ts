import type { AddingUp, Amount } from "@/lib/domain/payroll/identities";
import type { GrossToNet } from "./gross-to-net";
import type { Counterpart } from "./reversals";

/** What screen, paper and PDF show of a pay statement. Amounts are minor units. */

/** In the order of the page. */
export const groupKeys = [
  "earnings",
  "pre_tax",
  "taxes",
  "unknown_taxes",
  "post_tax",
  "unknown_deductions",
  "employer_taxes",
  "contributions",
] as const;
export type GroupKey = (typeof groupKeys)[number];

export type Category = "earning" | "tax" | "deduction" | "contribution";

/** Finch's list of a category: with lines, empty, or null. */
export type ListState = "given" | "empty" | "null";

export interface YearAmount {
  amountCents: bigint;
  /** Lines or totals of the year that Finch gave without an amount: the sum lacks them. */
  missing: number;
}

export interface PayslipLine {
  /** Unique on the statement. */
  key: string;
  name: string | null;
  type: string | null;
  /** As Finch gave it. */
  currency: string | null;
  hours: string | null;
  preTax: boolean | null;
  employer: boolean | null;
  /** Null where Finch gave no amount, and on lines that only the year has. */
  amountCents: bigint | null;
  /** False: nothing of the kind on this statement, only earlier in the year. */
  isOnSlip: boolean;
  /** "above": an equal kind of line stands above, with the year of both. Null: the statement is undated. */
  year: YearAmount | "above" | null;
  counterpart: Counterpart | null;
}

export interface GroupTotal {
  currency: string | null;
  amountCents: bigint;
  missing: number;
  year: YearAmount | null;
}

export interface PayslipGroup {
  key: GroupKey;
  lines: PayslipLine[];
  /** One for each currency: they are never added. */
  totals: GroupTotal[];
}

export interface NeighbourView {
  id: string;
  paymentId: string;
  name: string | null;
  payDate: string | null;
}

export interface PayslipView {
  id: string;
  paymentId: string;
  employer: { name: string; legalName: string | null; ein: string | null };
  person: {
    id: string;
    name: string | null;
    title: string | null;
    department: string | null;
    /** The reader may see pay, and not whose it is. */
    isHidden: boolean;
  };
  provider: string;
  /** When Finch last read it from the provider; null where that was not told. */
  asOf: Date | null;
  timeZone: string;
  /** The database's clock. */
  now: Date;
  type: string | null;
  paymentMethod: string | null;
  /** A decimal number as text. */
  totalHours: string | null;
  payDate: string | null;
  periodStart: string | null;
  periodEnd: string | null;
  gross: Amount;
  net: Amount;
  lists: Record<Category, ListState>;
  groups: PayslipGroup[];
  /** Null: there is nothing to start from. */
  grossToNet: GrossToNet | null;
  addingUp: AddingUp;
  /** Null where the statement is undated. */
  year: YearView | null;
  marks: {
    /** Paid after today: not in any year-to-date wage yet. */
    isScheduled: boolean;
    isPriorYearAdjustment: boolean;
    /** Closed years of lines that are taken back here, or that took back lines of here. */
    closedYears: number[];
  };
  /** What only those who may see payments are told. */
  payment: {
    finchPaymentId: string;
    debitDate: string | null;
    frequencies: string[];
    state: string;
    before: NeighbourView | null;
    after: NeighbourView | null;
    /** The statement's place among the payment's, by name. */
    place: number;
    count: number;
  } | null;
  before: NeighbourView | null;
  after: NeighbourView | null;
}

/** The person's year up to and with the pay date, by currency in lower case. */
export interface YearView {
  through: string;
  statements: number;
  gross: ReadonlyMap<string, YearAmount>;
  net: ReadonlyMap<string, YearAmount>;
}
