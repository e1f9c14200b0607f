import { drillHref } from "./ytd-url";
import type { YtdMeasureName } from "@/lib/domain/payroll/ytd/drill-lines";
import type { YtdFigures, YtdRow } from "@/lib/domain/payroll/ytd/views";
import type { YtdQuery, YtdSort } from "@/lib/domain/payroll/ytd/ytd-query";
import { formatHours } from "@/lib/format/hours";
import { formatMoney } from "@/lib/format/money";
import { payTypeLabel } from "@/lib/format/pay-types";

/** The table as it travels to the browser: texts and addresses, made on the server. */

export interface YtdCell {
  /** Null: nothing of this kind. */
  text: string | null;
  href: string | null;
  /** A second, muted line. */
  sub?: string | undefined;
  /** One that only phones have, for what stands in a column elsewhere. */
  phone?: string | undefined;
  title?: string | undefined;
}

export interface YtdRowModel {
  key: string;
  href: string;
  name: string;
  sub: string;
  coverage: { state: "complete" | "since" | "waiting" | "lacking"; text: string; title: string } | null;
  cells: YtdCell[];
}

export interface YtdColumn {
  label: string;
  /** What its cells lead to. */
  of: YtdMeasureName;
  type?: string | null;
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
  { label: "Employer taxes", of: "employerTaxes", wider: true },
  { label: "Contributions", of: "contributions", sort: "contributions", wider: true },
  { label: "Hours", of: "hours", sort: "hours", wider: true },
];

const unknownTaxes: YtdColumn = { label: "Taxes, payer unknown", of: "unknownTaxes" };

/** Whether any tax does not say who pays it: such taxes have a column of their own (DOMAIN 1.1). */
const hasUnknownTaxes = (rows: readonly YtdRow[]) =>
  rows.some(({ figures }) =>
    figures.some((each) => each.unknownTaxesCents !== 0n || (each.opening?.unknownTaxesCents ?? 0n) !== 0n),
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
      { label: "Before the cap", of: "compensation" },
      { label: "Gross", of: "gross", sort: "gross" },
    ];
  if (query.definition === "box1")
    return [
      { label: "Gross", of: "gross", sort: "gross" },
      { label: "Box 1, low", of: "box1", narrow: true },
      { label: "Box 1, high", of: "box1" },
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

const amountOf = (figures: YtdFigures, of: YtdMeasureName): bigint => {
  const sums: Partial<Record<YtdMeasureName, bigint>> = {
    gross: figures.grossCents,
    net: figures.netCents,
    taxes: figures.taxesCents,
    employerTaxes: figures.employerTaxesCents,
    unknownTaxes: figures.unknownTaxesCents,
    deductions: figures.deductionsCents,
    contributions: figures.contributionsCents,
  };
  return sums[of] ?? 0n;
};

const openingOf = ({ opening }: YtdFigures, of: YtdMeasureName): bigint => {
  const sums: Partial<Record<YtdMeasureName, bigint>> = opening
    ? {
        gross: opening.grossCents,
        net: opening.netCents,
        taxes: opening.taxesCents,
        employerTaxes: opening.employerTaxesCents,
        unknownTaxes: opening.unknownTaxesCents,
        deductions: opening.deductionsCents,
        contributions: opening.contributionsCents,
        earnings: opening.earningsCents,
      }
    : {};
  return sums[of] ?? 0n;
};

const currencyOf = ({ currency }: YtdFigures) => currency || null;

/** "Gross 1,200.00 of which 200.00 were entered": the figure, and what of it no statement stands for. */
function money(figures: YtdFigures, of: YtdMeasureName, cents: bigint, atLeast: boolean): YtdCell {
  const currency = currencyOf(figures);
  const opening = openingOf(figures, of);
  const format = (amount: bigint) => formatMoney(amount, currency, { symbol: false });
  return {
    text: formatMoney(cents + opening, currency, { symbol: false, atLeast }),
    href: null,
    sub: opening === 0n ? undefined : `incl. ${format(opening)} entered`,
  };
}

function cellOf(row: YtdRow, figures: YtdFigures, column: YtdColumn): YtdCell {
  const atLeast = row.coverage.state === "waiting" || row.coverage.state === "lacking";
  const currency = currencyOf(figures);
  const plain = (cents: bigint | null): YtdCell => ({
    text: cents === null ? null : formatMoney(cents, currency, { symbol: false, atLeast }),
    href: null,
  });
  if (column.of === "hours") return { text: formatHours(figures.hours), href: null };
  if (column.of === "compensation") {
    const cents =
      column.label === "Compensation" ? figures.compensation?.cents : figures.compensation?.uncappedCents;
    return plain(cents ?? null);
  }
  if (column.of === "box1") {
    if (row.box1?.kind !== "range" || figures.currency !== "usd")
      return {
        text: null,
        href: null,
        title: row.box1?.kind === "none" ? row.box1.reason : "Only US dollars",
      };
    const high = plain(row.box1.highCents);
    return column.label.endsWith("low") ? { ...plain(row.box1.lowCents), phone: `to ${high.text}` } : high;
  }
  if (column.of === "earnings") {
    const own =
      column.type === undefined
        ? figures.earnings
        : figures.earnings.filter(({ type }) => type === column.type);
    const cents = own.reduce((sum, { amountCents }) => sum + amountCents, 0n);
    if (own.length === 0 && column.type !== undefined) return { text: null, href: null };
    return column.type === undefined ? money(figures, "earnings", cents, atLeast) : plain(cents);
  }
  return money(figures, column.of, amountOf(figures, column.of), atLeast);
}

const coverageWords: Record<YtdRow["coverage"]["state"], string> = {
  complete: "Every run of the period is here",
  since: "Nothing is here from before",
  waiting: "Finch is still fetching the rest",
  lacking: "Statements are missing: these sums are too small",
};

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
    const href = (of: YtdMeasureName, type?: string | null) =>
      drillHref(customerId, row.individualId, query, {
        of,
        currency: figures.currency,
        ...(type === undefined ? {} : { type }),
      });
    const currency = figures.currency === "" ? "currency not given" : figures.currency.toUpperCase();
    return {
      key: `${row.individualId} ${figures.currency}`,
      href: href(
        query.definition === "box1" ? "box1" : query.definition === "plan" ? "compensation" : "gross",
      ),
      name: nameOfRow(row),
      sub: [at > 0 || figures.currency !== "usd" ? `in ${currency}` : "", subOf(row, namesPlaces)]
        .filter(Boolean)
        .join(" · "),
      coverage:
        at > 0
          ? null
          : {
              state: coverage.state,
              text: `${coverage.found} of ${coverage.expected}`,
              title: coverage.state === "since" ? `Since ${coverage.since}` : coverageWords[coverage.state],
            },
      cells: columns.map((column) => ({
        ...cellOf(row, figures, column),
        href: href(column.of, column.type),
      })),
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
  const atLeast = own.some(({ row }) => row.coverage.state === "waiting" || row.coverage.state === "lacking");
  return columns.map((column) => {
    if (column.of === "hours") return null;
    if (column.of === "box1" && own.some(({ row }) => row.box1?.kind !== "range")) return "partial";
    const cents = own.reduce((sum, { row, figures }) => sum + centsOf(row, figures, column), 0n);
    return formatMoney(cents, currency || null, { symbol: false, atLeast });
  });
}

function centsOf(row: YtdRow, figures: YtdFigures, column: YtdColumn): bigint {
  if (column.of === "compensation")
    return (
      (column.label === "Compensation" ? figures.compensation?.cents : figures.compensation?.uncappedCents) ??
      0n
    );
  if (column.of === "box1")
    return row.box1?.kind === "range"
      ? column.label.endsWith("low")
        ? row.box1.lowCents
        : row.box1.highCents
      : 0n;
  if (column.of === "earnings")
    return figures.earnings
      .filter(({ type }) => column.type === undefined || type === column.type)
      .reduce(
        (sum, { amountCents }) => sum + amountCents,
        column.type === undefined ? openingOf(figures, "earnings") : 0n,
      );
  return amountOf(figures, column.of) + openingOf(figures, column.of);
}
