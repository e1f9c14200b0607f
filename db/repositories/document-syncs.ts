import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { documentSyncs } from "@/db/schema";
import { uuids } from "./uuids";

/** Asking Finch for W-4 forms, person by person. */

export type DocumentSyncRow = typeof documentSyncs.$inferSelect;
type DocumentSyncPatch = Partial<
  Pick<
    DocumentSyncRow,
    | "status"
    | "startedAt"
    | "finishedAt"
    | "retries"
    | "retryAt"
    | "code"
    | "message"
    | "requestId"
    | "runId"
    | "stoppedBy"
  >
>;

interface ConnectionScope {
  customerId: string;
  connectionId: string;
}

/** Who files a W-4: active people of the directory who are no contractors (IRS: Form W-4). */
const filers = ({ customerId, connectionId }: ConnectionScope) => sql`
  i.customer_id = ${customerId}::uuid and i.connection_id = ${connectionId}::uuid and i.deleted_at is null
    and i.is_active is distinct from false and i.employment_type is distinct from 'contractor'`;
const hasForm = sql`exists (select from documents d where d.customer_id = i.customer_id and d.individual_id = i.id
  and d.deleted_at is null)`;

/** How many people of a connection file a W-4, and of how many of them one is here. */
export async function countFilers(
  tx: Tx,
  scope: ConnectionScope,
): Promise<{ people: number; withForm: number }> {
  const [row] = await tx.execute<{ people: number; withForm: number }>(sql`
    select count(*)::int as people, count(*) filter (where ${hasForm})::int as "withForm"
    from individuals i where ${filers(scope)}`);
  return row ?? { people: 0, withForm: 0 };
}

export type WantedPeople = { kind: "missing" } | { kind: "all" } | { kind: "one"; individualId: string };

/** Adds a request for the forms of some people; null where one is open already. The number of people is its total. */
export async function insertDocumentSync(
  tx: Tx,
  scope: ConnectionScope,
  wanted: WantedPeople,
  requestedBy: string | null,
): Promise<DocumentSyncRow | null> {
  const { customerId, connectionId } = scope;
  const [row] = await tx
    .insert(documentSyncs)
    .values({ customerId, connectionId, requestedBy, total: 0 })
    .onConflictDoNothing()
    .returning();
  if (!row) return null;
  const which = {
    missing: sql`${filers(scope)} and not ${hasForm}`,
    all: filers(scope),
    one: sql`i.customer_id = ${customerId}::uuid and i.connection_id = ${connectionId}::uuid and i.deleted_at is null
      and i.id = ${wanted.kind === "one" ? wanted.individualId : null}::uuid`,
  }[wanted.kind];
  const people = await tx.execute(sql`
    insert into document_sync_people (customer_id, sync_id, individual_id, connection_id)
    select i.customer_id, ${row.id}::uuid, i.id, i.connection_id from individuals i where ${which} returning 1`);
  const total = people.length;
  await tx
    .update(documentSyncs)
    .set({ total })
    .where(and(eq(documentSyncs.customerId, customerId), eq(documentSyncs.id, row.id)));
  return { ...row, total };
}

/** The request of a connection that is not over, or null. */
export async function findOpenDocumentSync(
  tx: Tx,
  { customerId, connectionId }: ConnectionScope,
): Promise<DocumentSyncRow | null> {
  const [row] = await tx
    .select()
    .from(documentSyncs)
    .where(
      and(
        eq(documentSyncs.customerId, customerId),
        eq(documentSyncs.connectionId, connectionId),
        isNull(documentSyncs.finishedAt),
      ),
    );
  return row ?? null;
}

export async function findDocumentSync(
  tx: Tx,
  customerId: string,
  id: string,
): Promise<DocumentSyncRow | null> {
  const [row] = await tx
    .select()
    .from(documentSyncs)
    .where(and(eq(documentSyncs.customerId, customerId), eq(documentSyncs.id, id)));
  return row ?? null;
}

/** The last request of a connection, or null. */
export async function findLastDocumentSync(
  tx: Tx,
  { customerId, connectionId }: ConnectionScope,
): Promise<DocumentSyncRow | null> {
  const [row] = await tx
    .select()
    .from(documentSyncs)
    .where(and(eq(documentSyncs.customerId, customerId), eq(documentSyncs.connectionId, connectionId)))
    .orderBy(desc(documentSyncs.createdAt), desc(documentSyncs.id))
    .limit(1);
  return row ?? null;
}

/** Changes a request that is not over; false where it is, by whomever. */
export async function updateOpenDocumentSync(
  tx: Tx,
  { customerId, id }: Pick<DocumentSyncRow, "customerId" | "id">,
  patch: DocumentSyncPatch,
): Promise<boolean> {
  const rows = await tx
    .update(documentSyncs)
    .set(patch)
    .where(
      and(
        eq(documentSyncs.customerId, customerId),
        eq(documentSyncs.id, id),
        isNull(documentSyncs.finishedAt),
      ),
    )
    .returning({ id: documentSyncs.id });
  return rows.length > 0;
}

export interface PersonToAsk {
  individualId: string;
  finchId: string;
  connectionId: string;
}

const people = (sync: Pick<DocumentSyncRow, "customerId" | "id">) =>
  sql`p.customer_id = ${sync.customerId}::uuid and p.sync_id = ${sync.id}::uuid`;

/** The next people to ask for, by name; those who are gone from the directory are passed over. */
export async function listPeopleToAsk(
  tx: Tx,
  sync: Pick<DocumentSyncRow, "customerId" | "id">,
  limit: number,
): Promise<PersonToAsk[]> {
  const rows = await tx.execute<PersonToAsk & Record<string, unknown>>(sql`
    select p.individual_id as "individualId", i.finch_individual_id as "finchId", p.connection_id as "connectionId"
    from document_sync_people p join individuals i on i.customer_id = p.customer_id and i.id = p.individual_id
    where ${people(sync)} and p.state = 'waiting' order by i.sort_name, i.id limit ${limit}`);
  return [...rows];
}

export interface PersonEnd {
  state: "asked" | "fetched" | "failed";
  finchJobId?: string | null;
  code?: string | null;
  message?: string | null;
  requestId?: string | null;
}

/** Keeps what Finch answered about one person. */
export async function markPerson(
  tx: Tx,
  sync: Pick<DocumentSyncRow, "customerId" | "id">,
  individualId: string,
  { state, finchJobId = null, code = null, message = null, requestId = null }: PersonEnd,
): Promise<void> {
  await tx.execute(sql`
    update document_sync_people p set state = ${state}, finch_job_id = ${finchJobId}, code = ${code}, message = ${message},
      request_id = ${requestId}, asked_at = now()
    where ${people(sync)} and p.individual_id = ${individualId}::uuid`);
}

/**
 * Settles those whose jobs are over at Finch. A job that its list no longer names is over too: what came of it the
 * forms will tell.
 */
export async function settleAsked(
  tx: Tx,
  sync: Pick<DocumentSyncRow, "customerId" | "id">,
  jobs: readonly { id: string; status: string }[],
): Promise<void> {
  await tx.execute(sql`
    update document_sync_people p set state = case when coalesce(j.status, 'complete') = 'complete' then 'fetched' else 'failed' end,
      code = case when j.status <> 'complete' then j.status end
    from document_sync_people q
      left join jsonb_to_recordset(${JSON.stringify(jobs)}::jsonb) as j (id text, status text) on j.id = q.finch_job_id
    where ${people(sync)} and p.state = 'asked' and q.customer_id = p.customer_id and q.sync_id = p.sync_id
      and q.individual_id = p.individual_id and coalesce(j.status, 'complete') not in ('pending', 'in_progress')`);
}

export interface PeopleCounts {
  waiting: number;
  asked: number;
  fetched: number;
  failed: number;
}

export async function countPeopleOf(
  tx: Tx,
  sync: Pick<DocumentSyncRow, "customerId" | "id">,
): Promise<PeopleCounts> {
  const [row] = await tx.execute<PeopleCounts & Record<string, unknown>>(sql`
    select count(*) filter (where p.state = 'waiting')::int as waiting, count(*) filter (where p.state = 'asked')::int as asked,
      count(*) filter (where p.state = 'fetched')::int as fetched, count(*) filter (where p.state = 'failed')::int as failed
    from document_sync_people p where ${people(sync)}`);
  return row ?? { waiting: 0, asked: 0, fetched: 0, failed: 0 };
}

export interface FailedPersonRow {
  individualId: string;
  firstName: string | null;
  lastName: string | null;
  preferredName: string | null;
  code: string | null;
  message: string | null;
}

/** People whose forms Finch did not fetch, by name. */
export async function listFailedPeople(
  tx: Tx,
  sync: Pick<DocumentSyncRow, "customerId" | "id">,
  limit: number,
): Promise<FailedPersonRow[]> {
  const rows = await tx.execute<FailedPersonRow & Record<string, unknown>>(sql`
    select p.individual_id as "individualId", i.first_name as "firstName", i.last_name as "lastName",
      i.preferred_name as "preferredName", p.code, p.message
    from document_sync_people p join individuals i on i.customer_id = p.customer_id and i.id = p.individual_id
    where ${people(sync)} and p.state = 'failed' order by i.sort_name, i.id limit ${limit}`);
  return [...rows];
}

/** Drops what became of people in requests before the last ones: their outcome is in the forms. */
export async function forgetOlderPeople(
  tx: Tx,
  scope: ConnectionScope,
  keep: readonly string[],
): Promise<void> {
  await tx.execute(sql`
    delete from document_sync_people p where p.customer_id = ${scope.customerId}::uuid
      and p.connection_id = ${scope.connectionId}::uuid and p.sync_id <> all(${uuids(keep)})`);
}
