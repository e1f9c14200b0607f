import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";

/** Which requests to Finch are meant: statements name the table r. */

export interface ActivityFilter {
  from: Date;
  to: Date;
  customerId: string | null;
  connectionId: string | null;
  runId: string | null;
  endpoints: readonly string[];
  /** Exact outcomes; with `failed` all but ok and pending as well. */
  outcomes: readonly string[];
  failed: boolean;
  /** Statuses from and to, both included; null in the list stands for no answer. */
  statuses: readonly (readonly [number, number] | null)[];
  finchCodes: readonly string[];
  /** The beginning of a Finch request id. */
  requestId: string;
}

/** Spelled as the index of failures has it: a parameter would not be matched with it. */
export const isFailed = sql.raw("r.outcome not in ('ok', 'pending')");

const lastCharacter = "\u{10ffff}";

const anyOf = (parts: SQL[]): SQL => sql`(${sql.join(parts, sql` or `)})`;
const oneOf = (column: SQL, values: readonly string[]): SQL =>
  sql`${column} in (${sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )})`;

export function matching(filter: ActivityFilter): SQL {
  const { customerId, connectionId, runId, endpoints, outcomes, statuses, finchCodes, requestId } = filter;
  const parts = [
    sql`r.at >= ${filter.from.toISOString()}::timestamptz and r.at <= ${filter.to.toISOString()}::timestamptz`,
  ];
  if (customerId) parts.push(sql`r.customer_id = ${customerId}::uuid`);
  if (connectionId) parts.push(sql`r.connection_id = ${connectionId}::uuid`);
  if (runId) parts.push(sql`r.sync_run_id = ${runId}::uuid`);
  if (endpoints.length > 0) parts.push(oneOf(sql`r.endpoint`, endpoints));
  const ended = [
    ...(filter.failed ? [isFailed] : []),
    ...(outcomes.length > 0 ? [oneOf(sql`r.outcome`, outcomes)] : []),
  ];
  if (ended.length > 0) parts.push(anyOf(ended));
  if (statuses.length > 0) {
    const ranges = statuses.map((range) =>
      range ? sql`r.status between ${range[0]}::int and ${range[1]}::int` : sql`r.status is null`,
    );
    parts.push(anyOf(ranges));
  }
  if (finchCodes.length > 0) parts.push(oneOf(sql`r.finch_code`, finchCodes));
  // The comparisons of text_pattern_ops: byte by byte, whatever the collation, so that the index answers a beginning.
  if (requestId)
    parts.push(
      sql`r.finch_request_id ~>=~ ${requestId} and r.finch_request_id ~<~ ${`${requestId}${lastCharacter}`}`,
    );
  return sql.join(parts, sql` and `);
}

/**
 * Plans this transaction's statements for the times and filters that they have, with memory for their sorts: 24 h of
 * 100,000 requests took 110 ms so, and 450 ms where the sort went to disk.
 */
export async function planForActivity(tx: Tx): Promise<void> {
  await tx.execute(
    sql`select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('work_mem', '64MB', true), set_config('jit', 'off', true)`,
  );
}
