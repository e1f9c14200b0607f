import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { MirrorScope } from "./raw-records";

/** A payment as /payment lists it. Amounts are minor units as text: JSON numbers are not exact enough. */
export interface PaymentValues {
  finchId: string;
  payPeriodStart: string | null;
  payPeriodEnd: string | null;
  payDate: string | null;
  debitDate: string | null;
  companyDebitCents: string | null;
  companyDebitCurrency: string | null;
  grossPayCents: string | null;
  grossPayCurrency: string | null;
  netPayCents: string | null;
  netPayCurrency: string | null;
  employerTaxesCents: string | null;
  employerTaxesCurrency: string | null;
  employeeTaxesCents: string | null;
  employeeTaxesCurrency: string | null;
  individualIds: string[] | null;
  payGroupIds: string[] | null;
  payFrequencies: string[] | null;
}

/** What an answer did to a payment that was known before. */
export interface ChangedPayment {
  id: string;
  /** Its pay date or period is another one now. */
  moved: boolean;
}

const at = (time: Date) => sql`${time.toISOString()}::timestamptz`;
const own = (scope: MirrorScope) =>
  sql`p.customer_id = ${scope.customerId}::uuid and p.connection_id = ${scope.connectionId}::uuid and p.entity_id = ${scope.entityId}`;

const columns = [
  ["pay_period_start", "payPeriodStart", "date"],
  ["pay_period_end", "payPeriodEnd", "date"],
  ["pay_date", "payDate", "date"],
  ["debit_date", "debitDate", "date"],
  ["company_debit_cents", "companyDebitCents", "bigint"],
  ["company_debit_currency", "companyDebitCurrency", "text"],
  ["gross_pay_cents", "grossPayCents", "bigint"],
  ["gross_pay_currency", "grossPayCurrency", "text"],
  ["net_pay_cents", "netPayCents", "bigint"],
  ["net_pay_currency", "netPayCurrency", "text"],
  ["employer_taxes_cents", "employerTaxesCents", "bigint"],
  ["employer_taxes_currency", "employerTaxesCurrency", "text"],
  ["employee_taxes_cents", "employeeTaxesCents", "bigint"],
  ["employee_taxes_currency", "employeeTaxesCurrency", "text"],
  ["individual_ids", "individualIds", "text[]"],
  ["pay_group_ids", "payGroupIds", "text[]"],
  ["pay_frequencies", "payFrequencies", "text[]"],
] as const;

const list = (of: (column: (typeof columns)[number]) => string) => sql.raw(columns.map(of).join(", "));
/** What a slip repeats of its payment. */
const dates = ["pay_period_start", "pay_period_end", "pay_date"];

/**
 * Writes payments of the list, and gives those that were known and changed. One whose slips were read and that
 * changed has to have them read again; one that was gone and is back has none. Older answers change nothing.
 */
export async function upsertPayments(
  tx: Tx,
  scope: MirrorScope,
  payments: readonly PaymentValues[],
  fetchedAt: Date,
): Promise<ChangedPayment[]> {
  if (payments.length === 0) return [];
  const changed = sql.raw(
    `(${columns.map(([name]) => `p.${name}`).join(", ")}) is distinct from (${columns.map(([name]) => `excluded.${name}`).join(", ")})`,
  );
  const moved = sql.raw(dates.map((name) => `b.${name} is distinct from w.${name}`).join(" or "));
  const rows = await tx.execute<{ id: string; moved: boolean }>(sql`
    with x as (
      select * from jsonb_to_recordset(${JSON.stringify(payments)}::jsonb)
        as x ("finchId" text, ${list(([, key, type]) => `"${key}" ${type}`)})
    ), b as (
      select p.* from payments p join x on p.finch_payment_id = x."finchId" where ${own(scope)}
    ), w as (
      insert into payments as p (customer_id, connection_id, entity_id, finch_payment_id, fetched_at,
        ${list(([name]) => name)})
      select ${scope.customerId}::uuid, ${scope.connectionId}::uuid, ${scope.entityId}, x."finchId", ${at(fetchedAt)},
        ${list(([, key]) => `x."${key}"`)} from x
      on conflict (customer_id, connection_id, entity_id, finch_payment_id) do update
        set ${list(([name]) => `${name} = excluded.${name}`)}, fetched_at = excluded.fetched_at, deleted_at = null,
          statements_state = case when p.deleted_at is not null then 'unread'
            when p.statements_state = 'complete' and ${changed} then 'partial' else p.statements_state end
        where p.fetched_at <= excluded.fetched_at
      returning *
    )
    select w.id, (${moved}) as moved from w join b on b.id = w.id`);
  return rows.filter((row) => row.moved).map(({ id, moved: isMoved }) => ({ id, moved: isMoved }));
}

/**
 * Ids of payments that a complete list, asked for at `since`, did not give though they lie inside the dates that
 * were asked for. A payment without a date lies where its period does, well inside the dates.
 */
export async function listAbsentPayments(
  tx: Tx,
  scope: MirrorScope,
  range: { from: string; to: string; isAll: boolean },
  since: Date,
): Promise<string[]> {
  const undated = range.isAll
    ? sql`p.pay_date is null`
    : sql`p.pay_date is null and p.pay_period_start >= ${range.from}::date + 45 and p.pay_period_end <= ${range.to}::date - 45`;
  const rows = await tx.execute<{ id: string }>(sql`
    select p.id from payments p where ${own(scope)} and p.deleted_at is null and p.fetched_at < ${at(since)}
      and (p.pay_date between ${range.from}::date and ${range.to}::date or (${undated}))`);
  return rows.map((row) => row.id);
}

/** Marks payments that Finch no longer gives. A late older answer cannot bring them back. */
export async function markPaymentsDeleted(
  tx: Tx,
  scope: MirrorScope,
  ids: readonly string[],
  since: Date,
): Promise<void> {
  await tx.execute(sql`
    update payments p set deleted_at = ${at(since)}, fetched_at = ${at(since)}
    from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) as x (id)
    where ${own(scope)} and p.id = x.id::uuid and p.deleted_at is null`);
}
