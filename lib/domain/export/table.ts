import { z } from "zod";
import type { CsvCell } from "./csv";

/** What a table of a page is, for files of it. */

export const ExportFormat = z.enum(["csv", "xlsx"]);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** How a table is wanted: in which format, and whole or only what changed since the reader's last export of it. */
export const ExportWish = z.strictObject({
  format: ExportFormat.default("csv"),
  changes: z.boolean().default(false),
});
export type ExportWish = z.input<typeof ExportWish>;

export const exportKinds = [
  "payments",
  "statements",
  "ytd",
  "ytd_lines",
  "pay_items",
  "documents",
  "pay_groups",
  "pay_calendars",
] as const;
export type ExportKind = (typeof exportKinds)[number];

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
  kind: ExportKind;
  /** What the table is of, where there is one for each: an id. */
  place?: string;
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
  sources: readonly { providerName: string; asOf: Date | null }[];
  /** Connections whose rows the reader may see now. */
  visible: readonly string[];
  /** All that decides which rows these are, and what their figures mean; days that go on by themselves left out. */
  asked: unknown;
  /** Rows that there are. */
  count: number;
  columns: readonly ExportColumn<Row>[];
  identify(row: Row): RowIdentity;
  /** The rows in the order of the page, a bounded number at a time. */
  batches(): AsyncIterable<readonly Row[]>;
}
