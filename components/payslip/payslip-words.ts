import type { GrossIdentity, NetIdentity } from "@/lib/domain/payroll/identities";
import type { StepKind } from "@/lib/domain/payroll/statements/gross-to-net";
import type { GroupKey } from "@/lib/domain/payroll/statements/payslip-view";

/** What the parts of a payslip are called, on the page and in the PDF. */

interface GroupWords {
  title: string;
  total: string;
  note?: (provider: string) => string;
}

export const groupWords: Record<GroupKey, GroupWords> = {
  earnings: { title: "Earnings", total: "Total earnings" },
  pre_tax: { title: "Deductions before tax", total: "Total before tax" },
  taxes: { title: "Taxes withheld", total: "Total taxes" },
  unknown_taxes: {
    title: "Taxes, payer unknown",
    total: "Total, payer unknown",
    note: (provider) => `${provider} does not say whether the employee or the employer pays these`,
  },
  post_tax: { title: "Deductions after tax", total: "Total after tax" },
  unknown_deductions: {
    title: "Deductions, tax treatment unknown",
    total: "Total, treatment unknown",
    note: (provider) => `${provider} does not say whether these come before or after tax`,
  },
  employer_taxes: {
    title: "Taxes paid by the employer",
    total: "Total employer taxes",
    note: () => "on top of gross, not part of net pay",
  },
  contributions: {
    title: "Employer contributions",
    total: "Total contributions",
    note: () => "on top of gross, not part of net pay",
  },
};

export const stepWords: Record<StepKind, (provider: string) => string> = {
  gross: () => "Gross pay",
  earnings: (provider) => `Sum of earnings, as ${provider} gives no gross pay`,
  pre_tax: () => "Deductions before tax",
  taxes: () => "Taxes withheld",
  unknown_taxes: () => "Taxes, payer unknown",
  post_tax: () => "Deductions after tax",
  unknown_deductions: () => "Deductions, tax treatment unknown",
  reimbursements: () => "Reimbursements",
  difference: () => "Not explained by the lines",
};

/** What is true of gross pay, where one of the ways to add up holds. */
export const grossWords: Record<Exclude<GrossIdentity, "none">, string> = {
  earnings: "Earnings add up to gross pay, to the cent",
  without_reimbursements: "Earnings without reimbursements add up to gross pay, to the cent",
  without_imputed: "Earnings without imputed items add up to gross pay, to the cent",
  without_reimbursements_and_imputed:
    "Earnings without reimbursements and imputed items add up to gross pay, to the cent",
};

const ofEmployer = ", with taxes of unknown payer as the employer's";
export const netWords: Record<Exclude<NetIdentity, "none">, string> = {
  taxes_and_deductions: "Gross pay less taxes and deductions is net pay",
  taxes_and_deductions_unknown_by_employer: `Gross pay less taxes and deductions is net pay${ofEmployer}`,
  plus_reimbursements: "Gross pay less taxes and deductions, plus reimbursements, is net pay",
  plus_reimbursements_unknown_by_employer: `Gross pay less taxes and deductions, plus reimbursements, is net pay${ofEmployer}`,
  less_reimbursements: "Gross pay less reimbursements, taxes and deductions is net pay",
  less_reimbursements_unknown_by_employer: `Gross pay less reimbursements, taxes and deductions is net pay${ofEmployer}`,
};

const methods: Record<string, string> = {
  direct_deposit: "Direct deposit",
  check: "Check",
  other: "Other",
};

/** Finch's payment method in words; an unknown one as it came. */
export const methodLabel = (method: string): string => methods[method] ?? method;

const types: Record<string, string> = {
  regular_payroll: "Regular payroll",
  off_cycle_payroll: "Off-cycle payroll",
  one_time_payment: "One-time payment",
};

/** Finch's type of a statement in words; an unknown one as it came. */
export const typeLabel = (type: string): string => types[type] ?? type;
