import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { ofPerson, type StatementsOf } from "./pay-statements";

/** A sum over a person's year so far. */
export interface YearSumRow extends Record<string, unknown> {
  /** Of lines, or of the statements' own totals. */
  kind: "line" | "gross" | "net" | "hours";
  category: string | null;
  type: string | null;
  name: string | null;
  preTax: boolean | null;
  employer: boolean | null;
  /** Lower case, '' where Finch gave none. */
  currency: string;
  /** Minor units as text. */
  cents: string;
  hours: string | null;
  /** How many of what is added Finch gave without an amount. */
  missing: number;
  /** Statements, or lines. */
  count: number;
}

/**
 * What a person was paid from 1 January to a day of the same year, both included, by kind of line and currency: from the
 * lines themselves, in one query, so that every sum is of the same moment.
 */
export async function sumYearToDate(tx: Tx, person: StatementsOf, through: string): Promise<YearSumRow[]> {
  const total = (kind: "gross" | "net") => {
    const [cents, currency] = [sql.raw(`${kind}_pay_cents`), sql.raw(`${kind}_pay_currency`)];
    return sql`
      select ${kind}, null, null, null, null::boolean, null::boolean, lower(coalesce(${currency}, '')),
        coalesce(sum(${cents}), 0)::text, null, (count(*) filter (where ${cents} is null))::int, count(*)::int
      from s group by lower(coalesce(${currency}, ''))`;
  };
  const rows = await tx.execute<YearSumRow>(sql`
    with s as materialized (
      select s.id, s.gross_pay_cents, s.gross_pay_currency, s.net_pay_cents, s.net_pay_currency, s.total_hours
      from pay_statements s where ${ofPerson(person)}
        and s.pay_date >= date_trunc('year', ${through}::date)::date and s.pay_date <= ${through}::date)
    select 'line' as kind, l.category, l.type, l.name, l.pre_tax as "preTax", l.employer,
      lower(coalesce(l.currency, '')) as currency, coalesce(sum(l.amount_cents), 0)::text as cents,
      sum(l.hours)::text as hours, (count(*) filter (where l.amount_cents is null))::int as missing, count(*)::int as count
    from s join pay_statement_lines l on l.customer_id = ${person.customerId}::uuid and l.statement_id = s.id
    group by l.category, l.type, l.name, l.pre_tax, l.employer, lower(coalesce(l.currency, ''))
    union all ${total("gross")}
    union all ${total("net")}
    union all
    select 'hours', null, null, null, null, null, '', '0', coalesce(sum(total_hours), 0)::text,
      (count(*) filter (where total_hours is null))::int, count(*)::int from s having count(*) > 0`);
  return [...rows];
}

/** A line that another one of the same name may take back. */
export interface OpposedLineRow extends Record<string, unknown> {
  statementId: string;
  paymentId: string;
  ordinal: number;
  payDate: string | null;
  category: string;
  name: string | null;
  currency: string;
  /** Minor units as text. */
  cents: string;
}

/**
 * Lines of a person from one day to another that have an opposite: the same category, name, currency and amount with the
 * other sign. Oldest first. An undated statement is looked at alone.
 */
export async function listOpposedLines(
  tx: Tx,
  person: StatementsOf,
  statementId: string,
  range: { from: string; to: string } | null,
): Promise<OpposedLineRow[]> {
  const within = range
    ? sql`s.pay_date >= ${range.from}::date and s.pay_date <= ${range.to}::date`
    : sql`s.id = ${statementId}::uuid`;
  const rows = await tx.execute<OpposedLineRow>(sql`
    select x."statementId", x."paymentId", x.ordinal, x."payDate", x.category, x.name, x.currency, x.cents from (
      select s.id as "statementId", s.payment_id as "paymentId", l.ordinal, s.pay_date::text as "payDate", l.category,
        l.name, lower(coalesce(l.currency, '')) as currency, l.amount_cents::text as cents,
        bool_or(l.amount_cents < 0) over w and bool_or(l.amount_cents > 0) over w as opposed
      from pay_statements s
      join pay_statement_lines l on l.customer_id = ${person.customerId}::uuid and l.statement_id = s.id
      where ${ofPerson(person)} and ${within} and l.amount_cents <> 0
      window w as (partition by l.category, l.name, lower(coalesce(l.currency, '')), abs(l.amount_cents))) as x
    where x.opposed order by x."payDate", x."statementId", x.ordinal`);
  return [...rows];
}
