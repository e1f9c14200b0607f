import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { MirrorScope } from "./raw-records";

/** What an empty answer would take away. */
export type HoldProduct =
  "directory" | "pay_groups" | "payments" | "pay_statements" | "benefits" | "documents";

interface EmptyAnswer {
  product: HoldProduct;
  /** Finch's id of the payment or benefit whose content is gone; '' for a whole list. */
  finchId?: string;
  /** Rows that would go. */
  rows: number;
  runId: string;
  requestId: string | null;
}

/**
 * Notes that Finch gave nothing where there was data; true once a person accepted that, and then the rows may
 * be deleted (DOMAIN 1.3). There is one open hold for a place: a second empty answer renews it.
 */
export async function holdRows(tx: Tx, scope: MirrorScope, empty: EmptyAnswer): Promise<boolean> {
  const [hold] = await tx.execute<{ accepted: boolean }>(sql`
    insert into sync_holds (customer_id, connection_id, entity_id, product, finch_id, rows, run_id, request_id)
    values (${scope.customerId}::uuid, ${scope.connectionId}::uuid, ${scope.entityId}, ${empty.product},
      ${empty.finchId ?? ""}, ${empty.rows}, ${empty.runId}::uuid, ${empty.requestId})
    on conflict (customer_id, connection_id, entity_id, product, finch_id) where resolved_at is null do update
      set rows = excluded.rows, run_id = excluded.run_id, request_id = excluded.request_id
    returning accepted_at is not null as accepted`);
  return hold?.accepted ?? false;
}

/** Ends the open hold of a place: its data came back, or was deleted with a person's word. */
export async function resolveHold(
  tx: Tx,
  scope: MirrorScope,
  product: HoldProduct,
  finchId = "",
): Promise<void> {
  await tx.execute(sql`
    update sync_holds set resolved_at = clock_timestamp()
    where customer_id = ${scope.customerId}::uuid and connection_id = ${scope.connectionId}::uuid
      and entity_id = ${scope.entityId} and product = ${product} and finch_id = ${finchId} and resolved_at is null`);
}

/** Ends the open holds of several places. */
export async function resolveHolds(
  tx: Tx,
  scope: MirrorScope,
  product: HoldProduct,
  finchIds: readonly string[],
): Promise<void> {
  if (finchIds.length === 0) return;
  await tx.execute(sql`
    update sync_holds h set resolved_at = clock_timestamp()
    from jsonb_array_elements_text(${JSON.stringify(finchIds)}::jsonb) as x (id)
    where h.customer_id = ${scope.customerId}::uuid and h.connection_id = ${scope.connectionId}::uuid
      and h.entity_id = ${scope.entityId} and h.product = ${product} and h.finch_id = x.id and h.resolved_at is null`);
}
