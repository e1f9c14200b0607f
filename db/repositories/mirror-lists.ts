import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { MirrorScope } from "./raw-records";

/** Tables that mirror a list which Finch gives whole: what a newer list lacks is gone. */
export type ListedTable = "pay_groups" | "benefits" | "documents";

const absent = (scope: MirrorScope, since: Date) =>
  sql`m.customer_id = ${scope.customerId}::uuid and m.connection_id = ${scope.connectionId}::uuid and m.entity_id = ${scope.entityId}
    and m.deleted_at is null and m.fetched_at < ${since.toISOString()}::timestamptz`;

/** How many rows a list asked for at `since` did not give. */
export async function countAbsent(
  tx: Tx,
  scope: MirrorScope,
  table: ListedTable,
  since: Date,
): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(
    sql`select count(*)::int as n from ${sql.identifier(table)} m where ${absent(scope, since)}`,
  );
  return row?.n ?? 0;
}

/** Marks rows that a list asked for at `since` did not give. A late older answer cannot bring them back. */
export async function markAbsent(tx: Tx, scope: MirrorScope, table: ListedTable, since: Date): Promise<void> {
  const at = sql`${since.toISOString()}::timestamptz`;
  await tx.execute(
    sql`update ${sql.identifier(table)} m set deleted_at = ${at}, fetched_at = ${at} where ${absent(scope, since)}`,
  );
}

/** Marks one row that Finch says it does not know. */
export async function markOneGone(
  tx: Tx,
  scope: MirrorScope,
  table: ListedTable,
  id: string,
  at: Date,
): Promise<void> {
  const time = sql`${at.toISOString()}::timestamptz`;
  await tx.execute(sql`
    update ${sql.identifier(table)} m set deleted_at = ${time}, fetched_at = ${time}
    where m.customer_id = ${scope.customerId}::uuid and m.connection_id = ${scope.connectionId}::uuid
      and m.id = ${id}::uuid and m.fetched_at <= ${time}`);
}

const finchIdColumn: Record<ListedTable, string> = {
  pay_groups: "finch_pay_group_id",
  benefits: "finch_benefit_id",
  documents: "finch_document_id",
};

/** Which items are read one by one: of the list asked for at `since`, or those that are not here in whole. */
export type DetailsWanted = { kind: "listed" | "unread"; since: Date } | { kind: "incomplete" };

const unread: Record<ListedTable, string> = {
  pay_groups: "m.members_fetched_at is null",
  benefits: "m.enrollments_fetched_at is null",
  documents: "m.content_fetched_at is null",
};
const failed: Record<ListedTable, string> = {
  pay_groups: `exists (select from item_errors e where e.customer_id = m.customer_id and e.connection_id = m.connection_id
    and e.entity_id = m.entity_id and e.product = 'pay_groups' and e.finch_id = m.finch_pay_group_id)`,
  benefits: "m.enrollments_error is not null",
  documents: "m.content_error is not null",
};

function wantedRows(table: ListedTable, wanted: DetailsWanted) {
  const incomplete = sql.raw(`(${unread[table]} or ${failed[table]})`);
  if (wanted.kind === "incomplete") return incomplete;
  const listed = sql`m.fetched_at >= ${wanted.since.toISOString()}::timestamptz`;
  return wanted.kind === "listed" ? listed : sql`${listed} and ${incomplete}`;
}

/** The first of the items to read after an id of ours, and how many are left. */
export async function nextDetail(
  tx: Tx,
  scope: MirrorScope,
  table: ListedTable,
  wanted: DetailsWanted,
  afterId: string | null,
): Promise<{ left: number; row: { id: string; finchId: string } | null }> {
  const [row] = await tx.execute<{ id: string; finchId: string; left: number }>(sql`
    select m.id, m.${sql.identifier(finchIdColumn[table])} as "finchId", (count(*) over ())::int as "left"
    from ${sql.identifier(table)} m
    where m.customer_id = ${scope.customerId}::uuid and m.connection_id = ${scope.connectionId}::uuid
      and m.entity_id = ${scope.entityId} and m.deleted_at is null and ${wantedRows(table, wanted)}
      and ${afterId === null ? sql`true` : sql`m.id > ${afterId}::uuid`}
    order by m.id limit 1`);
  return row ? { left: row.left, row: { id: row.id, finchId: row.finchId } } : { left: 0, row: null };
}
