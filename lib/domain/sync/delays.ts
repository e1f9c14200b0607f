/** How long a step waits. Pure: `random` is a number from 0 to 1. */

/** Tries after the first one before a step gives up on a failure that may pass. */
export const maxRetries = 6;

const minuteMs = 60_000;
const longestRetryMs = 5 * minuteMs;
/** While a first setup lasts: minutes where it is automatic, hours where people do it. */
const longestWaitMs = { automated: 10 * minuteMs, assisted: 360 * minuteMs };

/** Exponential with jitter, so that what failed together does not come back together. */
export function retryDelayMs(retries: number, baseMs: number, random: number): number {
  return Math.round(Math.min(longestRetryMs, 2 * baseMs * 2 ** retries) * (0.5 + random / 2));
}

/** The growing delay after a 202 (Finch: Handling API Responses). */
export function waitDelayMs(waits: number, baseMs: number, syncKind: string): number {
  const longest = syncKind === "assisted" ? longestWaitMs.assisted : longestWaitMs.automated;
  return Math.min(longest, baseMs * 2 ** Math.min(waits, 30));
}

/**
 * How long a run waits for payments whose statements Finch is still fetching, while all else of it is read. Then it
 * ends without them, and a later one reads them: the rest of the mirror must not grow old for one payment.
 */
export function longestFetchMs(syncKind: string): number {
  return (syncKind === "assisted" ? 24 * 60 : 2 * 60) * minuteMs;
}
