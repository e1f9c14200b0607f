import { inScope } from "@/db/client";
import { listDueChecks, type DueCheck } from "@/db/repositories/due-checks";
import { workerContext, workerPlatformContext } from "@/lib/domain/context";
import { enqueue } from "@/lib/jobs/define";
import { checkTotalsJob, reconcileJob } from "@/lib/jobs/mirror";

/** Checks in one round; the next round takes the rest. */
const roundSize = 500;
/** Checks at once, over all workers: people's syncs go before them. */
const lanes = 2;
const lowPriority = 10;

const jobs = { reconcile: reconcileJob, totals: checkTotalsJob };

/**
 * Enqueues the nightly checks that are due, each connection's in its employer's night. A check that is due and did
 * not come is enqueued in every round; its key keeps one of it, and its lane never two of one connection at once.
 */
export async function scheduleChecks(): Promise<number> {
  const due = await inScope(workerPlatformContext("reconcile"), (tx) => listDueChecks(tx, roundSize), {
    readOnly: true,
  });
  for (const check of due) await enqueueCheck(check);
  return due.length;
}

async function enqueueCheck({ customerId, connectionId, kind, dueAt }: DueCheck): Promise<void> {
  const lane = parseInt(connectionId.slice(-4), 16) % lanes;
  await inScope(workerContext(customerId, "reconcile"), (tx) =>
    enqueue(
      tx,
      jobs[kind],
      { customerId, connectionId, dueAt: dueAt.toISOString() },
      { key: `mirror.${kind}:${connectionId}`, queue: `mirror.checks:${lane}`, priority: lowPriority },
    ),
  );
}
