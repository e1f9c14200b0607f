import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { syncRuns, syncSteps } from "@/db/schema";

export type SyncRunRow = typeof syncRuns.$inferSelect;
export type SyncStepRow = typeof syncSteps.$inferSelect;
type NewSyncRun = Pick<SyncRunRow, "customerId" | "id" | "connectionId" | "reason" | "requestedBy">;
type NewSyncStep = Pick<SyncStepRow, "customerId" | "runId" | "name" | "entityId" | "ordinal">;

export const openStatuses = ["queued", "running", "waiting"] as const;

/** Writes a queued run; null where another one is open: there is one at a time for a connection. */
export async function insertSyncRun(tx: Tx, run: NewSyncRun): Promise<{ id: string } | null> {
  const inserted = await tx.insert(syncRuns).values(run).onConflictDoNothing().returning({ id: syncRuns.id });
  return inserted[0] ?? null;
}

/** The run that is queued, running or waiting. */
export async function findOpenRun(
  tx: Tx,
  customerId: string,
  connectionId: string,
): Promise<SyncRunRow | null> {
  const [row] = await tx
    .select()
    .from(syncRuns)
    .where(
      and(
        eq(syncRuns.customerId, customerId),
        eq(syncRuns.connectionId, connectionId),
        inArray(syncRuns.status, [...openStatuses]),
      ),
    );
  return row ?? null;
}

export async function findRun(tx: Tx, customerId: string, runId: string): Promise<SyncRunRow | null> {
  const [row] = await tx
    .select()
    .from(syncRuns)
    .where(and(eq(syncRuns.customerId, customerId), eq(syncRuns.id, runId)));
  return row ?? null;
}

/** The latest runs of a connection, newest first. */
export function listRuns(
  tx: Tx,
  customerId: string,
  connectionId: string,
  limit = 20,
): Promise<SyncRunRow[]> {
  return tx
    .select()
    .from(syncRuns)
    .where(and(eq(syncRuns.customerId, customerId), eq(syncRuns.connectionId, connectionId)))
    .orderBy(desc(syncRuns.createdAt), desc(syncRuns.id))
    .limit(limit);
}

/** The latest run of each connection named. */
export async function listLatestRuns(
  tx: Tx,
  customerId: string,
  connectionIds: readonly string[],
): Promise<SyncRunRow[]> {
  if (connectionIds.length === 0) return [];
  return tx
    .selectDistinctOn([syncRuns.connectionId])
    .from(syncRuns)
    .where(and(eq(syncRuns.customerId, customerId), inArray(syncRuns.connectionId, [...connectionIds])))
    .orderBy(syncRuns.connectionId, desc(syncRuns.createdAt), desc(syncRuns.id));
}

export async function insertSteps(tx: Tx, steps: readonly NewSyncStep[]): Promise<void> {
  if (steps.length > 0)
    await tx
      .insert(syncSteps)
      .values([...steps])
      .onConflictDoNothing();
}

/** A run's steps in the order in which they go. */
export function listSteps(tx: Tx, customerId: string, runId: string): Promise<SyncStepRow[]> {
  return tx
    .select()
    .from(syncSteps)
    .where(and(eq(syncSteps.customerId, customerId), eq(syncSteps.runId, runId)))
    .orderBy(asc(syncSteps.ordinal), asc(syncSteps.entityId));
}

/** Ends an open run that has nothing more to do. */
export async function cancelOpenRuns(
  tx: Tx,
  customerId: string,
  connectionId: string,
  because: { code: string; message: string },
): Promise<void> {
  const cancelled = await tx
    .update(syncRuns)
    .set({
      status: "cancelled",
      finishedAt: sql`now()`,
      failureCode: because.code,
      failureMessage: because.message,
    })
    .where(
      and(
        eq(syncRuns.customerId, customerId),
        eq(syncRuns.connectionId, connectionId),
        inArray(syncRuns.status, [...openStatuses]),
      ),
    )
    .returning({ id: syncRuns.id });
  if (cancelled.length === 0) return;
  await tx
    .update(syncSteps)
    .set({ status: "skipped", message: because.message, finishedAt: sql`now()` })
    .where(
      and(
        eq(syncSteps.customerId, customerId),
        inArray(
          syncSteps.runId,
          cancelled.map((run) => run.id),
        ),
        inArray(syncSteps.status, ["pending", "running", "waiting"]),
      ),
    );
}
