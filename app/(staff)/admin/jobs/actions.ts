"use server";

import { RetryJobsInput, retryJobs } from "@/lib/domain/jobs/retry-jobs";
import { action } from "@/lib/web/action";
import { platformContext } from "@/lib/web/context";

export const retryJobsAction = action(RetryJobsInput, async (input) =>
  retryJobs(await platformContext(), input),
);
