import type { StatementRowView } from "@/lib/domain/payroll/payments/list-statements";
import type { PaymentView } from "@/lib/domain/payroll/payments/to-payment-view";
import { numberCell, toAmountCells, yesNo, type AmountCells } from "./cells";
import type { ExportColumn } from "./table";

export interface StatementExportRow {
  payment: Pick<
    PaymentView,
    "id" | "payDate" | "periodStart" | "periodEnd" | "groups" | "entity" | "connection"
  >;
  statement: StatementRowView;
  amounts: AmountCells;
}

const amountTitles = [
  "Gross",
  "Employee taxes",
  "Taxes, payer unknown",
  "Deductions",
  "Net",
  "Employer cost",
] as const;

export function toStatementExportRow(
  payment: StatementExportRow["payment"],
  statement: StatementRowView,
): StatementExportRow {
  const { gross, net, employeeTaxes, unknownTaxes, deductions, employerCost } = statement;
  return {
    payment,
    statement,
    amounts: toAmountCells({
      Gross: gross ? [gross] : [],
      Net: net ? [net] : [],
      "Employee taxes": employeeTaxes,
      "Taxes, payer unknown": unknownTaxes,
      Deductions: deductions,
      "Employer cost": employerCost,
    }),
  };
}

/** Lines without an amount: the sums beside them are lower bounds. */
const without = ({ employeeTaxes, unknownTaxes, deductions, employerCost }: StatementRowView) =>
  [employeeTaxes, unknownTaxes, deductions, employerCost]
    .flat()
    .reduce((count, { missing }) => count + missing, 0);

const listNames: Record<string, string> = {
  earning: "earnings",
  tax: "taxes",
  deduction: "deductions",
  contribution: "contributions",
};
/** Empty cells of these are not "none": the provider gave no such list. */
const notGiven = ({ notGiven: lists }: StatementRowView) =>
  lists.length > 0 ? lists.map((list) => listNames[list] ?? list).join("; ") : null;

export const statementColumns: readonly ExportColumn<StatementExportRow>[] = [
  {
    title: "Name",
    cell: ({ statement: { person } }) => (person.hidden ? "(no access)" : person.name),
  },
  { title: "Pay date", cell: ({ payment }) => payment.payDate },
  { title: "Period start", cell: ({ payment }) => payment.periodStart },
  { title: "Period end", cell: ({ payment }) => payment.periodEnd },
  { title: "Statement", cell: ({ statement }) => numberCell(statement.number) },
  { title: "Type", cell: ({ statement }) => statement.type },
  { title: "Payment method", cell: ({ statement }) => statement.paymentMethod },
  { title: "Hours", cell: ({ statement }) => numberCell(statement.hours) },
  { title: "Currency", cell: ({ amounts }) => amounts.currency },
  ...amountTitles.map((title) => ({
    title,
    cell: ({ amounts }: StatementExportRow) => amounts.of(title),
  })),
  { title: "In other currencies", cell: ({ amounts }) => amounts.others },
  { title: "Lines without amount", cell: ({ statement }) => numberCell(without(statement)) },
  { title: "Not given", cell: ({ statement }) => notGiven(statement) },
  { title: "Adds up", cell: ({ statement }) => yesNo(!statement.doesNotAddUp) },
  { title: "Left the directory", cell: ({ statement }) => yesNo(statement.person.gone) },
  { title: "Entity", cell: ({ payment }) => payment.entity?.name ?? null },
  { title: "Provider", cell: ({ payment }) => payment.connection.providerName },
  { title: "Person id", cell: ({ statement }) => statement.person.id },
  { title: "Payment id", cell: ({ payment }) => payment.id },
];
