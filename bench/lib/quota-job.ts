import { z } from "zod";
import { defineJob } from "@/lib/jobs/define";

/** One request of a lane, over and over: the endless work of the quota's figures. */
export const endlessJob = defineJob(
  "bench.request",
  z.strictObject({
    customerId: z.uuid(),
    lane: z.uuid(),
    endpoint: z.string(),
    token: z.string(),
    body: z.string().nullable(),
    grantId: z.uuid().optional(),
  }),
);
