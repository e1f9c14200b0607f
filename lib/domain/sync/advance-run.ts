import type { Tx } from "@/db/client";
import type { ConnectionRow } from "@/db/repositories/connections";
import { listSteps, type SyncRunRow, type SyncStepRow } from "@/db/repositories/sync-runs";
import type { CustomerContext } from "@/lib/domain/context";
import { enqueue } from "@/lib/jobs/define";
import { syncStepJob } from "@/lib/jobs/sync";
import { finishRun } from "./finish-run";
import { priorityOfReason } from "./run-scope";

const ended = new Set(["succeeded", "failed", "skipped"]);

/** Enqueues a step's job for the epoch the step has now. */
export async function enqueueStep(
  tx: Tx,
  run: Pick<SyncRunRow, "reason">,
  step: Pick<SyncStepRow, "customerId" | "runId" | "name" | "entityId" | "epoch">,
  runAt?: Date,
): Promise<void> {
  const { customerId, runId, name, entityId, epoch } = step;
  await enqueue(
    tx,
    syncStepJob,
    { customerId, runId, name, entityId, epoch },
    { priority: priorityOfReason(run.reason), ...(runAt ? { runAt } : {}) },
  );
}

/** Goes on with the first step that has not ended, or ends the run. */
export async function advanceRun(
  tx: Tx,
  ctx: CustomerContext,
  connection: ConnectionRow,
  run: SyncRunRow,
): Promise<void> {
  const steps = await listSteps(tx, run.customerId, run.id);
  const next = steps.find((step) => !ended.has(step.status));
  if (next) await enqueueStep(tx, run, next);
  else await finishRun(tx, ctx, connection, run, steps);
}
