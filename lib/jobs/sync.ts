import { z } from "zod";
import { defineJob } from "./define";

const connection = z.strictObject({ customerId: z.uuid(), connectionId: z.uuid() });
const run = z.strictObject({ customerId: z.uuid(), runId: z.uuid() });

/** Starts a sync run, or goes on with it where it stopped; `revive` where the job of the step at work was lost. */
export const connectionSyncJob = defineJob(
  "connection.sync",
  run.extend({ revive: z.boolean().optional() }),
  { maxAttempts: 25 },
);

/**
 * One step of a sync run. It works for one epoch of the step: a job that was overtaken does nothing. What a
 * job does not finish it enqueues again, so attempts count crashes only. `grantId` is the slot that woke it, if it
 * waited for one; a worker of the release before leaves it out, and the slot is free again by itself.
 */
export const syncStepJob = defineJob(
  "sync.step",
  run.extend({
    name: z.string(),
    entityId: z.string(),
    epoch: z.number().int().nonnegative(),
    grantId: z.uuid().optional(),
  }),
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
