import { DomainError } from "@/lib/domain/errors";
import { tryLimit } from "./limiter";
import { limits, type LimitKind } from "./limits";

const minuteSeconds = 60;
const hourSeconds = 3600;

/** "in 40 seconds", "in 14 minutes", "in 3 hours": rounded up, so that trying then works. */
function whenAgain(seconds: number): string {
  const [count, unit] =
    seconds < minuteSeconds
      ? [seconds, "second"]
      : seconds <= hourSeconds
        ? [Math.ceil(seconds / minuteSeconds), "minute"]
        : [Math.ceil(seconds / hourSeconds), "hour"];
  return `in ${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** The refusal of a used-up limit: what was too much, and when it works again. */
export function limitError(kind: LimitKind, retryAfterSeconds: number): DomainError {
  const message = `${limits()[kind].tooMany} It works again ${whenAgain(retryAfterSeconds)}.`;
  return new DomainError("RATE_LIMITED", message, { retryAfterSeconds });
}

/**
 * Takes one point of a limit. `key` is the address, network, user or employer that it counts for.
 * Take it before the work, also where only failures should count: returnLimit() gives it back on success, so that
 * many attempts at once cannot slip through.
 * @throws DomainError RATE_LIMITED, saying when it works again
 */
export async function takeLimit(kind: LimitKind, key: string): Promise<void> {
  const taken = await tryLimit(kind, key);
  if (!taken.ok) throw limitError(kind, taken.retryAfterSeconds);
}
