import { setTimeout as pause } from "node:timers/promises";
import { PassThrough } from "node:stream";
import ExcelJS from "exceljs";
import type { CsvCell } from "./csv";

/** A worksheet as a stream: typed text and typed numbers, never formulas (SECURITY 14). */

export interface SheetLayout {
  /** Name of the sheet's tab. */
  name: string;
  /** Rows above the table. */
  head: readonly (readonly CsvCell[])[];
  titles: readonly string[];
  /** Rows of a sheet at most; Excel's own limit if left out. */
  most?: number;
}

/** Excel's own limits: characters in a cell, rows of a sheet, digits of a number. */
const longestText = 32_767;
const mostRows = 1_048_576;
const mostDigits = 15;

const bold = { font: { bold: true } };
const formats: Record<number, { numFmt: string }> = {};

function formatOf(decimals: number): { numFmt: string } {
  return (formats[decimals] ??= {
    numFmt: decimals === 0 ? "#,##0" : `#,##0.${"0".repeat(decimals)}`,
  });
}

/** Text that XML can hold, and that Excel does not cut. */
function textOf(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .slice(0, longestText);
}

function write(cell: ExcelJS.Cell, value: CsvCell): void {
  if (value === null) return;
  if (typeof value === "string") {
    cell.value = textOf(value);
    return;
  }
  // A figure that a double would round is told as text: to the cent, or not as a number.
  if (value.number.replace(/\D/g, "").replace(/^0+/, "").length > mostDigits) {
    cell.value = value.number;
    return;
  }
  cell.value = Number(value.number);
  cell.style = formatOf(value.number.split(".")[1]?.length ?? 0);
}

function addRow(sheet: ExcelJS.Worksheet, cells: readonly CsvCell[], style?: Partial<ExcelJS.Style>): void {
  const row = sheet.addRow([]);
  cells.forEach((value, at) => {
    const cell = row.getCell(at + 1);
    write(cell, value);
    if (style) cell.style = style;
  });
  row.commit();
}

/** @param number of the sheet: a table that is longer than a sheet goes on on the next one */
function openSheet(
  book: ExcelJS.stream.xlsx.WorkbookWriter,
  { name, head, titles, most = mostRows }: SheetLayout,
  number: number,
): OpenSheet {
  const tab = name
    .replace(/[*?:/\\[\]]/g, " ")
    .slice(0, 25)
    .trim();
  const sheet = book.addWorksheet(number === 1 ? tab : `${tab} (${number})`, {
    views: [{ state: "frozen", ySplit: head.length + 2 }],
  });
  sheet.columns = titles.map((title) => ({ width: Math.min(40, Math.max(12, title.length + 2)) }));
  for (const line of head) addRow(sheet, line);
  addRow(sheet, [""]);
  addRow(sheet, titles, bold);
  return { sheet, left: most - head.length - 2 };
}

interface OpenSheet {
  sheet: ExcelJS.Worksheet;
  /** Rows that still go into it. */
  left: number;
}

/** How the library hands a sheet's XML to the archive; its types leave it out. */
type WithStream = ExcelJS.Worksheet & {
  stream: { pipes: { write(chunk: Uint8Array, done: () => void): void }[] };
};

/** Waits until what was written of a sheet went into the archive: the library itself would keep it all. */
async function drained(sheet: ExcelJS.Worksheet): Promise<void> {
  const [pipe] = (sheet as WithStream).stream.pipes;
  if (!pipe) return pause(0);
  return new Promise((resolve) => pipe.write(new Uint8Array(), resolve));
}

async function fill(
  out: PassThrough,
  layout: SheetLayout,
  batches: AsyncIterable<readonly (readonly CsvCell[])[]>,
  signal: AbortSignal,
): Promise<void> {
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream: out,
    useStyles: true,
    useSharedStrings: false,
    zip: { zlib: { level: 1 } },
  });
  book.creator = "Perch";
  let number = 1;
  let open = openSheet(book, layout, number);
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve());
  });
  for await (const batch of batches) {
    if (signal.aborted) return;
    for (const cells of batch) {
      if (open.left === 0) {
        open.sheet.commit();
        number += 1;
        open = openSheet(book, layout, number);
      }
      addRow(open.sheet, cells);
      open.left -= 1;
    }
    await Promise.race([drained(open.sheet), stopped]);
  }
  if (signal.aborted) return;
  open.sheet.commit();
  await book.commit();
}

/**
 * An XLSX file, piece by piece and no faster than it is read: one sheet, and further ones where a table is longer than
 * a sheet can be. Ending the reading early ends the batches.
 */
export async function* xlsxChunks(
  layout: SheetLayout,
  batches: AsyncIterable<readonly (readonly CsvCell[])[]>,
): AsyncGenerator<Uint8Array, void, void> {
  const out = new PassThrough({ highWaterMark: 65_536 });
  const stop = new AbortController();
  const writing = fill(out, layout, batches, stop.signal).catch((error: unknown) => {
    out.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  try {
    for await (const chunk of out as AsyncIterable<Buffer>) yield new Uint8Array(chunk);
    await writing;
  } finally {
    stop.abort();
    out.destroy();
    await writing;
  }
}
