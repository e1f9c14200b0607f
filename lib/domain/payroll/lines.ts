/** A line of a pay statement (or a sum of like lines) as payroll's pure rules read it. */
export interface PayLine {
  category: "earning" | "tax" | "deduction" | "contribution";
  /** Finch's type, or that of an own classification. */
  type: string | null;
  name: string | null;
  /** Minor units of the currency; null where Finch gave no amount. */
  amountCents: bigint | null;
  /** Lower case as in totals; null or '' where Finch gave none. */
  currency: string | null;
  hours: string | null;
  /** Deductions only. */
  preTax: boolean | null;
  /** Taxes only: true is the employer's; null is unknown. */
  employer: boolean | null;
  /** ISO day; null is undated. */
  payDate: string | null;
  /** Of a sum: how many lines it stands for, and of them those without an amount. Left out: it is one line. */
  lines?: number;
  withoutAmount?: number;
}
