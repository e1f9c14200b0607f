import { parseCronItems, type ParsedCronItem } from "graphile-worker";
import { schedules as planned } from "@/lib/jobs/schedules";

/** Work by the clock (UTC). One worker of many enqueues each; a missed daily run is made up for. */
export function schedules(): ParsedCronItem[] {
  return parseCronItems(
    planned.map(({ job, identifier, match, payload, single, maxAttempts, backfillMs }) => ({
      task: job,
      match,
      ...(identifier ? { identifier } : {}),
      ...(payload ? { payload } : {}),
      options: {
        ...(single ? { jobKey: job } : {}),
        ...(maxAttempts ? { maxAttempts } : {}),
        ...(backfillMs ? { backfillPeriod: backfillMs } : {}),
      },
    })),
  );
}
