import type { Tx } from "@/db/client";
import { insertConnectionEvent } from "@/db/repositories/connection-events";
import { updateConnection, type ConnectionRow } from "@/db/repositories/connections";
import type { SyncRunRow, SyncStepRow } from "@/db/repositories/sync-runs";
import { findRenewal } from "@/db/repositories/finch-jobs";
import { hasPendingStatements } from "@/db/repositories/incomplete";
import { hasHoldAcceptedSince } from "@/db/repositories/open-holds";
import { databaseNow, skipOpenSteps, updateRun } from "@/db/repositories/sync-steps";
import type { CustomerContext } from "@/lib/domain/context";
import type { FinchFailure } from "@/lib/finch";
import { addRun } from "./enqueue-sync";
import { nextSyncAt } from "./next-sync";
import { productOfStep } from "./plan";
import { isBackground } from "./run-scope";

const workerActor = { actorKind: "worker", actorUserId: null, actorName: "Perch" };
const permissionOutcomes = new Set(["forbidden_scope", "insufficient_permissions"]);
/** Steps that bring the employer's data: one of them is enough to say that the first data has come. */
const bringsData = (step: SyncStepRow) => productOfStep(step.name) !== null && step.status === "succeeded";

/** Steps that read less in a window (DOMAIN 1.4): of the others every run reads all. */
const windowedSteps = new Set(["payments", "pay_statements"]);
const isStillFetched = ({ status, outcome }: SyncStepRow) => status === "skipped" && outcome === "pending";
const isWholeHistory = (step: SyncStepRow) =>
  !windowedSteps.has(step.name) || (step.status !== "failed" && !isStillFetched(step));

/** Ends a run whose steps have all ended. */
export async function finishRun(
  tx: Tx,
  ctx: CustomerContext,
  connection: ConnectionRow,
  run: SyncRunRow,
  steps: readonly SyncStepRow[],
): Promise<void> {
  const failed = steps.filter((step) => step.status === "failed");
  const refused = failed.filter((step) => permissionOutcomes.has(step.outcome ?? ""));
  const broken = failed.filter((step) => !refused.includes(step));
  const gotData = steps.some(bringsData);
  const status = failed.length === 0 ? "succeeded" : gotData ? "partly_failed" : "failed";
  const worst = broken[0] ?? refused[0];
  const now = await databaseNow(tx);
  const failures = broken.length > 0 ? connection.consecutiveFailures + 1 : 0;
  const readAllYears = run.scope === "full" && steps.every(isWholeHistory);
  await updateRun(tx, run.customerId, run.id, {
    status,
    finishedAt: now,
    ...(worst
      ? { failureCode: worst.outcome, failureMessage: worst.message, requestId: worst.requestId }
      : {}),
  });
  await updateConnection(tx, run.customerId, connection.id, {
    consecutiveFailures: failures,
    nextSyncAt: nextSyncAt({
      ...connection,
      renewsAt: await findRenewal(tx, { customerId: run.customerId, connectionId: connection.id }, now),
      consecutiveFailures: failures,
      isPending: await isPending(tx, connection, steps),
      now,
      random: Math.random(),
    }),
    ...(readAllYears ? { fullySyncedAt: now } : {}),
    ...(broken.length === 0 ? { lastSyncSucceededAt: now, lastSyncError: null } : {}),
    ...(broken.length > 0 ? { lastSyncFailedAt: now, lastSyncError: worst?.message ?? null } : {}),
    // Data arrived: whatever was being set up is done.
    ...(gotData ? { setupStartedAt: null } : {}),
    ...permissionColumns(connection, refused, now),
  });
  await insertConnectionEvent(tx, {
    customerId: run.customerId,
    connectionId: connection.id,
    kind:
      status === "succeeded" ? "sync_succeeded" : status === "failed" ? "sync_failed" : "sync_partly_failed",
    ...workerActor,
    detail: {
      runId: run.id,
      reason: run.reason,
      people: peopleOf(steps),
      ...(worst ? { message: worst.message } : {}),
    },
    requestId: worst?.requestId ?? null,
  });
  await followUp(tx, connection, run);
}

/** Whether Finch was still fetching something that was asked for. */
const isPending = async (tx: Tx, { customerId, id }: ConnectionRow, steps: readonly SyncStepRow[]) =>
  steps.some(isStillFetched) || (await hasPendingStatements(tx, customerId, id));

/**
 * What people asked for while the run was at work and it can not have done: a whole look where it was a repair, or to
 * let held data go that it had passed.
 */
async function followUp(tx: Tx, connection: ConnectionRow, run: SyncRunRow): Promise<void> {
  const { customerId, id } = connection;
  const startedAt = run.startedAt ?? run.createdAt;
  const wasJoined = run.scope === "repair" && !isBackground(run.reason);
  if (wasJoined) await addRun(tx, connection, { reason: "requested", requestedBy: run.requestedBy });
  else if (await hasHoldAcceptedSince(tx, customerId, id, startedAt))
    await addRun(tx, connection, { reason: "scheduled", requestedBy: null });
}

function permissionColumns(connection: ConnectionRow, refused: readonly SyncStepRow[], now: Date) {
  const first = refused[0];
  if (first) {
    const names = [...new Set(refused.map((step) => step.name))].join(", ");
    const permissionMissingDetail =
      `${connection.providerName} did not share: ${names}. ${first.message ?? ""}`.trim();
    return { permissionMissingAt: connection.permissionMissingAt ?? now, permissionMissingDetail };
  }
  if (connection.lostProducts.length > 0) return {};
  return { permissionMissingAt: null, permissionMissingDetail: null };
}

const peopleOf = (steps: readonly SyncStepRow[]) =>
  steps.filter((step) => step.name === "directory").reduce((sum, step) => sum + step.done, 0);

/**
 * Ends a run early: nothing after this step can work. Where the employer has to act, the connection says so at
 * once, and the timeline once.
 */
export async function endRunEarly(
  tx: Tx,
  connection: ConnectionRow,
  run: SyncRunRow,
  failure: FinchFailure,
): Promise<void> {
  const now = await databaseNow(tx);
  const needsPerson = failure.kind === "reauthenticate" || failure.kind === "setup_required";
  const failures = needsPerson ? connection.consecutiveFailures : connection.consecutiveFailures + 1;
  await skipOpenSteps(tx, run.customerId, run.id, "Not reached: the sync stopped before.");
  await updateRun(tx, run.customerId, run.id, {
    status: "failed",
    finishedAt: now,
    failureCode: failure.finchCode ?? failure.kind,
    failureMessage: failure.message,
    requestId: failure.requestId,
  });
  const reason = failure.kind === "setup_required" ? "account_setup_required" : "reauthenticate_user";
  await updateConnection(tx, run.customerId, connection.id, {
    lastSyncFailedAt: now,
    lastSyncError: failure.message,
    consecutiveFailures: failures,
    nextSyncAt: nextSyncAt({
      ...connection,
      consecutiveFailures: Math.max(failures, 1),
      now,
      random: Math.random(),
    }),
    ...(needsPerson ? { actionNeededAt: connection.actionNeededAt ?? now, actionNeededReason: reason } : {}),
  });
  if (needsPerson && connection.actionNeededAt) return;
  await insertConnectionEvent(tx, {
    customerId: run.customerId,
    connectionId: connection.id,
    kind: needsPerson ? "action_needed" : "sync_failed",
    ...(needsPerson ? { actorKind: "finch", actorUserId: null, actorName: "Finch" } : workerActor),
    detail: { runId: run.id, reason: needsPerson ? reason : run.reason, message: failure.message },
    requestId: failure.requestId,
  });
}
