import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { syncRuns, syncSteps } from "@/db/schema";

export type SyncRunRow = typeof syncRuns.$inferSelect;
export type SyncStepRow = typeof syncSteps.$inferSelect;
type NewSyncRun = Pick<SyncRunRow, "customerId" | "id" | "connectionId" | "reason" | "scope" | "requestedBy">;
type NewSyncStep = Pick<
  SyncStepRow,
  "customerId" | "runId" | "name" | "entityId" | "ordinal" | "plannedRequests"
>;

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

/** Makes an open run somebody's, or lets it read more. */
export async function takeOverRun(
  tx: Tx,
  customerId: string,
  runId: string,
  patch: Partial<Pick<SyncRunRow, "reason" | "requestedBy" | "scope">>,
): Promise<void> {
  await tx
    .update(syncRuns)
    .set(patch)
    .where(
      and(
        eq(syncRuns.customerId, customerId),
        eq(syncRuns.id, runId),
        inArray(syncRuns.status, [...openStatuses]),
      ),
    );
}

export interface CancelReason {
  code: string;
  message: string;
  /** Id of the person who did it. */
  by?: string | null;
}

/**
 * Ends an open run that has nothing more to do, with its steps: whoever works on one writes nothing more. False where
 * none was open.
 */
export async function cancelOpenRuns(
  tx: Tx,
  customerId: string,
  connectionId: string,
  { code, message, by = null }: CancelReason,
  runId?: string,
): Promise<boolean> {
  const cancelled = await tx
    .update(syncRuns)
    .set({
      status: "cancelled",
      finishedAt: sql`now()`,
      failureCode: code,
      failureMessage: message,
      cancelledBy: by,
    })
    .where(
      and(
        eq(syncRuns.customerId, customerId),
        eq(syncRuns.connectionId, connectionId),
        inArray(syncRuns.status, [...openStatuses]),
        runId === undefined ? undefined : eq(syncRuns.id, runId),
      ),
    )
    .returning({ id: syncRuns.id });
  if (cancelled.length === 0) return false;
  const runIds = cancelled.map((run) => run.id);
  await tx
    .update(syncSteps)
    .set({ status: "skipped", outcome: code, message, finishedAt: sql`now()`, retryAt: null, quotaKey: null })
    .where(
      and(
        eq(syncSteps.customerId, customerId),
        inArray(syncSteps.runId, runIds),
        inArray(syncSteps.status, ["pending", "running", "waiting"]),
      ),
    );
  return true;
}
