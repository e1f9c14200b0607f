import { z } from "zod";

/**
 * A row's place in a list that is read in pages: an instant as PostgreSQL writes it, and what tells rows of one
 * instant apart. It comes back in an address, so anything may stand there.
 */
const instant = /^((?!0000)\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d{1,6})?[+-](0\d|1[0-4])(:[0-5]\d)?$/;
/** No NUL: PostgreSQL's text has none. */
export const anyText = /^[^\0]+$/;
export const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const separator = "~";

/** One that exists: JavaScript reads 30 February as 2 March, PostgreSQL as an error. */
function isInstant(text: string): boolean {
  const [, day, time] = instant.exec(text) ?? [];
  if (day === undefined || time === undefined) return text === "-infinity";
  const date = new Date(`${day}T${time}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${day}T${time}`);
}

function split(text: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** A place as it comes from outside; null where it is none. `rest` says what tells rows of one instant apart. */
export const placeInput = (rest: RegExp) =>
  z
    .string()
    .max(300)
    .transform(split)
    .refine((parts) => parts.length === 2 && isInstant(parts[0] ?? "") && rest.test(parts[1] ?? ""))
    .nullable()
    .catch(null)
    .default(null);

export const writePlace = (place: readonly string[]): string => place.join(separator);

export interface Page<Row> {
  rows: Row[];
  /** Places of the neighbouring pages. */
  newer: string | null;
  older: string | null;
}

interface PageOptions<Row> {
  after: string[] | null;
  before: string[] | null;
  size: number;
  read: (from: string[] | null, backwards: boolean, limit: number) => Promise<Row[]>;
  placeOf: (row: Row) => readonly string[];
}

/** Reads one row more than a page has, to know whether another one follows. */
export async function readPage<Row>({
  after,
  before,
  size,
  read,
  placeOf,
}: PageOptions<Row>): Promise<Page<Row>> {
  const backwards = before !== null;
  const found = await read(before ?? after, backwards, size + 1);
  const rows = found.slice(0, size);
  if (backwards) rows.reverse();
  const more = found.length > size;
  const [first, last] = [rows[0], rows.at(-1)];
  const hasNewer = backwards ? more : after !== null;
  const hasOlder = backwards || more;
  return {
    rows,
    newer: hasNewer && first ? writePlace(placeOf(first)) : null,
    older: hasOlder && last ? writePlace(placeOf(last)) : null,
  };
}
