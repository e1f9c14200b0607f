import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

interface ConnectionScope {
  customerId: string;
  connectionId: string;
}

/** A job at Finch; its times are ISO 8601, as they came. */
export interface FinchJobValues {
  id: string;
  type: string;
  status: string;
  createdAt: string | null;
  scheduledAt: string | null;
  startedAt: string | null;
  completedAt: string | null;
}

/** Writes what Finch said of its jobs; an older answer changes nothing. */
export async function upsertFinchJobs(
  tx: Tx,
  { customerId, connectionId }: ConnectionScope,
  jobs: readonly FinchJobValues[],
  fetchedAt: Date,
): Promise<void> {
  if (jobs.length === 0) return;
  await tx.execute(sql`
    insert into finch_jobs (customer_id, connection_id, finch_job_id, type, status, created_at_finch, scheduled_at,
      started_at, completed_at, fetched_at)
    select ${customerId}::uuid, ${connectionId}::uuid, x.id, x.type, x.status, x."createdAt", x."scheduledAt", x."startedAt",
      x."completedAt", ${fetchedAt.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(jobs)}::jsonb) as x (id text, type text, status text, "createdAt" timestamptz,
      "scheduledAt" timestamptz, "startedAt" timestamptz, "completedAt" timestamptz)
    on conflict (customer_id, connection_id, finch_job_id) do update
      set type = excluded.type, status = excluded.status, created_at_finch = excluded.created_at_finch,
        scheduled_at = excluded.scheduled_at, started_at = excluded.started_at, completed_at = excluded.completed_at,
        fetched_at = excluded.fetched_at
      where finch_jobs.fetched_at <= excluded.fetched_at`);
}

/**
 * Forgets jobs that a list no longer names though it names older ones: of scheduled syncs Finch shows only the next
 * one (Finch: List All Automated Jobs). What is older than the list stays.
 */
export async function deleteUnlistedJobs(
  tx: Tx,
  { customerId, connectionId }: ConnectionScope,
  fetchedAt: Date,
): Promise<void> {
  const at = sql`${fetchedAt.toISOString()}::timestamptz`;
  await tx.execute(sql`
    delete from finch_jobs j where j.customer_id = ${customerId}::uuid and j.connection_id = ${connectionId}::uuid
      and j.fetched_at < ${at} and j.created_at_finch > (select min(o.created_at_finch) from finch_jobs o
        where o.customer_id = j.customer_id and o.connection_id = j.connection_id and o.fetched_at = ${at})`);
}

/** Finch's ids of the jobs that are mirrored. */
export async function listFinchJobIds(
  tx: Tx,
  { customerId, connectionId }: ConnectionScope,
): Promise<Set<string>> {
  const rows = await tx.execute<{ id: string }>(sql`
    select finch_job_id as id from finch_jobs
    where customer_id = ${customerId}::uuid and connection_id = ${connectionId}::uuid`);
  return new Set(rows.map(({ id }) => id));
}

/** The first time after `since` for which Finch has planned to fetch the connection's data anew; null where it says none. */
export async function findRenewal(
  tx: Tx,
  { customerId, connectionId }: ConnectionScope,
  since: Date,
): Promise<Date | null> {
  const [row] = await tx.execute<{ at: string | null }>(sql`
    select min(scheduled_at) as at from finch_jobs
    where customer_id = ${customerId}::uuid and connection_id = ${connectionId}::uuid
      and type = 'data_sync_all' and status = 'pending' and scheduled_at > ${since.toISOString()}::timestamptz`);
  return row?.at ? new Date(row.at) : null;
}
