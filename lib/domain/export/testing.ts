import ExcelJS from "exceljs";
import type { ExportFile } from "./run-export";

/** Files of exports read back, by readers that share nothing with the writers. Never imported by the product. */

export interface ReadFile {
  /** Lines above the table, as label and value. */
  head: [string, string][];
  titles: string[];
  /** Cells by title; numbers as they stand in the file. */
  rows: Record<string, string>[];
}

export async function bytesOf({ chunks }: ExportFile): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  return Buffer.concat(pieces);
}

export const textOf = async (file: ExportFile) => (await bytesOf(file)).toString("utf8");

/** A reader of RFC 4180. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    const row = rows.at(-1) ?? [];
    const append = (piece: string) => (row[row.length - 1] = (row.at(-1) ?? "") + piece);
    if (quoted && character === '"' && text[at + 1] === '"') {
      append('"');
      at += 1;
    } else if (character === '"') quoted = !quoted;
    else if (!quoted && character === ",") row.push("");
    else if (!quoted && character === "\r" && text[at + 1] === "\n") {
      at += 1;
      rows.push([""]);
    } else append(character);
  }
  rows.pop();
  return rows;
}

function toFile(lines: readonly string[][]): ReadFile {
  const end = lines.findIndex((cells) => cells.every((cell) => cell === ""));
  const [titles = [], ...rows] = lines.slice(end + 1);
  return {
    head: lines.slice(0, end).map(([label = "", value = ""]) => [label, value]),
    titles,
    rows: rows.map((cells) => Object.fromEntries(titles.map((title, at) => [title, cells[at] ?? ""]))),
  };
}

export async function readCsv(file: ExportFile): Promise<ReadFile> {
  const text = await textOf(file);
  return toFile(parseCsv(text.replace(/^\uFEFF/, "")));
}

/** Also makes sure that no cell is a formula. */
export async function readXlsx(file: ExportFile): Promise<ReadFile & { sheets: string[] }> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(new Uint8Array(await bytesOf(file)).buffer);
  const [first, ...others] = book.worksheets.map((sheet) => {
    const lines: string[][] = [];
    sheet.eachRow({ includeEmpty: true }, (row) => {
      const cells: string[] = [];
      row.eachCell({ includeEmpty: true }, (cell) => {
        if (cell.type === ExcelJS.ValueType.Formula) throw new Error(`${cell.address} is a formula`);
        cells.push(typeof cell.value === "number" ? String(cell.value) : cell.text);
      });
      lines.push(cells);
    });
    return toFile(lines);
  });
  return {
    ...(first ?? { head: [], titles: [], rows: [] }),
    rows: [first, ...others].flatMap((part) => part?.rows ?? []),
    sheets: book.worksheets.map(({ name }) => name),
  };
}
