import { and, eq, getTableColumns, notInArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { apiRequests } from "@/db/schema";
import { beyond, orderBy, type SortKey } from "./keyset";

export type ApiRequestRow = typeof apiRequests.$inferSelect;
type NewApiRequest = Omit<typeof apiRequests.$inferInsert, "id" | "at">;

/** Writes down a request to Finch. */
export async function insertApiRequest(tx: Tx, request: NewApiRequest): Promise<void> {
  await tx.insert(apiRequests).values(request);
}

/** What is no failure: data, and 202, which is neither. */
const fine = ["ok", "pending"];
const keys: SortKey[] = [
  { expression: sql`${apiRequests.at}`, descending: true, type: "timestamptz" },
  { expression: sql`${apiRequests.id}`, descending: true, type: "uuid" },
];

export interface ApiRequestsPage {
  failedOnly: boolean;
  /** The request that the page follows, or that it precedes with `backwards`. */
  from: readonly string[] | null;
  backwards: boolean;
  limit: number;
}

/** A request with its place in the list. */
export type PlacedRequest = ApiRequestRow & { place: string[] };

const ofConnection = (customerId: string, connectionId: string, failedOnly: boolean) =>
  and(
    eq(apiRequests.customerId, customerId),
    eq(apiRequests.connectionId, connectionId),
    failedOnly ? notInArray(apiRequests.outcome, fine) : undefined,
  );

/** A connection's requests, newest first; in reverse order where they are read backwards. */
export async function listApiRequests(
  tx: Tx,
  customerId: string,
  connectionId: string,
  { failedOnly, from, backwards, limit }: ApiRequestsPage,
): Promise<PlacedRequest[]> {
  const rows = await tx
    .select({ ...getTableColumns(apiRequests), order: sql<string>`${apiRequests.at}::text` })
    .from(apiRequests)
    .where(
      and(
        ofConnection(customerId, connectionId, failedOnly),
        from === null ? undefined : beyond(keys, from, backwards),
      ),
    )
    .orderBy(orderBy(keys, backwards))
    .limit(limit);
  return rows.map(({ order, ...row }) => ({ ...row, place: [order, row.id] }));
}

/** How many requests for a connection are kept, and how many of them failed. */
export async function countApiRequests(
  tx: Tx,
  customerId: string,
  connectionId: string,
): Promise<{ all: number; failed: number }> {
  const [row] = await tx
    .select({
      all: sql<number>`count(*)::int`,
      failed: sql<number>`(count(*) filter (where ${notInArray(apiRequests.outcome, fine)}))::int`,
    })
    .from(apiRequests)
    .where(ofConnection(customerId, connectionId, false));
  return row ?? { all: 0, failed: 0 };
}

/**
 * Since when Finch's own updates fail, by endpoint: the first failed attempt after the last one that worked, as far
 * as requests are kept. Endpoints whose last attempt worked are not in it.
 */
export async function listFailingSince(
  tx: Tx,
  customerId: string,
  connectionId: string,
): Promise<Map<string, Date>> {
  const rows = await tx.execute<{ endpoint: string; since: string }>(sql`
    select a.endpoint, min(a.last_attempt_at) as since
    from (
      select r.endpoint, r.at, r.last_attempt_at, r.last_attempt_result,
        max(r.at) filter (where r.last_attempt_result = 'success') over (partition by r.endpoint) as worked_at
      from api_requests r
      where r.customer_id = ${customerId}::uuid and r.connection_id = ${connectionId}::uuid
        and r.last_attempt_result is not null
    ) a
    where a.last_attempt_result <> 'success' and a.last_attempt_at is not null and a.at > coalesce(a.worked_at, '-infinity')
    group by a.endpoint`);
  return new Map([...rows].map(({ endpoint, since }) => [endpoint, new Date(since)]));
}
