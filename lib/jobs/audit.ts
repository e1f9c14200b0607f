import { z } from "zod";
import { defineJob } from "./define";

/** Checks and signs the heads of all audit chains; `full` from their beginning. Scheduled. */
export const signAuditJob = defineJob("audit.sign", z.strictObject({ full: z.boolean().optional() }), {
  maxAttempts: 3,
});
