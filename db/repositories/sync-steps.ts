import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { syncRuns, syncSteps } from "@/db/schema";
import type { SyncRunRow, SyncStepRow } from "./sync-runs";

export interface StepKey {
  customerId: string;
  runId: string;
  name: string;
  entityId: string;
}

type StepPatch = Partial<
  Pick<
    SyncStepRow,
    | "status"
    | "done"
    | "total"
    | "itemErrors"
    | "plannedRequests"
    | "quotaKey"
    | "cursor"
    | "outcome"
    | "message"
    | "requestId"
    | "finishedAt"
    | "retryAt"
  >
>;
type RunPatch = Partial<
  Pick<
    SyncRunRow,
    "status" | "tokenId" | "startedAt" | "finishedAt" | "failureCode" | "failureMessage" | "requestId"
  >
>;

const own = ({ customerId, runId, name, entityId }: StepKey) =>
  and(
    eq(syncSteps.customerId, customerId),
    eq(syncSteps.runId, runId),
    eq(syncSteps.name, name),
    eq(syncSteps.entityId, entityId),
  );
const ownRun = (customerId: string, runId: string) =>
  and(eq(syncRuns.customerId, customerId), eq(syncRuns.id, runId));

/** The database's clock, in whole milliseconds: the only clock that dates a fetch. */
export async function databaseNow(tx: Tx): Promise<Date> {
  const [row] = await tx.execute<{ ms: string }>(
    sql`select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as ms`,
  );
  return new Date(Number(row?.ms));
}

/** One step, locked. */
export async function lockStep(tx: Tx, key: StepKey): Promise<SyncStepRow | null> {
  const [row] = await tx.select().from(syncSteps).where(own(key)).for("update");
  return row ?? null;
}

/** One run, locked. */
export async function lockRun(tx: Tx, customerId: string, runId: string): Promise<SyncRunRow | null> {
  const [row] = await tx.select().from(syncRuns).where(ownRun(customerId, runId)).for("update");
  return row ?? null;
}

/** Takes a step: the epoch goes up, so that whoever held it before writes nothing more. */
export async function claimStep(tx: Tx, key: StepKey): Promise<SyncStepRow | null> {
  const [row] = await tx
    .update(syncSteps)
    .set({
      status: "running",
      epoch: sql`${syncSteps.epoch} + 1`,
      attempts: sql`${syncSteps.attempts} + 1`,
      startedAt: sql`coalesce(${syncSteps.startedAt}, clock_timestamp())`,
      retryAt: null,
      quotaKey: null,
    })
    .where(own(key))
    .returning();
  return row ?? null;
}

export async function updateStep(tx: Tx, key: StepKey, patch: StepPatch): Promise<void> {
  await tx.update(syncSteps).set(patch).where(own(key));
}

/** Writes how many requests a step that has not ended will need. */
export async function planStepRequests(tx: Tx, key: StepKey, requests: number): Promise<void> {
  await tx
    .update(syncSteps)
    .set({ plannedRequests: requests })
    .where(and(own(key), inArray(syncSteps.status, ["pending", "running", "waiting"])));
}

/** Counts a request of a step, unless somebody else holds the step by now. */
export async function countStepRequest(
  tx: Tx,
  key: StepKey,
  epoch: number,
  requestId: string | null,
): Promise<void> {
  await tx
    .update(syncSteps)
    .set({ requests: sql`${syncSteps.requests} + 1`, ...(requestId ? { requestId } : {}) })
    .where(and(own(key), eq(syncSteps.epoch, epoch)));
}

/** Ends every step of a run that has not ended, with a word on why. */
export async function skipOpenSteps(
  tx: Tx,
  customerId: string,
  runId: string,
  message: string,
): Promise<void> {
  await tx
    .update(syncSteps)
    .set({ status: "skipped", outcome: "not_reached", message, finishedAt: sql`now()`, retryAt: null })
    .where(
      and(
        eq(syncSteps.customerId, customerId),
        eq(syncSteps.runId, runId),
        inArray(syncSteps.status, ["pending", "running", "waiting"]),
      ),
    );
}

/** Removes steps that did not start and are not in the plan any more. */
export async function deletePendingSteps(tx: Tx, customerId: string, runId: string): Promise<void> {
  await tx
    .delete(syncSteps)
    .where(
      and(eq(syncSteps.customerId, customerId), eq(syncSteps.runId, runId), eq(syncSteps.status, "pending")),
    );
}

export async function updateRun(tx: Tx, customerId: string, runId: string, patch: RunPatch): Promise<void> {
  await tx.update(syncRuns).set(patch).where(ownRun(customerId, runId));
}

/**
 * Plans this transaction's statements for the size that the tables have now. A prepared statement otherwise keeps
 * the plan it got while the mirror was small: after an employer of 20, one of 25,000 took ten times as long.
 */
export async function planForActualSize(tx: Tx): Promise<void> {
  await tx.execute(sql`select set_config('plan_cache_mode', 'force_custom_plan', true)`);
}
