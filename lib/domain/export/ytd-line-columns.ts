import type { ClassifiedLine, DrillEntry } from "@/lib/domain/payroll/ytd/drill-lines";
import { payCategoryLabels, payTypeLabel } from "@/lib/format/pay-types";
import { numberCell, toDecimal, yesNo } from "./cells";
import type { ExportColumn, RowIdentity } from "./table";

/** A statement's own amount, or one of its lines, behind a figure of somebody. */
export interface YtdLineRow extends Omit<DrillEntry, "key"> {
  key: string;
  currency: string;
  /** Who the row is counted for: of linked records, the one that stands for them. */
  individualId: string;
  name: string | null;
  named: boolean;
  provider: string | null;
}

type Whose = Pick<YtdLineRow, "individualId" | "name" | "named" | "provider">;

/** A line with whose it is. */
export const toLineRow = (line: ClassifiedLine, whose: Whose): YtdLineRow => ({
  ...whose,
  key: `${line.statementId} ${line.ordinal}`,
  payDate: line.payDate,
  paymentId: line.paymentId,
  statementId: line.statementId,
  connectionId: line.connectionId,
  currency: line.currency,
  line,
  cents: line.amountCents,
  hours: line.hours,
  takenOff: false,
});

/** An entry of a drill-down with whose it is. */
export const toEntryRow = (entry: DrillEntry, currency: string, whose: Whose): YtdLineRow => ({
  ...entry,
  ...whose,
  currency,
});

export const lineIdentity = ({ key, takenOff, connectionId, individualId }: YtdLineRow): RowIdentity => ({
  key: takenOff ? `${key} off` : key,
  connectionId,
  individualId,
});

const typeOf = ({ line }: YtdLineRow, which: "type" | "finchType") =>
  line && payTypeLabel(line.category, line[which]);

export const lineColumns: readonly ExportColumn<YtdLineRow>[] = [
  { title: "Name", cell: ({ name, named }) => (named ? name : "(no access)") },
  { title: "Pay date", cell: ({ payDate }) => payDate },
  { title: "Category", cell: ({ line }) => (line ? payCategoryLabels[line.category] : "Pay statement") },
  { title: "Line", cell: ({ line }) => line?.name ?? null },
  { title: "Counts as", cell: (row) => typeOf(row, "type") },
  { title: "Type at Finch", cell: (row) => typeOf(row, "finchType") },
  { title: "Currency", cell: ({ currency }) => currency.toUpperCase() || "(not given)" },
  {
    title: "Amount",
    cell: ({ cents, currency }) => (cents === null ? null : { number: toDecimal(cents, currency || null) }),
  },
  { title: "Hours", cell: ({ hours }) => numberCell(hours) },
  { title: "Pre-tax", cell: ({ line }) => yesNo(line?.preTax ?? null) },
  { title: "Paid by the employer", cell: ({ line }) => yesNo(line?.employer ?? null) },
  { title: "Taken off", cell: ({ takenOff }) => (takenOff ? "a 1099 line is no wages" : null) },
  { title: "Provider", cell: ({ provider }) => provider },
  { title: "Person id", cell: ({ individualId }) => individualId },
  { title: "Payment id", cell: ({ paymentId }) => paymentId },
  { title: "Statement id", cell: ({ statementId }) => statementId },
];
