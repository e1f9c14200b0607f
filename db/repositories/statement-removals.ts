import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { MirrorScope } from "./raw-records";
import { uuids } from "./uuids";
import { addToDays, takeFromDays } from "./wage-day-sums";
import { lockTotals, rebuildTotals, totalsYear, type TotalsKey } from "./wage-totals";

/** Statements that go, or follow their payment to other dates; totals go along in the same transaction (DOMAIN 1.3). */

const at = (time: Date) => sql`${time.toISOString()}::timestamptz`;

const own = (scope: MirrorScope) =>
  sql`s.customer_id = ${scope.customerId}::uuid and s.connection_id = ${scope.connectionId}::uuid`;

interface Gone extends Record<string, unknown> {
  individualId: string;
  payDate: string | null;
}

const keysOf = (rows: readonly Gone[]): TotalsKey[] =>
  rows.map(({ individualId, payDate }) => ({ individualId, year: totalsYear(payDate) }));

/** How many statements of a payment are there. */
export async function countStatements(tx: Tx, scope: MirrorScope, paymentId: string): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(sql`
    select count(*)::int as n from pay_statements s
    where ${own(scope)} and s.payment_id = ${paymentId}::uuid and s.deleted_at is null`);
  return row?.n ?? 0;
}

/**
 * Marks statements that the open passes of some payments did not see, at most `limit`; gives how many. A late older answer
 * cannot bring them back.
 */
export async function deleteUnseen(
  tx: Tx,
  scope: MirrorScope,
  paymentIds: readonly string[],
  limit: number,
): Promise<number> {
  await lockTotals(tx, scope);
  const unseen = await tx.execute<{ id: string; sinceMs: string }>(sql`
    select s.id, (extract(epoch from p.pass_started_at) * 1000)::bigint as "sinceMs"
    from pay_statements s join payments p on p.customer_id = s.customer_id and p.id = s.payment_id
    where ${own(scope)} and s.payment_id = any(${uuids(paymentIds)}) and s.deleted_at is null
      and s.seen_at < p.pass_started_at limit ${limit}`);
  let gone = 0;
  for (const [sinceMs, rows] of Map.groupBy(unseen, (row) => Number(row.sinceMs))) {
    const ids = rows.map((row) => row.id);
    gone += await markGone(tx, scope, new Date(sinceMs), ids);
  }
  return gone;
}

/**
 * Of statements that a pass saw on two pages and that are equal in everything, takes away all but the first. Only where
 * the payment changed while it was read: then one that moved from a page to the next was given twice.
 */
export async function deleteRepeated(
  tx: Tx,
  scope: MirrorScope,
  paymentId: string,
  since: Date,
): Promise<number> {
  await lockTotals(tx, scope);
  const repeated = await tx.execute<{ id: string }>(sql`
    select s.id from pay_statements s where ${own(scope)} and s.payment_id = ${paymentId}::uuid
      and s.deleted_at is null and s.seen_at >= ${at(since)}
      and exists (select from pay_statements f where f.customer_id = s.customer_id and f.payment_id = s.payment_id
        and f.individual_id = s.individual_id and f.ordinal < s.ordinal and f.digest = s.digest
        and f.deleted_at is null and f.seen_at >= ${at(since)} and f.page_offset <> s.page_offset)`);
  return markGone(
    tx,
    scope,
    since,
    repeated.map((row) => row.id),
  );
}

async function markGone(tx: Tx, scope: MirrorScope, since: Date, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  await takeFromDays(tx, scope, ids);
  const gone = await tx.execute<Gone>(sql`
    update pay_statements s set deleted_at = ${at(since)}, seen_at = greatest(s.seen_at, ${at(since)})
    where s.customer_id = ${scope.customerId}::uuid and s.id = any(${uuids(ids)})
    returning s.individual_id as "individualId", s.pay_date::text as "payDate"`);
  await rebuildTotals(tx, scope, keysOf(gone));
  return gone.length;
}

/** Marks all statements of payments that Finch no longer gives. */
export async function deleteStatementsOf(
  tx: Tx,
  scope: MirrorScope,
  paymentIds: readonly string[],
  since: Date,
): Promise<void> {
  if (paymentIds.length === 0) return;
  await lockTotals(tx, scope);
  const there = await tx.execute<{ id: string }>(sql`
    select s.id from pay_statements s where ${own(scope)} and s.payment_id = any(${uuids(paymentIds)}) and s.deleted_at is null`);
  await takeFromDays(
    tx,
    scope,
    there.map(({ id }) => id),
  );
  const gone = await tx.execute<Gone>(sql`
    update pay_statements s set deleted_at = ${at(since)}, seen_at = greatest(s.seen_at, ${at(since)})
    where ${own(scope)} and s.payment_id = any(${uuids(paymentIds)}) and s.deleted_at is null
    returning s.individual_id as "individualId", s.pay_date::text as "payDate"`);
  await rebuildTotals(tx, scope, keysOf(gone));
}

/** Gives the statements of payments the dates that these have now; the totals of the years left and entered follow. */
export async function redateStatements(
  tx: Tx,
  scope: MirrorScope,
  paymentIds: readonly string[],
): Promise<void> {
  if (paymentIds.length === 0) return;
  await lockTotals(tx, scope);
  const moving = (
    await tx.execute<{ id: string }>(sql`
      select s.id from pay_statements s join payments p on p.customer_id = s.customer_id and p.id = s.payment_id
      where ${own(scope)} and s.payment_id = any(${uuids(paymentIds)}) and s.deleted_at is null
        and s.pay_date is distinct from p.pay_date`)
  ).map(({ id }) => id);
  await takeFromDays(tx, scope, moving);
  const moved = await tx.execute<Gone & { newDate: string | null; isDeleted: boolean }>(sql`
    with before as materialized (
      select s.id, s.pay_date from pay_statements s
      where ${own(scope)} and s.payment_id = any(${uuids(paymentIds)}))
    update pay_statements s set pay_date = p.pay_date, pay_period_start = p.pay_period_start, pay_period_end = p.pay_period_end
    from payments p, before b
    where ${own(scope)} and s.payment_id = any(${uuids(paymentIds)}) and b.id = s.id
      and p.customer_id = s.customer_id and p.id = s.payment_id
    returning s.individual_id as "individualId", b.pay_date::text as "payDate", p.pay_date::text as "newDate",
      s.deleted_at is not null as "isDeleted"`);
  const dated = moved.filter((row) => !row.isDeleted && row.payDate !== row.newDate);
  const entered = dated.map((row) => ({ ...row, payDate: row.newDate }));
  await addToDays(tx, scope, moving);
  await rebuildTotals(tx, scope, [...keysOf(dated), ...keysOf(entered)]);
}

/**
 * Puts the statements of people who have several in a payment in Finch's order, where pages were read in another one: the
 * ordinal is the place in the payment.
 */
export async function orderStatements(
  tx: Tx,
  scope: MirrorScope,
  paymentIds: readonly string[],
): Promise<void> {
  const disordered = await tx.execute<{ paymentId: string; individualId: string }>(sql`
    select distinct s.payment_id as "paymentId", s.individual_id as "individualId" from (
      select payment_id, individual_id, ordinal,
        row_number() over (partition by payment_id, individual_id order by page_offset, ordinal) - 1 as place
      from pay_statements where customer_id = ${scope.customerId}::uuid and payment_id = any(${uuids(paymentIds)})
        and deleted_at is null) as s
    where s.ordinal <> s.place`);
  for (const { paymentId, individualId } of disordered) {
    const those = sql`s.customer_id = ${scope.customerId}::uuid and s.payment_id = ${paymentId}::uuid
      and s.individual_id = ${individualId}::uuid`;
    // Twice, because a place is unique at every moment.
    await tx.execute(sql`update pay_statements s set ordinal = -1 - s.ordinal where ${those}`);
    await tx.execute(sql`
      update pay_statements s set ordinal = x.place from (
        select s.id, row_number() over (order by s.deleted_at nulls first, s.page_offset, s.ordinal desc) - 1 as place
        from pay_statements s where ${those}) as x
      where ${those} and s.id = x.id`);
  }
}
