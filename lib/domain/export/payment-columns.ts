import type { PaymentAmounts, PaymentView } from "@/lib/domain/payroll/payments/to-payment-view";
import { numberCell, toAmountCells, type AmountCells } from "./cells";
import type { ExportColumn } from "./table";

/** paid: its pay date is today or earlier. */
export type PaymentSection = "paid" | "scheduled" | "no pay date";

export interface PaymentExportRow {
  payment: PaymentView;
  section: PaymentSection;
  amounts: AmountCells;
}

const amountTitles: readonly [keyof PaymentAmounts, string][] = [
  ["companyDebit", "Company debit"],
  ["gross", "Gross"],
  ["net", "Net"],
  ["employerTaxes", "Employer taxes"],
  ["employeeTaxes", "Employee taxes"],
];

export function toPaymentRow(payment: PaymentView, section: PaymentSection): PaymentExportRow {
  const amounts = amountTitles.map(([name, title]) => {
    const amount = payment.amounts[name];
    return [title, amount ? [amount] : []] as const;
  });
  return { payment, section, amounts: toAmountCells(Object.fromEntries(amounts)) };
}

const listed = (values: readonly (string | null)[] | null) =>
  values && values.length > 0 ? values.map((value) => value ?? "(unnamed)").join("; ") : null;

export const paymentColumns: readonly ExportColumn<PaymentExportRow>[] = [
  { title: "Pay date", cell: ({ payment }) => payment.payDate },
  { title: "Status", cell: ({ section }) => section },
  { title: "Period start", cell: ({ payment }) => payment.periodStart },
  { title: "Period end", cell: ({ payment }) => payment.periodEnd },
  { title: "Debit date", cell: ({ payment }) => payment.debitDate },
  { title: "Kind", cell: ({ payment }) => payment.kind },
  { title: "Pay groups", cell: ({ payment }) => listed(payment.groups?.map(({ name }) => name) ?? null) },
  { title: "Frequencies", cell: ({ payment }) => listed(payment.frequencies) },
  { title: "Currency", cell: ({ amounts }) => amounts.currency },
  ...amountTitles.map(([, title]) => ({
    title,
    cell: ({ amounts }: PaymentExportRow) => amounts.of(title),
  })),
  { title: "In other currencies", cell: ({ amounts }) => amounts.others },
  { title: "People named", cell: ({ payment }) => numberCell(payment.people) },
  { title: "Statements here", cell: ({ payment }) => numberCell(payment.statements) },
  { title: "Statements", cell: ({ payment }) => payment.state },
  { title: "Entity", cell: ({ payment }) => payment.entity?.name ?? null },
  { title: "Provider", cell: ({ payment }) => payment.connection.providerName },
  { title: "Payment id", cell: ({ payment }) => payment.id },
];
