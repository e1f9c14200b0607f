import { callFinch } from "../http/call";
import { dateOf } from "../http/classify";
import type { FinchCaller, FinchToken } from "../caller";
import { tokenClient } from "../http/client";
import type { Outcome } from "../outcome";
import type { FinchJob, FinchJobs, StartedDataSync } from "./types";
import * as wire from "./wire";

/** As the database reads it, whatever Finch wrote. */
const instant = (value: string | null) => dateOf(value)?.toISOString() ?? null;

const reshapeJob = (job: wire.WireJob): FinchJob => ({
  id: job.job_id,
  type: job.type,
  status: job.status,
  createdAt: instant(job.created_at),
  scheduledAt: instant(job.scheduled_at),
  startedAt: instant(job.started_at),
  completedAt: instant(job.completed_at),
  params: job.params,
});

/** Finch jobs, newest first, and how many forced refreshes are left. */
export function listJobs(caller: FinchCaller, token: FinchToken): Promise<Outcome<FinchJobs>> {
  return callFinch(caller, {
    endpoint: "GET /jobs/automated",
    token,
    schema: wire.jobs,
    send: (options) => tokenClient(token).jobs.automated.list({}, options),
    reshape: ({ wire: { data, meta } }) => ({
      jobs: data.map(reshapeJob),
      refreshesAllowed: meta?.quotas?.data_sync_all?.allowed_refreshes ?? null,
      refreshesRemaining: meta?.quotas?.data_sync_all?.remaining_refreshes ?? null,
    }),
  });
}

/** One Finch job. */
export function getJob(caller: FinchCaller, token: FinchToken, jobId: string): Promise<Outcome<FinchJob>> {
  return callFinch(caller, {
    endpoint: "GET /jobs/automated/{job_id}",
    token,
    schema: wire.job,
    send: (options) => tokenClient(token).jobs.automated.retrieve(jobId, options),
    reshape: ({ wire: job }) => reshapeJob(job),
  });
}

/**
 * Asks Finch to fetch one person's W-4 forms (Finch: Enqueue a New Automated Job; beta). It spends none of the hour's
 * refreshes. 501 where the provider has none, 400 for assisted tokens and people whom Finch does not know.
 */
export function createW4Job(
  caller: FinchCaller,
  token: FinchToken,
  individualId: string,
): Promise<Outcome<{ jobId: string | null }>> {
  return callFinch(caller, {
    endpoint: "POST /jobs/automated",
    token,
    schema: wire.startedJob,
    accepts202: true,
    send: (options) =>
      tokenClient(token).jobs.automated.create(
        { type: "w4_form_employee_sync", params: { individual_id: individualId } },
        options,
      ),
    reshape: ({ wire: job }) => ({ jobId: job.job_id }),
  });
}

/** Asks Finch to fetch everything anew. 202 means that a job runs already; 429 that no refresh is left, and until when (`retryAt`). */
export function createDataSyncJob(caller: FinchCaller, token: FinchToken): Promise<Outcome<StartedDataSync>> {
  return callFinch(caller, {
    endpoint: "POST /jobs/automated",
    token,
    schema: wire.startedJob,
    accepts202: true,
    send: (options) => tokenClient(token).jobs.automated.create({ type: "data_sync_all" }, options),
    reshape: ({ wire: job, status }) => ({
      jobId: job.job_id,
      joined: status === 202,
      refreshesAllowed: job.allowed_refreshes,
      refreshesRemaining: job.remaining_refreshes,
      retryAt: dateOf(job.retry_at),
    }),
  });
}
