/** Reasons to start from, as they would stand in the audit. */
export const ssnReasons = [
  "Correcting a W-2 or 1099",
  "Employment eligibility (I-9)",
  "Enrolling in benefits",
  "Answering a state agency",
] as const;

export const accountReasons = [
  "Setting up a payroll debit",
  "Verifying the account with the bank",
  "Reconciling a returned payment",
] as const;
