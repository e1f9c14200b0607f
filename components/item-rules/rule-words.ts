import type { ItemRuleView } from "@/lib/domain/payroll/item-rules/views";
import { formatDate } from "@/lib/format/dates";

const fieldWords: Record<string, string> = {
  name: "name",
  category: "category",
  type: "type",
  pre_tax: "pre-tax",
  employer: "employer’s",
};

export const categoryOptions = [
  { value: "earnings", label: "Earnings" },
  { value: "taxes", label: "Taxes" },
  { value: "employee_deductions", label: "Employee deductions" },
  { value: "employer_contributions", label: "Employer contributions" },
];

/** A condition as people say it: name is “Salary”. */
export function conditionWords({ field, value }: ItemRuleView["conditions"][number]): string {
  const name = (field ?? "a field without a name").replace(/^attributes\./, "");
  const category = name === "category" ? categoryOptions.find((option) => option.value === value) : null;
  return `${fieldWords[name] ?? name} is ${category ? category.label.toLowerCase() : `“${value ?? "nothing"}”`}`;
}

export function daysOfRule({ effectiveStart: from, effectiveEnd: to }: ItemRuleView): string {
  if (from === null && to === null) return "always";
  if (to === null) return `from ${formatDate(from ?? "")}`;
  if (from === null) return `until ${formatDate(to)}`;
  return `${formatDate(from)} to ${formatDate(to)}`;
}
