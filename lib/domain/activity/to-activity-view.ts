import type { ActivityRow } from "@/db/repositories/activity";
import type { ActivityBucketRow, ActivityCauseRow } from "@/db/repositories/activity-sums";
import type { ActivityWindow } from "./activity-window";
import { isFailure, outcomeWords } from "./outcome-words";
import type { ActivityBucketView, ActivityCauseView, ActivityCountView, ActivityRequestView } from "./views";

/** Rows of requests as a page shows them; pure. */

export function toRequest(row: ActivityRow): ActivityRequestView {
  const { id, at, endpoint, status, outcome, finchCode, finchRequestId, durationMs, bytes, runId } = row;
  return {
    id,
    at,
    endpoint,
    status,
    outcome,
    finchCode,
    requestId: finchRequestId,
    durationMs,
    bytes,
    runId,
    // Calls of the installation itself, as for the list of providers, are of no employer.
    customer: row.customerName ? { id: row.customerId, name: row.customerName } : null,
    connection:
      row.connectionId && row.providerName ? { id: row.connectionId, providerName: row.providerName } : null,
    trouble: isFailure(outcome) || outcome === "pending" ? outcomeWords(outcome, finchCode) : null,
  };
}

export function toCause(row: ActivityCauseRow): ActivityCauseView {
  const { label, happened, todo } = outcomeWords(row.outcome, row.finchCode);
  return { ...row, label, happened, todo };
}

type Counts = Pick<ActivityBucketRow, "requests" | "failed" | "pending">;

function toCount({ requests, failed, pending }: Counts): ActivityCountView {
  const answered = requests - pending;
  return { requests, failed, pending, errorRate: answered > 0 ? failed / answered : null };
}

/** All buckets together. */
export function toSum(rows: readonly Counts[]): ActivityCountView {
  const total = (of: (row: Counts) => number) => rows.reduce((sum, row) => sum + of(row), 0);
  return toCount({
    requests: total(({ requests }) => requests),
    failed: total(({ failed }) => failed),
    pending: total(({ pending }) => pending),
  });
}

const nothing = { requests: 0, failed: 0, pending: 0, p50Ms: null, p95Ms: null };

/** Every bucket of the window, those without a request too; the first and the last end with it. */
export function toBuckets(
  rows: readonly ActivityBucketRow[],
  { from, to, bucketMs }: ActivityWindow,
): ActivityBucketView[] {
  const byStart = new Map(rows.map((row) => [row.at.getTime(), row]));
  const first = Math.floor(from.getTime() / bucketMs) * bucketMs;
  const count = Math.floor((to.getTime() - first) / bucketMs) + 1;
  return Array.from({ length: count }, (_, at) => {
    const start = first + at * bucketMs;
    const row = byStart.get(start) ?? nothing;
    return {
      from: new Date(Math.max(start, from.getTime())),
      to: new Date(Math.min(start + bucketMs, to.getTime())),
      ...toCount(row),
      p50Ms: row.p50Ms,
      p95Ms: row.p95Ms,
    };
  });
}
