import { z } from "zod";
import type { CsvCell } from "./csv";
import type { Selection } from "./selection";

/** What a table of a page is, for files of it. */

export const ExportFormat = z.enum(["csv", "xlsx"]);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** How a table is wanted: in which format, and whole or only what changed since the reader's last export of it. */
export const ExportWish = z.strictObject({
  format: ExportFormat.default("csv"),
  changes: z.boolean().default(false),
});
export type ExportWish = z.input<typeof ExportWish>;

export interface ExportColumn<Row> {
  title: string;
  cell(row: Row): CsvCell;
}

/** What a row is of: the same row has the same key in the next export. */
export interface RowIdentity {
  key: string;
  connectionId: string;
  /** Whose it is: with the person's erasure the row leaves the reader's last export. */
  individualId: string | null;
}

/** A line above the table: what it says, and of what. */
export type HeadLine = readonly [label: string, value: string];

export interface ExportTable<Row> {
  /** All that decides which rows these are, and what their figures mean. */
  selection: Selection;
  /** The part of the file's name that says what it holds. */
  slug: string;
  /** What it is called above the table and on the sheet. */
  title: string;
  customerName: string;
  timeZone: string;
  /** The database's clock. */
  now: Date;
  /** Definition, period, as-of date and completeness. */
  head: readonly HeadLine[];
  /** What the rows are narrowed to, in words, and the words that were searched for. */
  filter: readonly string[];
  search?: string;
  sources: readonly { providerName: string; asOf: Date | null }[];
  /** Connections whose rows the reader may see now. */
  visible: readonly string[];
  /** Rows that there are; null where only reading all of them could tell. */
  count: number | null;
  columns: readonly ExportColumn<Row>[];
  /** Null where rows are nobody's in particular: then no last export is kept. */
  identify: ((row: Row) => RowIdentity) | null;
  /** The rows in the order of the page, a bounded number at a time. */
  batches(): AsyncIterable<readonly Row[]>;
}

/** Rows by keyset: each run follows the last row of the one before it. */
export async function* runsOf<Row>(
  limit: number,
  read: (last: Row | null, limit: number) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[], void, void> {
  for (let last: Row | null = null; ;) {
    const rows: readonly Row[] = await read(last, limit);
    if (rows.length > 0) yield rows;
    if (rows.length < limit) return;
    last = rows.at(-1) ?? null;
  }
}

/** Rows that are few enough to be read at once. */
export async function* oneRun<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[], void, void> {
  await Promise.resolve();
  if (rows.length > 0) yield rows;
}
