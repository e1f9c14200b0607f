import type { Tx } from "@/db/client";
import { resolvePeople } from "@/db/repositories/mirror-people";
import {
  findStatements,
  insertLines,
  insertStatements,
  reviseStatements,
  touchStatements,
  type LineValues,
  type StatementSource,
  type StatementValues,
} from "@/db/repositories/mirror-statements";
import type { MirrorScope } from "@/db/repositories/raw-records";
import { addTotals, lockTotals, rebuildTotals, totalsYear } from "@/db/repositories/wage-totals";
import type { FinchPayStatement } from "@/lib/finch";
import { loadSuppressions } from "../suppressions";
import { statementDigest, textOf } from "./digest";
import { placeStatements, type Placement } from "./place-statements";

/** A statement with its place among the same person's on its page (0 for the first). */
export interface StatementOnPage {
  nth: number;
  statement: FinchPayStatement;
}

export interface StatementPass extends StatementSource {
  /** When the pass over the payment began. */
  passStartedAt: Date;
}

interface Prepared {
  individualId: string;
  nth: number;
  digest: string;
  statement: FinchPayStatement;
}

/**
 * Writes statements of one page with their lines and totals, in the caller's transaction: new ones, changed ones, and
 * the rest only as seen. Answers that are older than what is there change nothing; erased people are left out; whoever
 * the mirror does not know gets a place without a name. Takes the lock of the connection's totals.
 */
export async function writeStatements(
  tx: Tx,
  scope: MirrorScope,
  pass: StatementPass,
  statements: readonly StatementOnPage[],
): Promise<void> {
  await lockTotals(tx, scope);
  const isSuppressed = await loadSuppressions(tx, scope);
  const allowed = statements.filter(({ statement }) => !isSuppressed(statement.individualId));
  const prepared = await prepare(tx, scope, allowed, pass.fetchedAt);
  const people = [...new Set(prepared.map(({ individualId }) => individualId))];
  const known = await findStatements(tx, scope, pass.paymentId, people);
  const placed = placeStatements(prepared, known, pass).filter(
    (place) => place.known === null || place.known.seenAt <= pass.fetchedAt,
  );
  const same = placed.filter(isSame);
  const changed = placed.filter((place) => place.known !== null && !isSame(place)).map(toRow);
  const created = placed.filter((place) => place.known === null).map(toRow);
  const lines = [...changed, ...created].flatMap((row) => row.lines);
  const values = (rows: readonly StatementRow[]) => rows.map((row) => row.values);
  await touchStatements(tx, scope, pass, same.flatMap(idOf));
  await reviseStatements(tx, scope, pass, values(changed));
  await insertStatements(tx, scope, pass, values(created));
  await insertLines(tx, scope, lines);
  const counted = new Set(placed.filter(wasCounted).flatMap(idOf));
  const revised = changed.filter((row) => counted.has(row.values.id)).map((row) => row.values.individualId);
  const isRevised = new Set(revised);
  const added = [
    ...same
      .filter((place) => !wasCounted(place) && !isRevised.has(place.statement.individualId))
      .flatMap(idOf),
    ...[...changed, ...created]
      .filter(({ values: { id, individualId } }) => !counted.has(id) && !isRevised.has(individualId))
      .map((row) => row.values.id),
  ];
  await addTotals(tx, scope, added);
  const year = totalsYear(pass.payDate);
  await rebuildTotals(
    tx,
    scope,
    [...isRevised].map((individualId) => ({ individualId, year })),
  );
}

type Place = Placement<Prepared>;

const isSame = ({ known, statement }: Place) => known?.digest === statement.digest;
const wasCounted = ({ known }: Place) => known !== null && !known.isDeleted;
const idOf = ({ known }: Place) => (known ? [known.id] : []);

async function prepare(
  tx: Tx,
  scope: MirrorScope,
  statements: readonly StatementOnPage[],
  fetchedAt: Date,
): Promise<Prepared[]> {
  const finchIds = statements.map(({ statement }) => statement.individualId);
  const people = await resolvePeople(tx, scope, finchIds, fetchedAt);
  return statements.flatMap(({ nth, statement }) => {
    const individualId = people.get(statement.individualId);
    if (individualId === undefined) return [];
    return [{ individualId, nth, digest: statementDigest(statement), statement }];
  });
}

interface StatementRow {
  values: StatementValues;
  lines: LineValues[];
}

function toRow({ statement: { individualId, digest, statement }, ordinal, known }: Place): StatementRow {
  const id = known?.id ?? crypto.randomUUID();
  const { type, paymentMethod, totalHours, grossPay, netPay, nullCategories, extra } = statement;
  return {
    values: {
      ...{ id, individualId, ordinal, type, paymentMethod, totalHours, extra, digest },
      nullCategories: [...nullCategories].sort(),
      grossPayCents: textOf(grossPay?.amountCents ?? null),
      grossPayCurrency: grossPay?.currency ?? null,
      netPayCents: textOf(netPay?.amountCents ?? null),
      netPayCurrency: netPay?.currency ?? null,
    },
    lines: statement.lines.map(({ amountCents, ...line }, place) => ({
      ...line,
      s: id,
      i: individualId,
      ordinal: place,
      cents: textOf(amountCents),
    })),
  };
}
