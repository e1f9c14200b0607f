import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { payCalendarEntries } from "@/db/schema";
import { uuids } from "./uuids";

/** The regular runs of pay groups, for calendars and comparisons. */

export interface GroupRunRow {
  id: string;
  connectionId: string;
  entityId: string;
  /** Null where the payment names no pay group. */
  finchPayGroupId: string | null;
  frequency: string;
  payDate: string;
  payPeriodStart: string | null;
  payPeriodEnd: string | null;
  grossPayCents: bigint | null;
  grossPayCurrency: string | null;
  people: number | null;
}

/** Runs of a group that are looked at: a year and a little of weekly ones, and what is scheduled. */
const runsOfAGroup = 40;

/** Some statement says that the run is a regular one, or none says anything. */
const regularRun = (alias: "p" | "r") => {
  const has = (what: string) =>
    `exists (select from pay_statements s where s.customer_id = ${alias}.customer_id and s.payment_id = ${alias}.id
      and s.deleted_at is null and s.type ${what})`;
  return sql.raw(`(${has("= 'regular_payroll'")} or not ${has("is not null")})`);
};

/**
 * The latest dated runs of each pay group, and all since a day, that are regular and of one group and one frequency, newest first. Off-cycle
 * runs and those of several groups tell nothing of a calendar (DOMAIN §2).
 */
export async function listGroupRuns(
  tx: Tx,
  customerId: string,
  visible: readonly string[],
  since: string | null = null,
): Promise<GroupRunRow[]> {
  if (visible.length === 0) return [];
  // The kind is judged for these only: it looks into statements.
  const rows = await tx.execute<Omit<GroupRunRow, "grossPayCents"> & { grossPayCents: string | null }>(sql`
    select r.id, r.connection_id as "connectionId", r.entity_id as "entityId", r.pay_group as "finchPayGroupId",
      r.frequency, r.pay_date::text as "payDate", r.pay_period_start::text as "payPeriodStart",
      r.pay_period_end::text as "payPeriodEnd", r.gross_pay_cents as "grossPayCents",
      r.gross_pay_currency as "grossPayCurrency", r.people
    from (
      select p.*, p.pay_group_ids[1] as pay_group, p.pay_frequencies[1] as frequency,
        cardinality(p.individual_ids) as people,
        row_number() over (partition by p.connection_id, p.entity_id, p.pay_group_ids[1], p.pay_frequencies[1]
          order by p.pay_date desc, p.id) as place
      from payments p
      where p.customer_id = ${customerId}::uuid and p.connection_id = any(${uuids(visible)}) and p.deleted_at is null
        and p.pay_date is not null and cardinality(p.pay_frequencies) = 1
        and coalesce(cardinality(p.pay_group_ids), 0) <= 1
    ) r
    where (r.place <= ${runsOfAGroup} or r.pay_date >= ${since}::date) and ${regularRun("r")}
    order by r.pay_date desc, r.id`);
  return rows.map(toRun);
}

const toRun = (row: Omit<GroupRunRow, "grossPayCents"> & { grossPayCents: string | null }): GroupRunRow => ({
  ...row,
  grossPayCents: row.grossPayCents === null ? null : BigInt(row.grossPayCents),
});

export type CalendarEntryRow = Pick<
  typeof payCalendarEntries.$inferSelect,
  "id" | "connectionId" | "payGroupId" | "payDate" | "closesAt" | "source" | "version"
>;

/** Pay dates that the employer entered or confirmed, by date. */
export async function listCalendarEntryRows(
  tx: Tx,
  customerId: string,
  visible: readonly string[],
): Promise<CalendarEntryRow[]> {
  if (visible.length === 0) return [];
  return tx
    .select({
      id: payCalendarEntries.id,
      connectionId: payCalendarEntries.connectionId,
      payGroupId: payCalendarEntries.payGroupId,
      payDate: payCalendarEntries.payDate,
      closesAt: payCalendarEntries.closesAt,
      source: payCalendarEntries.source,
      version: payCalendarEntries.version,
    })
    .from(payCalendarEntries)
    .where(
      and(
        eq(payCalendarEntries.customerId, customerId),
        inArray(payCalendarEntries.connectionId, [...visible]),
      ),
    )
    .orderBy(asc(payCalendarEntries.payDate));
}

export interface PeopleChange {
  id: string;
  joined: number;
  left: number;
}

/**
 * How many people of a payment were not on an earlier one, and the other way round, as the list of payments names
 * them. A pair of which one names nobody at all is left out.
 */
export async function countPeopleChanges(
  tx: Tx,
  customerId: string,
  pairs: readonly { id: string; earlierId: string }[],
): Promise<Map<string, PeopleChange>> {
  if (pairs.length === 0) return new Map();
  const rows = await tx.execute<PeopleChange & Record<string, unknown>>(sql`
    select a.id,
      (select count(*)::int from (select unnest(a.individual_ids) except select unnest(b.individual_ids)) x) as joined,
      (select count(*)::int from (select unnest(b.individual_ids) except select unnest(a.individual_ids)) x) as left
    from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as pair (id uuid, "earlierId" uuid)
    join payments a on a.customer_id = ${customerId}::uuid and a.id = pair.id and a.individual_ids is not null
    join payments b on b.customer_id = ${customerId}::uuid and b.id = pair."earlierId" and b.individual_ids is not null`);
  return new Map(rows.map((row) => [row.id, row]));
}

export interface ChangedPersonRow {
  change: "joined" | "left";
  /** Null where the mirror has nobody of that id. */
  individualId: string | null;
  firstName: string | null;
  lastName: string | null;
  preferredName: string | null;
  gone: boolean;
}

/** Who joined and who left between two payments, by name. @param limit of each */
export async function listChangedPeople(
  tx: Tx,
  customerId: string,
  { id, earlierId, limit }: { id: string; earlierId: string; limit: number },
): Promise<ChangedPersonRow[]> {
  const between = (change: "joined" | "left", these: string, those: string) => sql`(
    select ${change}::text as change, i.id as "individualId", i.first_name as "firstName", i.last_name as "lastName",
      i.preferred_name as "preferredName", (i.deleted_at is not null) as gone
    from (select a.connection_id, a.entity_id, unnest(a.individual_ids) as finch_id from payments a
        where a.customer_id = ${customerId}::uuid and a.id = ${these}::uuid
      except select a.connection_id, a.entity_id, unnest(b.individual_ids) from payments a join payments b
        on b.customer_id = a.customer_id and b.id = ${those}::uuid
        where a.customer_id = ${customerId}::uuid and a.id = ${these}::uuid) x
    left join individuals i on i.customer_id = ${customerId}::uuid and i.connection_id = x.connection_id
      and i.entity_id = x.entity_id and i.finch_individual_id = x.finch_id
    order by i.sort_name nulls last, i.id limit ${limit})`;
  const rows = await tx.execute<ChangedPersonRow & Record<string, unknown>>(
    sql`${between("joined", id, earlierId)} union all ${between("left", earlierId, id)}`,
  );
  return [...rows];
}

/** The run of the same group and rhythm before a payment, as its list named people; null where there is none. */
export async function listEarlierRuns(
  tx: Tx,
  customerId: string,
  { paymentId, limit }: { paymentId: string; limit: number },
): Promise<GroupRunRow[]> {
  const rows = await tx.execute<Omit<GroupRunRow, "grossPayCents"> & { grossPayCents: string | null }>(sql`
    select p.id, p.connection_id as "connectionId", p.entity_id as "entityId", p.pay_group_ids[1] as "finchPayGroupId",
      p.pay_frequencies[1] as frequency, p.pay_date::text as "payDate", p.pay_period_start::text as "payPeriodStart",
      p.pay_period_end::text as "payPeriodEnd", p.gross_pay_cents as "grossPayCents",
      p.gross_pay_currency as "grossPayCurrency", cardinality(p.individual_ids) as people
    from payments o join payments p on p.customer_id = o.customer_id and p.connection_id = o.connection_id
      and p.entity_id = o.entity_id and p.pay_frequencies = o.pay_frequencies
      and p.pay_group_ids is not distinct from o.pay_group_ids
    where o.customer_id = ${customerId}::uuid and o.id = ${paymentId}::uuid and p.deleted_at is null
      and cardinality(o.pay_frequencies) = 1 and coalesce(cardinality(o.pay_group_ids), 0) <= 1
      and (p.id = o.id or p.pay_date < o.pay_date) and ${regularRun("p")}
    order by p.pay_date desc, (p.id = o.id) desc, p.id limit ${limit}`);
  return rows.map(toRun);
}
