import type { SyncStepRow } from "@/db/repositories/sync-runs";
import type { RunEstimateView } from "@/lib/domain/connections/run-views";
import { msUntilRequest, type QuotaOutlook } from "./estimate";
import { keyOfStep } from "./key-of-step";

/** How full a quota is, and who waits for it beside this connection. */
export interface LaneOutlook extends QuotaOutlook {
  /** Requests in all lanes. */
  waiting: number;
  /** Those that go before this connection's own; null where it does not wait here. */
  ahead: number | null;
}

type Step = Pick<SyncStepRow, "name" | "status" | "ordinal" | "requests" | "plannedRequests">;

const open = new Set(["pending", "running", "waiting"]);
/** A request that waits for nobody takes about this long. */
const requestMs = 500;

/** Requests that a step still needs, at the least. */
export function requestsLeftOf({
  status,
  requests,
  plannedRequests,
}: Omit<Step, "name" | "ordinal">): number {
  if (!open.has(status)) return 0;
  return plannedRequests === null ? 1 : Math.max(0, plannedRequests - requests);
}

/**
 * How long a run still takes: its steps one after another, each request when its lane has its turn. Null where nothing
 * is left to ask for. Pure.
 */
export function estimateRun(
  steps: readonly Step[],
  outlook: ReadonlyMap<string, LaneOutlook>,
  now: Date,
): RunEstimateView | null {
  const left = steps.filter(({ status }) => open.has(status)).sort((a, b) => a.ordinal - b.ordinal);
  const asked = new Map<string, number>();
  let longest: { ms: number; key: string | null } = { ms: 0, key: null };
  let requestsLeft = 0;
  for (const step of left) {
    const key = keyOfStep(step.name);
    const requests = requestsLeftOf(step);
    requestsLeft += requests;
    const lane = key === null ? undefined : outlook.get(key);
    if (key === null || !lane || requests === 0) continue;
    const turn = (asked.get(key) ?? 0) + requests;
    asked.set(key, turn);
    const ms = msUntilRequest(lane, placeOf(lane, turn));
    if (ms > longest.ms) longest = { ms, key };
  }
  if (requestsLeft === 0) return null;
  return {
    requestsLeft,
    doneAt: new Date(now.getTime() + longest.ms + requestsLeft * requestMs).toISOString(),
    key: longest.key,
    atLeast: left.some(({ plannedRequests }) => plannedRequests === null),
  };
}

/** The place of the lane's n-th request among all: between two turns of a lane every other lane has one. */
function placeOf({ waiting, ahead }: LaneOutlook, n: number): number {
  const others = ahead === null ? waiting : waiting - 1;
  return (ahead ?? others) + 1 + (n - 1) * (others + 1);
}

/** When a step's lane has its turn; null where it does not wait for this quota. Pure. */
export function turnOf(lane: LaneOutlook | undefined, now: Date): { ahead: number; until: string } | null {
  if (!lane || lane.ahead === null) return null;
  const until = new Date(now.getTime() + msUntilRequest(lane, lane.ahead + 1)).toISOString();
  return { ahead: lane.ahead, until };
}
