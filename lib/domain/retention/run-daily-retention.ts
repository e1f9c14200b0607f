import { inScope, inSystem } from "@/db/client";
import { listDueDeletions } from "@/db/repositories/due-connections";
import {
  deleteExpiredLookups,
  deleteOldMails,
  dropOldRequests,
  ensureRequestPartitions,
} from "@/db/repositories/retention";
import { workerContext, workerPlatformContext } from "@/lib/domain/context";
import { env } from "@/lib/env";
import { enqueue } from "@/lib/jobs/define";
import { deleteConnectionDataJob } from "@/lib/jobs/sync";
import { log } from "@/lib/log";

const partitionDaysAhead = 14;
const mailDays = 30;
/** Deletions in one day; each is a job of its own. */
const deletionsADay = 1_000;

/** What one run did, for the log and the tests. */
export interface RetentionResult {
  partitionsMade: number;
  partitionsDropped: number;
  mailsDeleted: number;
  lookupsDeleted: number;
  deletionsEnqueued: number;
}

/** Keeps each kind of data as long as the settings say and no longer (SECURITY 22). */
export async function runDailyRetention(): Promise<RetentionResult> {
  const result = await inSystem(async (tx) => ({
    partitionsMade: await ensureRequestPartitions(tx, partitionDaysAhead),
    partitionsDropped: await dropOldRequests(tx, env().API_REQUEST_RETENTION_DAYS),
    mailsDeleted: await deleteOldMails(tx, mailDays),
    lookupsDeleted: await deleteExpiredLookups(tx),
  }));
  const due = await inScope(workerPlatformContext("retention"), (tx) => listDueDeletions(tx, deletionsADay), {
    readOnly: true,
  });
  for (const { customerId, connectionId } of due) {
    await inScope(workerContext(customerId, "retention"), (tx) =>
      enqueue(tx, deleteConnectionDataJob, { customerId, connectionId }),
    );
  }
  log.info("retention ran", { count: result.partitionsDropped + due.length });
  return { ...result, deletionsEnqueued: due.length };
}
