import { dispatchQuota, sweepQuota } from "@/db/repositories/quota";
import { env } from "@/lib/env";
import { lookaheadMs } from "./place";

/** Gives what is free to those who wait. Milliseconds until there may be more; null where nobody waits. Worker only. */
export function dispatchLanes(): Promise<number | null> {
  const { FINCH_CLIENT_ID, EGRESS_ID } = env();
  return dispatchQuota(FINCH_CLIENT_ID, EGRESS_ID, lookaheadMs);
}

/** Takes the tickets of runs that have ended out of the lanes. Worker only. */
export function sweepLanes(): Promise<number> {
  return sweepQuota();
}

/** Told whenever a lane is joined or a grant given back. */
export const quotaChannel = "perch_quota";
