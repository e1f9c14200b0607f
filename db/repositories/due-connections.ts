import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

/** Connections of all customers on which work is due, by the database's clock. Needs a platform scope. */
export interface DueConnection {
  customerId: string;
  connectionId: string;
}

/**
 * Whose next sync is due, no run is open and no employer has to sign in first. After a person stopped a sync the next
 * one is planned anew: what was due before then is not.
 */
export async function listDueSyncs(tx: Tx, limit: number): Promise<DueConnection[]> {
  const rows = await tx.execute<{ customerId: string; connectionId: string }>(sql`
    select c.customer_id as "customerId", c.id as "connectionId" from connections c
    where c.next_sync_at <= now() and c.disconnected_at is null and c.current_token_id is not null
      and c.action_needed_reason is distinct from 'reauthenticate_user'
      and not exists (select from sync_runs r where r.customer_id = c.customer_id and r.connection_id = c.id
        and r.status in ('queued', 'running', 'waiting'))
      and not exists (select from sync_runs r where r.customer_id = c.customer_id and r.connection_id = c.id
        and r.status = 'cancelled' and r.cancelled_by is not null and r.finished_at >= c.next_sync_at)
    order by c.next_sync_at limit ${limit}`);
  return [...rows];
}

export interface StuckRun {
  customerId: string;
  runId: string;
}

/** Open runs, or one of them, that nobody has touched for long and that wait for no slot: their job is gone. */
export async function listStuckRuns(tx: Tx, idleMinutes: number, runId?: string): Promise<StuckRun[]> {
  const rows = await tx.execute<{ customerId: string; runId: string }>(sql`
    select r.customer_id as "customerId", r.id as "runId" from sync_runs r
    where r.status in ('queued', 'running', 'waiting')
      and ${runId === undefined ? sql`true` : sql`r.id = ${runId}::uuid`}
      and r.created_at < now() - make_interval(mins => ${idleMinutes}::int)
      and not exists (select from sync_steps s where s.customer_id = r.customer_id and s.run_id = r.id
        and greatest(s.started_at, s.finished_at, s.retry_at) > now() - make_interval(mins => ${idleMinutes}::int))
      and not exists (select from api_requests a where a.customer_id = r.customer_id and a.sync_run_id = r.id
        and a.at > now() - make_interval(mins => ${idleMinutes}::int))
      and not exists (select from quota_tickets t where t.customer_id = r.customer_id and t.work_id = r.id)
    limit 100`);
  return [...rows];
}

/** Disconnected connections whose data has been kept long enough. */
export async function listDueDeletions(tx: Tx, limit: number): Promise<DueConnection[]> {
  const rows = await tx.execute<{ customerId: string; connectionId: string }>(sql`
    select c.customer_id as "customerId", c.id as "connectionId" from connections c
    where c.disconnected_at is not null and c.data_deleted_at is null and c.data_delete_at <= now()
    order by c.data_delete_at limit ${limit}`);
  return [...rows];
}

/** Customers with attempts at connecting that ran out. */
export async function listCustomersWithExpiredSessions(tx: Tx): Promise<string[]> {
  const rows = await tx.execute<{ customerId: string }>(sql`
    select distinct s.customer_id as "customerId" from connect_sessions s
    where s.status in ('created', 'opened') and s.expires_at <= now()`);
  return rows.map((row) => row.customerId);
}

/** Marks attempts that ran out. A scope of the customer. */
export async function expireConnectSessions(tx: Tx, customerId: string): Promise<number> {
  const rows = await tx.execute(sql`
    update connect_sessions s set status = 'expired', finished_at = now()
    where s.customer_id = ${customerId}::uuid and s.status in ('created', 'opened') and s.expires_at <= now()
    returning s.id`);
  return rows.length;
}
