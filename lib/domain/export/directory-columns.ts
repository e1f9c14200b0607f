import type { DirectoryRowView } from "@/lib/domain/individuals/to-directory-row";
import type { Field } from "@/lib/domain/individuals/field";
import { toDecimal } from "./cells";
import type { CsvCell } from "./csv";

export interface DirectoryExportRow {
  person: DirectoryRowView;
  asOf: Date | null;
}

interface Column {
  title: string;
  cell(row: DirectoryExportRow): CsvCell;
}

/** The four kinds of nothing stay apart in the file too. */
function text(field: Field<string> | undefined): CsvCell {
  return field === undefined ? null : field.kind === "value" ? field.value : nothing(field);
}

function nothing(field: Exclude<Field<unknown>, { kind: "value" }>): CsvCell {
  const words = {
    none: null,
    masked: "(masked)",
    hidden: "(hidden)",
    no_access: "(no access)",
    syncing: "(syncing)",
    failed: "(not readable)",
  };
  return words[field.kind];
}

const directoryColumns: readonly Column[] = [
  { title: "Name", cell: ({ person }) => person.name },
  { title: "Work email", cell: ({ person }) => text(person.workEmail) },
  { title: "Title", cell: ({ person }) => text(person.title) },
  { title: "Department", cell: ({ person }) => text(person.department) },
  {
    title: "Manager",
    cell: ({ person: { manager } }) => (manager.kind === "value" ? manager.value.name : nothing(manager)),
  },
  { title: "Type", cell: ({ person }) => text(person.type) },
  { title: "Subtype", cell: ({ person }) => text(person.subtype) },
  { title: "Status", cell: ({ person }) => text(person.status) },
  {
    title: "Active",
    cell: ({ person }) => (person.isActive === null ? null : person.isActive ? "yes" : "no"),
  },
  { title: "Start date", cell: ({ person }) => text(person.startDate) },
];

const incomeColumns: readonly Column[] = [
  {
    title: "Income",
    cell({ person: { income } }) {
      if (!income) return null;
      return income.kind === "value"
        ? { number: toDecimal(income.value.amountCents, income.value.currency) }
        : nothing(income);
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
