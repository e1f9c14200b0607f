import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { matching, type ActivityFilter } from "./activity-filter";

/** Requests to Finch of all employers, for staff. For a scope of the platform. */

export interface ActivityRow {
  id: string;
  at: Date;
  /** `at` in microseconds since 1970: the place in the list, with the id. */
  micros: string;
  endpoint: string;
  status: number | null;
  outcome: string;
  finchCode: string | null;
  finchRequestId: string | null;
  durationMs: number;
  bytes: number | null;
  runId: string | null;
  customerId: string;
  customerName: string | null;
  connectionId: string | null;
  providerName: string | null;
}

export interface ActivityPlace {
  micros: string;
  id: string;
}

interface ListOptions {
  /** Older requests than this one, or newer ones; the newest of all where left out. */
  after?: ActivityPlace | null;
  before?: ActivityPlace | null;
  limit: number;
}

const placed = ({ micros, id }: ActivityPlace) =>
  sql`(to_timestamp(0) + ${micros}::bigint * interval '1 microsecond', ${id}::uuid)`;

/** A page of requests, newest first; with `before` oldest first. */
export async function listActivityRows(
  tx: Tx,
  filter: ActivityFilter,
  { after, before, limit }: ListOptions,
): Promise<ActivityRow[]> {
  const place = before
    ? sql`and (r.at, r.id) > ${placed(before)}`
    : after
      ? sql`and (r.at, r.id) < ${placed(after)}`
      : sql``;
  const direction = before ? sql`asc` : sql`desc`;
  const rows = await tx.execute<ActivityRow & Record<string, unknown>>(sql`
    select p.id, p.at, (extract(epoch from p.at) * 1000000)::bigint::text as micros, p.endpoint, p.status, p.outcome,
      p.finch_code as "finchCode", p.finch_request_id as "finchRequestId", p.duration_ms as "durationMs",
      p.bytes::float8 as bytes, p.sync_run_id as "runId", p.customer_id as "customerId", c.name as "customerName",
      p.connection_id as "connectionId", k.provider_name as "providerName"
    from (
      select * from api_requests r where ${matching(filter)} ${place}
      order by r.at ${direction}, r.id ${direction} limit ${limit}
    ) p
    left join customers c on c.id = p.customer_id
    left join connections k on k.customer_id = p.customer_id and k.id = p.connection_id
    order by p.at ${direction}, p.id ${direction}`);
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}

export interface ActivityConnectionRow {
  id: string;
  customerId: string;
  customerName: string;
  providerName: string;
}

/** A connection with its employer; null where there is none. */
export async function findActivityConnection(
  tx: Tx,
  connectionId: string,
): Promise<ActivityConnectionRow | null> {
  const [row] = await tx.execute<ActivityConnectionRow & Record<string, unknown>>(sql`
    select k.id, k.customer_id as "customerId", c.name as "customerName", k.provider_name as "providerName"
    from connections k join customers c on c.id = k.customer_id where k.id = ${connectionId}::uuid limit 1`);
  return row ?? null;
}

/** Connections of an employer, for the filter. */
export async function listActivityConnections(
  tx: Tx,
  customerId: string,
  limit: number,
): Promise<ActivityConnectionRow[]> {
  const rows = await tx.execute<ActivityConnectionRow & Record<string, unknown>>(sql`
    select k.id, k.customer_id as "customerId", c.name as "customerName", k.provider_name as "providerName"
    from connections k join customers c on c.id = k.customer_id where k.customer_id = ${customerId}::uuid
    order by lower(k.provider_name), k.created_at limit ${limit}`);
  return [...rows];
}
