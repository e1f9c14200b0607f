import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { uuids } from "./uuids";

export interface HeadcountDayRow {
  /** YYYY-MM-DD */
  day: string;
  people: number;
}

/**
 * How many people of today's directory were employed on some days, by their own start, end and rehire dates. Who has
 * no start date, or is gone without an end date, is on none of them.
 */
export async function countEmployedOn(
  tx: Tx,
  customerId: string,
  visible: readonly string[],
  days: readonly string[],
): Promise<HeadcountDayRow[]> {
  if (visible.length === 0) return [];
  const rows = await tx.execute<HeadcountDayRow & Record<string, unknown>>(sql`
    select d.day, count(i.id)::int as people
    from jsonb_array_elements_text(${JSON.stringify(days)}::jsonb) as d (day)
    left join individuals i on i.customer_id = ${customerId}::uuid and i.connection_id = any(${uuids(visible)})
      and i.deleted_at is null and i.start_date <= d.day::date and (i.is_active or i.end_date is not null)
      and (i.end_date is null or i.end_date >= d.day::date
        or (i.latest_rehire_date > i.end_date and i.latest_rehire_date <= d.day::date))
    group by 1 order by 1`);
  return [...rows];
}

/** People whose dates do not say when they were employed. */
export async function countUndatedPeople(
  tx: Tx,
  customerId: string,
  visible: readonly string[],
): Promise<number> {
  if (visible.length === 0) return 0;
  const [row] = await tx.execute<{ n: number }>(sql`
    select count(*)::int as n from individuals i
    where i.customer_id = ${customerId}::uuid and i.connection_id = any(${uuids(visible)}) and i.deleted_at is null
      and (i.start_date is null or (i.is_active is not true and i.end_date is null))`);
  return row?.n ?? 0;
}
