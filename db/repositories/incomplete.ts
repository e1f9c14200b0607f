import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

/** What of a connection's mirror is behind or incomplete, by its own tables: no request to Finch. The worker's scope. */

interface ConnectionScope {
  customerId: string;
  connectionId: string;
}

interface PaymentScope extends ConnectionScope {
  /** What is older (YYYY-MM-DD) and not in the newest list has left the provider's history: there is nothing to read. */
  historyFrom: string;
}

export interface Incomplete {
  /** Rows that were looked at. */
  checked: number;
  /** By kind; kinds without a difference are left out. */
  counts: Record<string, number>;
}

const own = (alias: string, { customerId, connectionId }: ConnectionScope) =>
  sql`${sql.raw(alias)}.customer_id = ${customerId}::uuid and ${sql.raw(alias)}.connection_id = ${connectionId}::uuid`;

/** The query behind one or several kinds: one row, a column a kind, and `checked`. */
async function count(tx: Tx, query: ReturnType<typeof sql>): Promise<Incomplete> {
  const [row] = await tx.execute<Record<string, number>>(query);
  const { checked = 0, ...counts } = row ?? {};
  return { checked, counts };
}

/** People whose profile or employment is missing or came with an error. */
export function countIncompletePeople(tx: Tx, scope: ConnectionScope): Promise<Incomplete> {
  return count(
    tx,
    sql`select count(*)::int as checked,
      (count(*) filter (where i.individual_fetched_at is null and i.individual_error is null))::int as individual_missing,
      (count(*) filter (where i.individual_error is not null))::int as individual_errors,
      (count(*) filter (where i.employment_fetched_at is null and i.employment_error is null))::int as employment_missing,
      (count(*) filter (where i.employment_error is not null))::int as employment_errors
    from individuals i where ${own("i", scope)} and i.deleted_at is null`,
  );
}

/** Whether Finch was still fetching the statements of a payment when they were last asked for. */
export async function hasPendingStatements(
  tx: Tx,
  customerId: string,
  connectionId: string,
): Promise<boolean> {
  const rows = await tx.execute(sql`select from payments p
    where ${own("p", { customerId, connectionId })} and p.deleted_at is null and p.statements_state = 'pending' limit 1`);
  return rows.length > 0;
}

const paymentsOf = (scope: PaymentScope) => sql`${own("p", scope)} and p.deleted_at is null
  and (p.pay_date is null or p.pay_date >= ${scope.historyFrom}::date or p.fetched_at >= (select max(l.fetched_at)
    from payments l where ${own("l", scope)} and l.entity_id = p.entity_id))`;

/** Payments whose statements are not here in whole, by the state that the last pass left. */
export function countIncompletePayments(tx: Tx, scope: PaymentScope): Promise<Incomplete> {
  const state = (name: string) =>
    sql`(count(*) filter (where p.statements_state = ${name}))::int as ${sql.identifier(`statements_${name}`)}`;
  return count(
    tx,
    sql`select count(*)::int as checked, ${state("unread")}, ${state("pending")}, ${state("partial")}, ${state("failed")},
      ${state("held")} from payments p where ${paymentsOf(scope)}`,
  );
}

/**
 * Payments that are complete by their state and have another number of statements than Finch counted. Where people
 * were erased Finch counts theirs too, so that only too many differ.
 */
const miscounted = (scope: PaymentScope) => sql`
  select p.id from payments p
  left join lateral (select count(*)::int as here from pay_statements s
    where s.customer_id = p.customer_id and s.payment_id = p.id and s.deleted_at is null) as n on true
  where ${paymentsOf(scope)} and p.statements_state = 'complete'
    and p.statements_count is not null and (n.here > p.statements_count or (n.here < p.statements_count
      and not exists (select from suppressions x where x.customer_id = p.customer_id and x.connection_id = p.connection_id)))`;

export function countMiscounted(tx: Tx, scope: PaymentScope): Promise<Incomplete> {
  return count(
    tx,
    sql`select 0 as checked, count(*)::int as statements_count from (${miscounted(scope)}) as wrong`,
  );
}

/** Gives miscounted payments back to the next repair. */
export async function reopenMiscounted(tx: Tx, scope: PaymentScope): Promise<number> {
  const rows = await tx.execute(sql`
    update payments p set statements_state = 'partial' where ${own("p", scope)} and p.id in (${miscounted(scope)}) returning p.id`);
  return rows.length;
}

/** Items of lists whose details are missing, and items that came with an error. */
export async function countIncompleteDetails(tx: Tx, scope: ConnectionScope): Promise<Incomplete> {
  const groups = await count(
    tx,
    sql`select count(*)::int as checked, (count(*) filter (where g.members_fetched_at is null))::int as pay_groups_unread
      from pay_groups g where ${own("g", scope)} and g.deleted_at is null`,
  );
  const benefits = await count(
    tx,
    sql`select count(*)::int as checked,
      (count(*) filter (where b.enrollments_fetched_at is null))::int as enrollments_unread
      from benefits b where ${own("b", scope)} and b.deleted_at is null`,
  );
  const documents = await count(
    tx,
    sql`select count(*)::int as checked, (count(*) filter (where d.content_fetched_at is null))::int as documents_unread
      from documents d where ${own("d", scope)} and d.deleted_at is null`,
  );
  const errors = await count(
    tx,
    sql`select 0 as checked, count(*)::int as item_errors from item_errors e where ${own("e", scope)}`,
  );
  return sumIncomplete([groups, benefits, documents, errors]);
}

/** Several findings as one; kinds without a difference are left out. */
export function sumIncomplete(parts: readonly Incomplete[]): Incomplete {
  const counts = Object.fromEntries(
    parts.flatMap((part) => Object.entries(part.counts)).filter(([, found]) => found > 0),
  );
  return { checked: parts.reduce((sum, part) => sum + part.checked, 0), counts };
}
