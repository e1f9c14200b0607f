import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { bodyText, type ChainRow } from "./audit-chain";

/** The audit as it is read: newest first, filtered, each row with what its hash covers. */

export interface AuditLogRow extends ChainRow {
  at: Date;
  actorKind: string;
  actorId: string;
  action: string;
  targetType: string;
  targetId: string;
}

export interface AuditLogFilter {
  actors: readonly string[];
  /** First parts of actions: "connection" finds connection.sync. */
  actionPrefixes: readonly string[];
  targets: readonly string[];
  /** Days of the zone, both included. */
  from: string | null;
  to: string | null;
  zone: string;
}

const list = (values: readonly string[]) =>
  sql`(${sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )})`;

function matching(customerId: string, filter: AuditLogFilter): SQL {
  const parts = [sql`l.customer_id = ${customerId}::uuid`];
  if (filter.actors.length > 0) parts.push(sql`l.actor_id in ${list(filter.actors)}`);
  if (filter.actionPrefixes.length > 0)
    parts.push(sql`split_part(l.action, '.', 1) in ${list(filter.actionPrefixes)}`);
  if (filter.targets.length > 0) parts.push(sql`l.target_type in ${list(filter.targets)}`);
  if (filter.from) parts.push(sql`l.at >= ${filter.from}::text::date::timestamp at time zone ${filter.zone}`);
  if (filter.to)
    parts.push(sql`l.at < (${filter.to}::text::date + 1)::timestamp at time zone ${filter.zone}`);
  return sql.join(parts, sql` and `);
}

interface ListOptions {
  /** Entries before this number, newest first; with `newer` those after it, oldest first. */
  from: number | null;
  newer?: boolean;
  limit: number;
}

/** A page of the audit. */
export async function listAuditLog(
  tx: Tx,
  customerId: string,
  filter: AuditLogFilter,
  { from, newer = false, limit }: ListOptions,
): Promise<AuditLogRow[]> {
  const place =
    from === null ? sql`` : newer ? sql`and l.seq > ${from}::bigint` : sql`and l.seq < ${from}::bigint`;
  const rows = await tx.execute<AuditLogRow & Record<string, unknown>>(sql`
    select l.seq::float8 as seq, l.at, l.actor_kind as "actorKind", l.actor_id as "actorId", l.action,
      l.target_type as "targetType", l.target_id as "targetId", ${bodyText} as body, l.details_digest as "detailsDigest",
      l.prev_hash as "prevHash", l.hash, d.salt::text as salt, d.details::text as details
    from audit_log l left join audit_details d on d.customer_id = l.customer_id and d.seq = l.seq
    where ${matching(customerId, filter)} ${place}
    order by l.seq ${newer ? sql`asc` : sql`desc`} limit ${limit}`);
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}

/** How many entries match. */
export async function countAuditLog(tx: Tx, customerId: string, filter: AuditLogFilter): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(
    sql`select count(*)::int as count from audit_log l where ${matching(customerId, filter)}`,
  );
  return row?.count ?? 0;
}

export interface AuditActorRow {
  kind: string;
  id: string;
}

/** Who ever acted at a customer; walks the index from one actor to the next instead of reading every row. */
export async function listAuditActors(tx: Tx, customerId: string, limit: number): Promise<AuditActorRow[]> {
  const rows = await tx.execute<{ kind: string; id: string }>(sql`
    with recursive actors as (
      (select l.actor_kind as kind, l.actor_id as id from audit_log l
        where l.customer_id = ${customerId}::uuid order by l.actor_id, l.seq limit 1)
      union all
      select next.kind, next.id from actors, lateral (
        select l.actor_kind as kind, l.actor_id as id from audit_log l
        where l.customer_id = ${customerId}::uuid and l.actor_id > actors.id order by l.actor_id, l.seq limit 1) next
    )
    select kind, id from actors limit ${limit}`);
  return [...rows];
}

/** When the first entry behind a number was written; null where there is none. */
export async function findFirstAt(tx: Tx, customerId: string, after: number): Promise<Date | null> {
  const [row] = await tx.execute<{ at: Date | string }>(sql`
    select l.at from audit_log l where l.customer_id = ${customerId}::uuid and l.seq > ${after}::bigint order by l.seq limit 1`);
  return row ? new Date(row.at) : null;
}

/** Deletes value and salt of every row about a target; gives how many had some. The worker's scope. */
export async function eraseDetails(tx: Tx, targetType: string, targetId: string): Promise<number> {
  const [row] = await tx.execute<{ gone: number }>(
    sql`select erase_audit_details(${targetType}, ${targetId}) as gone`,
  );
  return row?.gone ?? 0;
}

/** Deletes entries older than so many years; gives how many went. The worker's scope. */
export async function pruneAudit(tx: Tx, years: number): Promise<number> {
  const [row] = await tx.execute<{ gone: number }>(
    sql`select audit_prune(now() - make_interval(years => ${years}::int)) as gone`,
  );
  return row?.gone ?? 0;
}
