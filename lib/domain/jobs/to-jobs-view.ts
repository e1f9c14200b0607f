import type { QueueDepthRow, QueueFailureRow, WorkerReapRow, WorkerRow } from "@/db/repositories/queue";
import { failureWords } from "./failure-words";
import { jobLabel, jobUndone } from "./job-words";
import type { JobFailureView, JobKindView, ReapView, WorkerProcessView } from "./views";

/** Rows of the queue as a page shows them; pure. */

/** What needs a look first: given up, then what waits longest. */
export function toKinds(rows: readonly QueueDepthRow[]): JobKindView[] {
  const waitsSince = ({ oldestDueAt }: QueueDepthRow) => oldestDueAt?.getTime() ?? Number.POSITIVE_INFINITY;
  return [...rows]
    .sort((a, b) => b.failed - a.failed || waitsSince(a) - waitsSince(b) || a.job.localeCompare(b.job))
    .map((row) => ({ ...row, label: jobLabel(row.job) }));
}

export function toFailure(row: QueueFailureRow): JobFailureView {
  const { id, job, about, attempts, maxAttempts, code, failedAt, runAt, runId } = row;
  const isOver = row.state === "failed";
  return {
    id,
    job,
    label: jobLabel(job),
    about,
    state: isOver ? "failed" : "retrying",
    attempts,
    maxAttempts,
    code,
    ...failureWords(code),
    undone: jobUndone(job),
    failedAt,
    nextAt: isOver ? null : runAt,
    customer: row.customerId && row.customerName ? { id: row.customerId, name: row.customerName } : null,
    connection:
      row.connectionId && row.providerName ? { id: row.connectionId, providerName: row.providerName } : null,
    runId,
  };
}

/** Workers by process; one is as alive as any of its workers. */
export function toWorkers(rows: readonly WorkerRow[]): WorkerProcessView[] {
  const byProcess = Map.groupBy(rows, ({ process }) => process);
  return [...byProcess].map(([process, workers]) => ({
    process,
    alive: workers.some(({ alive }) => alive),
    startedAt: new Date(Math.min(...workers.map(({ startedAt }) => startedAt.getTime()))),
    seenAt: new Date(Math.max(...workers.map(({ seenAt }) => seenAt.getTime()))),
    workers: workers.map(({ id, takes, concurrency, running, oldestStartedAt }) => ({
      id,
      takes,
      concurrency,
      running,
      oldestStartedAt,
    })),
  }));
}

export function toReap(row: WorkerReapRow): ReapView {
  const { id, workerId, process, takes, at, seenAt, jobs } = row;
  const kinds = typeof row.kinds === "object" && row.kinds !== null ? Object.entries(row.kinds) : [];
  return {
    id,
    workerId,
    process,
    takes,
    at,
    seenAt,
    jobs,
    kinds: kinds.map(([job, count]) => `${String(count)} × ${jobLabel(job)}`),
  };
}
