import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { undatedDay } from "./wage-day-sums";

/**
 * The distinct names of lines of a connection. They are counted over what everybody was paid on a day, and not over the
 * lines, of which there are ten thousand times as many; names that Finch lists and no statement here has are there with
 * 0 lines.
 */

export interface PayItemRow extends Record<string, unknown> {
  category: string;
  name: string | null;
  finchType: string | null;
  lines: number;
  /** The first and last pay date up to today; null where all of its lines are undated or later, or there are none. */
  firstSeen: string | null;
  lastSeen: string | null;
  /** The first pay date after today. */
  nextSeen: string | null;
  /** The pre-tax flags of its lines with commas between them, "null" for none. */
  flags: string;
  /** It has a type that says something, or an own classification is in force. */
  classified: boolean;
  /** Items that the filter lets through. */
  matching: number;
}

export interface PayItemRows {
  /** Items of the connection, and those of them without a type that says something. */
  all: number;
  open: number;
  rows: PayItemRow[];
}

export interface PayItemQuery {
  customerId: string;
  connectionId: string;
  search: string;
  category: string | null;
  /** Null for both. */
  classified: boolean | null;
  /** A pay date on which a classification has to hold, to count. */
  today: string;
  limit: number;
  offset: number;
}

/** Finch's names of categories, as /pay-statement-item has them. */
const finchCategories = sql`(values ('earnings', 'earning'), ('taxes', 'tax'), ('employee_deductions', 'deduction'),
  ('employer_contributions', 'contribution')) as names (finch, category)`;

/** Items with those first that have no type that says something; counted in the same look. */
export async function listPayItemRows(tx: Tx, query: PayItemQuery): Promise<PayItemRows> {
  const found = await tx.execute<{ all: number; open: number; rows: PayItemRow[] | null }>(sql`
    ${toldItems(query)}, page as (
      select category, name, type as "finchType", lines, to_char(first_seen, 'YYYY-MM-DD') as "firstSeen",
        to_char(last_seen, 'YYYY-MM-DD') as "lastSeen", to_char(next_seen, 'YYYY-MM-DD') as "nextSeen", flags, classified, (count(*) over ())::int as matching,
        row_number() over (order by classified, lines = 0, category, lower(coalesce(name, '')), name nulls first,
          type nulls first) as place
      from told where ${matches(query)}
      order by place limit ${query.limit} offset ${query.offset}
    )
    select count(*)::int as "all", (count(*) filter (where not classified))::int as open,
      (select json_agg(page order by place) from page) as rows
    from told`);
  const [row] = found;
  return { all: row?.all ?? 0, open: row?.open ?? 0, rows: row?.rows ?? [] };
}

function matches({ search, category, classified }: PayItemQuery): SQL {
  const pattern = `%${search.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  return sql`(${search === ""} or lower(coalesce(name, '')) like ${pattern})
    and (${category === null} or category = ${category ?? ""})
    and (${classified === null} or classified = ${classified ?? false})`;
}

function toldItems({ customerId, connectionId, today }: PayItemQuery): SQL {
  const own = (table: SQL) =>
    sql`${table}.customer_id = ${customerId}::uuid and ${table}.connection_id = ${connectionId}::uuid`;
  const paid = sql`t.day > ${undatedDay}::date and t.day <= ${today}::date`;
  return sql`
    with seen as (
      select t.category, t.name, t.type, sum(t.count)::int as lines, min(t.day) filter (where ${paid}) as first_seen,
        max(t.day) filter (where ${paid}) as last_seen, min(t.day) filter (where t.day > ${today}::date) as next_seen,
        bool_or(t.pre_tax) as pre_tax, bool_or(not t.pre_tax) as post_tax, bool_or(t.pre_tax is null) as unflagged
      from wage_day_sums t where ${own(sql`t`)} and t.count > 0 and t.category not in ('gross', 'net') group by 1, 2, 3
      union all
      select names.category, i.name, i.type, 0, null, null, null, bool_or(i.pre_tax), bool_or(not i.pre_tax), bool_or(i.pre_tax is null)
      from pay_statement_items i join ${finchCategories} on names.finch = i.category
      where ${own(sql`i`)} group by 1, 2, 3
    ), items as (
      select category, name, type, sum(lines)::int as lines, min(first_seen) as first_seen, max(last_seen) as last_seen,
        min(next_seen) as next_seen, concat_ws(',', case when bool_or(pre_tax) then 'true' end, case when bool_or(post_tax) then 'false' end,
          case when bool_or(unflagged) then 'null' end) as flags
      from seen group by 1, 2, 3
    ), told as materialized (
      select i.*, (coalesce(i.type, 'other') <> 'other' or exists (
        select from item_classifications c where ${own(sql`c`)} and c.removed_at is null and c.category = i.category
          and c.name is not distinct from i.name and c.finch_type is not distinct from i.type
          and coalesce(c.effective_from, ${today}::date) <= ${today}::date
          and coalesce(c.effective_to, ${today}::date) >= ${today}::date)) as classified
      from items i
    )`;
}
