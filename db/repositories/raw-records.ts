import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

export type RawKind =
  | "introspect"
  | "company"
  | "directory"
  | "individual"
  | "employment"
  | "pay_group"
  | "payment"
  | "benefit"
  | "enrollment"
  | "document";

export interface MirrorScope {
  customerId: string;
  connectionId: string;
  /** '' where the connection has a single entity. */
  entityId: string;
}

/** Keeps Finch's answers after scrub(); an older answer than the one kept changes nothing. */
export async function upsertRawRecords(
  tx: Tx,
  scope: MirrorScope,
  kind: RawKind,
  records: readonly { finchId: string; raw: unknown }[],
  fetchedAt: Date,
): Promise<void> {
  if (records.length === 0) return;
  const rows = JSON.stringify(records.map(({ finchId, raw }) => ({ finch_id: finchId, raw })));
  await tx.execute(sql`
    insert into raw_records (customer_id, connection_id, entity_id, kind, finch_id, raw, fetched_at, version)
    select ${scope.customerId}::uuid, ${scope.connectionId}::uuid, ${scope.entityId}, ${kind}, x.finch_id, x.raw,
      ${fetchedAt.toISOString()}::timestamptz, 1
    from jsonb_to_recordset(${rows}::jsonb) as x (finch_id text, raw jsonb)
    on conflict (customer_id, connection_id, entity_id, kind, finch_id) do update
      set raw = excluded.raw, fetched_at = excluded.fetched_at,
        version = raw_records.version + (raw_records.raw is distinct from excluded.raw)::int
      where raw_records.fetched_at <= excluded.fetched_at`);
}
