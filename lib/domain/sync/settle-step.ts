import type { Tx } from "@/db/client";
import { updateConnection } from "@/db/repositories/connections";
import { listSteps, type SyncStepRow } from "@/db/repositories/sync-runs";
import { databaseNow, updateRun, updateStep } from "@/db/repositories/sync-steps";
import { setupLimitMs } from "@/lib/domain/connections/status";
import { env } from "@/lib/env";
import { isRetryable, type FinchFailure } from "@/lib/finch";
import { advanceRun, enqueueStep } from "./advance-run";
import { readCursor } from "./cursor";
import { longestFetchMs, maxRetries, retryDelayMs, waitDelayMs } from "./delays";
import { endRunEarly } from "./finish-run";
import { inLease, type Held } from "./lease";
import { parkStep } from "./park-step";
import { productOfStep } from "./plan";
import { forgetUnsupported, rememberUnsupported } from "./unsupported";
import type { StepEnd, StepWork } from "./work";

/** Beside what a step says itself: it has to wait for a slot of this quota. */
export type SettledEnd = StepEnd | { end: "quota"; key: string };

/** Writes down what became of a step and goes on with the run, in one transaction. */
export async function settleStep(work: StepWork, ending: SettledEnd): Promise<void> {
  await inLease(work.ctx, work.lease, async (tx, held) => {
    switch (ending.end) {
      case "done":
        await forgetUnsupported(tx, held.connection, held.step.name);
        return endStep(tx, work, held, {
          status: "succeeded",
          outcome: "ok",
          message: ending.message ?? null,
        });
      case "skipped":
        return endStep(tx, work, held, {
          status: "skipped",
          outcome: ending.outcome,
          message: ending.message,
        });
      case "waiting":
        return wait(tx, work, held, ending.message, "waits");
      case "failed":
        return settleFailure(tx, work, held, ending);
      case "quota":
        return parkStep(tx, work, held, ending.key);
    }
  });
}

interface Ended {
  status: "succeeded" | "skipped" | "failed";
  outcome: string;
  message: string | null;
  requestId?: string | null;
}

async function endStep(tx: Tx, work: StepWork, held: Held, ended: Ended): Promise<void> {
  await updateStep(tx, work.lease.key, { ...ended, finishedAt: await databaseNow(tx), retryAt: null });
  await advanceRun(tx, work.ctx, held.connection, held.run);
}

type Failed = Extract<StepEnd, { end: "failed" }>;

async function settleFailure(tx: Tx, work: StepWork, held: Held, { failure, final }: Failed): Promise<void> {
  const { kind, message, requestId } = failure;
  const cursor = readCursor(held.step.cursor);
  if (kind === "not_implemented") {
    const told = `${held.connection.providerName} does not offer this.`;
    await rememberUnsupported(tx, held.connection, held.step.name, {
      outcome: kind,
      message: told,
      requestId,
    });
    return endStep(tx, work, held, { status: "skipped", outcome: kind, message: told, requestId });
  }
  if (kind === "pending") return waitForData(tx, work, held, failure);
  if (!final && isRetryable(failure) && cursor.retries < maxRetries)
    return wait(tx, work, held, message, "retries");
  const failed = { status: "failed", outcome: kind, message, requestId } as const;
  const stops = kind === "reauthenticate" || kind === "setup_required" || held.step.name === "introspect";
  if (!stops) return endStep(tx, work, held, failed);
  await updateStep(tx, work.lease.key, { ...failed, finishedAt: await databaseNow(tx), retryAt: null });
  await endRunEarly(tx, held.connection, held.run, failure);
}

/**
 * 202 is not an error and not data. Where nothing has come yet, or the account itself is being set up, the connection
 * is; where only this product is still being fetched, the rest of the run must not wait for it for ever.
 */
async function waitForData(tx: Tx, work: StepWork, held: Held, failure: FinchFailure): Promise<void> {
  const steps = await listSteps(tx, held.run.customerId, held.run.id);
  const isFetching = failure.finchCode === "data_sync_in_progress";
  const hasData = held.connection.lastSyncSucceededAt !== null || steps.some(bringsMoreThanCompany);
  if (!isFetching || !hasData) return waitForSetup(tx, work, held, failure);
  const now = await databaseNow(tx);
  const cursor = readCursor(held.step.cursor);
  const pendingSince = cursor.pendingSince ?? now.toISOString();
  // One budget for all products of a run: each that waits would otherwise add hours.
  const since = Math.min(Date.parse(pendingSince), ...steps.flatMap(pendingTime));
  if (now.getTime() - since < longestFetchMs(held.connection.syncKind)) {
    const waiting = { ...held, step: { ...held.step, cursor: { ...cursor, pendingSince } } };
    return wait(tx, work, waiting, failure.message, "waits");
  }
  return endStep(tx, work, held, {
    status: "skipped",
    outcome: "pending",
    message: "Finch is still fetching this; a later sync reads it.",
    requestId: failure.requestId,
  });
}

const bringsMoreThanCompany = ({ name, status }: SyncStepRow) =>
  status === "succeeded" && name !== "company" && productOfStep(name) !== null;
const pendingTime = (step: SyncStepRow) => {
  const { pendingSince } = readCursor(step.cursor);
  return pendingSince ? [Date.parse(pendingSince)] : [];
};

/** The step waits, and the connection says since when. */
async function waitForSetup(tx: Tx, work: StepWork, held: Held, failure: FinchFailure): Promise<void> {
  const { connection } = held;
  const now = await databaseNow(tx);
  const since = connection.setupStartedAt ?? now;
  if (now.getTime() - since.getTime() > setupLimitMs(connection.syncKind)) {
    await updateStep(tx, work.lease.key, {
      status: "failed",
      outcome: "pending",
      message: failure.message,
      finishedAt: now,
    });
    return endRunEarly(tx, connection, held.run, failure);
  }
  if (!connection.setupStartedAt)
    await updateConnection(tx, connection.customerId, connection.id, { setupStartedAt: now });
  return wait(tx, work, held, failure.message, "waits");
}

async function wait(
  tx: Tx,
  work: StepWork,
  held: Held,
  message: string,
  counts: "waits" | "retries",
): Promise<void> {
  const cursor = readCursor(held.step.cursor);
  const baseMs = env().SYNC_POLL_MS;
  const delayMs =
    counts === "retries"
      ? retryDelayMs(cursor.retries, baseMs, Math.random())
      : waitDelayMs(cursor.waits, baseMs, held.connection.syncKind);
  const retryAt = new Date((await databaseNow(tx)).getTime() + delayMs);
  await updateStep(tx, work.lease.key, {
    status: "waiting",
    retryAt,
    message,
    outcome: counts === "retries" ? "retry" : "pending",
    cursor: { ...cursor, [counts]: cursor[counts] + 1 },
  });
  await updateRun(tx, held.run.customerId, held.run.id, {
    status: counts === "waits" ? "waiting" : "running",
  });
  await enqueueStep(tx, held.run, held.step, retryAt);
}
