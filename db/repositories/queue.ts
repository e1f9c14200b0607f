import { desc, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { workerReaps } from "@/db/schema";

/** The queue as staff may see it: numbers, ids and codes, by functions. For a scope of the platform. */

export interface QueueDepthRow {
  job: string;
  due: number;
  later: number;
  held: number;
  running: number;
  /** Of those that wait: failed before. */
  retrying: number;
  failed: number;
  oldestDueAt: Date | null;
  oldestStartedAt: Date | null;
}

const instant = (value: Date | string): Date => new Date(value);
const maybe = (value: Date | string | null): Date | null => (value === null ? null : instant(value));

/** How many jobs of each name wait, run and failed. */
export async function countQueue(tx: Tx): Promise<QueueDepthRow[]> {
  const rows = await tx.execute<QueueDepthRow & Record<string, unknown>>(sql`
    select job, due, later, held, running, retrying, failed, oldest_due_at as "oldestDueAt",
      oldest_started_at as "oldestStartedAt" from queue_depth()`);
  return rows.map((row) => ({
    ...row,
    oldestDueAt: maybe(row.oldestDueAt),
    oldestStartedAt: maybe(row.oldestStartedAt),
  }));
}

export interface QueueFailureRow {
  id: string;
  job: string;
  /** failed: given up; retrying: it comes again by itself. */
  state: string;
  attempts: number;
  maxAttempts: number;
  /** The code that the worker kept; null where the worker died with it. */
  code: string | null;
  failedAt: Date;
  /** failedAt in microseconds since 1970, for the next page. */
  failedMicros: string;
  runAt: Date;
  customerId: string | null;
  customerName: string | null;
  connectionId: string | null;
  providerName: string | null;
  runId: string | null;
  /** The step, or the mail's template. */
  about: string | null;
}

export interface QueueFailureFilter {
  job: string | null;
  state: "failed" | "retrying" | null;
  customerId: string | null;
  before: { micros: string; id: string } | null;
  limit: number;
}

/** Jobs that failed, the latest first, with the names of employer and provider. */
export async function listQueueFailures(tx: Tx, filter: QueueFailureFilter): Promise<QueueFailureRow[]> {
  const { job, state, customerId, before, limit } = filter;
  const at = before
    ? sql`(to_timestamp(0) + ${before.micros}::bigint * interval '1 microsecond')`
    : sql`null`;
  const rows = await tx.execute<QueueFailureRow & Record<string, unknown>>(sql`
    select f.id, f.job, f.state, f.attempts, f.max_attempts as "maxAttempts", f.code, f.failed_at as "failedAt",
      (extract(epoch from f.failed_at) * 1000000)::bigint::text as "failedMicros", f.run_at as "runAt",
      f.customer_id as "customerId", c.name as "customerName", k.id as "connectionId", k.provider_name as "providerName",
      f.run_id as "runId", f.about
    from queue_failures(${job}, ${state}, ${customerId}::uuid, ${at}::timestamptz, ${before?.id ?? null}::bigint, ${limit}) f
    left join customers c on c.id = f.customer_id
    left join connections k on k.customer_id = f.customer_id and k.id = f.connection_id
    order by f.failed_at desc, f.id::bigint desc`);
  return rows.map((row) => ({ ...row, failedAt: instant(row.failedAt), runAt: instant(row.runAt) }));
}

/** Starts failed jobs again, those named or all of one name; gives how many of each. */
export async function retryQueueJobs(
  tx: Tx,
  which: { ids: readonly string[] } | { job: string },
): Promise<{ job: string; jobs: number }[]> {
  const ids = "ids" in which ? `{${which.ids.map(BigInt).join(",")}}` : null;
  const job = "job" in which ? which.job : null;
  const rows = await tx.execute<{ job: string; jobs: number }>(
    sql`select job, jobs from retry_queue_jobs(${ids}::bigint[], ${job})`,
  );
  return [...rows];
}

export interface WorkerRow {
  id: string;
  /** Workers of one process have it in common. */
  process: string;
  /** Which jobs it takes, in a word. */
  takes: string;
  startedAt: Date;
  seenAt: Date;
  concurrency: number;
  /** Holds the lock of its id. */
  alive: boolean;
  running: number;
  oldestStartedAt: Date | null;
}

/** Workers that have not said goodbye, the oldest first. */
export async function listWorkers(tx: Tx): Promise<WorkerRow[]> {
  const rows = await tx.execute<WorkerRow & Record<string, unknown>>(sql`
    select id, process, takes, started_at as "startedAt", seen_at as "seenAt", concurrency, alive, running,
      oldest_started_at as "oldestStartedAt" from list_workers()`);
  return rows.map((row) => ({
    ...row,
    startedAt: instant(row.startedAt),
    seenAt: instant(row.seenAt),
    oldestStartedAt: maybe(row.oldestStartedAt),
  }));
}

/** When the clock last gave each of its jobs, by identifier. */
export async function listClockTimes(tx: Tx): Promise<Map<string, Date>> {
  const rows = await tx.execute<{ identifier: string; lastAt: Date | string | null }>(
    sql`select identifier, last_at as "lastAt" from list_crontabs()`,
  );
  return new Map(
    rows.flatMap(({ identifier, lastAt }) => (lastAt === null ? [] : [[identifier, instant(lastAt)]])),
  );
}

export type WorkerReapRow = typeof workerReaps.$inferSelect;

/** Workers that died, the latest first. */
export function listReaps(tx: Tx, limit: number): Promise<WorkerReapRow[]> {
  return tx.select().from(workerReaps).orderBy(desc(workerReaps.at)).limit(limit);
}
