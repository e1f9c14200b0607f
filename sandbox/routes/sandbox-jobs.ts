import { z } from "zod";
import { hurryBenefitJobs } from "@/sandbox/benefits/jobs";
import { bearer, ok } from "@/sandbox/call";
import { isAssisted } from "@/sandbox/connections";
import type { Result, Routes } from "@/sandbox/results";
import { quotaBody, refreshBody, spentBody } from "@/sandbox/routes/jobs-automated";
import { refreshesOf, spendRefresh } from "@/sandbox/refreshes";
import { runningSync, settle, startJob } from "@/sandbox/syncs";
import { parseInput } from "@/sandbox/validate";

const CreateJob = z.object({ type: z.literal("data_sync_all") });

const Configuration = z.object({
  type: z.literal("data_sync_all"),
  completion_status: z.enum(["complete", "reauth_error", "permissions_error", "error"]),
});

/**
 * Syncs what was written through `/sandbox/*` (Finch: Enqueue a new sandbox job), ten times an hour;
 * then 429 in the shape of a job. Assisted connections sync at once, have their deductions done,
 * and get null for the job.
 */
const create = bearer<Result<"POST /sandbox/jobs">>(({ world, caller, body }) => {
  parseInput(CreateJob, body);
  const { connection } = caller;
  const refreshes = refreshesOf(world, connection, "sandbox");
  const running = runningSync(world, connection.id);
  if (running) return ok(refreshBody(world, running.id, refreshes));
  if (refreshes.remaining === 0) return { status: 429, body: spentBody(world, connection.id, refreshes) };
  const assisted = isAssisted(caller.account);
  const sync = { type: "data_sync_all", origin: "sandbox", outcome: connection.jobOutcome } as const;
  const job = startJob(world, connection.id, assisted ? { ...sync, delayMs: 0 } : sync);
  const left = spendRefresh(world, connection, "sandbox");
  if (!assisted) return ok(refreshBody(world, job.id, left));
  hurryBenefitJobs(world, connection.id);
  settle(world, connection.id);
  return ok({ ...quotaBody(left), job_id: null, job_url: null });
});

/** How the next sandbox jobs end. */
const readConfiguration = bearer<Result<"GET /sandbox/jobs/configuration">>(({ caller }) =>
  ok([{ type: "data_sync_all", completion_status: caller.connection.jobOutcome }]),
);

/** Sets how sandbox jobs end, until it is set again; the scheduled sync follows too. */
const updateConfiguration = bearer<Result<"PUT /sandbox/jobs/configuration">>(({ world, caller, body }) => {
  const input = parseInput(Configuration, body);
  world.store.connections.set(caller.connection.id, {
    ...caller.connection,
    jobOutcome: input.completion_status,
  });
  for (const job of world.store.jobs.group(caller.connection.id)) {
    if (!job.settled && job.origin === "scheduled")
      world.store.jobs.set(job.id, { ...job, outcome: input.completion_status });
  }
  return ok(input);
});

export const sandboxJobs = {
  "POST /sandbox/jobs": create,
  "GET /sandbox/jobs/configuration": readConfiguration,
  "PUT /sandbox/jobs/configuration": updateConfiguration,
} satisfies Routes;
