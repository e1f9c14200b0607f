import type { YtdFigures, YtdOpening, YtdRow } from "@/lib/domain/payroll/ytd/views";
import type { YtdDefinition } from "@/lib/domain/payroll/ytd/ytd-query";
import { payTypeOptions } from "@/lib/format/pay-types";
import type { CsvCell } from "./csv";
import { numberCell, toDecimal, yesNo } from "./cells";
import type { ExportColumn } from "./table";

/** A person's figures in one currency, as the page has them in one row. */
export interface YtdExportRow {
  row: YtdRow;
  figures: YtdFigures;
}

const hidden = "(no access)";

const cents = ({ currency }: YtdFigures, amount: bigint | null | undefined): CsvCell =>
  amount === null || amount === undefined ? null : { number: toDecimal(amount, currency || null) };

type Sum = Exclude<keyof YtdOpening, "throughDate" | "overlaps">;

/** A figure of the page: what statements say and what was entered for the time before. */
const figure = (title: string, sum: Exclude<Sum, "earningsCents">): ExportColumn<YtdExportRow> => ({
  title,
  cell: ({ figures }) => cents(figures, figures[sum] + (figures.opening?.[sum] ?? 0n)),
});
const entered = (title: string, sum: Sum): ExportColumn<YtdExportRow> => ({
  title: `Of that entered: ${title.toLowerCase()}`,
  cell: ({ figures }) => cents(figures, figures.opening?.[sum]),
});

const sums: readonly [string, Exclude<Sum, "earningsCents">][] = [
  ["Gross", "grossCents"],
  ["Taxes withheld", "taxesCents"],
  ["Taxes, payer unknown", "unknownTaxesCents"],
  ["Deductions", "deductionsCents"],
  ["Net", "netCents"],
  ["Employer taxes", "employerTaxesCents"],
  ["Contributions", "contributionsCents"],
];

const withoutOf = {
  grossCents: "gross",
  taxesCents: "taxes",
  unknownTaxesCents: "unknownTaxes",
  deductionsCents: "deductions",
  netCents: "net",
  employerTaxesCents: "employerTaxes",
  contributionsCents: "contributions",
} as const;

const earningTypes = payTypeOptions("earning");
const known = new Set<string | null>([null, ...earningTypes.map(({ value }) => value)]);
const ofTypes = (figures: YtdFigures, belongs: (type: string | null) => boolean): CsvCell => {
  const found = figures.earnings.filter(({ type }) => belongs(type));
  return found.length === 0
    ? null
    : cents(
        figures,
        found.reduce((sum, each) => sum + each.amountCents, 0n),
      );
};

/** One column for each type that there is, and not for those that occur: the next export has the same. */
const earnings: readonly ExportColumn<YtdExportRow>[] = [
  ...earningTypes.map(({ value, label }) => ({
    title: `Earnings: ${label}`,
    cell: ({ figures }: YtdExportRow) => ofTypes(figures, (type) => type === value),
  })),
  {
    title: "Earnings: types that are new here",
    cell: ({ figures }) => ofTypes(figures, (type) => !known.has(type)),
  },
  { title: "Earnings: no type", cell: ({ figures }) => ofTypes(figures, (type) => type === null) },
];

const box1 = (title: string, end: "lowCents" | "highCents"): ExportColumn<YtdExportRow> => ({
  title,
  cell: ({ row, figures }) =>
    row.box1?.kind === "range" && figures.currency === "usd" ? cents(figures, row.box1[end]) : null,
});

const byDefinition: Record<YtdDefinition, readonly ExportColumn<YtdExportRow>[]> = {
  gross: [],
  plan: [
    { title: "Plan compensation", cell: ({ figures }) => cents(figures, figures.compensation?.cents) },
    { title: "Before the cap", cell: ({ figures }) => cents(figures, figures.compensation?.uncappedCents) },
    {
      title: "Counted earnings without amount",
      cell: ({ figures }) => numberCell(figures.compensation?.withoutAmount ?? 0),
    },
  ],
  box1: [
    box1("Box 1, low (estimate)", "lowCents"),
    box1("Box 1, high (estimate)", "highCents"),
    {
      title: "Kinds of lines that open the range",
      cell: ({ row }) => (row.box1?.kind === "range" ? numberCell(row.box1.unknown) : null),
    },
    {
      title: "Lines without an amount: in neither end",
      cell: ({ row }) => (row.box1?.kind === "range" ? numberCell(row.box1.withoutAmount) : null),
    },
    {
      title: "Why no box 1",
      cell: ({ row, figures }) =>
        row.box1?.kind === "none" ? row.box1.reason : figures.currency === "usd" ? null : "Only US dollars",
    },
  ],
};

/** Figures that are at least what stands there: something of them was not given. */
const lackingIn = ({ without }: YtdFigures) => {
  const titles = [
    ...sums.map(([title, sum]) => [title, without[withoutOf[sum]]] as const),
    ["Earnings", without.earnings] as const,
    ["Hours", without.hours] as const,
  ];
  return titles.flatMap(([title, count]) => (count > 0 ? [title] : [])).join("; ") || null;
};

const listed = (values: readonly (string | null)[]) =>
  [...new Set(values.flatMap((value) => value ?? []))].join("; ") || null;

/** The columns of a definition: nothing of them hangs on what the rows hold. */
export const ytdColumns = (definition: YtdDefinition): readonly ExportColumn<YtdExportRow>[] => [
  { title: "Name", cell: ({ row }) => (row.hidden ? hidden : row.name) },
  {
    title: "Currency",
    cell: ({ figures }) => figures.currency.toUpperCase() || "(not given)",
  },
  ...byDefinition[definition],
  { title: "Statements", cell: ({ figures }) => numberCell(figures.statements) },
  ...sums.map(([title, sum]) => figure(title, sum)),
  { title: "Hours", cell: ({ figures }) => numberCell(figures.hours) },
  ...earnings,
  ...sums.map(([title, sum]) => entered(title, sum)),
  entered("Earnings", "earningsCents"),
  { title: "Entered up to", cell: ({ figures }) => figures.opening?.throughDate ?? null },
  { title: "1099 lines on slips with wages", cell: ({ figures }) => cents(figures, figures.contractCents) },
  { title: "Statements without gross", cell: ({ figures }) => numberCell(figures.without.gross) },
  { title: "Statements without net", cell: ({ figures }) => numberCell(figures.without.net) },
  { title: "Lines without amount", cell: ({ figures }) => numberCell(figures.without.amounts) },
  { title: "Too small: an amount is lacking", cell: ({ figures }) => lackingIn(figures) },
  { title: "Coverage", cell: ({ row: { coverage } }) => coverage.state },
  { title: "Covered since", cell: ({ row: { coverage } }) => coverage.since },
  { title: "Covered through", cell: ({ row: { coverage } }) => coverage.through },
  { title: "Statements found", cell: ({ row: { coverage } }) => numberCell(coverage.found) },
  { title: "Statements expected", cell: ({ row: { coverage } }) => numberCell(coverage.expected) },
  { title: "First pay date", cell: ({ row: { coverage } }) => coverage.firstPayDate },
  { title: "Last pay date", cell: ({ row: { coverage } }) => coverage.lastPayDate },
  { title: "Employment type", cell: ({ row }) => (row.hidden ? hidden : row.employmentType) },
  { title: "Left the directory", cell: ({ row }) => yesNo(row.left) },
  { title: "Linked records", cell: ({ row }) => numberCell(row.records.length) },
  {
    title: "Entities",
    cell: ({ row }) => (row.hidden ? hidden : listed(row.records.map(({ entityName }) => entityName))),
  },
  { title: "EINs", cell: ({ row }) => (row.hidden ? hidden : listed(row.records.map(({ ein }) => ein))) },
  { title: "Providers", cell: ({ row }) => listed(row.records.map(({ providerName }) => providerName)) },
  { title: "Person id", cell: ({ row }) => row.individualId },
];
