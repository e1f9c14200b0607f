import { and, asc, eq, isNull, sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { openingBalances } from "@/db/schema";
import { uuids } from "./uuids";

/** What administrators say was paid before the mirror begins (DOMAIN 1.5). Amounts are minor units. */

export type OpeningRow = Omit<typeof openingBalances.$inferSelect, "customerId">;

export type OpeningValues = Pick<
  OpeningRow,
  "currency" | "category" | "type" | "name" | "preTax" | "employer" | "amountCents" | "throughDate" | "note"
>;

const columns = {
  id: openingBalances.id,
  connectionId: openingBalances.connectionId,
  entityId: openingBalances.entityId,
  individualId: openingBalances.individualId,
  year: openingBalances.year,
  currency: openingBalances.currency,
  category: openingBalances.category,
  type: openingBalances.type,
  name: openingBalances.name,
  preTax: openingBalances.preTax,
  employer: openingBalances.employer,
  amountCents: openingBalances.amountCents,
  throughDate: openingBalances.throughDate,
  note: openingBalances.note,
  version: openingBalances.version,
  createdBy: openingBalances.createdBy,
  createdAt: openingBalances.createdAt,
  updatedBy: openingBalances.updatedBy,
  updatedAt: openingBalances.updatedAt,
  removedAt: openingBalances.removedAt,
  removedBy: openingBalances.removedBy,
};

function balances(tx: Tx, customerId: string, condition: SQL) {
  return tx
    .select(columns)
    .from(openingBalances)
    .where(and(eq(openingBalances.customerId, customerId), isNull(openingBalances.removedAt), condition))
    .orderBy(asc(openingBalances.createdAt), asc(openingBalances.id));
}

/** Balances of a calendar year that are in force. */
export function listOpeningBalances(
  tx: Tx,
  customerId: string,
  year: number,
  visible: readonly string[],
): Promise<OpeningRow[]> {
  return balances(
    tx,
    customerId,
    sql`${openingBalances.year} = ${year} and ${openingBalances.connectionId} = any(${uuids(visible)})`,
  );
}

/** One that is in force, locked for a change. */
export async function lockOpeningBalance(tx: Tx, customerId: string, id: string): Promise<OpeningRow | null> {
  const [row] = await balances(tx, customerId, eq(openingBalances.id, id)).for("update");
  return row ?? null;
}

/** Lets one person at a time enter balances of a record: whether one is there already is looked at before a write. */
export async function lockOpeningsOf(tx: Tx, individualId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`opening:${individualId}`}, 0))`);
}

export interface OpeningPlace {
  customerId: string;
  connectionId: string;
  entityId: string;
  individualId: string;
  year: number;
}

export async function insertOpeningBalance(
  tx: Tx,
  place: OpeningPlace,
  values: OpeningValues,
  userId: string | null,
): Promise<string> {
  const [row] = await tx
    .insert(openingBalances)
    .values({ ...place, ...values, createdBy: userId, updatedBy: userId })
    .returning({ id: openingBalances.id });
  if (!row) throw new Error("The balance was not written");
  return row.id;
}

/** Changes one that is locked, or takes it away. */
export async function updateOpeningBalance(
  tx: Tx,
  customerId: string,
  id: string,
  change: Partial<OpeningValues> | "remove",
  userId: string | null,
): Promise<void> {
  const values =
    change === "remove"
      ? { removedAt: sql`now()`, removedBy: userId }
      : { ...change, updatedBy: userId, updatedAt: sql`now()` };
  await tx
    .update(openingBalances)
    .set({ ...values, version: sql`${openingBalances.version} + 1` })
    .where(and(eq(openingBalances.customerId, customerId), eq(openingBalances.id, id)));
}

/** The first pay date of a person in a calendar year, of statements that are there; null where there is none. */
export async function findFirstPayDate(
  tx: Tx,
  customerId: string,
  individualId: string,
  year: number,
): Promise<string | null> {
  const [row] = await tx.execute<{ day: string | null }>(sql`
    select min(s.pay_date)::text as day from pay_statements s where s.customer_id = ${customerId}::uuid
      and s.individual_id = ${individualId}::uuid and s.deleted_at is null
      and s.pay_date between make_date(${year}, 1, 1) and make_date(${year}, 12, 31)`);
  return row?.day ?? null;
}
