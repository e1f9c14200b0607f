import { toManualJob } from "@/sandbox/benefits/wire";
import { bearer, ok } from "@/sandbox/call";
import { invalidRequest, notFound } from "@/sandbox/errors";
import type { Result, Routes } from "@/sandbox/results";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * A job of deductions, automated ones too (Finch: Retrieve a Manual Job). HTTP 200 even while it runs;
 * `code` in the body tells. 400 for what is no id, 404 for an unknown job or another connection's.
 */
const read = bearer<Result<"GET /jobs/manual/{job_id}">>(({ world, caller, params }) => {
  const id = params["job_id"] ?? "";
  if (!uuid.test(id)) throw invalidRequest("Invalid request: job_id must be a UUID");
  const job = world.store.benefitJobs.get(id.toLowerCase());
  if (!job || job.connectionId !== caller.connection.id) throw notFound(`No job with id ${id} found`);
  return ok(toManualJob(job, world.clock.now()));
});

export const manualJobs = { "GET /jobs/manual/{job_id}": read } satisfies Routes;
