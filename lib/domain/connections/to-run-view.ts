import type { SyncRunRow, SyncStepRow } from "@/db/repositories/sync-runs";
import type { StepState, StepWaitView, SyncRunView, SyncStepView } from "./run-views";
import { stepTrouble } from "./step-trouble";

/** Runs and steps as screens get them: field by field, so that a new column is hidden until somebody shows it. */

export const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

const stepStates: readonly StepState[] = ["pending", "running", "waiting", "succeeded", "failed", "skipped"];
const isStepState = (value: string): value is StepState => stepStates.some((state) => state === value);
const open = new Set<StepState>(["pending", "running", "waiting"]);

function waitOf(step: SyncStepRow, status: StepState): StepWaitView | null {
  if (!open.has(status)) return null;
  if (step.quotaKey !== null) return { kind: "quota", key: step.quotaKey, ahead: null, until: null };
  if (status !== "waiting") return null;
  return { kind: step.outcome === "retry" ? "retry" : "finch", until: iso(step.retryAt) };
}

export function toStepView(step: SyncStepRow, providerName: string): SyncStepView {
  const { startedAt, finishedAt } = step;
  const status = isStepState(step.status) ? step.status : "pending";
  return {
    name: step.name,
    entityId: step.entityId,
    status,
    done: step.done,
    total: step.total,
    itemErrors: step.itemErrors,
    requests: step.requests,
    plannedRequests: step.plannedRequests,
    outcome: step.outcome,
    message: step.message,
    requestId: step.requestId,
    startedAt: iso(startedAt),
    durationMs: startedAt && finishedAt ? Math.max(0, finishedAt.getTime() - startedAt.getTime()) : null,
    wait: waitOf(step, status),
    trouble: status === "failed" ? stepTrouble(step, providerName) : null,
  };
}

export interface RunFacts {
  run: SyncRunRow;
  steps: readonly SyncStepRow[];
  providerName: string;
  /** Names of users by id, of those that the reader may know. */
  names?: ReadonlyMap<string, string>;
}

export function toSyncRunView({ run, steps, providerName, names }: RunFacts): SyncRunView {
  const own = steps.filter((step) => step.runId === run.id);
  const nameOf = (id: string | null) => (id === null ? null : (names?.get(id) ?? null));
  return {
    id: run.id,
    reason: run.reason,
    scope: run.scope,
    status: run.status,
    createdAt: run.createdAt.toISOString(),
    startedAt: iso(run.startedAt),
    finishedAt: iso(run.finishedAt),
    requestedBy: nameOf(run.requestedBy),
    cancelledBy: nameOf(run.cancelledBy),
    failureCode: run.failureCode,
    failureMessage: run.failureMessage,
    requestId: run.requestId,
    requests: own.reduce((sum, step) => sum + step.requests, 0),
    itemErrors: own.reduce((sum, step) => sum + step.itemErrors, 0),
    steps: own.map((step) => toStepView(step, providerName)),
  };
}
