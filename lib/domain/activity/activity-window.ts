import type { ActivityQuery, ActivityRange } from "./activity-query";

/** The time that a page of requests covers, and how its charts divide it. */
export interface ActivityWindow {
  from: Date;
  to: Date;
  /** Ends now: what happens next will be in it. */
  live: boolean;
  bucketMs: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export const rangeMs: Record<ActivityRange, number> = {
  "1h": hourMs,
  "24h": dayMs,
  "7d": 7 * dayMs,
  "30d": 30 * dayMs,
};

const bucketSizesMs = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minuteMs),
  ...[1, 2, 3, 6, 12].map((hours) => hours * hourMs),
  ...[1, 2, 7, 14].map((days) => days * dayMs),
];
const mostBuckets = 60;

/** The smallest round time of which at most 60 cover the window. */
export function bucketSizeMs(lengthMs: number): number {
  const size = bucketSizesMs.find((each) => lengthMs / each <= mostBuckets);
  return size ?? Math.ceil(lengthMs / mostBuckets / dayMs) * dayMs;
}

/** Before any request; PostgreSQL reads no year before the first. */
const earliestMs = Date.UTC(2000, 0, 1);

const instant = (minute: string | null): number | null => {
  const ms = minute === null ? Number.NaN : Date.parse(`${minute}:00Z`);
  return Number.isNaN(ms) ? null : ms;
};

type Asked = Pick<ActivityQuery, "range" | "from" | "to" | "search">;

/**
 * A search for a request id without times of its own looks through all that is kept: whoever pastes an id rarely knows
 * when it was.
 */
export function activityWindow(
  { range, from, to, search }: Asked,
  now: Date,
  keptDays: number,
): ActivityWindow {
  const [first, last] = [instant(from), instant(to)];
  const end = Math.max(Math.min(last ?? now.getTime(), now.getTime()), earliestMs);
  const longestMs = keptDays * dayMs;
  const chosenMs = search !== "" && first === null && last === null ? longestMs : rangeMs[range];
  const begin = first !== null && first < end ? first : end - chosenMs;
  return {
    from: new Date(Math.max(begin, end - longestMs - dayMs)),
    to: new Date(end),
    live: last === null || last >= now.getTime(),
    bucketMs: bucketSizeMs(end - Math.max(begin, end - longestMs - dayMs)),
  };
}
