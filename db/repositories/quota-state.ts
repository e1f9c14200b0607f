import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";

/** How the gate stands (lib/quota): numbers for people of an employer, everything for staff. */

const outlookRows = z.array(
  z.object({
    key: z.string(),
    allowance: z.number(),
    window_ms: z.number(),
    busy_ms: z.array(z.number()),
    paused_ms: z.number(),
    waiting: z.number(),
    ahead: z.number().nullable(),
  }),
);

export interface QuotaOutlookRow {
  key: string;
  allowance: number;
  windowMs: number;
  busyMs: number[];
  pausedMs: number;
  waiting: number;
  /** Requests that go before the connection's own; null where it does not wait. */
  ahead: number | null;
}

/** Every quota, in numbers. `ahead` is known of a connection of the scope's customer alone. */
export async function listQuotaOutlook(
  tx: Tx,
  clientId: string,
  connectionId: string | null,
): Promise<QuotaOutlookRow[]> {
  const rows = await tx.execute(sql`select * from quota_outlook(${clientId}, ${connectionId}::uuid)`);
  return outlookRows
    .parse([...rows])
    .map(({ window_ms: windowMs, busy_ms: busyMs, paused_ms: pausedMs, ...row }) => ({
      ...row,
      windowMs,
      busyMs,
      pausedMs,
    }));
}

const setRows = z.array(
  z.object({
    key: z.string(),
    addressSet: z.string().nullable(),
    allowance: z.number(),
    windowMs: z.number(),
    source: z.string(),
    pausedMs: z.number(),
    busyMs: z.array(z.number()),
    person: z.number(),
    webhook: z.number(),
    scheduled: z.number(),
  }),
);
export type QuotaSetRow = z.infer<typeof setRows>[number];

/** Every set of slots with who waits for it: a scope of staff. */
export async function listQuotaSets(tx: Tx, clientId: string): Promise<QuotaSetRow[]> {
  const rows = await tx.execute(sql`
    select e.key, e.address_set as "addressSet", e.allowance, e.window_ms as "windowMs", e.source,
      greatest(0, ceil(extract(epoch from e.paused_until - now()) * 1000))::int as "pausedMs",
      (select coalesce(array_agg(ceil(extract(epoch from s.free_at - now()) * 1000)::int order by s.free_at), '{}')
        from quota_slots s where s.client_id = e.client_id and s.key = e.key and s.free_at > now()) as "busyMs",
      count(t.id) filter (where t.priority = 0)::int as person, count(t.id) filter (where t.priority = 1)::int as webhook,
      count(t.id) filter (where t.priority = 2)::int as scheduled
    from quota_endpoints e
    left join quota_tickets t on t.client_id = e.client_id and t.key = e.key and t.grant_id is null
    where e.client_id in (${clientId}, '')
    group by e.client_id, e.key order by e.key`);
  return setRows.parse([...rows]);
}

const waiterRows = z.array(
  z.object({
    key: z.string(),
    priority: z.number(),
    waitedMs: z.number(),
    customerId: z.string().nullable(),
    customerName: z.string().nullable(),
    connectionId: z.string().nullable(),
    providerName: z.string().nullable(),
  }),
);
export type QuotaWaiterRow = z.infer<typeof waiterRows>[number];

/** Who waits, in the order of their turns: a scope of staff. */
export async function listQuotaWaiters(tx: Tx, clientId: string, limit: number): Promise<QuotaWaiterRow[]> {
  const rows = await tx.execute(sql`
    select t.key, t.priority, floor(extract(epoch from now() - t.joined_at) * 1000)::int as "waitedMs",
      t.customer_id as "customerId", u.name as "customerName", t.connection_id as "connectionId", c.provider_name as "providerName"
    from quota_tickets t
    left join customers u on u.id = t.customer_id
    left join connections c on c.customer_id = t.customer_id and c.id = t.connection_id
    where t.client_id = ${clientId} and t.grant_id is null
    order by t.priority, t.turn, t.joined_at limit ${limit}`);
  return waiterRows.parse([...rows]);
}

const backlogRows = z.array(z.object({ name: z.string(), requests: z.number(), unplanned: z.number() }));

/** Requests that the open runs of all customers still need, by step: a scope of staff. */
export async function listBacklog(tx: Tx): Promise<{ runs: number; steps: z.infer<typeof backlogRows> }> {
  const rows = await tx.execute(sql`
    select s.name, sum(case when s.planned_requests is null then 1 else greatest(0, s.planned_requests - s.requests) end)::int as requests,
      count(*) filter (where s.planned_requests is null)::int as unplanned
    from sync_steps s join sync_runs r on r.customer_id = s.customer_id and r.id = s.run_id
    where r.status in ('queued', 'running', 'waiting') and s.status in ('pending', 'running', 'waiting')
    group by s.name order by s.name`);
  const [open] = await tx.execute<{ n: number }>(
    sql`select count(*)::int as n from sync_runs where status in ('queued', 'running', 'waiting')`,
  );
  return { runs: open?.n ?? 0, steps: backlogRows.parse([...rows]) };
}
