import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { MirrorScope } from "./raw-records";

export interface DocumentValues {
  finchId: string;
  /** Our id; null where Finch names nobody. */
  individualId: string | null;
  type: string | null;
  year: number | null;
}

const at = (time: Date) => sql`${time.toISOString()}::timestamptz`;
const ownRow = (scope: MirrorScope, id: string) =>
  sql`d.customer_id = ${scope.customerId}::uuid and d.connection_id = ${scope.connectionId}::uuid and d.id = ${id}::uuid`;

/**
 * Writes the list of documents; one that became another has to be read again, and keeps nothing of somebody else. Older
 * answers change nothing.
 */
export async function upsertDocuments(
  tx: Tx,
  scope: MirrorScope,
  documents: readonly DocumentValues[],
  fetchedAt: Date,
): Promise<void> {
  if (documents.length === 0) return;
  await tx.execute(sql`
    insert into documents as d (customer_id, connection_id, entity_id, finch_document_id, individual_id, type, year, fetched_at)
    select ${scope.customerId}::uuid, ${scope.connectionId}::uuid, ${scope.entityId}, x."finchId", x."individualId", x.type,
      x.year, ${at(fetchedAt)}
    from jsonb_to_recordset(${JSON.stringify(documents)}::jsonb) as x ("finchId" text, "individualId" uuid, type text, year int)
    on conflict (customer_id, connection_id, entity_id, finch_document_id) do update
      set individual_id = excluded.individual_id, type = excluded.type, year = excluded.year, fetched_at = excluded.fetched_at,
        content = case when d.individual_id is not distinct from excluded.individual_id then d.content end,
        content_fetched_at = case when d.deleted_at is null and (d.individual_id, d.type, d.year)
          is not distinct from (excluded.individual_id, excluded.type, excluded.year) then d.content_fetched_at end,
        deleted_at = null
      where d.fetched_at <= excluded.fetched_at`);
}

/** Finch's id of the person whose form it is by the list; null where it names nobody. */
export async function findDocumentPerson(tx: Tx, scope: MirrorScope, id: string): Promise<string | null> {
  const [row] = await tx.execute<{ finchId: string }>(sql`
    select i.finch_individual_id as "finchId" from documents d
    join individuals i on i.customer_id = d.customer_id and i.id = d.individual_id where ${ownRow(scope, id)}`);
  return row?.finchId ?? null;
}

/** Writes a form's data unless a newer answer is there. */
export async function updateDocumentContent(
  tx: Tx,
  scope: MirrorScope,
  id: string,
  content: unknown,
  fetchedAt: Date,
): Promise<void> {
  await tx.execute(sql`
    update documents d set content = ${JSON.stringify(content)}::jsonb, content_fetched_at = ${at(fetchedAt)}, content_error = null
    where ${ownRow(scope, id)} and (d.content_fetched_at is null or d.content_fetched_at <= ${at(fetchedAt)})`);
}

/** Keeps why a form could not be read; what was read before stays. */
export async function markDocumentError(
  tx: Tx,
  scope: MirrorScope,
  id: string,
  error: unknown,
): Promise<void> {
  await tx.execute(
    sql`update documents d set content_error = ${JSON.stringify(error)}::jsonb where ${ownRow(scope, id)}`,
  );
}
