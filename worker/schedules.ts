import { parseCronItems, type ParsedCronItem } from "graphile-worker";
import { signAuditJob } from "@/lib/jobs/audit";
import { cleanSignInsJob } from "@/lib/jobs/clean-sign-ins";
import { dailyRetentionAt, dailyRetentionJob } from "@/lib/jobs/retention";
import { refreshProvidersJob, scheduleSyncsJob } from "@/lib/jobs/sync";

const hourMs = 3_600_000;

/** Work by the clock (UTC). One worker of many enqueues each; a missed daily run is made up for. */
export function schedules(): ParsedCronItem[] {
  return parseCronItems([
    {
      task: scheduleSyncsJob.name,
      match: "* * * * *",
      options: { jobKey: scheduleSyncsJob.name, maxAttempts: 1 },
    },
    { task: cleanSignInsJob.name, match: "17 * * * *", options: { jobKey: cleanSignInsJob.name } },
    { task: signAuditJob.name, match: "7 * * * *", options: { jobKey: signAuditJob.name } },
    // Once a day every chain is checked from its beginning.
    {
      task: signAuditJob.name,
      identifier: `${signAuditJob.name}.full`,
      match: "37 1 * * *",
      payload: { full: true },
      options: { backfillPeriod: 24 * hourMs },
    },
    {
      task: dailyRetentionJob.name,
      match: `${dailyRetentionAt.minute} ${dailyRetentionAt.hour} * * *`,
      options: { backfillPeriod: 24 * hourMs },
    },
    { task: refreshProvidersJob.name, match: "41 4 * * *", options: { backfillPeriod: 24 * hourMs } },
  ]);
}
