import { z } from "zod";

/** A place among failures: microseconds since 1970 and the job's number. */
export const failureCursor = /^\d{1,18}\.\d{1,18}$/;
export const jobName = /^[\w.-]{1,80}$/;

export const JobsQuery = z.strictObject({
  job: z.string().regex(jobName).nullable().default(null),
  /** failed: given up; retrying: comes again by itself. */
  state: z.enum(["failed", "retrying"]).nullable().default(null),
  customerId: z.uuid().nullable().default(null),
  /** The failure that the page follows. */
  after: z.string().regex(failureCursor).nullable().default(null),
});
export type JobsQuery = z.output<typeof JobsQuery>;
