import { z } from "zod";
import { defineJob } from "./define";

/** Deletes requests to sign in and sessions that are over. Scheduled. */
export const cleanSignInsJob = defineJob("sign-in.clean", z.strictObject({}), { maxAttempts: 3 });
