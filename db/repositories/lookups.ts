import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";

/** What must be found before a tenant is known. */
export type LookupKind = "finch_connection" | "connect_state" | "code" | "invitation";

const foundRows = z.array(z.object({ customer_id: z.string(), row_id: z.string() }));
const putRows = z.array(z.object({ ours: z.boolean() }));

/** Which customer's row a hash names, or null. The only read across tenants. */
export async function resolveLookup(
  tx: Tx,
  kind: LookupKind,
  hash: string,
): Promise<{ customerId: string; rowId: string } | null> {
  const rows = foundRows.parse([
    ...(await tx.execute(sql`select customer_id, row_id from resolve_lookup(${kind}, ${hash})`)),
  ]);
  return rows[0] ? { customerId: rows[0].customer_id, rowId: rows[0].row_id } : null;
}

/**
 * Names a row of the scope's customer by a hash, for some minutes or for good.
 * False where the hash already names another row, of whichever customer.
 */
export async function putLookup(
  tx: Tx,
  kind: LookupKind,
  hash: string,
  rowId: string,
  minutes: number | null,
): Promise<boolean> {
  const expires =
    minutes === null ? sql`null::timestamptz` : sql`now() + make_interval(mins => ${minutes}::int)`;
  const rows = putRows.parse([
    ...(await tx.execute(sql`select put_lookup(${kind}, ${hash}, ${rowId}::uuid, ${expires}) as ours`)),
  ]);
  return rows[0]?.ours ?? false;
}

/** Forgets a hash of the scope's customer: whoever presents its secret finds nothing. */
export async function dropLookup(tx: Tx, kind: LookupKind, hash: string): Promise<void> {
  await tx.execute(sql`select drop_lookup(${kind}, ${hash})`);
}
