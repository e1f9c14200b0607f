import { and, asc, count, eq, inArray, isNull, sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { companies, individuals, syncSteps } from "@/db/schema";
import type { SyncStepRow } from "./sync-runs";

/** What stands around a connection on its card and its page. */

/** The steps of some runs, in the order in which they happen. */
export async function listStepsOfRuns(
  tx: Tx,
  customerId: string,
  runIds: readonly string[],
): Promise<SyncStepRow[]> {
  if (runIds.length === 0) return [];
  return tx
    .select()
    .from(syncSteps)
    .where(and(eq(syncSteps.customerId, customerId), inArray(syncSteps.runId, [...runIds])))
    .orderBy(asc(syncSteps.ordinal), asc(syncSteps.entityId));
}

/** Requests and failed items of each run. */
export async function sumRuns(
  tx: Tx,
  customerId: string,
  runIds: readonly string[],
): Promise<Map<string, { requests: number; itemErrors: number }>> {
  if (runIds.length === 0) return new Map();
  const rows = await tx
    .select({
      runId: syncSteps.runId,
      requests: sql<number>`sum(${syncSteps.requests})::int`,
      itemErrors: sql<number>`sum(${syncSteps.itemErrors})::int`,
    })
    .from(syncSteps)
    .where(and(eq(syncSteps.customerId, customerId), inArray(syncSteps.runId, [...runIds])))
    .groupBy(syncSteps.runId);
  return new Map(rows.map(({ runId, ...sums }) => [runId, sums]));
}

/** People in the directory of each connection. */
export async function countPeople(
  tx: Tx,
  customerId: string,
  connectionIds: readonly string[],
): Promise<Map<string, number>> {
  if (connectionIds.length === 0) return new Map();
  const rows = await tx
    .select({ connectionId: individuals.connectionId, people: count(individuals.id) })
    .from(individuals)
    .where(
      and(
        eq(individuals.customerId, customerId),
        inArray(individuals.connectionId, [...connectionIds]),
        isNull(individuals.deletedAt),
      ),
    )
    .groupBy(individuals.connectionId);
  return new Map(rows.map((row) => [row.connectionId, row.people]));
}

/** The legal names behind each connection, one an entity. Not for staff, who may not read companies. */
export async function listCompanyNames(
  tx: Tx,
  customerId: string,
  connectionIds: readonly string[],
): Promise<Map<string, string[]>> {
  const names = new Map<string, string[]>();
  if (connectionIds.length === 0) return names;
  const rows = await tx
    .select({ connectionId: companies.connectionId, legalName: companies.legalName })
    .from(companies)
    .where(
      and(
        eq(companies.customerId, customerId),
        inArray(companies.connectionId, [...connectionIds]),
        isNull(companies.deletedAt),
      ),
    )
    .orderBy(asc(companies.entityId));
  for (const { connectionId, legalName } of rows) {
    if (legalName) names.set(connectionId, [...(names.get(connectionId) ?? []), legalName]);
  }
  return names;
}

/** What of a connection's mirror may be counted for a reader. */
export interface CountsAllowed {
  people: boolean;
  pay: boolean;
  deductions: boolean;
  documents: boolean;
}

const kept = (table: string, at: { customerId: string; connectionId: string }) =>
  sql`from ${sql.raw(table)} t where t.customer_id = ${at.customerId}::uuid
    and t.connection_id = ${at.connectionId}::uuid and t.deleted_at is null`;

/** How many records of each product are held for a connection; products that may not be counted are left out. */
export async function countRecords(
  tx: Tx,
  at: { customerId: string; connectionId: string },
  allowed: CountsAllowed,
): Promise<Record<string, number>> {
  const parts: SQL[] = [];
  const add = (product: string, count: SQL, table: string) =>
    parts.push(sql`select ${product}::text as product, ${count}::float8 as records ${kept(table, at)}`);
  if (allowed.people) {
    add("company", sql`count(*)`, "companies");
    add("individual", sql`count(t.individual_fetched_at)`, "individuals");
    add("employment", sql`count(t.employment_fetched_at)`, "individuals");
  }
  if (allowed.pay) {
    add("payment", sql`count(*)`, "payments");
    // Not counted one by one: a large company has millions.
    add("pay_statement", sql`coalesce(sum(t.statements_count), 0)`, "payments");
  }
  if (allowed.deductions) add("benefits", sql`count(*)`, "benefits");
  if (allowed.documents) add("documents", sql`count(*)`, "documents");
  if (parts.length === 0) return {};
  const rows = await tx.execute<{ product: string; records: number }>(sql.join(parts, sql` union all `));
  return Object.fromEntries([...rows].map(({ product, records }) => [product, records]));
}
