import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { CheckKind } from "./reconciliations";

export interface DueCheck {
  customerId: string;
  connectionId: string;
  kind: CheckKind;
  /** When it was to begin. */
  dueAt: Date;
}

/** The night of the employer: checks begin from 1 to 5 o'clock by its own clock. */
const nightStartsAtHour = 1;
const nightHours = 4;

/**
 * Checks of all connections that are due and did not come yet, longest due first. Each connection has its own minute
 * of its employer's night; one that was missed, however long ago, is due until it came. Needs a platform scope.
 */
export async function listDueChecks(tx: Tx, limit: number): Promise<DueCheck[]> {
  const rows = await tx.execute<Omit<DueCheck, "dueAt"> & { dueAt: string }>(sql`
    select c.customer_id as "customerId", c.id as "connectionId", k.kind, d.due as "dueAt"
    from connections c join customers u on u.id = c.customer_id
    cross join lateral (select (date_trunc('day', now() at time zone u.time_zone) + make_interval(hours => ${nightStartsAtHour}::int)
      + ('x' || right(c.id::text, 8))::bit(32)::bigint / 4294967296.0 * make_interval(hours => ${nightHours}::int))
      at time zone u.time_zone as today) as n
    cross join lateral (select case when n.today <= now() then n.today else n.today - interval '1 day' end as due) as d
    cross join (values ('reconcile'), ('totals')) as k (kind)
    where c.disconnected_at is null and c.current_token_id is not null and c.created_at < d.due
      and not exists (select from reconciliations r where r.customer_id = c.customer_id and r.connection_id = c.id
        and r.kind = k.kind and r.started_at >= d.due and r.finished_at is not null)
    order by d.due, c.id, k.kind limit ${limit}`);
  return rows.map((row) => ({ ...row, dueAt: new Date(row.dueAt) }));
}
