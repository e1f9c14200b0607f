import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { MirrorScope } from "./raw-records";

export interface PayGroupValues {
  finchId: string;
  name: string | null;
  payFrequencies: string[] | null;
}

const at = (time: Date) => sql`${time.toISOString()}::timestamptz`;

/** Writes the list of pay groups; who is in them stays. An older answer changes nothing. */
export async function upsertPayGroups(
  tx: Tx,
  scope: MirrorScope,
  groups: readonly PayGroupValues[],
  fetchedAt: Date,
): Promise<void> {
  if (groups.length === 0) return;
  await tx.execute(sql`
    insert into pay_groups as g (customer_id, connection_id, entity_id, finch_pay_group_id, name, pay_frequencies, fetched_at)
    select ${scope.customerId}::uuid, ${scope.connectionId}::uuid, ${scope.entityId}, x."finchId", x.name,
      x."payFrequencies", ${at(fetchedAt)}
    from jsonb_to_recordset(${JSON.stringify(groups)}::jsonb) as x ("finchId" text, name text, "payFrequencies" text[])
    on conflict (customer_id, connection_id, entity_id, finch_pay_group_id) do update
      set name = excluded.name, pay_frequencies = excluded.pay_frequencies, fetched_at = excluded.fetched_at, deleted_at = null
      where g.fetched_at <= excluded.fetched_at`);
}

/** Writes who is in a pay group, by Finch's ids, unless a newer answer is there. */
export async function updatePayGroupMembers(
  tx: Tx,
  scope: MirrorScope,
  id: string,
  individualIds: readonly string[] | null,
  fetchedAt: Date,
): Promise<void> {
  await tx.execute(sql`
    update pay_groups g set members_fetched_at = ${at(fetchedAt)},
      individual_ids = (select x.ids from jsonb_to_record(${JSON.stringify({ ids: individualIds })}::jsonb) as x (ids text[]))
    where g.customer_id = ${scope.customerId}::uuid and g.connection_id = ${scope.connectionId}::uuid and g.id = ${id}::uuid
      and (g.members_fetched_at is null or g.members_fetched_at <= ${at(fetchedAt)})`);
}
