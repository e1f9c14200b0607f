import type { KnownStatement } from "@/db/repositories/mirror-statements";

/** A statement of a page, by its place among the same person's on that page (0 for the first). */
export interface PlacedOnPage {
  paymentId: string;
  individualId: string;
  pageOffset: number;
  nth: number;
  /** When the pass over the payment began: what was seen before belongs to an older one. */
  passStartedAt: Date;
}

export interface Placement<T> {
  statement: T;
  ordinal: number;
  /** What stands there now. */
  known: KnownStatement | null;
}

/**
 * Gives each statement of a pass its ordinal: the first ones that no other page of the pass holds for the person. A page
 * that is read again, because a worker died in it, puts everything in the same places. Pure.
 */
export function placeStatements<T extends PlacedOnPage>(
  statements: readonly T[],
  known: readonly KnownStatement[],
): Placement<T>[] {
  const keyOf = (row: { paymentId: string; individualId: string }) => `${row.paymentId} ${row.individualId}`;
  const byPerson = Map.groupBy(known, keyOf);
  /** Of a person in a payment: ordinals that the pass has given, with their pages. */
  const given = new Map<string, Map<number, number>>();
  return statements.map((statement) => {
    const key = keyOf(statement);
    const rows = byPerson.get(key) ?? [];
    const pages = given.get(key) ?? new Map(seenInPass(rows, statement.passStartedAt));
    const elsewhere = [...pages].filter(([, page]) => page !== statement.pageOffset);
    const ordinal = nthFree(statement.nth, new Set(elsewhere.map(([taken]) => taken)));
    given.set(key, pages.set(ordinal, statement.pageOffset));
    return { statement, ordinal, known: rows.find((row) => row.ordinal === ordinal) ?? null };
  });
}

const seenInPass = (rows: readonly KnownStatement[], since: Date) =>
  rows
    .filter((row) => !row.isDeleted && row.seenAt >= since)
    .map((row) => [row.ordinal, row.pageOffset] as const);

function nthFree(n: number, taken: ReadonlySet<number>): number {
  let ordinal = 0;
  for (let free = 0; free < n || taken.has(ordinal); ordinal += 1) if (!taken.has(ordinal)) free += 1;
  return ordinal;
}
