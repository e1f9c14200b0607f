import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { payGroups } from "@/db/schema";
import { uuids } from "./uuids";

const columns = {
  id: payGroups.id,
  connectionId: payGroups.connectionId,
  entityId: payGroups.entityId,
  finchPayGroupId: payGroups.finchPayGroupId,
  name: payGroups.name,
  payFrequencies: payGroups.payFrequencies,
  /** Null until the group itself was read, and where Finch gave null. */
  members: sql<number | null>`cardinality(${payGroups.individualIds})`,
  fetchedAt: payGroups.fetchedAt,
  membersFetchedAt: payGroups.membersFetchedAt,
};

export interface PayGroupRow {
  id: string;
  connectionId: string;
  entityId: string;
  finchPayGroupId: string;
  name: string | null;
  payFrequencies: string[] | null;
  members: number | null;
  fetchedAt: Date;
  membersFetchedAt: Date | null;
}

/** The pay groups of visible connections, by connection and name. */
export async function listPayGroupRows(
  tx: Tx,
  customerId: string,
  visible: readonly string[],
): Promise<PayGroupRow[]> {
  if (visible.length === 0) return [];
  return tx
    .select(columns)
    .from(payGroups)
    .where(
      and(
        eq(payGroups.customerId, customerId),
        inArray(payGroups.connectionId, [...visible]),
        isNull(payGroups.deletedAt),
      ),
    )
    .orderBy(asc(payGroups.connectionId), asc(payGroups.name), asc(payGroups.id));
}

/** One pay group that is still there, or null. */
export async function findPayGroup(tx: Tx, customerId: string, id: string): Promise<PayGroupRow | null> {
  const [row] = await tx
    .select(columns)
    .from(payGroups)
    .where(and(eq(payGroups.customerId, customerId), eq(payGroups.id, id), isNull(payGroups.deletedAt)));
  return row ?? null;
}

export interface PayGroupMemberRow {
  id: string;
  firstName: string | null;
  lastName: string | null;
  preferredName: string | null;
  title: string | null;
  department: string | null;
  employmentType: string | null;
  employmentStatus: string | null;
  isActive: boolean | null;
  /** The directory no longer names the person. */
  gone: boolean;
  sortName: string;
}

const likePattern = (word: string) => `%${word.replace(/[\\%_]/g, "\\$&")}%`;

export interface MemberSlice {
  group: PayGroupRow;
  words: readonly string[];
  /** The person whom the page follows or precedes. */
  pivot: string | null;
  backwards: boolean;
  limit: number;
}

// Inside coalesce the list is hashed, whatever the planner believes of it: joined row by row, ten thousand ids would be
// compared with ten thousand people.
const membersOf = (customerId: string, { group, words }: Pick<MemberSlice, "group" | "words">) => sql`
  from individuals i
  where i.customer_id = ${customerId}::uuid and i.connection_id = ${group.connectionId}::uuid
    and i.entity_id = ${group.entityId} and coalesce(i.finch_individual_id in (select unnest(g.individual_ids)
      from pay_groups g where g.customer_id = ${customerId}::uuid and g.id = ${group.id}::uuid), false)
    ${
      words.length === 0
        ? sql``
        : sql`and ${sql.join(
            words.map((word) => sql`i.search_text like ${likePattern(word)}`),
            sql` and `,
          )}`
    }`;

/** A run of a group's people by name. */
export async function listPayGroupMembers(
  tx: Tx,
  customerId: string,
  slice: MemberSlice,
): Promise<PayGroupMemberRow[]> {
  const { pivot, backwards, limit } = slice;
  const beyond = sql.raw(backwards ? "<" : ">");
  const way = sql.raw(backwards ? "desc" : "asc");
  const from =
    pivot === null
      ? sql``
      : sql`and (i.sort_name, i.id) ${beyond} (select p.sort_name, p.id from individuals p
          where p.customer_id = ${customerId}::uuid and p.id = ${pivot}::uuid)`;
  const rows = await tx.execute<PayGroupMemberRow & Record<string, unknown>>(sql`
    select i.id, i.first_name as "firstName", i.last_name as "lastName", i.preferred_name as "preferredName", i.title,
      i.department, i.employment_type as "employmentType", i.employment_status as "employmentStatus",
      i.is_active as "isActive", (i.deleted_at is not null) as gone, i.sort_name as "sortName"
    ${membersOf(customerId, slice)} ${from}
    order by i.sort_name ${way}, i.id ${way} limit ${limit}`);
  return backwards ? [...rows].reverse() : [...rows];
}

/** How many people of a group match, of those that the directory knows. */
export async function countPayGroupMembers(
  tx: Tx,
  customerId: string,
  slice: Pick<MemberSlice, "group" | "words">,
): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(
    sql`select count(*)::int as n ${membersOf(customerId, slice)}`,
  );
  return row?.n ?? 0;
}

/** Which connections have a calendar of their own: they have no pay groups, or payments that name none. */
export async function listConnectionsWithoutGroup(
  tx: Tx,
  customerId: string,
  visible: readonly string[],
): Promise<string[]> {
  if (visible.length === 0) return [];
  const rows = await tx.execute<{ id: string }>(sql`
    select c.id from unnest(${uuids(visible)}) as c (id)
    where not exists (select from pay_groups g where g.customer_id = ${customerId}::uuid and g.connection_id = c.id
        and g.deleted_at is null)
      or exists (select from payments p where p.customer_id = ${customerId}::uuid and p.connection_id = c.id
        and p.deleted_at is null and coalesce(cardinality(p.pay_group_ids), 0) = 0)`);
  return rows.map(({ id }) => id);
}

export interface MembershipRow {
  payGroupId: string;
  individualId: string;
}

/** Which of some records are in which of some pay groups; in one whose people were not read may be anybody of its entity. */
export async function listMemberships(
  tx: Tx,
  customerId: string,
  { groupIds, individualIds }: { groupIds: readonly string[]; individualIds: readonly string[] },
): Promise<MembershipRow[]> {
  if (groupIds.length === 0 || individualIds.length === 0) return [];
  return tx.execute<MembershipRow & Record<string, unknown>>(sql`
    select g.id as "payGroupId", i.id as "individualId" from pay_groups g
    join individuals i on i.customer_id = g.customer_id and i.connection_id = g.connection_id and i.entity_id = g.entity_id
      and (g.individual_ids is null or i.finch_individual_id = any(g.individual_ids))
    where g.customer_id = ${customerId}::uuid and g.id = any(${uuids(groupIds)}) and i.id = any(${uuids(individualIds)})`);
}

export interface PaidAroundRow extends MembershipRow {
  /** The pay date of the run that is missing. */
  payDate: string;
}

/**
 * Who was paid by a group in the run before a missing one, or in the run after it, whether still in the group or not.
 * Whom another group paid in between had moved by then, or not come yet, unless the group paid on both sides.
 */
export async function listPaidAround(
  tx: Tx,
  customerId: string,
  {
    runs,
    individualIds,
  }: { runs: readonly { payGroupId: string; payDate: string }[]; individualIds: readonly string[] },
): Promise<PaidAroundRow[]> {
  if (runs.length === 0 || individualIds.length === 0) return [];
  const isOfGroup = sql`p.customer_id = ${customerId}::uuid and p.connection_id = m.connection_id and p.entity_id = m.entity_id
    and p.deleted_at is null and m.finch_pay_group_id = any(p.pay_group_ids)`;
  const own = sql`s.customer_id = ${customerId}::uuid and s.individual_id = any(${uuids(individualIds)}) and s.deleted_at is null`;
  return tx.execute<PaidAroundRow & Record<string, unknown>>(sql`
    with groups as (select g.id, g.connection_id, g.entity_id, g.finch_pay_group_id, r."payDate" as day
      from json_to_recordset(${JSON.stringify(runs)}::json) as r ("payGroupId" uuid, "payDate" date)
      join pay_groups g on g.customer_id = ${customerId}::uuid and g.id = r."payGroupId"),
    missing as (select m.*, (select max(p.pay_date) from payments p where ${isOfGroup} and p.pay_date < m.day) as before,
        (select min(p.pay_date) from payments p where ${isOfGroup} and p.pay_date > m.day) as after from groups m),
    paid as (select m.id, m.day, m.finch_pay_group_id, m.before, m.after, s.individual_id, count(distinct p.pay_date) as sides
      from missing m join payments p on ${isOfGroup} and p.pay_date in (m.before, m.after)
      join pay_statements s on s.payment_id = p.id and ${own} group by 1, 2, 3, 4, 5, 6)
    select x.id as "payGroupId", x.day::text as "payDate", x.individual_id as "individualId" from paid x
    where x.sides = 2 or not exists (select from pay_statements s
      join payments p on p.customer_id = s.customer_id and p.id = s.payment_id and p.deleted_at is null
      where ${own} and s.individual_id = x.individual_id and s.pay_date > coalesce(x.before, '-infinity')
        and s.pay_date < coalesce(x.after, 'infinity') and cardinality(p.pay_group_ids) > 0
        and x.finch_pay_group_id <> all(p.pay_group_ids))`);
}
