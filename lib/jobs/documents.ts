import { z } from "zod";
import { defineJob } from "./define";

/** Goes on with asking Finch for W-4 forms. It enqueues itself until the forms are here, so attempts count crashes. */
export const documentSyncJob = defineJob(
  "document.sync",
  z.strictObject({ customerId: z.uuid(), syncId: z.uuid() }),
  { maxAttempts: 10 },
);
