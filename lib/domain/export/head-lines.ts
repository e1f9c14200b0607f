import { formatInstant, zoneName } from "@/lib/format/dates";
import type { CsvCell } from "./csv";
import type { LastExport } from "./last-export";
import type { ExportTable } from "./table";

/** What stands above a table: what it is, of whom, of when, how old its data is and what it lacks. Pure. */

const amountsNote =
  "Decimals of the currency beside them. Amounts of different currencies are never added to each other.";

/**
 * @param comparison null for a whole table; else against which of the reader's exports the changes are
 */
export function headLines<Row>(
  table: ExportTable<Row>,
  comparison: { last: Pick<LastExport, "takenAt" | "comparison"> | null } | null,
): CsvCell[][] {
  const { timeZone: zone, now } = table;
  const hasAmounts = table.columns.some(({ title }) => title === "Currency");
  return [
    [table.title, table.customerName],
    ...table.head.map(([label, value]): CsvCell[] => [label, value]),
    ["Filter", [...table.filter, ...(table.search ? [`search "${table.search}"`] : [])].join("; ") || "none"],
    ["Time zone", `${zone} (${zoneName(now, zone)})`],
    ["Made", `${formatInstant(now, zone, { showZone: true })} (${now.toISOString()})`],
    ...table.sources.map(({ providerName, asOf }): CsvCell[] => [
      "Data as of",
      asOf
        ? `${providerName}: ${formatInstant(asOf, zone, { showZone: true })} (${asOf.toISOString()})`
        : `${providerName}: nothing came yet`,
    ]),
    ...(hasAmounts ? [["Amounts", amountsNote]] : []),
    ...(comparison ? [["Changes since", sinceWords(comparison.last, zone)]] : []),
    ...(table.count === null
      ? []
      : [[comparison ? "Rows compared" : "Rows", { number: String(table.count) }] satisfies CsvCell[]]),
  ];
}

function sinceWords(last: Pick<LastExport, "takenAt" | "comparison"> | null, zone: string): string {
  const at = last?.takenAt ? formatInstant(last.takenAt, zone, { showZone: true }) : null;
  if (!last || at === null)
    return "You have no earlier export of this table with this definition and filter: there is nothing to compare with, every row is told as new.";
  if (last.comparison === "other_columns")
    return `Your last export (${at}) had other columns: it cannot be compared. Every row is told as it is now, and the next export is compared with this one.`;
  return `Your last export, ${at}. Rows that are as they were then are left out.`;
}
