import { z } from "zod";
import { defineJob } from "./define";

const connection = z.strictObject({ customerId: z.uuid(), connectionId: z.uuid() });
const run = z.strictObject({ customerId: z.uuid(), runId: z.uuid() });

/** Starts a sync run, or goes on with it where it stopped. */
export const connectionSyncJob = defineJob("connection.sync", run, { maxAttempts: 25 });

/**
 * One step of a sync run. It works for one epoch of the step: a job that was overtaken does nothing. What a
 * job does not finish it enqueues again, so attempts count crashes only.
 */
export const syncStepJob = defineJob(
  "sync.step",
  run.extend({ name: z.string(), entityId: z.string(), epoch: z.number().int().nonnegative() }),
  { maxAttempts: 25 },
);

/** Plans the next sync of a connection after a person stopped one. */
export const afterCancelJob = defineJob("sync.after_cancel", run, { maxAttempts: 10 });

/** Tells Finch that a connection ends, with the token that is good for nothing else. */
export const revokeTokenJob = defineJob("token.revoke", connection, { maxAttempts: 25 });

/** Deletes the hidden data of a disconnected connection. */
export const deleteConnectionDataJob = defineJob("connection.delete_data", connection, { maxAttempts: 25 });

/** Fetches Finch's list of providers. */
export const refreshProvidersJob = defineJob("providers.refresh", z.strictObject({}));

/** Enqueues the syncs that are due. */
export const scheduleSyncsJob = defineJob("sync.schedule", z.strictObject({}), { maxAttempts: 3 });
