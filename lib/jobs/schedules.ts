import { signAuditJob } from "./audit";
import { cleanSignInsJob } from "./clean-sign-ins";
import { scheduleChecksJob } from "./mirror";
import { dailyRetentionAt, dailyRetentionJob } from "./retention";
import { refreshProvidersJob, scheduleSyncsJob } from "./sync";

/** Work by the clock. The worker does it; web says when each comes next. */
export interface Schedule {
  job: string;
  /** Another one than the job's name where a job comes by two clocks. */
  identifier?: string;
  /** Minute, hour, day, month and weekday in UTC, as cron writes them. */
  match: string;
  payload?: Record<string, unknown>;
  /** One of it waits at a time. */
  single?: true;
  maxAttempts?: number;
  /** A time that was missed is made up for within so long. */
  backfillMs?: number;
}

const dayMs = 24 * 3_600_000;

export const schedules: readonly Schedule[] = [
  { job: scheduleSyncsJob.name, match: "* * * * *", single: true, maxAttempts: 1 },
  // Each connection's checks come in its employer's night; one that was missed is due until it came.
  { job: scheduleChecksJob.name, match: "*/10 * * * *", single: true, backfillMs: dayMs },
  { job: cleanSignInsJob.name, match: "17 * * * *", single: true },
  { job: signAuditJob.name, match: "7 * * * *", single: true },
  // Once a day every chain is checked from its beginning.
  {
    job: signAuditJob.name,
    identifier: `${signAuditJob.name}.full`,
    match: "37 1 * * *",
    payload: { full: true },
    backfillMs: dayMs,
  },
  {
    job: dailyRetentionJob.name,
    match: `${dailyRetentionAt.minute} ${dailyRetentionAt.hour} * * *`,
    backfillMs: dayMs,
  },
  { job: refreshProvidersJob.name, match: "41 4 * * *", backfillMs: dayMs },
];
