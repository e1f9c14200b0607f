import { z } from "zod";
import { defineJob } from "./define";

const check = z.strictObject({
  customerId: z.uuid(),
  connectionId: z.uuid(),
  /** The night's time of this check: one that began since has done it already. */
  dueAt: z.iso.datetime().optional(),
});

/** Finds what is behind or incomplete in a connection's mirror, without asking Finch, and has it mended. */
export const reconcileJob = defineJob("mirror.reconcile", check, { maxAttempts: 3 });

/** Compares a connection's totals with its statements. */
export const checkTotalsJob = defineJob("mirror.totals", check, { maxAttempts: 3 });

/** Enqueues the checks that are due. */
export const scheduleChecksJob = defineJob("mirror.schedule", z.strictObject({}), { maxAttempts: 3 });
