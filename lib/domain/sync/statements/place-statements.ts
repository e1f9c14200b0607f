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
 * Gives each statement of a page its ordinal: the first ones that no other page of its pass holds for the person. A
 * page that is read again, because a worker died in it, puts everything in the same places. Pure.
 */
export function placeStatements<T extends PlacedOnPage>(
  statements: readonly T[],
  known: readonly KnownStatement[],
): Placement<T>[] {
  const keyOf = (row: { paymentId: string; individualId: string }) => `${row.paymentId} ${row.individualId}`;
  const byPerson = Map.groupBy(known, keyOf);
  return statements.map((statement) => {
    const rows = byPerson.get(keyOf(statement)) ?? [];
    const elsewhere = rows.filter(
      (row) =>
        !row.isDeleted && row.seenAt >= statement.passStartedAt && row.pageOffset !== statement.pageOffset,
    );
    const ordinal = nthFree(statement.nth, new Set(elsewhere.map((row) => row.ordinal)));
    return { statement, ordinal, known: rows.find((row) => row.ordinal === ordinal) ?? null };
  });
}

function nthFree(n: number, taken: ReadonlySet<number>): number {
  let ordinal = 0;
  for (let free = 0; free < n || taken.has(ordinal); ordinal += 1) if (!taken.has(ordinal)) free += 1;
  return ordinal;
}
