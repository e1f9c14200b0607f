/*
 * Words for the types of pay statement lines. Finch's come first (API-SURFACE §4); those of Perch's own
 * classifications say what Finch has no word for. A type that is not here is shown as it came.
 */

export type PayCategory = "earning" | "tax" | "deduction" | "contribution";

const earnings = {
  salary: "Salary",
  wage: "Wage",
  overtime: "Overtime",
  double_overtime: "Double overtime",
  pto: "Paid time off",
  sick: "Sick pay",
  bonus: "Bonus",
  commission: "Commission",
  severance: "Severance",
  tips: "Tips",
  reimbursement: "Reimbursement",
  "1099": "1099 pay",
  other: "Other earning",
};

const benefits = {
  "401k": "401(k)",
  "401k_roth": "401(k) Roth",
  "401k_loan": "401(k) loan",
  "403b": "403(b)",
  "403b_roth": "403(b) Roth",
  "457": "457(b)",
  "457_roth": "457(b) Roth",
  simple: "SIMPLE 401(k)",
  simple_ira: "SIMPLE IRA",
  hsa_pre: "HSA pre-tax",
  hsa_post: "HSA after tax",
  fsa_medical: "Medical FSA",
  fsa_dependent_care: "Dependent care FSA",
  s125_medical: "Medical (section 125)",
  s125_dental: "Dental (section 125)",
  s125_vision: "Vision (section 125)",
  commuter: "Commuter",
  custom_pre_tax: "Custom pre-tax",
  custom_post_tax: "Custom after tax",
};

const taxes = { federal: "Federal tax", state: "State tax", local: "Local tax", fica: "FICA" };

const finch: Record<PayCategory, Record<string, string>> = {
  earning: earnings,
  tax: taxes,
  deduction: benefits,
  contribution: benefits,
};

const own: Record<PayCategory, Record<string, string>> = {
  earning: {
    imputed_income: "Imputed income",
    taxable_other: "Other taxable earning",
    not_taxable: "Not taxable",
  },
  tax: {},
  deduction: {
    federal_pre_tax: "Excluded from federal tax",
    imputed_offset: "Offset of imputed income",
  },
  contribution: { taxable_benefit: "Taxable benefit", not_taxable: "Not taxable" },
};

/** The words for a type of a category; null stays null, and an unknown type comes back as it is. */
export function payTypeLabel(category: PayCategory, type: string): string;
export function payTypeLabel(category: PayCategory, type: string | null): string | null;
export function payTypeLabel(category: PayCategory, type: string | null): string | null {
  if (type === null) return null;
  for (const words of [finch[category], own[category]])
    if (Object.hasOwn(words, type)) return words[type] ?? type;
  return type;
}

/** The types that a line of a category may be classified as: Finch's, then Perch's own. */
export function payTypeOptions(category: PayCategory): { value: string; label: string; own: boolean }[] {
  const list = (words: Record<string, string>, isOwn: boolean) =>
    Object.entries(words).map(([value, label]) => ({ value, label, own: isOwn }));
  // Numbers sort before words as keys of an object: the order is that of the labels, "Other" last.
  const known = list(finch[category], false).sort(
    (a, b) => Number(a.value === "other") - Number(b.value === "other") || a.label.localeCompare(b.label),
  );
  return [...known, ...list(own[category], true)];
}

export const payCategoryLabels: Record<PayCategory, string> = {
  earning: "Earning",
  tax: "Tax",
  deduction: "Deduction",
  contribution: "Contribution",
};
