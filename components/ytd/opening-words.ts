import type { OpeningKind } from "@/lib/domain/payroll/ytd/opening-input";

export const openingLabels: Record<OpeningKind, string> = {
  gross: "Gross pay",
  net: "Net pay",
  earning: "Earnings",
  employee_tax: "Taxes withheld",
  employer_tax: "Taxes paid by the employer",
  deduction: "Deductions",
  contribution: "Employer contributions",
};

/** What a balance is of, in words. */
export function openingWords({ category, employer }: { category: string; employer: boolean | null }): string {
  if (category === "tax") return employer ? openingLabels.employer_tax : openingLabels.employee_tax;
  return openingLabels[category as OpeningKind] ?? category;
}
