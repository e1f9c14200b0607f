import { and, desc, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { connectionEvents } from "@/db/schema";

export type ConnectionEventRow = typeof connectionEvents.$inferSelect;
type NewConnectionEvent = Omit<typeof connectionEvents.$inferInsert, "id" | "at">;

/** Adds to a connection's timeline. `detail` holds facts of the event, no personal data of the mirror. */
export async function insertConnectionEvent(tx: Tx, event: NewConnectionEvent): Promise<void> {
  await tx.insert(connectionEvents).values(event);
}

/** The timeline, newest first. */
export function listConnectionEvents(
  tx: Tx,
  customerId: string,
  connectionId: string,
  limit = 50,
): Promise<ConnectionEventRow[]> {
  return tx
    .select()
    .from(connectionEvents)
    .where(and(eq(connectionEvents.customerId, customerId), eq(connectionEvents.connectionId, connectionId)))
    .orderBy(desc(connectionEvents.at), desc(connectionEvents.id))
    .limit(limit);
}
