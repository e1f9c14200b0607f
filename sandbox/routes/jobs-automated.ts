import type Finch from "@tryfinch/finch-api";
import { z } from "zod";
import { bearer, ok, type World } from "@/sandbox/call";
import { isAssisted } from "@/sandbox/connections";
import { openEntities } from "@/sandbox/entities";
import { FinchError, invalidRequest, notFound, notImplemented } from "@/sandbox/errors";
import { People } from "@/sandbox/people";
import { supportsProduct } from "@/sandbox/providers";
import type { Connection, Job } from "@/sandbox/records";
import { refreshesOf, spendRefresh, type Refreshes } from "@/sandbox/refreshes";
import type { Result, Routes } from "@/sandbox/results";
import { jobStatus, runningSync, startJob } from "@/sandbox/syncs";
import { parseInput, readCount } from "@/sandbox/validate";

export const jobUrl = (world: World, id: string) =>
  new URL(`/jobs/automated/${id}`, world.settings.publicUrl).href;

function toWire(world: World, job: Job): Finch.Jobs.AutomatedAsyncJob {
  const status = job.settled ? job.outcome : jobStatus(job, world.clock.now());
  const started = status !== "pending";
  return {
    job_id: job.id,
    job_url: jobUrl(world, job.id),
    type: job.type,
    status,
    created_at: job.createdAt,
    scheduled_at: job.scheduledAt,
    started_at: started ? job.startsAt : null,
    completed_at: started && status !== "in_progress" ? job.endsAt : null,
    params: job.individualId === null ? null : { individual_id: job.individualId },
  };
}

/** The body of every answer to a request for a refresh, 429 included. */
export function refreshBody(world: World, jobId: string, refreshes: Refreshes) {
  return { job_id: jobId, job_url: jobUrl(world, jobId), ...quotaBody(refreshes) };
}

/** The same where there is no job to name. */
export function quotaBody(refreshes: Refreshes) {
  return {
    allowed_refreshes: refreshes.allowed,
    remaining_refreshes: refreshes.remaining,
    ...(refreshes.remaining === 0 && refreshes.retryAt ? { retry_at: refreshes.retryAt } : {}),
  };
}

/** What is said once the quota is spent: the last job, if it is still known. */
export function spentBody(world: World, connectionId: string, refreshes: Refreshes) {
  const last = lastRequested(world, connectionId);
  return last ? refreshBody(world, last.id, refreshes) : quotaBody(refreshes);
}

/** The last sync that somebody asked for. */
function lastRequested(world: World, connectionId: string): Job | null {
  return (
    world.store.jobs
      .group(connectionId)
      .filter((job) => job.type === "data_sync_all")
      .at(-1) ?? null
  );
}

/** Jobs name no entity, so the person may be of any. */
const hasPerson = (world: World, connection: Connection, id: string): boolean =>
  openEntities(connection).some((entity) => new People(world, connection, entity, "published").find(id));

const CreateJob = z.discriminatedUnion("type", [
  z.object({ type: z.literal("data_sync_all") }),
  z.object({
    type: z.literal("w4_form_employee_sync"),
    params: z.object({ individual_id: z.string().min(1) }),
  }),
]);

/**
 * Starts a sync (Finch: Enqueue a New Automated Job): 201 for a new job, 202 with the id of the one
 * that runs already, 429 in the shape of a job where the hour's refresh is spent. 400 for assisted tokens.
 */
const create = bearer<Result<"POST /jobs/automated">>(({ world, caller, body }) => {
  const input = parseInput(CreateJob, body);
  if (isAssisted(caller.account)) {
    throw new FinchError(400, "bad_request", "cannot create automated job for Assisted Connect token");
  }
  const { connection } = caller;
  if (input.type === "w4_form_employee_sync") {
    if (!supportsProduct(caller.provider, "documents"))
      throw notImplemented(`Finch does not support this job for ${caller.provider.display_name}`);
    const individualId = input.params.individual_id;
    if (!hasPerson(world, connection, individualId))
      throw invalidRequest(`No individual with id ${individualId} found`);
    const job = startJob(world, connection.id, {
      type: input.type,
      origin: "requested",
      outcome: "complete",
      individualId,
    });
    return { status: 201, body: refreshBody(world, job.id, refreshesOf(world, connection, "automated")) };
  }
  const refreshes = refreshesOf(world, connection, "automated");
  const running = runningSync(world, connection.id);
  if (running) return { status: 202, body: refreshBody(world, running.id, refreshes) };
  if (refreshes.remaining === 0) return { status: 429, body: spentBody(world, connection.id, refreshes) };
  const job = startJob(world, connection.id, {
    type: input.type,
    origin: "requested",
    outcome: connection.jobOutcome,
  });
  return { status: 201, body: refreshBody(world, job.id, spendRefresh(world, connection, "automated")) };
});

/** Newest first; of scheduled syncs only the next one (Finch: List All Automated Jobs). */
const list = bearer<Result<"GET /jobs/automated">>(({ world, caller, query }) => {
  const limit = readCount(query, "limit", 100);
  const offset = readCount(query, "offset", 0);
  const refreshes = refreshesOf(world, caller.connection, "automated");
  const jobs = world.store.jobs
    .group(caller.connection.id)
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  const quota = { allowed_refreshes: refreshes.allowed, remaining_refreshes: refreshes.remaining };
  return ok({
    meta: { quotas: { data_sync_all: quota } },
    data: jobs.slice(offset, offset + limit).map((job) => toWire(world, job)),
  });
});

/** One automated job. 404 where it is unknown or another connection's. */
const read = bearer<Result<"GET /jobs/automated/{job_id}">>(({ world, caller, params }) => {
  const id = params["job_id"] ?? "";
  const job = world.store.jobs.get(id);
  if (!job || job.connectionId !== caller.connection.id) {
    throw notFound(`could not find job with id ${id}`);
  }
  return ok(toWire(world, job));
});

export const automatedJobs = {
  "POST /jobs/automated": create,
  "GET /jobs/automated": list,
  "GET /jobs/automated/{job_id}": read,
} satisfies Routes;
