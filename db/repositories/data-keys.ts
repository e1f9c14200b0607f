import { and, asc, eq, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { dataKeys } from "@/db/schema";

export type DataKeyTableRow = typeof dataKeys.$inferSelect;

/** All data keys of a customer, oldest first; retired ones still open what they sealed. */
export function listDataKeys(tx: Tx, customerId: string): Promise<DataKeyTableRow[]> {
  return tx
    .select()
    .from(dataKeys)
    .where(eq(dataKeys.customerId, customerId))
    .orderBy(asc(dataKeys.createdAt), asc(dataKeys.id));
}

/** Lets one transaction at a time make a data key for the customer. */
export async function lockDataKeys(tx: Tx, customerId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`data_keys:${customerId}`}, 0))`);
}

export async function insertDataKey(
  tx: Tx,
  row: Pick<DataKeyTableRow, "customerId" | "id" | "wrapped" | "keyringId">,
): Promise<void> {
  // The clock, not the transaction's start: of two keys the later one is the newer.
  await tx.insert(dataKeys).values({ ...row, createdAt: sql`clock_timestamp()` });
}

/** Data keys that another key of the keyring wraps, locked; rows that somebody else works on are left out. */
export function lockDataKeysNotWrappedBy(
  tx: Tx,
  customerId: string,
  keyringId: string,
  limit: number,
): Promise<DataKeyTableRow[]> {
  return tx
    .select()
    .from(dataKeys)
    .where(and(eq(dataKeys.customerId, customerId), ne(dataKeys.keyringId, keyringId)))
    .orderBy(asc(dataKeys.id))
    .limit(limit)
    .for("update");
}

export async function updateWrappedKey(
  tx: Tx,
  customerId: string,
  id: string,
  wrapped: { keyringId: string; wrapped: string },
): Promise<void> {
  await tx
    .update(dataKeys)
    .set(wrapped)
    .where(and(eq(dataKeys.customerId, customerId), eq(dataKeys.id, id)));
}

/** Stops the customer's other keys from sealing. They still open. */
export async function retireOtherDataKeys(tx: Tx, customerId: string, keptId: string): Promise<void> {
  await tx
    .update(dataKeys)
    .set({ retiredAt: sql`coalesce(${dataKeys.retiredAt}, now())` })
    .where(and(eq(dataKeys.customerId, customerId), ne(dataKeys.id, keptId)));
}
