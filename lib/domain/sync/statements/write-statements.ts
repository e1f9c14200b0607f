import type { Tx } from "@/db/client";
import { resolvePeople } from "@/db/repositories/mirror-people";
import {
  findStatements,
  insertLines,
  insertStatements,
  reviseStatements,
  totalsDigests,
  touchStatements,
  type LineValues,
  type StatementValues,
} from "@/db/repositories/mirror-statements";
import type { MirrorScope } from "@/db/repositories/raw-records";
import { addToDays, takeFromDays } from "@/db/repositories/wage-day-sums";
import { addTotals, lockTotals, rebuildTotals, totalsYear } from "@/db/repositories/wage-totals";
import { addingUp } from "@/lib/domain/payroll/identities";
import type { FinchPayStatement } from "@/lib/finch";
import { loadSuppressions } from "../suppressions";
import { sumsOfLines } from "./sums-of-lines";
import { statementDigest, textOf } from "./digest";
import { placeStatements, type PlacedOnPage, type Placement } from "./place-statements";

/** A statement of a page that was read. */
export interface StatementOnPage extends Omit<PlacedOnPage, "individualId"> {
  /** The payment's. */
  payDate: string | null;
  statement: FinchPayStatement;
}

interface Prepared extends StatementOnPage {
  individualId: string;
  digest: string;
}
type Place = Placement<Prepared>;

/**
 * Writes statements of one answer with their lines and totals, in the caller's transaction: new ones, changed ones, and
 * the rest only as seen. Where something newer is there, nothing changes; erased people are left out; whoever the mirror
 * does not know gets a place without a name. Takes the lock of the connection's totals.
 */
export async function writeStatements(
  tx: Tx,
  scope: MirrorScope,
  statements: readonly StatementOnPage[],
  fetchedAt: Date,
): Promise<void> {
  if (statements.length === 0) return;
  await lockTotals(tx, scope);
  const prepared = await prepare(tx, scope, statements, fetchedAt);
  const known = await findStatements(
    tx,
    scope,
    distinct(prepared, "paymentId"),
    distinct(prepared, "individualId"),
  );
  const placed = placeStatements(prepared, known).filter(
    (place) => !place.known || place.known.seenAt <= fetchedAt,
  );
  const same = placed.filter((place) => place.known?.digest === place.statement.digest);
  const changed = placed.filter((place) => place.known && place.known.digest !== place.statement.digest);
  const created = placed.filter((place) => !place.known);
  const keepTotals = await watchTotals(tx, scope, changed.filter(wasCounted));
  await touchStatements(
    tx,
    scope,
    same.flatMap(({ known: row, statement: { pageOffset } }) => (row ? [{ id: row.id, pageOffset }] : [])),
    fetchedAt,
  );
  const [changedRows, createdRows] = [changed.map(toRow), created.map(toRow)];
  await reviseStatements(tx, scope, changedRows.map(valuesOf), fetchedAt);
  await insertStatements(tx, scope, createdRows.map(valuesOf), fetchedAt);
  await insertLines(
    tx,
    scope,
    [...changedRows, ...createdRows].flatMap((row) => row.lines),
  );
  const added = [...same, ...changed].filter((place) => !wasCounted(place));
  await keepTotals([
    ...added.map((place) => ({ id: place.known?.id ?? "", place })),
    ...created.map((place, index) => ({ id: createdRows[index]?.values.id ?? "", place })),
  ]);
}

const wasCounted = ({ known }: Place) => known !== null && !known.isDeleted;
const distinct = (rows: readonly Prepared[], key: "paymentId" | "individualId") => [
  ...new Set(rows.map((row) => row[key])),
];
const keyOf = ({ statement: { individualId, payDate } }: Place) => ({
  individualId,
  year: totalsYear(payDate),
});

/**
 * Looks at statements before they change; what it gives then keeps the totals: pure additions are added, and the years of
 * people of whom something that counts has changed are made anew.
 */
async function watchTotals(tx: Tx, scope: MirrorScope, changing: readonly Place[]) {
  const ids = changing.flatMap(({ known }) => (known ? [known.id] : []));
  const before = await totalsDigests(tx, scope, ids);
  await takeFromDays(tx, scope, ids);
  return async (added: readonly { id: string; place: Place }[]) => {
    const after = await totalsDigests(tx, scope, ids);
    const differs = ({ known }: Place) => before.get(known?.id ?? "") !== after.get(known?.id ?? "");
    const rebuilt = changing.filter(differs).map(keyOf);
    const years = new Set(rebuilt.map(({ individualId, year }) => `${individualId} ${year}`));
    const isApart = ({ place }: { place: Place }) => {
      const { individualId, year } = keyOf(place);
      return !years.has(`${individualId} ${year}`);
    };
    await addTotals(
      tx,
      scope,
      added.filter(isApart).map(({ id }) => id),
    );
    await rebuildTotals(tx, scope, rebuilt);
    await addToDays(tx, scope, [...ids, ...added.map(({ id }) => id)]);
  };
}

async function prepare(
  tx: Tx,
  scope: MirrorScope,
  statements: readonly StatementOnPage[],
  fetchedAt: Date,
): Promise<Prepared[]> {
  const isSuppressed = await loadSuppressions(tx, scope);
  const allowed = statements.filter(({ statement }) => !isSuppressed(statement.individualId));
  const finchIds = allowed.map(({ statement }) => statement.individualId);
  const people = await resolvePeople(tx, scope, finchIds, fetchedAt);
  return allowed.flatMap((row) => {
    const individualId = people.get(row.statement.individualId);
    if (individualId === undefined) return [];
    return [{ ...row, individualId, digest: statementDigest(row.statement) }];
  });
}

interface StatementRow {
  values: StatementValues;
  lines: LineValues[];
}

const valuesOf = (row: StatementRow) => row.values;

function toRow({ statement: prepared, ordinal, known }: Place): StatementRow {
  const id = known?.id ?? crypto.randomUUID();
  const { paymentId, individualId, pageOffset, digest, statement } = prepared;
  const { type, paymentMethod, totalHours, grossPay, netPay, nullCategories, extra } = statement;
  return {
    values: {
      ...{ id, paymentId, individualId, ordinal, pageOffset, digest },
      ...{ type, paymentMethod, totalHours, extra },
      nullCategories: [...nullCategories].sort(),
      grossPayCents: textOf(grossPay?.amountCents ?? null),
      grossPayCurrency: grossPay?.currency ?? null,
      netPayCents: textOf(netPay?.amountCents ?? null),
      netPayCurrency: netPay?.currency ?? null,
      ...sumsOfLines(statement),
      ...addingUp({ gross: grossPay, net: netPay, lines: statement.lines, nullCategories }),
    },
    lines: statement.lines.map(({ amountCents, ...line }, place) => ({
      ...line,
      ...{ s: id, i: individualId, ordinal: place, cents: textOf(amountCents) },
    })),
  };
}
