import { inScope } from "@/db/client";
import { lockConnection } from "@/db/repositories/connections";
import { cancelOpenRuns, findRun } from "@/db/repositories/sync-runs";
import {
  claimStep,
  countStepRequest,
  lockRun,
  lockStep,
  updateRun,
  type StepKey,
} from "@/db/repositories/sync-steps";
import { findToken } from "@/db/repositories/tokens";
import type { CustomerContext } from "@/lib/domain/context";
import { openToken } from "@/lib/domain/keys/customer-vault";
import type { FinchCaller } from "@/lib/finch";
import { laneGate, type LaneGate } from "@/lib/quota";
import { readCursor } from "./cursor";
import { recordRequest } from "./finch-caller";
import type { Lease } from "./lease";
import type { StepWork } from "./work";

export interface StepJob {
  key: StepKey;
  /** The step's epoch when the job was enqueued. */
  epoch: number;
  /** 1 unless a worker died with it or it threw. */
  attempt: number;
  /** The slot that woke it. */
  grantId?: string | undefined;
}

const openRun = new Set(["queued", "running", "waiting"]);

/**
 * Takes a step for this worker, or null where there is nothing to do: the job was overtaken, the run ended,
 * or the token is another one by now.
 */
export function claimWork(ctx: CustomerContext, job: StepJob): Promise<StepWork | null> {
  const { key } = job;
  return inScope(ctx, async (tx) => {
    // Read only to learn the connection, which is locked before the run everywhere.
    const connectionId = (await findRun(tx, key.customerId, key.runId))?.connectionId;
    const connection = connectionId ? await lockConnection(tx, key.customerId, connectionId) : null;
    const run = await lockRun(tx, key.customerId, key.runId);
    const step = await lockStep(tx, key);
    if (!connection || !run || !step || !openRun.has(run.status) || !mayClaim(step, job)) return null;
    const tokenId = connection.currentTokenId;
    if (connection.disconnectedAt || !tokenId || tokenId !== run.tokenId) {
      await cancelOpenRuns(tx, key.customerId, connection.id, {
        code: connection.disconnectedAt ? "disconnected" : "reconnected",
        message: connection.disconnectedAt
          ? "The connection was disconnected."
          : "The connection was reconnected.",
      });
      return null;
    }
    const stored = await findToken(tx, key.customerId, tokenId);
    if (!stored?.ciphertext || !stored.keyId) return null;
    const secret = await openToken(tx, key.customerId, tokenId, {
      ciphertext: stored.ciphertext,
      keyId: stored.keyId,
    });
    const claimed = await claimStep(tx, key);
    if (!claimed) return null;
    if (run.status === "waiting") await updateRun(tx, key.customerId, run.id, { status: "running" });
    const lease = { key, epoch: claimed.epoch, connectionId: connection.id, tokenId };
    const gate = laneGate({ lane: connection.id, grantId: job.grantId });
    return {
      ctx,
      lease,
      connection,
      step: claimed,
      cursor: readCursor(claimed.cursor),
      isResumed: step.status === "running",
      reason: run.reason,
      runScope: run.scope,
      scope: { customerId: key.customerId, connectionId: connection.id, entityId: key.entityId },
      caller: stepCaller(ctx, lease, gate),
      gate,
      token: { id: tokenId, secret, disconnectOnly: stored.state !== "current" },
    };
  });
}

/** The job's own epoch; or, after crashes, an epoch that this very job had taken: one for each earlier attempt. */
function mayClaim(step: { epoch: number; status: string }, { epoch, attempt }: StepJob): boolean {
  if (!["pending", "waiting", "running"].includes(step.status)) return false;
  const isOwnEarlierClaim = step.epoch > epoch && step.epoch < epoch + attempt;
  return step.epoch === epoch || (isOwnEarlierClaim && step.status === "running");
}

/** Records each request, and counts it on the step while the lease holds. */
function stepCaller(ctx: CustomerContext, { key, epoch, connectionId }: Lease, gate: LaneGate): FinchCaller {
  return {
    connectionId,
    syncRunId: key.runId,
    gate,
    record: (request) =>
      recordRequest(ctx, request, (tx) => countStepRequest(tx, key, epoch, request.finchRequestId)),
  };
}
