import { z } from "zod";
import { defineJob } from "./define";

/** Deletes what is past its retention (SECURITY 22); `kinds` are those that failed before. Scheduled. */
export const dailyRetentionJob = defineJob(
  "retention.daily",
  z.strictObject({
    kinds: z.array(z.string().max(40)).max(50).optional(),
    attempt: z.number().int().positive().optional(),
  }),
  { maxAttempts: 5 },
);

/** When it runs every day, in UTC. */
export const dailyRetentionAt = { hour: 3, minute: 23 };
