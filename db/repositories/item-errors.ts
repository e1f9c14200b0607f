import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { MirrorScope } from "./raw-records";

/** The step whose answer lacked an item. */
export type ItemProduct = "pay_groups" | "pay_statements" | "benefits" | "documents";

export interface ItemErrorValues {
  /** Finch's id of the item; of a person's enrollment `<benefit>/<individual>`. */
  finchId: string;
  /** The person concerned, by our id. */
  individualId?: string | null;
  code: number;
  name: string | null;
  finchCode: string | null;
  message: string | null;
}

const own = (scope: MirrorScope, product: ItemProduct) =>
  sql`e.customer_id = ${scope.customerId}::uuid and e.connection_id = ${scope.connectionId}::uuid
    and e.entity_id = ${scope.entityId} and e.product = ${product}`;

/** Keeps why Finch gave nothing for some items; since when stays. An older answer changes nothing. */
export async function upsertItemErrors(
  tx: Tx,
  scope: MirrorScope,
  product: ItemProduct,
  errors: readonly ItemErrorValues[],
  seenAt: Date,
): Promise<void> {
  if (errors.length === 0) return;
  const rows = JSON.stringify([...new Map(errors.map((error) => [error.finchId, error])).values()]);
  const at = sql`${seenAt.toISOString()}::timestamptz`;
  await tx.execute(sql`
    insert into item_errors as e (customer_id, connection_id, entity_id, product, finch_id, individual_id, code, name,
      finch_code, message, first_seen_at, last_seen_at)
    select ${scope.customerId}::uuid, ${scope.connectionId}::uuid, ${scope.entityId}, ${product}, x."finchId",
      x."individualId", x.code, x.name, x."finchCode", x.message, ${at}, ${at}
    from jsonb_to_recordset(${rows}::jsonb) as x ("finchId" text, "individualId" uuid, code int, name text,
      "finchCode" text, message text)
    on conflict (customer_id, connection_id, entity_id, product, finch_id) do update
      set individual_id = excluded.individual_id, code = excluded.code, name = excluded.name,
        finch_code = excluded.finch_code, message = excluded.message, last_seen_at = excluded.last_seen_at
      where e.last_seen_at <= excluded.last_seen_at`);
}

/** Removes errors of items that came well in an answer asked for at `since` or later. */
export async function clearItemErrors(
  tx: Tx,
  scope: MirrorScope,
  product: ItemProduct,
  finchIds: readonly string[],
  since: Date,
): Promise<void> {
  if (finchIds.length === 0) return;
  await tx.execute(sql`
    delete from item_errors e using jsonb_array_elements_text(${JSON.stringify(finchIds)}::jsonb) as x (id)
    where ${own(scope, product)} and e.finch_id = x.id and e.last_seen_at <= ${since.toISOString()}::timestamptz`);
}

/** Removes every error of a product that a complete pass, begun at `since`, did not meet again. */
export async function clearOldItemErrors(
  tx: Tx,
  scope: MirrorScope,
  product: ItemProduct,
  since: Date,
): Promise<void> {
  await tx.execute(
    sql`delete from item_errors e where ${own(scope, product)} and e.last_seen_at < ${since.toISOString()}::timestamptz`,
  );
}
