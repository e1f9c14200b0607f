import type { Tx } from "@/db/client";
import type { CsvCell } from "./csv";
import type { ExportRow, LastExport } from "./last-export";

/** What became of rows since a person's last export of them. */

export const changeTitles = ["Change", "Changed columns"] as const;

export interface ChangeCounts {
  new: number;
  changed: number;
  vanished: number;
}

const text = (cell: CsvCell | undefined) => JSON.stringify(cell ?? null);

/** The columns in which two versions of a row differ. Pure. */
export function changedColumns(
  titles: readonly string[],
  before: readonly CsvCell[],
  after: readonly CsvCell[],
): string[] {
  return titles.filter((_, at) => text(before[at]) !== text(after[at]));
}

/** A row's versions as lines of the file: one where it is new, before and after where it changed, none where it did not. */
export function toChangeLines(
  titles: readonly string[],
  before: readonly CsvCell[] | undefined,
  after: readonly CsvCell[],
): CsvCell[][] {
  if (!before) return [["new", null, ...after]];
  const changed = changedColumns(titles, before, after);
  if (changed.length === 0) return [];
  const names = changed.join(", ");
  return [
    ["changed: before", names, ...before],
    ["changed: after", names, ...after],
  ];
}

interface Compared {
  last: LastExport;
  titles: readonly string[];
  counts: ChangeCounts;
}

/** Lines of one batch; rows that cannot be compared are told as that. */
export async function compareRows(
  tx: Tx,
  { last, titles, counts }: Compared,
  rows: readonly ExportRow[],
): Promise<CsvCell[][]> {
  if (last.comparison === "other_columns") return rows.map(({ cells }) => ["not compared", null, ...cells]);
  const before = await last.cellsOf(
    tx,
    rows.map(({ key }) => key),
  );
  return rows.flatMap((row) => {
    const lines = toChangeLines(titles, before.get(row.key), row.cells);
    if (lines.length === 1) counts.new += 1;
    if (lines.length === 2) counts.changed += 1;
    return lines;
  });
}

/** Lines of rows that are no longer there. */
export async function* vanishedLines(
  { last, counts }: Omit<Compared, "titles">,
  limit: number,
): AsyncGenerator<CsvCell[][], void, void> {
  if (last.comparison !== "comparable") return;
  for await (const rows of last.vanished(limit)) {
    counts.vanished += rows.length;
    yield rows.map((cells) => ["vanished", null, ...cells]);
  }
}
