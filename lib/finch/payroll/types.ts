import type { FinchItemError, FinchMoney, ScrubbedJson } from "../types";

/** Pay groups, payments, statements with their lines, items and rules in our own shapes. */

export interface FinchPayGroup {
  id: string;
  name: string | null;
  payFrequencies: string[] | null;
  /** Null in the list, which does not say who is in a group. */
  individualIds: string[] | null;
  raw: ScrubbedJson;
}

export interface FinchPayment {
  id: string;
  /** Dates are YYYY-MM-DD; null where Finch gave null or no date of a calendar. */
  payPeriodStart: string | null;
  payPeriodEnd: string | null;
  payDate: string | null;
  debitDate: string | null;
  companyDebit: FinchMoney | null;
  grossPay: FinchMoney | null;
  netPay: FinchMoney | null;
  employerTaxes: FinchMoney | null;
  employeeTaxes: FinchMoney | null;
  individualIds: string[] | null;
  payGroupIds: string[] | null;
  payFrequencies: string[] | null;
  /** Without individual_ids, which may be many thousands. */
  raw: ScrubbedJson;
}

export type FinchLineCategory = "earning" | "tax" | "deduction" | "contribution";

export interface FinchPayLine {
  category: FinchLineCategory;
  type: string | null;
  name: string | null;
  /** Minor units; null where Finch gave null or left it out. */
  amountCents: bigint | null;
  currency: string | null;
  /** Earnings only: a decimal number as text. */
  hours: string | null;
  /** Deductions only. */
  preTax: boolean | null;
  /** Taxes only: true is the employer's; null is unknown. */
  employer: boolean | null;
  /** `attributes` as Finch gives it: the rules' output. */
  attributes: ScrubbedJson | null;
}

/** One slip. A person may have several in a payment. */
export interface FinchPayStatement {
  individualId: string;
  type: string | null;
  paymentMethod: string | null;
  /** A decimal number as text. */
  totalHours: string | null;
  grossPay: FinchMoney | null;
  netPay: FinchMoney | null;
  /** Earnings, taxes, deductions, contributions, each in Finch's order. */
  lines: FinchPayLine[];
  /** Categories whose list is null, which is not an empty one. */
  nullCategories: FinchLineCategory[];
  /** Keys of the slip that are new to us; null where there are none. */
  extra: ScrubbedJson | null;
}

/** A page of a payment's statements that is asked for; `limit` is 5,000 unless given. */
export interface FinchStatementQuery {
  paymentId: string;
  offset: number;
  limit?: number;
}

/** How a page that was asked for ended. Each page gets exactly one where the whole answer is ok. */
export interface FinchStatementPage {
  paymentId: string;
  /** As it was asked for. */
  offset: number;
  /** `pending`: Finch is still fetching (item code 202). */
  kind: "ok" | "pending" | "error";
  /** The item's own code; 0 where the answer left the page out. */
  code: number;
  /** Statements in the whole payment; null where Finch does not say. */
  count: number | null;
  /** Statements of this page that were handed over. */
  read: number;
  /** Null where kind is ok. Name `malformed`: some statements could not be read; those handed over are good. */
  error: FinchItemError | null;
}

/** A distinct name of lines seen on the connection. */
export interface FinchPayStatementItem {
  /** As Finch names it: earnings, taxes, employee_deductions, employer_contributions. */
  category: string | null;
  name: string | null;
  type: string | null;
  preTax: boolean | null;
  employer: boolean | null;
  /** The rules' output. */
  metadata: ScrubbedJson | null;
  raw: ScrubbedJson;
}

export interface FinchRuleCondition {
  field: string | null;
  operator: string | null;
  value: string | null;
}

export interface FinchPayStatementRule {
  id: string;
  entityType: string | null;
  conditions: FinchRuleCondition[] | null;
  /** {metadata: {…}} as it came. */
  attributes: ScrubbedJson | null;
  priority: number | null;
  /** Dates and times as they came. */
  effectiveStartDate: string | null;
  effectiveEndDate: string | null;
  createdAt: string | null;
  updatedAt: string | null;
  raw: ScrubbedJson;
}
