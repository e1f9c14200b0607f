import { inScope, type Tx } from "@/db/client";
import {
  findConnection,
  lockConnection,
  updateConnection,
  type ConnectionRow,
} from "@/db/repositories/connections";
import { listStuckRuns } from "@/db/repositories/due-connections";
import { reopenMiscounted } from "@/db/repositories/incomplete";
import {
  findLastCheck,
  insertReconciliation,
  type ReconciliationRow,
} from "@/db/repositories/reconciliations";
import { findOpenRun, type SyncRunRow } from "@/db/repositories/sync-runs";
import { databaseNow, planForActualSize } from "@/db/repositories/sync-steps";
import { workerContext, workerPlatformContext, type CustomerContext } from "@/lib/domain/context";
import { reviveRun, stuckAfterMinutes } from "@/lib/domain/sync/schedule-syncs";
import { addRun } from "@/lib/domain/sync/enqueue-sync";
import { log } from "@/lib/log";
import { checkedScope, findDifferences, mendable, type Differences } from "./find-differences";
import { readCheckDetail, type CheckDetail } from "./check-detail";

const hourMs = 3_600_000;
/** A sync at work is given this long before the check goes by without it. */
const patienceMs = 6 * hourMs;
/** What repairs in vain did not mend is tried again once a week. */
const vainPeriod = 7;
/** What is planned anew comes within this time, not all at once. */
const soonMs = hourMs;

export interface CheckInput {
  customerId: string;
  connectionId: string;
  /** A check that began since has done this one already (ISO 8601). */
  dueAt?: string | undefined;
}

/** Whether a job that was enqueued twice finds its work done. */
export const isDone = (last: ReconciliationRow | null, dueAt: string | undefined) =>
  last !== null && dueAt !== undefined && last.finishedAt !== null && last.startedAt >= new Date(dueAt);

/**
 * The nightly check of one connection: finds what is behind or incomplete by the mirror's own tables, has a repair
 * read it where that can help, plans a sync that was not planned, and writes down what it found. While a sync is at
 * work the check waits for a later time. It looks in one snapshot without a lock, for a large payroll takes seconds, and
 * writes in one short transaction: a worker that dies leaves nothing behind.
 */
export async function reconcileConnection(input: CheckInput): Promise<void> {
  const { customerId, connectionId } = input;
  const ctx = workerContext(customerId, "reconcile");
  const revived = await reviveStuck(ctx, connectionId);
  const found = await inScope(ctx, (tx) => look(tx, input, revived), { readOnly: true });
  if (!found) return;
  if (revived) found.counts["run_without_job"] = 1;
  await inScope(ctx, async (tx) => {
    const connection = await lockConnection(tx, customerId, connectionId);
    if (!connection || !isConnected(connection)) return;
    const last = await findLastCheck(tx, customerId, connectionId, "reconcile");
    if (isDone(last, input.dueAt)) return;
    const open = await findOpenRun(tx, customerId, connectionId);
    const plan = planRepair(found, last && readCheckDetail(last.detail));
    const repairRunId = open ? null : await repair(tx, connection, found, plan.repairs);
    const healed = await planNextSync(tx, connection, found, open, found.startedAt);
    await insertReconciliation(tx, {
      customerId,
      connectionId,
      kind: "reconcile",
      startedAt: found.startedAt,
      checked: found.checked,
      differences: Object.values(found.counts).reduce((sum, count) => sum + count, 0),
      repaired: plan.mended + healed + (revived ? 1 : 0),
      detail: { counts: found.counts, repairRunId, vain: plan.vain } satisfies Partial<CheckDetail>,
    });
    if (repairRunId)
      log.info("a mirror is incomplete and is repaired", { customerId, connectionId, runId: repairRunId });
  });
}

const isConnected = ({ disconnectedAt, currentTokenId }: ConnectionRow) =>
  disconnectedAt === null && currentTokenId !== null;

/** What differs now; null where there is nothing to check at this moment. */
async function look(
  tx: Tx,
  { customerId, connectionId, dueAt }: CheckInput,
  revived: boolean,
): Promise<(Differences & { startedAt: Date }) | null> {
  await planForActualSize(tx);
  const startedAt = await databaseNow(tx);
  const connection = await findConnection(tx, customerId, connectionId);
  if (!connection || !isConnected(connection)) return null;
  if (isDone(await findLastCheck(tx, customerId, connectionId, "reconcile"), dueAt)) return null;
  const open = await findOpenRun(tx, customerId, connectionId);
  if (open && !revived && startedAt.getTime() - open.createdAt.getTime() < patienceMs) return null;
  return { ...(await findDifferences(tx, connection, startedAt)), startedAt };
}

/** Gives a sync that nobody works on a job again; false where there is none. */
async function reviveStuck(ctx: CustomerContext, connectionId: string): Promise<boolean> {
  const { customerId } = ctx.scope;
  const open = await inScope(ctx, (tx) => findOpenRun(tx, customerId, connectionId), { readOnly: true });
  if (!open) return false;
  const [stuck] = await inScope(
    workerPlatformContext("reconcile"),
    (tx) => listStuckRuns(tx, stuckAfterMinutes, open.id),
    { readOnly: true },
  );
  if (stuck) await reviveRun(stuck);
  return stuck !== undefined;
}

/** What the repair that the last check asked for has mended, and whether another one can help. */
function planRepair(found: Differences, before: CheckDetail | null) {
  const kinds = [...new Set([...Object.keys(found.counts), ...Object.keys(before?.counts ?? {})])].filter(
    mendable,
  );
  const change = kinds.map((kind) => (found.counts[kind] ?? 0) - (before?.counts[kind] ?? 0));
  const gone = change.reduce((sum, each) => sum + Math.max(0, -each), 0);
  const isOpen = kinds.some((kind) => found.counts[kind] !== undefined);
  const isVain = before !== null && isOpen && change.every((each) => each === 0);
  const vain = isVain ? before.vain + 1 : 0;
  return { mended: before?.repairRunId ? gone : 0, vain, repairs: isOpen && vain % vainPeriod === 0 };
}

async function repair(
  tx: Tx,
  connection: ConnectionRow,
  found: Differences,
  wanted: boolean,
): Promise<string | null> {
  if (!wanted || connection.actionNeededAt) return null;
  if (found.counts["statements_count"]) await reopenMiscounted(tx, await checkedScope(tx, connection));
  const { runId } = await addRun(tx, connection, { reason: "repair", requestedBy: null });
  return runId;
}

/** Plans a sync where none was planned, and sooner where the provider may offer more by now; gives how much it mended. */
async function planNextSync(
  tx: Tx,
  connection: ConnectionRow,
  { counts, changedSupport }: Differences,
  open: SyncRunRow | null,
  now: Date,
): Promise<number> {
  const isMissing = counts["not_scheduled"] !== undefined && open === null;
  if (!isMissing && changedSupport.length === 0) return 0;
  const soon = new Date(now.getTime() + soonMs * Math.random());
  const nextSyncAt = connection.nextSyncAt && connection.nextSyncAt < soon ? connection.nextSyncAt : soon;
  // A window would read two years of what was never read.
  const isPay = changedSupport.some((key) => key.startsWith("payments") || key.startsWith("pay_statements"));
  await updateConnection(tx, connection.customerId, connection.id, {
    nextSyncAt,
    ...(isPay ? { fullySyncedAt: null } : {}),
  });
  return isMissing ? 1 : 0;
}
