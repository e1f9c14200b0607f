import type { Tx } from "@/db/client";
import { updateStep } from "@/db/repositories/sync-steps";
import { syncStepJob } from "@/lib/jobs/sync";
import { joinLane, priorities } from "@/lib/quota";
import type { Held } from "./lease";
import { isBackground } from "./run-scope";
import type { StepWork } from "./work";

/**
 * Puts a step off until it is granted a slot. It waits and has its ticket, or neither: a worker that dies between the two
 * leaves a job behind, and after them the grant makes one.
 */
export async function parkStep(tx: Tx, { lease }: StepWork, { run, step }: Held, key: string): Promise<void> {
  const { customerId, runId, name, entityId } = lease.key;
  await updateStep(tx, lease.key, {
    status: "waiting",
    outcome: "quota",
    quotaKey: key,
    message: "Waits for its turn at Finch.",
    retryAt: null,
  });
  await joinLane(tx, {
    key,
    priority: isBackground(run.reason) ? priorities.scheduled : priorities.person,
    lane: lease.connectionId,
    connectionId: lease.connectionId,
    wake: { job: syncStepJob, payload: { customerId, runId, name, entityId, epoch: step.epoch } },
    waker: ["sync.step", runId, name, entityId].join(":"),
    runId,
  });
}
