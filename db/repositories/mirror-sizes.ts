import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

/** How much of an entity is mirrored, by what one request reads of it. */
export interface MirrorSize {
  people: number;
  payGroups: number;
  benefits: number;
  documents: number;
  documentsUnread: number;
}

/** Sizes of the mirror by entity ('' where there is a single one); an entity without anything is left out. */
export async function readMirrorSizes(
  tx: Tx,
  customerId: string,
  connectionId: string,
): Promise<Map<string, MirrorSize>> {
  const part = (table: string, column: string, where = "true") =>
    sql`select entity_id, ${column} as kind, count(*)::int as n from ${sql.identifier(table)}
      where customer_id = ${customerId}::uuid and connection_id = ${connectionId}::uuid and deleted_at is null
        and ${sql.raw(where)} group by entity_id`;
  const rows = await tx.execute<{ entityId: string; kind: keyof MirrorSize; n: number }>(sql`
    select x.entity_id as "entityId", x.kind, x.n from (${part("individuals", "people")}
      union all ${part("pay_groups", "payGroups")} union all ${part("benefits", "benefits")}
      union all ${part("documents", "documents")}
      union all ${part("documents", "documentsUnread", "content_fetched_at is null")}) as x`);
  const sizes = new Map<string, MirrorSize>();
  for (const { entityId, kind, n } of rows) {
    const size = sizes.get(entityId) ?? {
      people: 0,
      payGroups: 0,
      benefits: 0,
      documents: 0,
      documentsUnread: 0,
    };
    sizes.set(entityId, { ...size, [kind]: n });
  }
  return sizes;
}
