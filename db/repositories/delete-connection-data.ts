import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

interface ConnectionScope {
  customerId: string;
  connectionId: string;
}

/** Deletes up to `limit` people with all that hangs on them; gives how many went. */
export async function deletePeople(tx: Tx, scope: ConnectionScope, limit: number): Promise<number> {
  const rows = await tx.execute(sql`
    with gone as (
      select i.id from individuals i
      where i.customer_id = ${scope.customerId}::uuid and i.connection_id = ${scope.connectionId}::uuid limit ${limit}
    ), sealed as (
      delete from sealed_values v using gone
      where v.customer_id = ${scope.customerId}::uuid and v.owner_table = 'individuals' and v.owner_id = gone.id
    )
    delete from individuals i using gone where i.customer_id = ${scope.customerId}::uuid and i.id = gone.id returning i.id`);
  return rows.length;
}

/** Deletes the rest of a connection's mirror and its tokens, but for one with which Finch may still be told (SECURITY 18). */
export async function deleteMirrorRest(tx: Tx, { customerId, connectionId }: ConnectionScope): Promise<void> {
  for (const table of ["raw_records", "companies", "sealed_values"]) {
    await tx.execute(
      sql`delete from ${sql.identifier(table)} where customer_id = ${customerId}::uuid and connection_id = ${connectionId}::uuid`,
    );
  }
  await tx.execute(sql`
    delete from access_tokens t where t.customer_id = ${customerId}::uuid and t.connection_id = ${connectionId}::uuid
      and not (t.state = 'disconnect_only' and exists (select from connections c where c.customer_id = t.customer_id
        and c.id = t.connection_id and c.disconnected_at > now() - interval '7 days'))`);
}
