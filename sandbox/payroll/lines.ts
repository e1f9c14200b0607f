import type { BenefitType } from "@/sandbox/benefits/records";
import type { Category, PayStatement } from "@/sandbox/payroll/records";
import { stateTaxes } from "@/sandbox/payroll/taxes";
import { standingBenefits } from "@/sandbox/seed/coverage";

export type EarningType = NonNullable<NonNullable<NonNullable<PayStatement["earnings"]>[number]>["type"]>;
export type TaxType = NonNullable<NonNullable<PayStatement["taxes"]>[number]["type"]>;

/** The places of amounts (cents) in the figures of one statement; hours stand `hoursAt` further on. */
export const slot = {
  ...{ salary: 0, wage: 1, overtime: 2, doubleOvertime: 3, pto: 4, sick: 5, bonus: 6, commission: 7 },
  ...{ tips: 8, severance: 9, reimbursement: 10, contract: 11, correction: 12 },
  ...{ federal: 13, socialSecurity: 14, medicare: 15, state: 16, stateInsurance: 17, local: 18 },
  ...{ employerSocialSecurity: 19, employerMedicare: 20, unemployment: 21, stateUnemployment: 22 },
  localEmployer: 23,
  /** Deductions and contributions of `standingBenefits`, in its order. */
  deductions: 24,
  loan: 33,
  garnishment: 34,
  contributions: 35,
} as const;
export const earningSlots = 13;
export const employeeTaxes = { from: slot.federal, to: slot.employerSocialSecurity } as const;
export const employerTaxes = { from: slot.employerSocialSecurity, to: slot.deductions } as const;
export const amountSlots = slot.contributions + standingBenefits.length;
export const hoursAt = 48;
export const figureCount = hoursAt + earningSlots;

interface Line {
  slot: number;
  category: Category;
  type: EarningType | TaxType | BenefitType;
  /** A name, or one by state; null where the state has no such tax. */
  name: string | ((state: string) => string | null);
  preTax: boolean | null;
  employer: boolean | null;
}

const earning = (at: number, type: EarningType, name: string): Line => ({
  slot: at,
  category: "earnings",
  type,
  name,
  preTax: null,
  employer: null,
});

const tax = (at: number, type: TaxType, name: Line["name"]): Line => ({
  slot: at,
  category: "taxes",
  type,
  name,
  preTax: null,
  employer: at >= employerTaxes.from,
});

const deduction = (at: number, type: BenefitType, name: string, preTax: boolean): Line => ({
  slot: at,
  category: "employee_deductions",
  type,
  name,
  preTax,
  employer: null,
});

export const earningLines: readonly Line[] = [
  earning(slot.salary, "salary", "Salary"),
  earning(slot.wage, "wage", "Regular Wages"),
  earning(slot.overtime, "overtime", "Overtime"),
  earning(slot.doubleOvertime, "double_overtime", "Double Overtime"),
  earning(slot.pto, "pto", "Paid Time Off"),
  earning(slot.sick, "sick", "Sick Leave"),
  earning(slot.bonus, "bonus", "Bonus"),
  earning(slot.commission, "commission", "Sales Commission"),
  earning(slot.tips, "tips", "Tips"),
  earning(slot.severance, "severance", "Severance"),
  earning(slot.reimbursement, "reimbursement", "Expense Reimbursement"),
  earning(slot.contract, "1099", "Contractor Payment"),
  earning(slot.correction, "other", "Payroll Correction"),
];

export const taxLines: readonly Line[] = [
  tax(slot.federal, "federal", "Federal Income Tax"),
  tax(slot.socialSecurity, "fica", "Social Security"),
  tax(slot.medicare, "fica", "Medicare"),
  tax(slot.state, "state", (state) => stateTaxes(state).income?.name ?? null),
  tax(slot.stateInsurance, "state", (state) => stateTaxes(state).insurance?.name ?? null),
  tax(slot.local, "local", (state) => stateTaxes(state).local?.name ?? null),
  tax(slot.employerSocialSecurity, "fica", "Social Security (Employer)"),
  tax(slot.employerMedicare, "fica", "Medicare (Employer)"),
  tax(slot.unemployment, "federal", "Federal Unemployment (FUTA)"),
  tax(slot.stateUnemployment, "state", (state) => stateTaxes(state).unemployment?.name ?? null),
  tax(slot.localEmployer, "local", (state) => stateTaxes(state).localEmployer?.name ?? null),
];

/** Deductions that no benefit stands behind. */
export const otherDeductions: readonly Line[] = [
  deduction(slot.loan, "401k_loan", "401(k) Loan", false),
  deduction(slot.garnishment, "custom_post_tax", "Child Support", false),
];

export const nameOf = (line: Line, state: string): string | null =>
  typeof line.name === "string" ? line.name : line.name(state);
