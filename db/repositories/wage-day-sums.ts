import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { MirrorScope } from "./raw-records";
import { uuids } from "./uuids";

/**
 * What everybody was paid on a day, kept beside the statements: what a statement adds is taken off before it changes, and
 * added again as it is then. The caller holds the lock of the connection's totals (DOMAIN 1.2, 1.3, 1.11). Amounts are
 * minor units; a currency is lower case, '' where Finch gives none.
 */

/** The day of statements without a pay date. */
export const undatedDay = "0001-01-01";

type Connection = Pick<MirrorScope, "customerId" | "connectionId">;

const own = ({ customerId, connectionId }: Connection, alias: string) =>
  sql`${sql.raw(alias)}.customer_id = ${customerId}::uuid and ${sql.raw(alias)}.connection_id = ${connectionId}::uuid`;

const home = sql`lower(coalesce(s.gross_pay_currency, s.net_pay_currency, ''))`;
const dayOf = sql`coalesce(s.pay_date, ${undatedDay}::date)`;

/** Rows as they are kept, of statements that are there. */
const daySums = ({ customerId }: Connection, statements: SQL) => sql`
  with s as materialized (${statements}),
  lines as (select s.entity_id, ${dayOf} as day, lower(coalesce(l.currency, '')) as currency, l.category, l.type, l.name, l.pre_tax,
      l.employer, coalesce(sum(l.amount_cents), 0)::bigint as amount_cents, coalesce(sum(l.hours), 0) as hours, count(*)::int as count,
      (count(*) filter (where l.amount_cents is null))::int as missing
    from s cross join lateral (
      select * from pay_statement_lines p where p.customer_id = ${customerId}::uuid and p.statement_id = s.id offset 0) as l
    group by 1, 2, 3, 4, 5, 6, 7, 8)
  select s.entity_id, ${dayOf} as day, part.currency, part.category as line_key, part.category, null::text as type,
    null::text as name, null::boolean as pre_tax, null::boolean as employer, sum(part.amount)::bigint as amount_cents,
    sum(part.hours) as hours, sum(part.count)::int as count, sum(part.missing)::int as missing
  from s cross join lateral (values
    ('gross', ${home}, 0::bigint, coalesce(s.total_hours, 0), 1, (s.gross_pay_cents is null)::int),
    ('gross', lower(coalesce(s.gross_pay_currency, '')), s.gross_pay_cents, 0, 0, 0),
    ('net', ${home}, 0, 0, 0, (s.net_pay_cents is null)::int),
    ('net', lower(coalesce(s.net_pay_currency, '')), s.net_pay_cents, 0, 0, 0)
  ) as part (category, currency, amount, hours, count, missing)
  where part.amount is not null group by 1, 2, 3, 4
  union all select entity_id, day, currency, md5(json_build_array(category, type, name, pre_tax, employer)::text), category, type,
    name, pre_tax, employer, amount_cents, hours, count, missing from lines`;

async function addSums(tx: Tx, scope: Connection, statements: SQL, sign: 1 | -1): Promise<void> {
  await tx.execute(sql`
    insert into wage_day_sums as t (customer_id, connection_id, entity_id, day, currency, line_key, category, type, name, pre_tax,
      employer, amount_cents, hours, count, missing)
    select ${scope.customerId}::uuid, ${scope.connectionId}::uuid, x.entity_id, x.day, x.currency, x.line_key, x.category, x.type, x.name,
      x.pre_tax, x.employer, ${sign}::int * x.amount_cents, ${sign}::int * x.hours, ${sign}::int * x.count, ${sign}::int * x.missing
    from (${daySums(scope, statements)}) as x
    on conflict (customer_id, connection_id, entity_id, day, currency, line_key) do update
      set amount_cents = t.amount_cents + excluded.amount_cents, hours = t.hours + excluded.hours,
        count = t.count + excluded.count, missing = t.missing + excluded.missing`);
}

const statementsOf = (scope: Connection, ids: readonly string[]) =>
  sql`select * from pay_statements p where p.customer_id = ${scope.customerId}::uuid and p.id = any(${uuids(ids)}) and p.deleted_at is null`;

/** Adds what these statements are now, those that are deleted left out. */
export async function addToDays(tx: Tx, scope: Connection, statementIds: readonly string[]): Promise<void> {
  if (statementIds.length > 0) await addSums(tx, scope, statementsOf(scope, statementIds), 1);
}

/** Takes these statements off, before they change, go, or move to another day. */
export async function takeFromDays(
  tx: Tx,
  scope: Connection,
  statementIds: readonly string[],
): Promise<void> {
  if (statementIds.length > 0) await addSums(tx, scope, statementsOf(scope, statementIds), -1);
}

const days = (list: readonly string[]) => sql`${`{${list.join(",")}}`}::date[]`;

/** Statements of some days, by index: undated ones have no pay date. */
const statementsOn = (scope: Connection, list: readonly string[]) => sql`
  select * from pay_statements p where ${own(scope, "p")} and p.pay_date = any(${days(list)}) and p.deleted_at is null
  ${
    list.includes(undatedDay)
      ? sql`union all select * from pay_statements p where ${own(scope, "p")} and p.pay_date is null and p.deleted_at is null`
      : sql``
  }`;

/** What each statement's lines add up to; null where they have another currency than it. */
const slipSums = ({ customerId }: Connection, statements: SQL) => sql`
  select s.id, s.pay_date, case when l.one then l.taxes end as taxes, case when l.one then l.employer_taxes end as employer_taxes,
    case when l.one then l.unknown_taxes end as unknown_taxes, case when l.one then l.deductions end as deductions,
    case when l.one then l.contributions end as contributions
  from (${statements}) s cross join lateral (
    select coalesce(bool_and(lower(coalesce(p.currency, '')) = ${home}), true) as one,
      coalesce(sum(p.amount_cents) filter (where p.category = 'tax' and not p.employer), 0)::bigint as taxes,
      coalesce(sum(p.amount_cents) filter (where p.category = 'tax' and p.employer), 0)::bigint as employer_taxes,
      coalesce(sum(p.amount_cents) filter (where p.category = 'tax' and p.employer is null), 0)::bigint as unknown_taxes,
      coalesce(sum(p.amount_cents) filter (where p.category = 'deduction'), 0)::bigint as deductions,
      coalesce(sum(p.amount_cents) filter (where p.category = 'contribution'), 0)::bigint as contributions
    from pay_statement_lines p where p.customer_id = ${customerId}::uuid and p.statement_id = s.id) l`;

const differs = sql`(s.employee_taxes_cents, s.employer_taxes_cents, s.unknown_taxes_cents, s.deductions_cents, s.contributions_cents)
  is distinct from (x.taxes, x.employer_taxes, x.unknown_taxes, x.deductions, x.contributions)`;

/** Makes the sums of some days, and those beside their statements, anew from the lines. */
export async function rebuildDays(tx: Tx, scope: Connection, list: readonly string[]): Promise<void> {
  if (list.length === 0) return;
  await tx.execute(sql`
    update pay_statements s set employee_taxes_cents = x.taxes, employer_taxes_cents = x.employer_taxes,
      unknown_taxes_cents = x.unknown_taxes, deductions_cents = x.deductions, contributions_cents = x.contributions
    from (${slipSums(scope, statementsOn(scope, list))}) x where s.customer_id = ${scope.customerId}::uuid and s.id = x.id and ${differs}`);
  await tx.execute(sql`delete from wage_day_sums t where ${own(scope, "t")} and t.day = any(${days(list)})`);
  await addSums(tx, scope, statementsOn(scope, list), 1);
}

/** Every day on which a connection has statements or sums, with how many statements. */
export async function listSummedDays(
  tx: Tx,
  scope: Connection,
): Promise<{ day: string; statements: number }[]> {
  const rows = await tx.execute<{ day: string; statements: number }>(sql`
    select day::text as day, sum(n)::int as statements from (
      select coalesce(s.pay_date, ${undatedDay}::date) as day, count(*) as n from pay_statements s where ${own(scope, "s")} group by 1
      union all select distinct t.day, 0 from wage_day_sums t where ${own(scope, "t")}) as x
    group by 1 order by 1`);
  return [...rows];
}

export interface DaysComparison {
  /** Sums that should be there; those beside statements are not counted. */
  checked: number;
  /** Sums that are missing, too many, or other than they should be. */
  differences: number;
  /** The days on which they are. */
  wrong: string[];
}

/** Compares the sums of some days, and those beside their statements, with a recompute. */
export async function compareDays(
  tx: Tx,
  scope: Connection,
  list: readonly string[],
): Promise<DaysComparison> {
  // Deleted payments are looked up here, though their statements are marked too: a check trusts nothing it checks.
  const statements = sql`select s.* from (${statementsOn(scope, list)}) as s where exists (select from payments p
    where p.customer_id = s.customer_id and p.id = s.payment_id and p.deleted_at is null)`;
  const rows = await tx.execute<{ day: string; wrong: number; checked: number }>(sql`
    with due as materialized (${daySums(scope, statements)}),
    kept as materialized (select entity_id, day, currency, line_key, category, type, name, pre_tax, employer, amount_cents, hours,
      count, missing from wage_day_sums t where ${own(scope, "t")} and t.day = any(${days(list)})
      and (count <> 0 or missing <> 0 or amount_cents <> 0 or hours <> 0)),
    there as materialized (select * from due where count <> 0 or missing <> 0 or amount_cents <> 0 or hours <> 0),
    wrong as (select entity_id, day, currency, line_key from ((table there except table kept) union all (table kept except table there)) as x
      group by 1, 2, 3, 4)
    select day::text as day, sum(wrong)::int as wrong, sum(checked)::int as checked from (
      select day, 1 as wrong, 0 as checked from wrong
      union all select coalesce(x.pay_date, ${undatedDay}::date), 1, 0 from (${slipSums(scope, statements)}) x
        join pay_statements s on s.customer_id = ${scope.customerId}::uuid and s.id = x.id where ${differs}
      union all select day, 0, 1 from there) as x group by 1`);
  return {
    checked: rows.reduce((sum, row) => sum + row.checked, 0),
    differences: rows.reduce((sum, row) => sum + row.wrong, 0),
    wrong: rows.filter((row) => row.wrong > 0).map(({ day }) => day),
  };
}
