import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { uuids } from "./uuids";
import { undatedDay } from "./wage-day-sums";
import { counted, mayBeContract, ofPay, ofScope, type OwnType, type YtdScope } from "./ytd-source";

/** What stands around year-to-date sums: where they come from, what they cover, what is not in them. */

export interface YtdUnitRow {
  connectionId: string;
  entityId: string;
  legalName: string | null;
  ein: string | null;
  /** The first pay date that the mirror ever held, and the first and last of the asked days. */
  earliestPayDate: string | null;
  firstPayDate: string | null;
  lastPayDate: string | null;
  /** Runs of the asked days, and of them those whose statements are not here in whole, by why. */
  runs: number;
  pending: number;
  incomplete: number;
}

/** Every entity that has a company, people or payments. Scheduled runs (after `through`) are not among its runs. */
export async function listYtdUnits(
  tx: Tx,
  customerId: string,
  visible: readonly string[],
  days: { from: string; through: string } | null,
): Promise<YtdUnitRow[]> {
  if (visible.length === 0) return [];
  const inside = days
    ? sql`p.pay_date between ${days.from}::date and ${days.through}::date`
    : sql`p.pay_date is null`;
  const here = (alias: string) =>
    sql`${sql.raw(alias)}.customer_id = ${customerId}::uuid and ${sql.raw(alias)}.connection_id = any(${uuids(visible)}) and ${sql.raw(alias)}.deleted_at is null`;
  return tx.execute<YtdUnitRow & Record<string, unknown>>(sql`
    with runs as (select p.connection_id, p.entity_id, min(p.pay_date)::text as "earliestPayDate",
        (min(p.pay_date) filter (where ${inside}))::text as "firstPayDate", (max(p.pay_date) filter (where ${inside}))::text as "lastPayDate",
        (count(*) filter (where ${inside}))::int as runs,
        (count(*) filter (where ${inside} and p.statements_state in ('pending', 'unread')))::int as pending,
        (count(*) filter (where ${inside} and p.statements_state in ('partial', 'failed', 'held')))::int as incomplete
      from payments p where ${here("p")} group by 1, 2),
    names as (select c.connection_id, c.entity_id, c.legal_name, c.ein from companies c where ${here("c")})
    select u.connection_id as "connectionId", u.entity_id as "entityId", n.legal_name as "legalName", n.ein,
      r."earliestPayDate", r."firstPayDate", r."lastPayDate", coalesce(r.runs, 0) as runs, coalesce(r.pending, 0) as pending,
      coalesce(r.incomplete, 0) as incomplete
    from (select connection_id, entity_id from runs union select connection_id, entity_id from names) u
    left join names n using (connection_id, entity_id) left join runs r using (connection_id, entity_id)
    order by n.legal_name nulls last, u.connection_id, u.entity_id`);
}

/** Pay dates of some days, one for each run. */
export async function listPayDates(
  tx: Tx,
  customerId: string,
  visible: readonly string[],
  days: { from: string; to: string },
): Promise<string[]> {
  if (visible.length === 0) return [];
  const rows = await tx.execute<{ day: string }>(sql`
    select p.pay_date::text as day from payments p where p.customer_id = ${customerId}::uuid and p.connection_id = any(${uuids(visible)})
      and p.deleted_at is null and p.pay_date between ${days.from}::date and ${days.to}::date`);
  return rows.map(({ day }) => day);
}

/** The calendar years in which anybody is paid on 1099 lines, by Finch's type or the employer's own; 0 holds undated ones. */
export async function listContractYears(
  tx: Tx,
  customerId: string,
  visible: readonly string[],
  ownTypes: readonly OwnType[],
): Promise<number[]> {
  if (visible.length === 0) return [];
  const rows = await tx.execute<{ year: number }>(sql`
    select distinct case when l.day = ${undatedDay}::date then 0 else extract(year from l.day)::int end as year from wage_day_sums l
    where l.customer_id = ${customerId}::uuid and l.connection_id = any(${uuids(visible)}) and l.count > 0
      and ${mayBeContract({ ownTypes })}`);
  return rows.map(({ year }) => year);
}

export interface LackingRow {
  individualId: string;
  /** Runs that name the person and whose statement of this person is not here. */
  runs: number;
  /** Of them those that Finch is still fetching or that were not asked for yet. */
  pending: number;
}

/** Who lacks statements: people whom an incomplete run of the asked days names, and of whom it holds none. */
export async function listLacking(tx: Tx, scope: YtdScope): Promise<LackingRow[]> {
  if (scope.visible.length === 0) return [];
  return tx.execute<LackingRow & Record<string, unknown>>(sql`
    select i.id as "individualId", count(*)::int as runs,
      (count(*) filter (where p.statements_state in ('pending', 'unread')))::int as pending
    from payments p cross join lateral unnest(p.individual_ids) as n (finch_id)
    join individuals i on i.customer_id = p.customer_id and i.connection_id = p.connection_id and i.entity_id = p.entity_id
      and i.finch_individual_id = n.finch_id
    where ${ofScope(scope, "p")} and p.deleted_at is null
      and p.statements_state <> 'complete' and ${counted(scope, "p")}
      and not exists (select from pay_statements s where s.customer_id = p.customer_id and s.payment_id = p.id
        and s.individual_id = i.id and s.deleted_at is null)
    group by 1`);
}

export interface YtdPersonRow {
  id: string;
  connectionId: string;
  entityId: string;
  finchIndividualId: string;
  firstName: string | null;
  lastName: string | null;
  preferredName: string | null;
  employmentType: string | null;
  startDate: string | null;
  endDate: string | null;
  /** No longer in the provider's directory. */
  left: boolean;
}

/** Names and employment of some records, those who left included. */
export async function listYtdPersons(
  tx: Tx,
  customerId: string,
  ids: readonly string[],
): Promise<YtdPersonRow[]> {
  if (ids.length === 0) return [];
  return tx.execute<YtdPersonRow & Record<string, unknown>>(sql`
    select i.id, i.connection_id as "connectionId", i.entity_id as "entityId", i.finch_individual_id as "finchIndividualId",
      i.first_name as "firstName", i.last_name as "lastName", i.preferred_name as "preferredName",
      i.employment_type as "employmentType", i.start_date::text as "startDate", i.end_date::text as "endDate",
      i.deleted_at is not null as left
    from individuals i where i.customer_id = ${customerId}::uuid and i.id = any(${uuids(ids)})`);
}

export interface PersonDatesRow {
  individualId: string;
  firstPayDate: string | null;
  lastPayDate: string | null;
}

/** The first and last counted pay date of some records, in the kind of pay that is asked for. */
export async function listPersonDates(
  tx: Tx,
  scope: YtdScope,
  ids: readonly string[],
): Promise<PersonDatesRow[]> {
  if (ids.length === 0) return [];
  return tx.execute<PersonDatesRow & Record<string, unknown>>(sql`
    select s.individual_id as "individualId", min(s.pay_date)::text as "firstPayDate", max(s.pay_date)::text as "lastPayDate"
    from pay_statements s where s.customer_id = ${scope.customerId}::uuid and s.individual_id = any(${uuids(ids)})
      and s.deleted_at is null and ${counted(scope)} ${scope.hasContracts ? sql`and ${ofPay(scope)}` : sql``} group by 1`);
}

/** The names of earnings in some calendar years, most frequent first. Null is an earning without a name. */
export async function listEarningNames(
  tx: Tx,
  customerId: string,
  visible: readonly string[],
  years: readonly number[],
): Promise<{ name: string | null; lines: number }[]> {
  if (visible.length === 0) return [];
  return tx.execute<{ name: string | null; lines: number }>(sql`
    select t.name, sum(t.lines)::int as lines from wage_total_lines t where t.customer_id = ${customerId}::uuid
      and t.connection_id = any(${uuids(visible)}) and t.year = any(${`{${years.join(",")}}`}::int[]) and t.category = 'earning'
    group by 1 order by 2 desc, 1 nulls last limit 200`);
}

/** The first day on which anybody of each entity was hired. */
export async function listFirstHires(
  tx: Tx,
  customerId: string,
  visible: readonly string[],
): Promise<{ connectionId: string; entityId: string; day: string | null }[]> {
  if (visible.length === 0) return [];
  return tx.execute<{ connectionId: string; entityId: string; day: string | null }>(sql`
    select i.connection_id as "connectionId", i.entity_id as "entityId", min(i.start_date)::text as day from individuals i
    where i.customer_id = ${customerId}::uuid and i.connection_id = any(${uuids(visible)}) group by 1, 2`);
}

/** An employer's own types for lines, as far as they are in force. */
export interface InForceRow {
  id: string;
  connectionId: string;
  category: "earning" | "tax" | "deduction" | "contribution";
  name: string | null;
  finchType: string | null;
  mappedType: string;
  mappedPreTax: boolean | null;
  effectiveFrom: string | null;
  effectiveTo: string | null;
}

export async function listClassificationsInForce(
  tx: Tx,
  customerId: string,
  visible: readonly string[],
): Promise<InForceRow[]> {
  if (visible.length === 0) return [];
  return tx.execute<InForceRow & Record<string, unknown>>(sql`
    select c.id, c.connection_id as "connectionId", c.category, c.name, c.finch_type as "finchType", c.mapped_type as "mappedType",
      c.mapped_pre_tax as "mappedPreTax", c.effective_from::text as "effectiveFrom", c.effective_to::text as "effectiveTo"
    from item_classifications c where c.customer_id = ${customerId}::uuid and c.connection_id = any(${uuids(visible)})
      and c.removed_at is null`);
}

/** Whether one person has lines in some calendar years that may be 1099 pay. */
export async function mayHaveContracts(
  tx: Tx,
  scope: Pick<YtdScope, "customerId" | "ownTypes">,
  individualId: string,
  years: readonly number[],
): Promise<boolean> {
  const rows = await tx.execute(sql`
    select from wage_total_lines l where l.customer_id = ${scope.customerId}::uuid and l.individual_id = ${individualId}::uuid
      and l.year = any(${`{${years.join(",")}}`}::int[]) and ${mayBeContract(scope)} limit 1`);
  return rows.length > 0;
}
