import { centsOf, figureText, isLacking, withoutOf, type FigureAsked, type FigureText } from "./figure-cells";
import { drillBase, drillMeasure } from "./ytd-url";
import type { YtdMeasureName } from "@/lib/domain/payroll/ytd/drill-lines";
import type { YtdRow } from "@/lib/domain/payroll/ytd/views";
import type { YtdQuery, YtdSort } from "@/lib/domain/payroll/ytd/ytd-query";
import { formatDate } from "@/lib/format/dates";
import { formatMoney } from "@/lib/format/money";
import { payTypeLabel } from "@/lib/format/pay-types";

/**
 * The table as it travels to the browser: texts and addresses, made on the server. What rows and columns share stands once:
 * a page has 400 cells, and travels as HTML and as data.
 */

export interface YtdRowModel {
  /** The address of what is behind a figure begins with it and ends with `leadsTo`; no other row has it. */
  base: string;
  name: string;
  sub: string;
  coverage: { state: "complete" | "since" | "waiting" | "lacking"; text: string; title: string } | null;
  cells: FigureText[];
}

/** What the browser needs of a column. */
export interface YtdColumnModel extends Pick<YtdColumn, "label" | "narrow" | "wider"> {
  leadsTo: string;
}

export const toColumnModel = ({ label, narrow, wider, of, type }: YtdColumn): YtdColumnModel => ({
  label,
  ...(narrow ? { narrow } : {}),
  ...(wider ? { wider } : {}),
  leadsTo: drillMeasure({ of, type }),
});

const mainMeasure: Record<YtdQuery["definition"], YtdMeasureName> = {
  gross: "gross",
  plan: "compensation",
  box1: "box1",
};

/** Where a person's name leads: the figure that the definition is about. */
export const nameLeadsTo = ({ definition }: Pick<YtdQuery, "definition">) =>
  drillMeasure({ of: mainMeasure[definition] });

/** `of`: what its cells lead to. */
export interface YtdColumn extends FigureAsked {
  label: string;
  sort?: YtdSort;
  /** Shown on phones. */
  narrow?: boolean;
  /** Left out below wide screens. */
  wider?: boolean;
}

const summary: YtdColumn[] = [
  { label: "Gross", of: "gross", sort: "gross", narrow: true },
  { label: "Taxes", of: "taxes", sort: "taxes" },
  { label: "Deductions", of: "deductions", sort: "deductions" },
  { label: "Net", of: "net", sort: "net" },
  { label: "Employer taxes", of: "employerTaxes", sort: "employerTaxes", wider: true },
  { label: "Contributions", of: "contributions", sort: "contributions", wider: true },
  { label: "Hours", of: "hours", sort: "hours", wider: true },
];

const unknownTaxes: YtdColumn = { label: "Taxes, payer unknown", of: "unknownTaxes", sort: "unknownTaxes" };

/** Whether any tax does not say who pays it: such taxes have a column of their own (DOMAIN 1.1). */
const hasUnknownTaxes = (rows: readonly YtdRow[]) =>
  rows.some(({ figures }) =>
    figures.some(
      (each) =>
        each.unknownTaxesCents !== 0n ||
        each.without.unknownTaxes > 0 ||
        (each.opening?.unknownTaxesCents ?? 0n) !== 0n,
    ),
  );

/** Which columns a definition has; earnings have one for each type that occurs. */
export function ytdColumns(
  query: YtdQuery,
  rows: readonly YtdRow[],
  types: readonly (string | null)[],
): YtdColumn[] {
  if (query.definition === "plan")
    return [
      { label: "Compensation", of: "compensation", narrow: true },
      { label: "Before the cap", of: "compensation", part: "uncapped" },
      { label: "Gross", of: "gross", sort: "gross" },
    ];
  if (query.definition === "box1")
    return [
      { label: "Gross", of: "gross", sort: "gross" },
      { label: "Box 1, low", of: "box1", narrow: true },
      { label: "Box 1, high", of: "box1", part: "high" },
    ];
  if (query.columns === "summary")
    return hasUnknownTaxes(rows)
      ? summary.flatMap((column) => (column.of === "taxes" ? [column, unknownTaxes] : [column]))
      : summary;
  return [
    { label: "Earnings", of: "earnings", narrow: true },
    ...types.map((type) => ({
      label: type === null ? "No type" : payTypeLabel("earning", type),
      of: "earnings" as const,
      type,
    })),
  ];
}

const coverageWords: Record<YtdRow["coverage"]["state"], string> = {
  complete: "Every run of the period is here",
  since: "Nothing is here from before",
  waiting: "Finch is still fetching the rest",
  lacking: "Statements are missing: these sums are too small",
};

function coverageTitle({ state, since, through }: YtdRow["coverage"]): string {
  const until = through ? `, up to ${formatDate(through)}: later pay was not read yet` : "";
  if (state === "since") return `Since ${formatDate(since ?? "")}${until}`;
  return state === "complete" && through ? `Complete${until}` : coverageWords[state];
}

/** What stands for a person where a name is: some readers see pay and not who people are. */
export const nameOfRow = ({ name, hidden }: Pick<YtdRow, "name" | "hidden">): string =>
  hidden ? "Name hidden" : (name ?? "Unnamed person");

function subOf(row: YtdRow, namesPlaces: boolean): string {
  const places = [...new Set(row.records.map(({ entityName, providerName }) => entityName ?? providerName))];
  return [
    namesPlaces ? places.join(", ") : "",
    row.left ? "left the directory" : "",
    row.records.length > 1 ? `${row.records.length} linked records` : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

/** A person's rows: one for each currency. `namesPlaces`: there are several entities, so each row says its own. */
export function toRowModels(
  customerId: string,
  query: YtdQuery,
  row: YtdRow,
  { columns, namesPlaces }: { columns: readonly YtdColumn[]; namesPlaces: boolean },
): YtdRowModel[] {
  const { coverage } = row;
  const parts = row.figures.length > 0 ? row.figures : [];
  return parts.map((figures, at) => {
    const currency = figures.currency === "" ? "currency not given" : figures.currency.toUpperCase();
    return {
      base: drillBase(customerId, row.individualId, query, figures.currency),
      name: nameOfRow(row),
      sub: [at > 0 || figures.currency !== "usd" ? `in ${currency}` : "", subOf(row, namesPlaces)]
        .filter(Boolean)
        .join(" · "),
      coverage:
        at > 0
          ? null
          : {
              // Later pay may be due: not everything, though nothing is missing of what was read.
              state: coverage.state === "complete" && coverage.through ? "since" : coverage.state,
              text: `${coverage.found} of ${coverage.expected}`,
              title: coverageTitle(coverage),
            },
      cells: columns.map((column) => figureText(row, figures, column)),
    };
  });
}

/** Sums of the rows that are shown, in the currency of most of them. */
export function pageSums(
  rows: readonly YtdRow[],
  columns: readonly YtdColumn[],
  currency: string,
): (string | null)[] {
  const own = rows.flatMap((row) =>
    row.figures.filter((figures) => figures.currency === currency).map((figures) => ({ row, figures })),
  );
  const lacking = own.some(({ row }) => isLacking(row));
  return columns.map((column) => {
    if (column.of === "hours") return null;
    if (column.of === "box1" && own.some(({ row }) => row.box1?.kind !== "range")) return "partial";
    const atLeast =
      column.of !== "box1" &&
      (lacking || own.some(({ row, figures }) => withoutOf(row, figures, column) > 0));
    const cents = own.reduce((sum, { row, figures }) => sum + (centsOf(row, figures, column) ?? 0n), 0n);
    return formatMoney(cents, currency || null, { symbol: false, atLeast });
  });
}
