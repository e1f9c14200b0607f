import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { MirrorScope } from "./raw-records";

/**
 * Our ids of people whom a payslip, an enrollment or a document names. Somebody who is not in the directory gets
 * a place without a name: it counts as deleted until the directory gives the person.
 */
export async function resolvePeople(
  tx: Tx,
  scope: MirrorScope,
  finchIds: readonly string[],
  fetchedAt: Date,
): Promise<Map<string, string>> {
  const wanted = JSON.stringify([...new Set(finchIds)]);
  const known = await findPeople(tx, scope, wanted);
  if (finchIds.every((id) => known.has(id))) return known;
  await tx.execute(sql`
    insert into individuals (customer_id, connection_id, entity_id, finch_individual_id, fetched_at, deleted_at)
    select ${scope.customerId}::uuid, ${scope.connectionId}::uuid, ${scope.entityId}, x.id,
      ${fetchedAt.toISOString()}::timestamptz, ${fetchedAt.toISOString()}::timestamptz
    from jsonb_array_elements_text(${wanted}::jsonb) as x (id)
    on conflict (customer_id, connection_id, entity_id, finch_individual_id) do nothing`);
  return findPeople(tx, scope, wanted);
}

async function findPeople(tx: Tx, scope: MirrorScope, wanted: string): Promise<Map<string, string>> {
  const rows = await tx.execute<{ id: string; finchId: string }>(sql`
    select i.id, i.finch_individual_id as "finchId"
    from individuals i join jsonb_array_elements_text(${wanted}::jsonb) as x (id) on i.finch_individual_id = x.id
    where i.customer_id = ${scope.customerId}::uuid and i.connection_id = ${scope.connectionId}::uuid
      and i.entity_id = ${scope.entityId}`);
  return new Map(rows.map((row) => [row.finchId, row.id]));
}
