/** What an address, a page and a verb about pay can be asked for, and what all of them count with. */

/** Orders of year-to-date wages. */
export const ytdSorts = [
  "name",
  "statements",
  "gross",
  "taxes",
  "employerTaxes",
  "unknownTaxes",
  "deductions",
  "net",
  "contributions",
  "hours",
] as const;

/** Figures of a person whose lines can be shown. */
export const ytdMeasures = [
  "gross",
  "net",
  "hours",
  "statements",
  "earnings",
  "taxes",
  "employerTaxes",
  "unknownTaxes",
  "deductions",
  "contributions",
  "contract",
  "compensation",
  "box1",
] as const;

/** States of reading a payment's statements (payments.statements_state), by what they mean for completeness. */
export const statementStates = ["complete", "pending", "unread", "partial", "failed", "held"] as const;

/** Orders of a payment's statements. */
export const statementSorts = ["name", "gross", "net", "hours"] as const;

export const statementsPageSize = 50;

/** When a run closes of which nobody entered it: so many business days before it is paid, as the installation is set. */
export function closeDaysWords(businessDays: number): string {
  if (businessDays === 0) return "on the pay date";
  return `${businessDays} business ${businessDays === 1 ? "day" : "days"} before the pay date`;
}
