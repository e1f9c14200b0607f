import { and, asc, count, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { apiRequests, companies, individuals, syncSteps } from "@/db/schema";
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

export interface RecordCounts {
  company: number;
  individual: number;
  employment: number;
}

/** How many records of each product are held for a connection. Not for staff. */
export async function countRecords(tx: Tx, customerId: string, connectionId: string): Promise<RecordCounts> {
  const [people] = await tx
    .select({
      individual: sql<number>`count(${individuals.individualFetchedAt})::int`,
      employment: sql<number>`count(${individuals.employmentFetchedAt})::int`,
    })
    .from(individuals)
    .where(
      and(
        eq(individuals.customerId, customerId),
        eq(individuals.connectionId, connectionId),
        isNull(individuals.deletedAt),
      ),
    );
  const names = await tx
    .select({ company: count() })
    .from(companies)
    .where(
      and(
        eq(companies.customerId, customerId),
        eq(companies.connectionId, connectionId),
        isNull(companies.deletedAt),
      ),
    );
  return {
    company: names[0]?.company ?? 0,
    individual: people?.individual ?? 0,
    employment: people?.employment ?? 0,
  };
}

/** How many requests for a connection are kept. */
export async function countApiRequests(tx: Tx, customerId: string, connectionId: string): Promise<number> {
  const [row] = await tx
    .select({ requests: count() })
    .from(apiRequests)
    .where(and(eq(apiRequests.customerId, customerId), eq(apiRequests.connectionId, connectionId)));
  return row?.requests ?? 0;
}
