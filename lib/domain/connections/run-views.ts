/** What screens get of a sync run and its steps. Instants are ISO strings in UTC. */

export type StepState = "pending" | "running" | "waiting" | "succeeded" | "failed" | "skipped";

/** What a step waits for, and until when as far as that is known. */
export type StepWaitView =
  /** A place in Finch's quota: `ahead` others are asked for before it, null where nobody knows. */
  | { kind: "quota"; key: string; ahead: number | null; until: string | null }
  /** Finch works on it: a 202, or a job of its own. */
  | { kind: "finch"; until: string | null }
  /** A failure that may pass: it is tried again. */
  | { kind: "retry"; until: string | null };

/** Why a step failed, in the three parts that a screen tells trouble in. */
export interface StepTroubleView {
  happened: string;
  means: string;
  todo: string;
}

export interface SyncStepView {
  name: string;
  /** "" where the connection has a single entity, and for what is asked once for all of them. */
  entityId: string;
  status: StepState;
  /** In the step's own units: people, payments, statements … */
  done: number;
  total: number | null;
  itemErrors: number;
  requests: number;
  /** Requests that it needs in all; null until that is known. */
  plannedRequests: number | null;
  outcome: string | null;
  message: string | null;
  requestId: string | null;
  startedAt: string | null;
  /** Null while it has not ended. */
  durationMs: number | null;
  wait: StepWaitView | null;
  trouble: StepTroubleView | null;
}

/** How long a run still takes: an estimate by the quota that binds. */
export interface RunEstimateView {
  /** Requests that are still to be made, as far as they are known. */
  requestsLeft: number;
  doneAt: string;
  /** The quota that takes longest. */
  key: string | null;
  /** More requests may become known. */
  atLeast: boolean;
}

export interface SyncRunView {
  id: string;
  /** first | scheduled | requested | reconnected | … */
  reason: string;
  /** full | window | repair */
  scope: string;
  /** queued | running | waiting | succeeded | partly_failed | failed | cancelled */
  status: string;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** Null for nobody, and where the reader may not know. */
  requestedBy: string | null;
  cancelledBy: string | null;
  failureCode: string | null;
  failureMessage: string | null;
  requestId: string | null;
  requests: number;
  itemErrors: number;
  steps: SyncStepView[];
}
