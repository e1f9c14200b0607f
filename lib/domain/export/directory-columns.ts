import type { DirectoryRowView } from "@/lib/domain/individuals/to-directory-row";
import { fieldCell, nothingCell, toDecimal } from "./cells";
import type { CsvCell } from "./csv";

export interface DirectoryExportRow {
  person: DirectoryRowView;
  asOf: Date | null;
}

interface Column {
  title: string;
  cell(row: DirectoryExportRow): CsvCell;
}

const directoryColumns: readonly Column[] = [
  { title: "Name", cell: ({ person }) => person.name },
  { title: "Work email", cell: ({ person }) => fieldCell(person.workEmail) },
  { title: "Title", cell: ({ person }) => fieldCell(person.title) },
  { title: "Department", cell: ({ person }) => fieldCell(person.department) },
  {
    title: "Manager",
    cell: ({ person: { manager } }) => (manager.kind === "value" ? manager.value.name : nothingCell(manager)),
  },
  { title: "Type", cell: ({ person }) => fieldCell(person.type) },
  { title: "Subtype", cell: ({ person }) => fieldCell(person.subtype) },
  { title: "Status", cell: ({ person }) => fieldCell(person.status) },
  {
    title: "Active",
    cell: ({ person }) => (person.isActive === null ? null : person.isActive ? "yes" : "no"),
  },
  { title: "Start date", cell: ({ person }) => fieldCell(person.startDate) },
];

const incomeColumns: readonly Column[] = [
  {
    title: "Income",
    cell({ person: { income } }) {
      if (!income) return null;
      return income.kind === "value"
        ? { number: toDecimal(income.value.amountCents, income.value.currency) }
        : nothingCell(income);
    },
  },
  {
    title: "Income currency",
    cell: ({ person: { income } }) =>
      income?.kind === "value" ? (income.value.currency?.toUpperCase() ?? null) : null,
  },
  {
    title: "Income unit",
    cell: ({ person: { income } }) => (income?.kind === "value" ? income.value.unit : null),
  },
];

const originColumns: readonly Column[] = [
  { title: "Provider", cell: ({ person }) => person.connection.providerName },
  { title: "Data as of (UTC)", cell: ({ asOf }) => asOf?.toISOString() ?? null },
];

/** The columns of the file, as the page has them. SSNs, masked or not, are in no file. */
export function exportColumns(mayReadIncome: boolean): readonly Column[] {
  return [...directoryColumns, ...(mayReadIncome ? incomeColumns : []), ...originColumns];
}
