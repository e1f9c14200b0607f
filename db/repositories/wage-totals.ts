import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { MirrorScope } from "./raw-records";
import { uuids } from "./uuids";

/**
 * Year-to-date totals, kept beside the statements (DOMAIN 1.2, 1.3, 1.11). The year is the pay date's and nothing
 * else, 0 where there is none. A currency is lower case, '' where Finch gives none, and never added to another one: a
 * statement counts under that of its gross pay, or of its net pay where the gross has none; gross, net and each line
 * under their own. Statements with deleted_at count nowhere; those of a deleted payment have it.
 */

/** A person's year. All its currencies and lines are rebuilt together. */
export interface TotalsKey {
  individualId: string;
  year: number;
}

/** The year of a pay date (YYYY-MM-DD). */
export const totalsYear = (payDate: string | null) => (payDate === null ? 0 : Number(payDate.slice(0, 4)));

/**
 * Lets one transaction at a time write a connection's statements and totals. Without it, two of them add to what
 * neither has committed, and a statement is missing from a total for good.
 *
 * The transaction's plans are kept from now on, and find rows by index: a plan made anew for the foreign key of each
 * row took two thirds of the time, and one that was kept from a small table would read the large one whole.
 */
export async function lockTotals(tx: Tx, { connectionId }: Pick<MirrorScope, "connectionId">): Promise<void> {
  await tx.execute(sql`
    select pg_advisory_xact_lock(hashtextextended(${`totals:${connectionId}`}, 0)),
      set_config('plan_cache_mode', 'auto', true), set_config('enable_seqscan', 'off', true)`);
}

/** Adds statements that counted nowhere before, with their lines: new ones, and ones that are back. */
export async function addTotals(tx: Tx, scope: MirrorScope, statementIds: readonly string[]): Promise<void> {
  if (statementIds.length === 0) return;
  await sumInto(
    tx,
    scope,
    sql`select * from pay_statements p
      where p.customer_id = ${scope.customerId}::uuid and p.id = any(${uuids(statementIds)}) and p.deleted_at is null`,
  );
}

/** Makes the totals of these people's years anew from their statements. */
export async function rebuildTotals(tx: Tx, scope: MirrorScope, keys: readonly TotalsKey[]): Promise<void> {
  if (keys.length === 0) return;
  const unique = [...new Map(keys.map((key) => [`${key.individualId} ${key.year}`, key])).values()];
  for (const [year, people] of Map.groupBy(unique, (key) => key.year)) {
    const ids = uuids(people.map((key) => key.individualId));
    for (const table of [sql`wage_totals`, sql`wage_total_lines`]) {
      await tx.execute(sql`
        delete from ${table} t where t.customer_id = ${scope.customerId}::uuid and t.year = ${year}
          and t.connection_id = ${scope.connectionId}::uuid and t.individual_id = any(${ids})`);
    }
  }
  await sumInto(tx, scope, statementsOfYears(scope, JSON.stringify(unique)));
}

/** The statements that count in given years of given people. Each year is a range, so that an index finds it. */
const statementsOfYears = (scope: MirrorScope, json: string) => sql`
  select s.* from json_to_recordset(${json}::json) as k ("individualId" uuid, year int) cross join lateral (
    select * from pay_statements p
    where k.year > 0 and p.customer_id = ${scope.customerId}::uuid and p.connection_id = ${scope.connectionId}::uuid
      and p.individual_id = k."individualId" and p.deleted_at is null
      and p.pay_date >= make_date(greatest(k.year, 1), 1, 1) and p.pay_date <= make_date(greatest(k.year, 1), 12, 31)
    union all
    select * from pay_statements p
    where k.year = 0 and p.customer_id = ${scope.customerId}::uuid and p.connection_id = ${scope.connectionId}::uuid
      and p.individual_id = k."individualId" and p.deleted_at is null and p.pay_date is null) as s`;

async function sumInto(tx: Tx, scope: MirrorScope, statements: SQL): Promise<void> {
  const own = sql`${scope.customerId}::uuid, ${scope.connectionId}::uuid`;
  await tx.execute(sql`
    insert into wage_totals as t (customer_id, connection_id, entity_id, individual_id, year, currency, gross_cents,
      net_cents, hours, statements, without_gross, without_net, without_hours, first_pay_date, last_pay_date)
    select ${own}, sums.* from (${statementSums(statements)}) as sums
    on conflict (customer_id, connection_id, individual_id, year, currency) do update
      set gross_cents = t.gross_cents + excluded.gross_cents, net_cents = t.net_cents + excluded.net_cents,
        hours = t.hours + excluded.hours, statements = t.statements + excluded.statements,
        without_gross = t.without_gross + excluded.without_gross, without_net = t.without_net + excluded.without_net,
        without_hours = t.without_hours + excluded.without_hours,
        first_pay_date = least(t.first_pay_date, excluded.first_pay_date),
        last_pay_date = greatest(t.last_pay_date, excluded.last_pay_date)`);
  await tx.execute(sql`
    insert into wage_total_lines as t (customer_id, connection_id, entity_id, individual_id, year, currency, line_key,
      category, type, name, pre_tax, employer, amount_cents, hours, lines, without_amount, first_pay_date, last_pay_date)
    select ${own}, sums.* from (${lineSums(scope, statements)}) as sums
    on conflict (customer_id, connection_id, individual_id, year, currency, line_key) do update
      set amount_cents = t.amount_cents + excluded.amount_cents, hours = t.hours + excluded.hours,
        lines = t.lines + excluded.lines, without_amount = t.without_amount + excluded.without_amount,
        first_pay_date = least(t.first_pay_date, excluded.first_pay_date),
        last_pay_date = greatest(t.last_pay_date, excluded.last_pay_date)`);
}

const yearOf = sql`coalesce(extract(year from s.pay_date)::int, 0)`;

/** One row a person, year and currency: the columns of wage_totals after the connection. */
export const statementSums = (statements: SQL) => sql`
  select any_value(s.entity_id) as entity_id, s.individual_id, ${yearOf} as year, part.currency, sum(part.gross)::bigint as gross_cents,
    sum(part.net)::bigint as net_cents, sum(part.hours) as hours, sum(part.one)::int as statements,
    sum(part.no_gross)::int as without_gross, sum(part.no_net)::int as without_net,
    sum(part.no_hours)::int as without_hours, min(s.pay_date) as first_pay_date, max(s.pay_date) as last_pay_date
  from (${statements}) as s cross join lateral (values
    (lower(coalesce(s.gross_pay_currency, s.net_pay_currency, '')), 0::bigint, 0::bigint, coalesce(s.total_hours, 0), 1,
      (s.gross_pay_cents is null)::int, (s.net_pay_cents is null)::int, (s.total_hours is null)::int),
    (lower(coalesce(s.gross_pay_currency, '')), s.gross_pay_cents, 0, 0, 0, 0, 0, 0),
    (lower(coalesce(s.net_pay_currency, '')), 0, s.net_pay_cents, 0, 0, 0, 0, 0)
  ) as part (currency, gross, net, hours, one, no_gross, no_net, no_hours)
  where part.gross is not null and part.net is not null
  group by 2, 3, 4`;

/** Tells lines apart in a total; json tells null from an empty text. */
const lineKey = sql`md5(json_build_array(l.category, l.type, l.name, l.pre_tax, l.employer)::text)`;

/** One row a person, year, currency and kind of line: the columns of wage_total_lines after the connection. */
export const lineSums = (scope: MirrorScope, statements: SQL) => sql`
  select any_value(s.entity_id) as entity_id, s.individual_id, ${yearOf} as year,
    lower(coalesce(l.currency, '')) as currency, ${lineKey} as line_key, any_value(l.category) as category,
    any_value(l.type) as type, any_value(l.name) as name, any_value(l.pre_tax) as pre_tax,
    any_value(l.employer) as employer,
    coalesce(sum(l.amount_cents), 0)::bigint as amount_cents, coalesce(sum(l.hours), 0) as hours,
    count(*)::int as lines, (count(*) filter (where l.amount_cents is null))::int as without_amount,
    min(s.pay_date) as first_pay_date, max(s.pay_date) as last_pay_date
  from (${statements}) as s cross join lateral (
    select * from pay_statement_lines p
    where p.customer_id = ${scope.customerId}::uuid and p.statement_id = s.id offset 0) as l
  group by 2, 3, 4, 5`;
