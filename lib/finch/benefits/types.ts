import type { ScrubbedJson } from "../types";

/** Benefits, enrollments and documents in our own shapes. */

/** A deduction or contribution of the company. */
export interface FinchBenefit {
  id: string;
  type: string | null;
  description: string | null;
  /** every_paycheck | monthly | one_time, as it came. */
  frequency: string | null;
  /** {type: "match", tiers: [{match, threshold}]} in basis points, as it came. */
  companyContribution: ScrubbedJson | null;
  raw: ScrubbedJson;
}

/** What one person has agreed to. */
export interface FinchEnrollment {
  individualId: string;
  /** {type: "fixed", amount: cents} | {type: "percent", amount: basis points}, as it came. */
  employeeDeduction: ScrubbedJson | null;
  /** As above, or {type: "tiered", tiers: [{match, threshold}]}. */
  companyContribution: ScrubbedJson | null;
  annualMaximumCents: bigint | null;
  catchUp: boolean | null;
  /** individual | family */
  hsaContributionLimit: string | null;
  raw: ScrubbedJson;
}

/** A W-4 form in the list. */
export interface FinchDocument {
  id: string;
  /** Null where Finch names nobody. */
  individualId: string | null;
  /** w4_2020 | w4_2005, as it came. */
  type: string | null;
  year: number | null;
  raw: ScrubbedJson;
}

export interface FinchDocuments {
  documents: FinchDocument[];
  /** Documents in all; null where Finch does not say. */
  count: number | null;
  offset: number;
}

/** A form's own data. */
export interface FinchDocumentContent {
  type: string | null;
  year: number | null;
  individualId: string | null;
  /** `data` as Finch gives it: amounts in cents. */
  content: ScrubbedJson | null;
  raw: ScrubbedJson;
}
