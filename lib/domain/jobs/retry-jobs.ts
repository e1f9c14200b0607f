import { z } from "zod";
import { inScope } from "@/db/client";
import { retryQueueJobs } from "@/db/repositories/queue";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import type { Context } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import { jobName } from "./jobs-query";

export const RetryJobsInput = z.union([
  z.strictObject({ id: z.string().regex(/^\d{1,18}$/) }),
  z.strictObject({ job: z.string().regex(jobName) }),
]);
export type RetryJobsInput = z.input<typeof RetryJobsInput>;

/**
 * Starts one failed job again, or all of one kind, with all their tries: what was given up, and what would wait for its
 * next try. Running jobs are left alone. Gives how many start.
 * @throws DomainError FORBIDDEN, NOT_FOUND where nothing of the kind has failed
 */
export async function retryJobs(ctx: Context, raw: RetryJobsInput): Promise<{ jobs: number }> {
  requirePermission(ctx, "platform:jobs");
  const input = RetryJobsInput.parse(raw);
  return inScope({ ...ctx, scope: { kind: "platform" } }, async (tx) => {
    const started = await retryQueueJobs(tx, "id" in input ? { ids: [input.id] } : { job: input.job });
    const jobs = started.reduce((sum, each) => sum + each.jobs, 0);
    if (jobs === 0)
      throw new DomainError("NOT_FOUND", "Nothing of this waits to be started again: it runs, or is done.");
    const target = { type: "job", id: "id" in input ? input.id : input.job };
    await recordAudit(tx, ctx, "job.retry", target, { job: started[0]?.job ?? "", rows: jobs });
    return { jobs };
  });
}
