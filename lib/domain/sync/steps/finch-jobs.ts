import { updateConnection } from "@/db/repositories/connections";
import { updateStep } from "@/db/repositories/sync-steps";
import { createDataSyncJob, getJob, listJobs, type FinchFailure } from "@/lib/finch";
import { inLease } from "../lease";
import type { Step, StepEnd, StepWork } from "../work";

const unfinished = new Set(["pending", "in_progress"]);

/**
 * Learns how many forced refreshes are left and, where a person asked for this sync and one is left, has Finch
 * fetch anew and waits for it. Never fatal: without a refresh the run mirrors what Finch has.
 */
export const finchJobsStep: Step = async (work) => {
  if (work.connection.syncKind === "assisted") {
    return {
      end: "skipped",
      outcome: "assisted",
      message: "Finch's team refreshes this provider every 7 days.",
    };
  }
  if (work.cursor.jobId !== undefined) return waitForJob(work, work.cursor.jobId);
  const listed = await listJobs(work.caller, work.token);
  if (listed.kind !== "ok") return withoutRefresh(listed);
  const { refreshesAllowed, refreshesRemaining, jobs } = listed.data;
  await saveQuota(work, refreshesAllowed, refreshesRemaining);
  const running = jobs.find((job) => job.type === "data_sync_all" && job.status === "in_progress");
  if (work.reason !== "requested") return { end: "done", message: remaining(refreshesRemaining) };
  if (running) return follow(work, running.id);
  if (refreshesRemaining === 0) {
    return { end: "done", message: "No refresh is left at Finch right now; what it has is mirrored." };
  }
  return startRefresh(work);
};

const remaining = (count: number | null) =>
  count === null ? "" : `${count} ${count === 1 ? "refresh" : "refreshes"} left at Finch.`;

async function startRefresh(work: StepWork): Promise<StepEnd> {
  const started = await createDataSyncJob(work.caller, work.token);
  if (started.kind !== "ok") return withoutRefresh(started);
  await saveQuota(work, started.data.refreshesAllowed, started.data.refreshesRemaining);
  if (started.data.jobId === null)
    return { end: "done", message: remaining(started.data.refreshesRemaining) };
  return follow(work, started.data.jobId);
}

async function follow(work: StepWork, jobId: string): Promise<StepEnd> {
  await inLease(work.ctx, work.lease, (tx, { step }) =>
    updateStep(tx, work.lease.key, { cursor: { ...(step.cursor as object), ...work.cursor, jobId } }),
  );
  return waitForJob(work, jobId);
}

async function waitForJob(work: StepWork, jobId: string): Promise<StepEnd> {
  const found = await getJob(work.caller, work.token, jobId);
  if (found.kind !== "ok") return withoutRefresh(found);
  const { status } = found.data;
  if (unfinished.has(status))
    return { end: "waiting", message: `Finch is fetching newer data from ${work.connection.providerName}.` };
  if (status === "complete") return { end: "done", message: "Finch fetched newer data." };
  // The data requests that follow say what is wrong, with the right code.
  return { end: "done", message: "Finch could not fetch newer data; what it has is mirrored." };
}

function withoutRefresh(failure: FinchFailure): StepEnd {
  if (failure.kind === "reauthenticate" || failure.kind === "setup_required")
    return { end: "failed", failure };
  const message =
    failure.kind === "rate_limited"
      ? "No refresh is left at Finch right now; what it has is mirrored."
      : `Finch was not asked to refresh: ${failure.message}`;
  return { end: "skipped", outcome: failure.kind, message };
}

async function saveQuota(work: StepWork, allowed: number | null, left: number | null): Promise<void> {
  await inLease(work.ctx, work.lease, async (tx, { connection }) => {
    await updateConnection(tx, connection.customerId, connection.id, {
      refreshesAllowed: allowed,
      refreshesRemaining: left,
    });
    await updateStep(tx, work.lease.key, { done: 1, total: 1 });
  });
}
