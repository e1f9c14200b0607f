import { z } from "zod";
import { outcomeKinds } from "./outcome-words";

/** What the list of requests is asked for. Instants are UTC, to the minute. */

export const activityRanges = ["1h", "24h", "7d", "30d"] as const;
export type ActivityRange = (typeof activityRanges)[number];

/** "failed" stands for everything but ok and pending. */
export const outcomeChoices = ["failed", ...outcomeKinds] as const;
export type OutcomeChoice = (typeof outcomeChoices)[number];

/** A status, a class of them, or none where no answer came. */
export const statusChoice = /^(?:[1-5]xx|[1-5]\d\d|none)$/;
/** A place in the list: microseconds since 1970 and the row's id. */
export const activityCursor = /^\d{1,18}\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const utcMinute = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;

const text = (max: number) =>
  z
    .string()
    .max(max)
    .transform((value) => value.replaceAll("\0", ""));
const id = z.uuid().nullable().default(null);
const minute = z.string().regex(utcMinute).nullable().default(null);
const cursor = z.string().regex(activityCursor).nullable().default(null);

export const ActivityQuery = z.strictObject({
  /** The beginning of a Finch request id. */
  search: text(100).default(""),
  customerId: id,
  connectionId: id,
  runId: id,
  endpoints: z.array(text(200)).max(50).default([]),
  outcomes: z.array(z.enum(outcomeChoices)).max(20).default([]),
  statuses: z.array(z.string().regex(statusChoice)).max(20).default([]),
  finchCodes: z.array(text(200)).max(50).default([]),
  range: z.enum(activityRanges).default("24h"),
  /** Instead of the range. */
  from: minute,
  to: minute,
  /** The request that the page follows (older ones), or precedes (newer ones). */
  after: cursor,
  before: cursor,
});
export type ActivityQuery = z.output<typeof ActivityQuery>;
