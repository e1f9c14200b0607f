import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { individualLinks } from "@/db/schema";
import { uuids } from "./uuids";

/**
 * Records that are one person (DOMAIN 1.8). Row-level security gives them to whoever sees all connections, and to
 * nobody else: a link is across connections.
 */

export type LinkState = "confirmed" | "dismissed" | "undone";

export interface LinkRow {
  id: string;
  individualId: string;
  otherIndividualId: string;
  state: string;
  evidence: string[];
  version: number;
  decidedBy: string | null;
  decidedAt: Date;
  undoneBy: string | null;
  undoneAt: Date | null;
}

const columns = {
  id: individualLinks.id,
  individualId: individualLinks.individualId,
  otherIndividualId: individualLinks.otherIndividualId,
  state: individualLinks.state,
  evidence: individualLinks.evidence,
  version: individualLinks.version,
  decidedBy: individualLinks.decidedBy,
  decidedAt: individualLinks.decidedAt,
  undoneBy: individualLinks.undoneBy,
  undoneAt: individualLinks.undoneAt,
};

export function listLinks(tx: Tx, customerId: string): Promise<LinkRow[]> {
  return tx
    .select(columns)
    .from(individualLinks)
    .where(eq(individualLinks.customerId, customerId))
    .orderBy(individualLinks.decidedAt, individualLinks.id);
}

export async function findLink(tx: Tx, customerId: string, pair: [string, string]): Promise<LinkRow | null> {
  const [row] = await tx
    .select(columns)
    .from(individualLinks)
    .where(
      and(
        eq(individualLinks.customerId, customerId),
        eq(individualLinks.individualId, pair[0]),
        eq(individualLinks.otherIndividualId, pair[1]),
      ),
    );
  return row ?? null;
}

/** A linked record with where it belongs. */
export interface LinkedRecordRow {
  id: string;
  connectionId: string;
  entityId: string;
}

export interface ConfirmedLinks {
  pairs: [string, string][];
  records: LinkedRecordRow[];
}

/** Confirmed links between records of some connections. */
export async function listConfirmedLinks(
  tx: Tx,
  customerId: string,
  visible: readonly string[],
): Promise<ConfirmedLinks> {
  const links = await tx.execute<{ a: string; b: string }>(sql`
    select l.individual_id as a, l.other_individual_id as b from individual_links l
    where l.customer_id = ${customerId}::uuid and l.state = 'confirmed'`);
  if (links.length === 0) return { pairs: [], records: [] };
  const ids = [...new Set(links.flatMap(({ a, b }) => [a, b]))];
  const records = await tx.execute<LinkedRecordRow & Record<string, unknown>>(sql`
    select i.id, i.connection_id as "connectionId", i.entity_id as "entityId" from individuals i
    where i.customer_id = ${customerId}::uuid and i.connection_id = any(${uuids(visible)}) and i.id = any(${uuids(ids)})
    order by i.sort_name, i.id`);
  return { pairs: links.map(({ a, b }) => [a, b]), records: [...records] };
}

/** Decisions that are kept, undone ones included. */
export async function countLinks(tx: Tx, customerId: string): Promise<number> {
  const [row] = await tx
    .select({ n: sql<number>`count(*)::int` })
    .from(individualLinks)
    .where(eq(individualLinks.customerId, customerId));
  return row?.n ?? 0;
}

export interface LinkDecision {
  customerId: string;
  pair: [string, string];
  state: LinkState;
  evidence: readonly string[];
  userId: string | null;
  /** The version that was decided upon; 0 for a pair that nobody decided on. */
  version: number;
}

/** Writes a decision; false where somebody else decided meanwhile. */
export async function decideLink(tx: Tx, decision: LinkDecision): Promise<boolean> {
  const { customerId, pair, state, userId, version } = decision;
  const evidence = sql`array(select json_array_elements_text(${JSON.stringify(decision.evidence)}::json))`;
  const rows =
    version === 0
      ? await tx.execute(sql`
          insert into individual_links (customer_id, id, individual_id, other_individual_id, state, evidence, decided_by)
          values (${customerId}::uuid, gen_random_uuid(), ${pair[0]}::uuid, ${pair[1]}::uuid, ${state}, ${evidence}, ${userId})
          on conflict (customer_id, individual_id, other_individual_id) do nothing returning id`)
      : await tx.execute(sql`
          update individual_links set state = ${state}, version = version + 1,
            decided_by = case when ${state} = 'undone' then decided_by else ${userId} end,
            created_at = case when ${state} = 'undone' then created_at else now() end,
            evidence = case when ${state} = 'undone' then evidence else ${evidence} end,
            undone_by = case when ${state} = 'undone' then ${userId} end, undone_at = case when ${state} = 'undone' then now() end
          where customer_id = ${customerId}::uuid and individual_id = ${pair[0]}::uuid and other_individual_id = ${pair[1]}::uuid
            and version = ${version} returning id`);
  return rows.length > 0;
}

export interface SuggestedPairRow {
  individualId: string;
  otherIndividualId: string;
  ssn: boolean;
  birthDate: boolean;
  name: boolean;
  email: boolean;
  finchId: boolean;
}

/** A record is compared with so many others of its birth date and name: more would grow with their square. */
const nextOnes = 10;

/**
 * Pairs of records that may be one person (DOMAIN 1.8): the same SSN (by its keyed HMAC), or the same birth date and
 * beside it a first or last name, a mail address or Finch's id: a birth date alone is that of many. Each comes with all that
 * speaks for it; values never leave the database. Birth dates need the right to see them. Where more than 10 records share
 * such a thing, each is paired with the 10 next ones alone: the work grows with the records, not with their square.
 */
export async function listSuggestedPairs(
  tx: Tx,
  customerId: string,
  visible: readonly string[],
  { pair = null, limit }: { pair?: [string, string] | null; limit: number },
): Promise<SuggestedPairRow[]> {
  if (visible.length === 0) return [];
  const these = pair
    ? sql`a.id = ${pair[0]}::uuid and b.id = ${pair[1]}::uuid`
    : sql`not exists (select from individual_links l where l.customer_id = ${customerId}::uuid and l.individual_id = a.id
        and l.other_individual_id = b.id)`;
  const two = pair ? sql`and i.id in (${pair[0]}::uuid, ${pair[1]}::uuid)` : sql``;
  return tx.execute<SuggestedPairRow & Record<string, unknown>>(sql`
    with people as materialized (
      select i.id, i.connection_id, i.finch_individual_id, lower(i.work_email) as email, p.dob,
        nullif(lower(btrim(i.first_name)), '') as first_name, nullif(lower(btrim(i.last_name)), '') as last_name,
        lower(btrim(concat_ws(' ', nullif(btrim(i.first_name), ''), nullif(btrim(i.last_name), '')))) as name
      from individuals i left join individual_profiles p on p.customer_id = i.customer_id and p.individual_id = i.id
      where i.customer_id = ${customerId}::uuid and i.connection_id = any(${uuids(visible)}) ${two}),
    alike as (
      select p.id, array_agg(p.id) over (partition by p.dob, k.kind, k.value order by p.id
        rows between 1 following and ${nextOnes}::int following) as others
      from people p cross join lateral (values ('first', p.first_name), ('last', p.last_name), ('email', p.email),
        ('id', p.finch_individual_id)) as k (kind, value)
      where p.dob is not null and k.value is not null),
    pairs as materialized (
      select a, b, bool_or(ssn) as ssn from (
        select least(individual_id, other_individual_id) as a, greatest(individual_id, other_individual_id) as b, true as ssn
        from list_same_ssn()
        union all select l.id, other, false from alike l cross join lateral unnest(l.others) as other) as found
      group by 1, 2)
    select a.id as "individualId", b.id as "otherIndividualId", p.ssn,
      a.dob is not distinct from b.dob and a.dob is not null as "birthDate", a.name = b.name and a.name <> '' as name,
      a.email = b.email and a.email is not null as email, a.finch_individual_id = b.finch_individual_id as "finchId"
    from pairs p join people a on a.id = p.a join people b on b.id = p.b where ${these}
    order by 3 desc, a.name, a.id, b.id limit ${limit}`);
}

export interface LinkSideRow {
  id: string;
  connectionId: string;
  entityId: string;
  firstName: string | null;
  lastName: string | null;
  preferredName: string | null;
  startDate: string | null;
  endDate: string | null;
  employmentStatus: string | null;
  firstPayDate: string | null;
  lastPayDate: string | null;
  statements: number;
}

/** Both sides of links: who they are, and from when to when they were paid. */
export async function listLinkSides(
  tx: Tx,
  customerId: string,
  ids: readonly string[],
): Promise<LinkSideRow[]> {
  if (ids.length === 0) return [];
  return tx.execute<LinkSideRow & Record<string, unknown>>(sql`
    select i.id, i.connection_id as "connectionId", i.entity_id as "entityId", i.first_name as "firstName", i.last_name as "lastName",
      i.preferred_name as "preferredName", i.start_date::text as "startDate", i.end_date::text as "endDate",
      i.employment_status as "employmentStatus", s."firstPayDate", s."lastPayDate", coalesce(s.statements, 0) as statements
    from individuals i left join lateral (select min(p.pay_date)::text as "firstPayDate", max(p.pay_date)::text as "lastPayDate",
        count(*)::int as statements from pay_statements p
      where p.customer_id = i.customer_id and p.individual_id = i.id and p.deleted_at is null and p.pay_date is not null) s on true
    where i.customer_id = ${customerId}::uuid and i.id = any(${uuids(ids)})`);
}
