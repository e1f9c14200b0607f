import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { connections } from "@/db/schema";

export type ConnectionRow = typeof connections.$inferSelect;
export type NewConnectionRow = typeof connections.$inferInsert;
type ConnectionPatch = Partial<Omit<NewConnectionRow, "customerId" | "id" | "createdAt">>;

const own = (customerId: string, id: string) =>
  and(eq(connections.customerId, customerId), eq(connections.id, id));

/** One connection of a customer, or null. */
export async function findConnection(tx: Tx, customerId: string, id: string): Promise<ConnectionRow | null> {
  const [row] = await tx.select().from(connections).where(own(customerId, id));
  return row ?? null;
}

/** One connection, locked until the transaction ends: who swaps its token goes one at a time. */
export async function lockConnection(tx: Tx, customerId: string, id: string): Promise<ConnectionRow | null> {
  const [row] = await tx.select().from(connections).where(own(customerId, id)).for("update");
  return row ?? null;
}

/** The customer's connection that Finch knows by this id, disconnected ones included; locked. */
export async function lockConnectionByFinchId(
  tx: Tx,
  customerId: string,
  finchConnectionId: string,
): Promise<ConnectionRow | null> {
  const [row] = await tx
    .select()
    .from(connections)
    .where(and(eq(connections.customerId, customerId), eq(connections.finchConnectionId, finchConnectionId)))
    .for("update");
  return row ?? null;
}

/** The customer's connection that Finch knows by this id, or null. */
export async function findConnectionByFinchId(
  tx: Tx,
  customerId: string,
  finchConnectionId: string,
): Promise<ConnectionRow | null> {
  const [row] = await tx
    .select()
    .from(connections)
    .where(and(eq(connections.customerId, customerId), eq(connections.finchConnectionId, finchConnectionId)));
  return row ?? null;
}

/** All connections of a customer, oldest first; only the named ones where ids are given. */
export function listConnectionRows(
  tx: Tx,
  customerId: string,
  connectionIds: "all" | readonly string[] = "all",
): Promise<ConnectionRow[]> {
  const named = connectionIds === "all" ? undefined : inArray(connections.id, [...connectionIds]);
  return tx
    .select()
    .from(connections)
    .where(and(eq(connections.customerId, customerId), named))
    .orderBy(asc(connections.createdAt), asc(connections.id));
}

/** Ids of the connections whose data may be shown: a disconnected one's is hidden from everyone. */
export async function listVisibleConnectionIds(tx: Tx, customerId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(and(eq(connections.customerId, customerId), isNull(connections.disconnectedAt)));
  return rows.map((row) => row.id);
}

/** Every `customer_id` that this customer's connections have at Finch. */
export async function listFinchCustomerIds(tx: Tx, customerId: string): Promise<Set<string>> {
  const rows = await tx
    .select({ finchCustomerId: connections.finchCustomerId })
    .from(connections)
    .where(eq(connections.customerId, customerId));
  return new Set(rows.map((row) => row.finchCustomerId));
}

/** Writes a new connection. */
export async function insertConnection(tx: Tx, row: NewConnectionRow): Promise<ConnectionRow> {
  const [inserted] = await tx.insert(connections).values(row).returning();
  if (!inserted) throw new TypeError("An insert returned no row");
  return inserted;
}

/** Changes the named columns of a connection. */
export async function updateConnection(
  tx: Tx,
  customerId: string,
  id: string,
  patch: ConnectionPatch,
): Promise<void> {
  await tx
    .update(connections)
    .set({ ...patch, updatedAt: sql`now()` })
    .where(own(customerId, id));
}

/**
 * Hides a connection's data from everyone from this transaction on. Gives the
 * moment at which it is deleted, by the database's clock.
 */
export async function markDisconnected(
  tx: Tx,
  customerId: string,
  id: string,
  actorId: string,
  retentionDays: number,
): Promise<Date> {
  const [row] = await tx
    .update(connections)
    .set({
      disconnectedAt: sql`now()`,
      disconnectedBy: actorId,
      dataDeleteAt: sql`now() + make_interval(days => ${retentionDays}::int)`,
      nextSyncAt: null,
      updatedAt: sql`now()`,
    })
    .where(own(customerId, id))
    .returning({ dataDeleteAt: connections.dataDeleteAt });
  if (!row?.dataDeleteAt) throw new TypeError("A locked connection was not there to be disconnected");
  return row.dataDeleteAt;
}
