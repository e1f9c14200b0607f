import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { isFailed, matching, type ActivityFilter } from "./activity-filter";

/** What requests to Finch of all employers come to. For a scope of the platform. */

export interface ActivityBucketRow {
  /** Beginning of the bucket. */
  at: Date;
  requests: number;
  failed: number;
  pending: number;
  /** Of what was answered; null where nothing was. */
  p50Ms: number | null;
  p95Ms: number | null;
}

type SumRow = Pick<ActivityBucketRow, "requests" | "failed" | "pending"> & {
  ms: string;
  times: [number, number] | null;
};

/** Requests by time: how many, how many of them failed or were not ready, and how long the answers took. */
export async function sumActivity(
  tx: Tx,
  filter: ActivityFilter,
  bucketMs: number,
): Promise<ActivityBucketRow[]> {
  const rows = await tx.execute<SumRow & Record<string, unknown>>(sql`
    select (extract(epoch from b.at) * 1000)::bigint::text as ms, count(*)::int as requests,
      (count(*) filter (where b.failed))::int as failed, (count(*) filter (where b.pending))::int as pending,
      percentile_disc(array[0.5, 0.95]) within group (order by b.duration_ms) filter (where b.answered) as times
    from (
      select date_bin(${bucketMs}::int * interval '1 millisecond', r.at, to_timestamp(0)) as at, r.duration_ms,
        ${isFailed} as failed, r.outcome = 'pending' as pending, r.status is not null as answered
      from api_requests r where ${matching(filter)}
    ) b
    group by b.at order by b.at`);
  return rows.map(({ ms, times, ...row }) => ({
    ...row,
    at: new Date(Number(ms)),
    p50Ms: times?.[0] ?? null,
    p95Ms: times?.[1] ?? null,
  }));
}

export interface ActivityCauseRow {
  outcome: string;
  finchCode: string | null;
  requests: number;
  connections: number;
  lastAt: Date;
}

/** Failures by cause, the most frequent first. */
export async function listActivityCauses(
  tx: Tx,
  filter: ActivityFilter,
  limit: number,
): Promise<ActivityCauseRow[]> {
  const rows = await tx.execute<ActivityCauseRow & Record<string, unknown>>(sql`
    select r.outcome, r.finch_code as "finchCode", count(*)::int as requests,
      count(distinct r.connection_id)::int as connections, max(r.at) as "lastAt"
    from api_requests r where ${matching(filter)} and ${isFailed}
    group by 1, 2 order by 3 desc, 1, 2 nulls last limit ${limit}`);
  return rows.map((row) => ({ ...row, lastAt: new Date(row.lastAt) }));
}

/** Which codes Finch gave for failures in a time, the most frequent first, for the filter. */
export async function listActivityCodes(tx: Tx, from: Date, to: Date, limit: number): Promise<string[]> {
  const rows = await tx.execute<{ code: string }>(sql`
    select r.finch_code as code from api_requests r
    where r.at >= ${from.toISOString()}::timestamptz and r.at <= ${to.toISOString()}::timestamptz and ${isFailed}
      and r.finch_code is not null
    group by 1 order by count(*) desc, 1 limit ${limit}`);
  return rows.map(({ code }) => code);
}
