import { formatCount } from "@/lib/format/money";

const names: Record<string, readonly [one: string, many: string]> = {
  directory: ["person", "people"],
  pay_groups: ["pay group", "pay groups"],
  payments: ["payment", "payments"],
  pay_statements: ["pay statement", "pay statements"],
  benefits: ["deduction", "deductions"],
  enrollments: ["enrollment", "enrollments"],
  documents: ["document", "documents"],
};

/** "26 payments": rows of what a held answer was about. */
export function rowsOf(product: string, rows: number): string {
  const [one, many] = names[product] ?? ["row", "rows"];
  return formatCount(rows, one, many);
}
