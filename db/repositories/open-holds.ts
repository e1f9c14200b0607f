import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { syncHolds } from "@/db/schema";

/** What people see and decide of held answers; the steps write them (sync-holds.ts). */

export type SyncHoldRow = typeof syncHolds.$inferSelect;

const own = (customerId: string, connectionId: string) =>
  and(eq(syncHolds.customerId, customerId), eq(syncHolds.connectionId, connectionId));

/** One hold of a connection, open or not, or null. */
export async function findHold(
  tx: Tx,
  customerId: string,
  connectionId: string,
  id: string,
): Promise<SyncHoldRow | null> {
  const [row] = await tx
    .select()
    .from(syncHolds)
    .where(and(own(customerId, connectionId), eq(syncHolds.id, id)));
  return row ?? null;
}

/** What is held and neither deleted nor back, oldest first. */
export function listOpenHolds(tx: Tx, customerId: string, connectionId: string): Promise<SyncHoldRow[]> {
  return tx
    .select()
    .from(syncHolds)
    .where(and(own(customerId, connectionId), isNull(syncHolds.resolvedAt)))
    .orderBy(asc(syncHolds.createdAt), asc(syncHolds.id));
}

/** Notes who let the held data go; false where somebody was faster or it is over. */
export async function acceptOpenHold(tx: Tx, hold: SyncHoldRow, acceptedBy: string): Promise<boolean> {
  const rows = await tx
    .update(syncHolds)
    .set({ acceptedAt: sql`now()`, acceptedBy })
    .where(
      and(
        own(hold.customerId, hold.connectionId),
        eq(syncHolds.id, hold.id),
        isNull(syncHolds.resolvedAt),
        isNull(syncHolds.acceptedAt),
      ),
    )
    .returning({ id: syncHolds.id });
  return rows.length > 0;
}

/** Whether somebody let held data go since an instant, and no run has acted on it. */
export async function hasHoldAcceptedSince(
  tx: Tx,
  customerId: string,
  connectionId: string,
  since: Date,
): Promise<boolean> {
  const [row] = await tx
    .select({ id: syncHolds.id })
    .from(syncHolds)
    .where(
      and(
        own(customerId, connectionId),
        isNull(syncHolds.resolvedAt),
        sql`${syncHolds.acceptedAt} >= ${since.toISOString()}::timestamptz`,
      ),
    )
    .limit(1);
  return row !== undefined;
}
