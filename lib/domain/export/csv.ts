import { stringify } from "csv-stringify/sync";

/** A cell of an export. Numbers are typed: a minus of theirs is a sign, not a formula. */
export type CsvCell = string | null | { number: string };

const invisible = /^[\p{Z}\p{Cf}\p{Cc}]*/u;
const starters = new Set(["=", "+", "-", "@"]);

/**
 * Whether a spreadsheet could take a text for a formula: it starts with = + - @, also in their full-width
 * and small forms and behind invisible characters, or with a tab, CR or LF (SECURITY 14).
 */
export function isFormulaLike(text: string): boolean {
  if (/^[\t\r\n]/.test(text)) return true;
  const visible = text.replace(invisible, "");
  const [first = ""] = visible.normalize("NFKC");
  return starters.has(first);
}

/** The cell's text, with an apostrophe before what a spreadsheet would run. */
export function guardCell(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell === "object") return cell.number;
  return isFormulaLike(cell) ? `'${cell}` : cell;
}

/** Excel takes a file without this mark for its local encoding, and breaks every accent. */
export const byteOrderMark = "\uFEFF";

/** Lines of a CSV (RFC 4180: CRLF, quotes doubled), every text cell quoted and guarded. */
export function toCsv(rows: readonly (readonly CsvCell[])[]): string {
  return stringify(
    rows.map((row) => row.map(guardCell)),
    { record_delimiter: "\r\n", quoted_match: /[^0-9.-]/, quoted_empty: false },
  );
}
