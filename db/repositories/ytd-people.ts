import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { uuids } from "./uuids";
import {
  counted,
  ofPay,
  ofScope,
  rowsOf,
  slipLines,
  slipParts,
  slipsOf,
  keptYears,
  standsFirst,
  type YtdScope,
} from "./ytd-source";

/** Who is in a list of year-to-date wages, in which order. */

export type YtdMeasure = "statements" | "gross" | "taxes" | "deductions" | "net" | "contributions" | "hours";

export interface YtdPeopleFilter {
  /** Lower-case words; each must occur in the search text. */
  words: readonly string[];
  /** Only these records; null for everybody. */
  only: readonly string[] | null;
  /** Records that are in the list without a statement: an opening balance stands for them. */
  also: readonly string[];
}

const members = sql`coalesce(g.members, array[i.id])`;

const groupsJoin = ({ groups }: YtdScope) =>
  groups.length === 0
    ? sql`cross join lateral (select null::uuid[] as members) g`
    : sql`left join (select g.anchor, array_agg(g.id) as members
        from json_to_recordset(${JSON.stringify(
          groups.flatMap(({ anchor, members: ids }) => ids.map((id) => ({ anchor, id }))),
        )}::json) as g (anchor uuid, id uuid) group by 1) g on g.anchor = i.id`;

/** Whether a person has pay of the kind that is asked for. */
function hasPay(scope: YtdScope): SQL {
  const { customerId, visible, hasContracts, pay } = scope;
  // Counted, and neither EXISTS nor LIMIT: both make the planner read statements from their beginning for each person.
  const person =
    scope.groups.length === 0 ? sql`s.individual_id = i.id` : sql`s.individual_id = any(${members})`;
  const slip = (
    condition: SQL,
  ) => sql`(select count(*) > 0 from pay_statements s where s.customer_id = ${customerId}::uuid
    and ${person} and s.deleted_at is null and ${counted(scope)} and ${condition})`;
  const isContractor = sql`exists (select from wage_total_lines l where l.customer_id = ${customerId}::uuid
    and l.connection_id = any(${uuids(visible)}) and l.individual_id = any(${members}) and l.category = 'earning' and l.type = '1099')`;
  if (pay === "nonemployee")
    return hasContracts ? sql`${isContractor} and ${slip(ofPay(scope))}` : sql`false`;
  if (!hasContracts) return slip(sql`true`);
  return sql`case when ${isContractor} then ${slip(ofPay(scope))} else ${slip(sql`true`)} end`;
}

/** The same of everybody at once: who stands for those who have pay, or a balance in its place. */
function paidPeople(scope: YtdScope, { also }: YtdPeopleFilter): SQL {
  const paid = withPay(scope);
  const standing = also.map((id) => scope.groups.find((each) => each.members.includes(id))?.anchor ?? id);
  return standing.length > 0 ? sql`${paid} union all select unnest(${uuids(standing)})` : paid;
}

function withPay(scope: YtdScope): SQL {
  const { plan, pay, hasContracts } = scope;
  if (pay === "employees" && !hasContracts && plan.ranges.length === 0) {
    const { from, anchor, where } = rowsOf(scope, "wage_totals", "t", null);
    return sql`select ${anchor} from ${from} where ${where} and t.year = any(${keptYears(scope)}) and t.statements > 0`;
  }
  const { from, anchor, where } = rowsOf(scope, "pay_statements", "s", null);
  const contractors = sql`s.individual_id in (select l.individual_id from wage_total_lines l where ${ofScope(scope, "l")}
    and l.category = 'earning' and l.type = '1099')`;
  const kind = !hasContracts
    ? sql`${pay === "employees"}`
    : pay === "nonemployee"
      ? sql`${contractors} and ${ofPay(scope)}`
      : sql`(not ${contractors} or ${ofPay(scope)})`;
  return sql`select ${anchor} from ${from} where ${where} and s.deleted_at is null and ${counted(scope)} and ${kind}`;
}

/** The conditions on a person's own record; whether there is pay comes on top. */
function narrowed(scope: YtdScope, filter: YtdPeopleFilter): SQL {
  const parts = [ofScope(scope), standsFirst(scope)];
  const anyMember = (condition: SQL) =>
    scope.groups.length === 0
      ? condition
      : sql`exists (select from individuals o where o.customer_id = i.customer_id and o.id = any(${members}) and ${sql`${condition}`})`;
  for (const word of filter.words) {
    const pattern = `%${word.replace(/[\\%_]/g, "\\$&")}%`;
    const text = sql.raw(scope.groups.length === 0 ? "i.search_text" : "o.search_text");
    parts.push(anyMember(sql`${text} like ${pattern}`));
  }
  if (filter.only) parts.push(sql`${members} && ${uuids(filter.only)}`);
  return sql.join(parts, sql` and `);
}

export interface YtdPlace {
  /** The person that the page follows, or precedes where read backwards; null is the first. */
  pivot: string | null;
  backwards: boolean;
  limit: number;
}

/** The query of a page by name: an index gives the order, so that only the people shown are looked at. */
function peopleByName(
  scope: YtdScope,
  filter: YtdPeopleFilter,
  { descending, byName }: Pick<YtdOrder, "descending" | "byName">,
  place: YtdPlace,
): SQL {
  const forwards = descending === place.backwards;
  const sign = sql.raw(forwards ? ">" : "<");
  const beyond = !place.pivot
    ? sql`true`
    : byName
      ? sql`(i.sort_name, i.id) ${sign} (select p.sort_name, p.id from individuals p
        where p.customer_id = ${scope.customerId}::uuid and p.id = ${place.pivot}::uuid)`
      : sql`i.id ${sign} ${place.pivot}::uuid`;
  const order = sql.raw(forwards ? "asc" : "desc");
  const paid = hasPay(scope);
  const listed = filter.also.length > 0 ? sql`(${members} && ${uuids(filter.also)} or ${paid})` : paid;
  return sql`select i.id from individuals i ${groupsJoin(scope)} where ${narrowed(scope, filter)} and ${listed} and ${beyond}
    order by ${byName ? sql`i.sort_name ${order},` : sql``} i.id ${order} limit ${place.limit}`;
}

/** What a measure adds up, of statements and of lines; null where it has no part in it. */
function measureParts(scope: YtdScope, measure: YtdMeasure): { slips: SQL | null; lines: SQL | null } {
  const column = { gross: "gross", net: "net", hours: "hours", statements: "statements" }[measure as "gross"];
  const contract = sql`category = 'earning' and type = '1099'`;
  const lines: Record<string, SQL | null> = {
    // Of the slips that stay, 1099 lines are no wages; of those that are not whole, they are all there is.
    gross: scope.hasContracts
      ? scope.pay === "employees"
        ? sql`case when ${contract} then -amount else 0 end`
        : sql`case when not whole then amount else 0 end`
      : null,
    taxes: sql`case when category = 'tax' and not employer then amount else 0 end`,
    deductions: sql`case when category = 'deduction' then amount else 0 end`,
    contributions: sql`case when category = 'contribution' then amount else 0 end`,
  };
  return { slips: column ? sql.raw(column) : null, lines: lines[measure] ?? null };
}

/** The query of everybody by a measure in one currency; who lacks it stands last in both directions. */
function ranked(
  scope: YtdScope,
  filter: YtdPeopleFilter,
  { measure, currency, descending, byName }: Omit<YtdOrder, "sort"> & { measure: YtdMeasure },
): SQL {
  const { slips, lines } = measureParts(scope, measure);
  const years = rowsOf(scope, "wage_totals", "t", null);
  const kinds = rowsOf(scope, "wage_total_lines", "t", null);
  const kept = sql`t.year = any(${keptYears(scope)}) and t.currency = ${currency}`;
  const parts: SQL[] = [];
  if (slips) {
    const source = sql.raw({ gross: "gross_cents", net: "net_cents" }[measure as "gross"] ?? measure);
    parts.push(
      sql`select ${years.anchor} as anchor, t.${source}::numeric as value from ${years.from} where ${years.where} and ${kept}`,
    );
    parts.push(sql`select anchor, ${slips} from (${slipParts}) p where currency = ${currency}`);
  }
  if (lines) {
    parts.push(sql`select anchor, ${lines} from (select ${kinds.anchor} as anchor, t.category, t.type, t.employer, t.amount_cents as amount, true as whole
      from ${kinds.from} where ${kinds.where} and ${kept}) k`);
    parts.push(sql`select anchor, ${lines} from (${slipLines(scope)}) l where currency = ${currency}`);
  }
  const direction = sql.raw(descending ? "desc" : "asc");
  // One sum for who is paid and how much: a join of the two would be of sets whose size the planner cannot know.
  return sql`with slips as materialized (${slipsOf(scope, null)}),
    measured as materialized (select anchor, sum(value) as value, bool_or(paid) as paid from (
      select anchor, value, false as paid from (${sql.join(parts, sql` union all `)}) as x (anchor, value)
      union all select anchor, null, true from (${paidPeople(scope, filter)}) as p (anchor)) as y group by 1)
    select i.id, (row_number() over (order by m.value is null, m.value ${direction}, ${byName ? sql`i.sort_name,` : sql``} i.id))::int as n
    from measured m join individuals i on i.customer_id = ${scope.customerId}::uuid and i.id = m.anchor ${groupsJoin(scope)}
    where m.paid and ${narrowed(scope, filter)}`;
}

export interface YtdOrder {
  sort: "name" | YtdMeasure;
  descending: boolean;
  /** False: in the order of ids, for whoever may not know names; it breaks ties likewise. */
  byName: boolean;
  /** The currency in which amounts are put in order: they cannot be compared across. */
  currency: string;
}

/** A run of people in an order, in reading order whichever way they were read. */
export async function listYtdPeople(
  tx: Tx,
  scope: YtdScope,
  filter: YtdPeopleFilter,
  { sort, ...order }: YtdOrder,
  place: YtdPlace,
): Promise<string[]> {
  if (scope.visible.length === 0) return [];
  const rows =
    sort === "name"
      ? await tx.execute<{ id: string }>(peopleByName(scope, filter, order, place))
      : await tx.execute<{ id: string }>(sql`
          with everybody as materialized (${ranked(scope, filter, { measure: sort, ...order })}),
          pivot as (select coalesce((select n from everybody where id = ${place.pivot}::uuid), 0) as n)
          select e.id from everybody e, pivot p where ${place.backwards ? sql`e.n < p.n` : sql`e.n > p.n`}
          order by ${place.backwards ? sql`e.n desc` : sql`e.n`} limit ${place.limit}`);
  const ids = rows.map(({ id }) => id);
  return place.backwards ? ids.reverse() : ids;
}

/** How many people are in the list. */
export async function countYtdPeople(tx: Tx, scope: YtdScope, filter: YtdPeopleFilter): Promise<number> {
  if (scope.visible.length === 0) return 0;
  const [row] = await tx.execute<{ n: number }>(
    sql`with paid as materialized (select distinct anchor from (${paidPeople(scope, filter)}) as p (anchor))
      select count(*)::int as n from paid join individuals i on i.customer_id = ${scope.customerId}::uuid and i.id = paid.anchor
        ${groupsJoin(scope)} where ${narrowed(scope, filter)}`,
  );
  return row?.n ?? 0;
}

/** How many records have kept totals in a calendar year; null where that cannot be said without looking at each. */
export async function countKeptPeople(
  tx: Tx,
  { customerId, visible }: YtdScope,
  year: number,
): Promise<number | null> {
  const rows = await tx.execute<{ n: number }>(sql`
    select sum(y.count)::int as n from wage_year_sums y where y.customer_id = ${customerId}::uuid
      and y.connection_id = any(${uuids(visible)}) and y.year = ${year} and y.bucket = 'people' group by y.currency having sum(y.count) > 0`);
  if (rows.length === 0) return 0;
  // Somebody who is paid in two currencies has two totals.
  return rows.length === 1 ? (rows[0]?.n ?? 0) : null;
}
