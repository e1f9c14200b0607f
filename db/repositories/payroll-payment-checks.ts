import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

/** A payment's own totals against its statements, and the people of whom it has none. */

export type CheckedFigure = "gross" | "net" | "employeeTaxes" | "employerTaxes" | "unknownTaxes";

export interface StatementSumRow {
  figure: CheckedFigure;
  /** Lower case; '' where Finch gave none. */
  currency: string;
  cents: bigint;
  /** Statements or lines of which Finch gave no amount. */
  missing: number;
}

/** What the statements of a payment add up to. Taxes of nobody's known side stand apart (DOMAIN 1.1). */
export async function sumStatementsOf(
  tx: Tx,
  customerId: string,
  paymentId: string,
): Promise<StatementSumRow[]> {
  const statements = sql`
    select s.id, s.gross_pay_cents, s.gross_pay_currency, s.net_pay_cents, s.net_pay_currency from pay_statements s
    where s.customer_id = ${customerId}::uuid and s.payment_id = ${paymentId}::uuid and s.deleted_at is null`;
  const rows = await tx.execute<Omit<StatementSumRow, "cents"> & { cents: string }>(sql`
    with slips as materialized (${statements})
    select part.figure, part.currency, coalesce(sum(part.cents), 0)::bigint as cents,
      (count(*) filter (where part.cents is null))::int as missing
    from slips s cross join lateral (values
      ('gross', lower(coalesce(s.gross_pay_currency, s.net_pay_currency, '')), s.gross_pay_cents),
      ('net', lower(coalesce(s.net_pay_currency, s.gross_pay_currency, '')), s.net_pay_cents)
    ) as part (figure, currency, cents)
    group by 1, 2
    union all
    select case when l.employer then 'employerTaxes' when l.employer is null then 'unknownTaxes' else 'employeeTaxes' end,
      lower(coalesce(l.currency, '')), coalesce(sum(l.amount_cents), 0)::bigint,
      (count(*) filter (where l.amount_cents is null))::int
    from slips s join pay_statement_lines l on l.customer_id = ${customerId}::uuid and l.statement_id = s.id
    where l.category = 'tax'
    group by 1, 2`);
  return rows.map((row) => ({ ...row, cents: BigInt(row.cents) }));
}

export interface AwaitedPersonRow {
  finchIndividualId: string;
  /** Null where the mirror has nobody of that id. */
  individualId: string | null;
  firstName: string | null;
  lastName: string | null;
  preferredName: string | null;
  gone: boolean;
}

interface AwaitedFilter {
  paymentId: string;
  words: readonly string[];
}

const likePattern = (word: string) => `%${word.replace(/[\\%_]/g, "\\$&")}%`;

/** Whom the payment names and of whom no statement is here. People whom the directory lacks stand last. */
function awaited(customerId: string, { paymentId, words }: AwaitedFilter) {
  const found = words.map((word) => sql`coalesce(i.search_text, '') like ${likePattern(word)}`);
  return sql`
    from (select p.connection_id, p.entity_id, unnest(p.individual_ids) as finch_id from payments p
      where p.customer_id = ${customerId}::uuid and p.id = ${paymentId}::uuid) x
    left join individuals i on i.customer_id = ${customerId}::uuid and i.connection_id = x.connection_id
      and i.entity_id = x.entity_id and i.finch_individual_id = x.finch_id
    where not exists (select from pay_statements s where s.customer_id = ${customerId}::uuid
      and s.payment_id = ${paymentId}::uuid and s.individual_id = i.id and s.deleted_at is null)
    ${words.length > 0 ? sql`and ${sql.join(found, sql` and `)}` : sql``}`;
}

export async function countAwaited(tx: Tx, customerId: string, filter: AwaitedFilter): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(
    sql`select count(*)::int as n ${awaited(customerId, filter)}`,
  );
  return row?.n ?? 0;
}

/**
 * @param after the Finch id that the page follows
 * @param byName false for readers who may not see who people are: then by Finch id alone
 */
export async function listAwaited(
  tx: Tx,
  customerId: string,
  filter: AwaitedFilter,
  { after, limit, byName }: { after: string | null; limit: number; byName: boolean },
): Promise<AwaitedPersonRow[]> {
  const rows = await tx.execute<AwaitedPersonRow & Record<string, unknown>>(sql`
    with people as materialized (
      select x.finch_id as "finchIndividualId", i.id as "individualId", i.first_name as "firstName",
        i.last_name as "lastName", i.preferred_name as "preferredName", coalesce(i.deleted_at is not null, false) as gone,
        ${byName ? sql`i.id is null as unknown, coalesce(i.sort_name, '') as sort_name` : sql`false as unknown, '' as sort_name`}
        ${awaited(customerId, filter)})
    select "finchIndividualId", "individualId", "firstName", "lastName", "preferredName", gone from people p
    where ${
      after === null
        ? sql`true`
        : sql`(p.unknown, p.sort_name, p."finchIndividualId") >
            (select unknown, sort_name, "finchIndividualId" from people where "finchIndividualId" = ${after} limit 1)`
    }
    order by p.unknown, p.sort_name, p."finchIndividualId" limit ${limit}`);
  return [...rows];
}
