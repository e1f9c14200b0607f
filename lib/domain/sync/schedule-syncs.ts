import { inScope, type Tx } from "@/db/client";
import { findConnection } from "@/db/repositories/connections";
import {
  expireConnectSessions,
  listCustomersWithExpiredSessions,
  listDueSyncs,
  listStuckRuns,
  type StuckRun,
} from "@/db/repositories/due-connections";
import { findRenewal } from "@/db/repositories/finch-jobs";
import { hasPendingStatements } from "@/db/repositories/incomplete";
import { databaseNow } from "@/db/repositories/sync-steps";
import { cadenceMs } from "@/lib/domain/connections/status";
import { workerContext, workerPlatformContext } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import { enqueue } from "@/lib/jobs/define";
import { connectionSyncJob } from "@/lib/jobs/sync";
import { log } from "@/lib/log";
import { enqueueSync, type SyncReason } from "./enqueue-sync";

/** Connections in one round; the next round, a minute later, takes the rest. */
const roundSize = 500;
export const stuckAfterMinutes = 30;

/** Gives a run a job again; once, however often it is found before that job comes. */
export async function reviveRun({ customerId, runId }: StuckRun): Promise<void> {
  await inScope(workerContext(customerId, "schedule"), (tx) =>
    enqueue(
      tx,
      connectionSyncJob,
      { customerId, runId, revive: true },
      { key: `connection.revive:${runId}` },
    ),
  );
  log.warn("a sync run had lost its job", { customerId, runId });
}

/** Enqueues what is due over all customers: syncs, runs whose job was lost, attempts that ran out. */
export async function scheduleSyncs(): Promise<{ syncs: number; revived: number; expired: number }> {
  const platform = workerPlatformContext("schedule");
  const work = await inScope(
    platform,
    async (tx) => ({
      due: await listDueSyncs(tx, roundSize),
      stuck: await listStuckRuns(tx, stuckAfterMinutes),
      expiring: await listCustomersWithExpiredSessions(tx),
    }),
    { readOnly: true },
  );
  let syncs = 0;
  for (const { customerId, connectionId } of work.due) {
    if (await enqueueDue(customerId, connectionId)) syncs += 1;
  }
  for (const stuck of work.stuck) await reviveRun(stuck);
  let expired = 0;
  for (const customerId of work.expiring) {
    expired += await inScope(workerContext(customerId, "schedule"), (tx) =>
      expireConnectSessions(tx, customerId),
    );
  }
  return { syncs, revived: work.stuck.length, expired };
}

/** False where somebody was faster: it was disconnected, or another round enqueued it. */
async function enqueueDue(customerId: string, connectionId: string): Promise<boolean> {
  const ctx = workerContext(customerId, "schedule");
  try {
    const { joined } = await inScope(ctx, async (tx) =>
      enqueueSync(tx, ctx, connectionId, await dueReason(tx, customerId, connectionId)),
    );
    return !joined;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

/** Before Finch has renewed its data a look is only for what it was still fetching. */
async function dueReason(tx: Tx, customerId: string, connectionId: string): Promise<SyncReason> {
  const connection = await findConnection(tx, customerId, connectionId);
  if (!connection?.dataRetrievedAt) return "scheduled";
  const now = await databaseNow(tx);
  const planned = await findRenewal(tx, { customerId, connectionId }, connection.dataRetrievedAt);
  const ended = connection.dataRetrievedAt.getTime() + cadenceMs(connection.syncKind);
  const isEarly = now.getTime() < Math.min(ended, planned?.getTime() ?? Infinity);
  return isEarly && (await hasPendingStatements(tx, customerId, connectionId)) ? "repair" : "scheduled";
}
