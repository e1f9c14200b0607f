import { updateConnection } from "@/db/repositories/connections";
import { deleteUnlistedJobs, listFinchJobIds, upsertFinchJobs } from "@/db/repositories/finch-jobs";
import { updateStep } from "@/db/repositories/sync-steps";
import { createDataSyncJob, getJob, listJobs, type FinchFailure, type FinchJob } from "@/lib/finch";
import type { StepCursor } from "../cursor";
import { fetchTime, inLease } from "../lease";
import type { Step, StepEnd, StepWork } from "../work";

/** Looks at a Finch job, some two hours by their growing delay: a job that hangs must not hold up the run. */
const longestRefreshWaits = 20;
const unfinished = new Set(["pending", "in_progress"]);
const spent = "No refresh is left at Finch right now; what it has is mirrored.";

/**
 * Mirrors Finch's jobs, learns how many forced refreshes are left and, where a person asked for this sync and one is
 * left, has Finch fetch anew and waits for it. Never fatal: without a refresh the run mirrors what Finch has.
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
  // A refresh that was asked for by somebody who died may be at work: asked for twice, it would be spent and lost.
  if (work.cursor.isListed && !work.isResumed) return startRefresh(work);
  const fetchedAt = await fetchTime(work.ctx);
  const listed = await listJobs(work.caller, work.token);
  if (listed.kind !== "ok") return withoutRefresh(listed);
  const { refreshesAllowed, refreshesRemaining, jobs } = listed.data;
  const lostJobId = await inLease(work.ctx, work.lease, async (tx, { step }) => {
    const lost = work.cursor.isListed
      ? findLostRefresh(jobs, await listFinchJobIds(tx, work.scope))
      : undefined;
    await upsertFinchJobs(tx, work.scope, jobs, fetchedAt);
    await deleteUnlistedJobs(tx, work.scope, fetchedAt);
    const cursor = { ...(step.cursor as object), jobId: lost?.id };
    await updateStep(tx, work.lease.key, { done: 1, total: 1, ...(lost ? { cursor } : {}) });
    return lost?.id;
  });
  await saveRefreshes(work, { allowed: refreshesAllowed, left: refreshesRemaining }, fetchedAt);
  if (work.reason !== "requested") return { end: "done", message: remaining(refreshesRemaining) };
  if (lostJobId !== undefined) return waitForJob(work, lostJobId);
  const running = jobs.find((job) => isRefresh(job) && job.status === "in_progress");
  if (running) return follow(work, running.id);
  if (refreshesRemaining === 0) return { end: "done", message: spent };
  await saveCursor(work, { isListed: true });
  return startRefresh(work);
};

const isRefresh = (job: FinchJob) => job.type === "data_sync_all";

/** The refresh that this run asked for and was not told of. What somebody asked for has no scheduled time (Finch: Jobs). */
const findLostRefresh = (jobs: readonly FinchJob[], known: ReadonlySet<string>) =>
  jobs.find((job) => isRefresh(job) && job.scheduledAt === null && !known.has(job.id));

const remaining = (count: number | null) =>
  count === null ? "" : `${count} ${count === 1 ? "refresh" : "refreshes"} left at Finch.`;

async function startRefresh(work: StepWork): Promise<StepEnd> {
  const askedAt = await fetchTime(work.ctx);
  const started = await createDataSyncJob(work.caller, work.token);
  if (started.kind === "rate_limited" && started.retryAt !== undefined) {
    // The hour's refresh went elsewhere: this is how Finch says when the next one is.
    await saveRefreshes(work, { left: 0, retryAt: started.retryAt }, askedAt);
    return { end: "done", message: spent };
  }
  if (started.kind !== "ok") return withoutRefresh(started);
  const { jobId, refreshesAllowed: allowed, refreshesRemaining: left, retryAt } = started.data;
  await saveRefreshes(work, { allowed, left, retryAt }, askedAt);
  return jobId === null ? { end: "done", message: remaining(left) } : follow(work, jobId);
}

async function follow(work: StepWork, jobId: string): Promise<StepEnd> {
  await saveCursor(work, { jobId });
  return waitForJob(work, jobId);
}

/** What was asked for already is not asked for again after a wait. */
function saveCursor(work: StepWork, change: Partial<StepCursor>): Promise<void> {
  return inLease(work.ctx, work.lease, (tx, { step }) =>
    updateStep(tx, work.lease.key, {
      cursor: { ...(step.cursor as object), ...work.cursor, ...change },
    }),
  );
}

async function waitForJob(work: StepWork, jobId: string): Promise<StepEnd> {
  const fetchedAt = await fetchTime(work.ctx);
  const found = await getJob(work.caller, work.token, jobId);
  if (found.kind !== "ok") return withoutRefresh(found);
  await saveJob(work, found.data, fetchedAt);
  const { status } = found.data;
  if (unfinished.has(status) && work.cursor.waits >= longestRefreshWaits)
    return { end: "done", message: "Finch is still fetching newer data; what it has is mirrored." };
  if (unfinished.has(status))
    return { end: "waiting", message: `Finch is fetching newer data from ${work.connection.providerName}.` };
  if (status === "complete") return { end: "done", message: "Finch fetched newer data." };
  // The data requests that follow say what is wrong, with the right code.
  return { end: "done", message: "Finch could not fetch newer data; what it has is mirrored." };
}

function saveJob(work: StepWork, job: FinchJob, fetchedAt: Date): Promise<void> {
  return inLease(work.ctx, work.lease, (tx) => upsertFinchJobs(tx, work.scope, [job], fetchedAt));
}

function withoutRefresh(failure: FinchFailure): StepEnd {
  if (failure.kind === "reauthenticate" || failure.kind === "setup_required")
    return { end: "failed", failure };
  return {
    end: "skipped",
    outcome: failure.kind,
    message: `Finch was not asked to refresh: ${failure.message}`,
  };
}

interface Refreshes {
  allowed?: number | null;
  left: number | null;
  /** Only the answer to a request for a refresh names it. */
  retryAt?: Date | null;
}

/** Keeps what is left of the hour's refreshes. A list that says 0 does not say until when: what is known stays. */
async function saveRefreshes(
  work: StepWork,
  { allowed, left, retryAt }: Refreshes,
  seenAt: Date,
): Promise<void> {
  await inLease(work.ctx, work.lease, (tx, { connection }) => {
    const known = connection.refreshesRetryAt;
    const isSameWindow =
      left === 0 && connection.refreshesRemaining === 0 && known !== null && known > seenAt;
    return updateConnection(tx, connection.customerId, connection.id, {
      ...(allowed === undefined ? {} : { refreshesAllowed: allowed }),
      refreshesRemaining: left,
      refreshesRetryAt: retryAt ?? (isSameWindow ? known : null),
      refreshesSeenAt: seenAt,
    });
  });
}
