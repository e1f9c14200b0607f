import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";

/** What lines of an item come to in a year, so that a change of its type can be looked at before it is made. */
export interface PayItemYearRow extends Record<string, unknown> {
  /** 0 for undated lines. */
  year: number;
  currency: string;
  preTax: boolean | null;
  lines: number;
  /** Of the year and currency, whatever the flag: each person once, so never to be added up. */
  people: number;
  amountCents: bigint;
  /** Sums of the people whose sum is above zero, and of those below it. */
  aboveCents: bigint;
  belowCents: bigint;
}

/** Which lines are meant: what is left out may be anything. */
export interface LineMatch {
  category?: string;
  name?: string | null;
  type?: string | null;
  preTax?: boolean;
  employer?: boolean;
}

export interface PayItemRange {
  customerId: string;
  connectionId: string;
  /** Left out: all entities of the connection. */
  entityId?: string;
  match: LineMatch;
  /** Pay dates, both included, no day twice; null is open. */
  ranges: readonly { from: string | null; to: string | null }[];
  /** Lines without a pay date too. */
  undated: boolean;
}

function condition({ category, name, type, preTax, employer }: LineMatch): SQL {
  const parts = [
    category === undefined ? null : sql`category = ${category}`,
    name === undefined ? null : sql`name is not distinct from ${name}::text`,
    type === undefined ? null : sql`type is not distinct from ${type}::text`,
    preTax === undefined ? null : sql`pre_tax = ${preTax}`,
    employer === undefined ? null : sql`employer = ${employer}`,
  ].filter((part) => part !== null);
  return parts.length > 0 ? sql.join(parts, sql` and `) : sql`true`;
}

/**
 * A person's year that lies in a range comes from the kept totals. Where a range cuts any of its lines, all of them
 * are read from the statements instead: what lies within it wholly would count twice.
 */
export async function sumPayItemYears(tx: Tx, range: PayItemRange): Promise<PayItemYearRow[]> {
  const { customerId, connectionId, ranges, undated } = range;
  if (ranges.length === 0 && !undated) return [];
  const inside = sql`exists (select from asked a where t.first_pay_date >= a.first and t.last_pay_date <= a.last)`;
  const isMeant = condition(range.match);
  const ofEntity = range.entityId === undefined ? sql`true` : sql`t.entity_id = ${range.entityId}`;
  const rows = await tx.execute<{
    year: number;
    currency: string;
    pre_tax: boolean | null;
    lines: number;
    people: number;
    amount: string;
    above: string;
    below: string;
  }>(sql`
    with asked as materialized (
      select coalesce("from", '-infinity')::date as first, coalesce("to", 'infinity')::date as last
      from json_to_recordset(${JSON.stringify(ranges)}::json) as r ("from" text, "to" text)
    ), totals as materialized (
      select * from wage_total_lines t where t.customer_id = ${customerId}::uuid and t.connection_id = ${connectionId}::uuid
        and ${ofEntity} and ${isMeant}
    ), cut as (
      select distinct individual_id, year from totals t
      where exists (select from asked a where t.first_pay_date <= a.last and t.last_pay_date >= a.first) and not ${inside}
    ), whole as (
      select * from totals t where case when first_pay_date is null then ${undated} else ${inside} end
        and not exists (select from cut c where c.individual_id = t.individual_id and c.year = t.year)
    ), parts as (
      select individual_id, year, currency, pre_tax, lines::bigint, amount_cents from whole
      union all
      select c.individual_id, c.year, lower(coalesce(l.currency, '')), l.pre_tax, 1, coalesce(l.amount_cents, 0)
      from cut c cross join asked a
      join pay_statements s on s.customer_id = ${customerId}::uuid and s.individual_id = c.individual_id
        and s.connection_id = ${connectionId}::uuid and s.deleted_at is null
        and s.pay_date >= greatest(a.first, make_date(c.year, 1, 1)) and s.pay_date <= least(a.last, make_date(c.year, 12, 31))
      cross join lateral (
        select * from pay_statement_lines p where p.customer_id = ${customerId}::uuid and p.statement_id = s.id
          and ${isMeant} offset 0) as l
    ), people as (
      select individual_id, year, currency, pre_tax, sum(lines) as lines, sum(amount_cents)::bigint as amount,
        (row_number() over (partition by individual_id, year, currency) = 1)::int as first
      from parts group by 1, 2, 3, 4
    )
    select year, currency, pre_tax, sum(lines)::int as lines, (sum(sum(first)) over (partition by year, currency))::int as people,
      sum(amount)::text as amount, sum(greatest(amount, 0))::text as above, sum(least(amount, 0))::text as below
    from people group by 1, 2, 3 order by 1 desc, 2, 3`);
  return rows.map((row) => ({
    year: row.year,
    currency: row.currency,
    preTax: row.pre_tax,
    lines: row.lines,
    people: row.people,
    amountCents: BigInt(row.amount),
    aboveCents: BigInt(row.above),
    belowCents: BigInt(row.below),
  }));
}
