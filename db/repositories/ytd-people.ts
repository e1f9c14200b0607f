import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { uuids } from "./uuids";
import {
  contractLinesBeside,
  counted,
  keptYears,
  mayBeContract,
  ofPay,
  ofScope,
  rowsOf,
  slipsOf,
  standsFirst,
  touchedYears,
  type YtdScope,
} from "./ytd-source";

/** Who is in a list of year-to-date wages, in which order. */

export type YtdMeasure =
  | "statements"
  | "gross"
  | "taxes"
  | "employerTaxes"
  | "unknownTaxes"
  | "deductions"
  | "net"
  | "contributions"
  | "hours";

export interface YtdPeopleFilter {
  /** Lower-case words; each must occur in the search text. */
  words: readonly string[];
  /** Only these records; null for everybody. */
  only: readonly string[] | null;
  /** Records that are in the list without a statement: an opening balance stands for them. */
  also: readonly string[];
  /** What these balances are added to in an order. Minor units. */
  openings: readonly {
    individualId: string;
    measure: YtdMeasure | null;
    currency: string;
    amountCents: bigint;
  }[];
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
    and l.connection_id = any(${uuids(visible)}) and l.individual_id = any(${members}) and ${mayBeContract(scope)})`;
  if (pay === "nonemployee")
    return hasContracts ? sql`${isContractor} and ${slip(ofPay(scope))}` : sql`false`;
  if (!hasContracts) return slip(sql`true`);
  return sql`case when ${isContractor} then ${slip(ofPay(scope))} else ${slip(sql`true`)} end`;
}

/** The same of everybody at once: who stands for those who have pay, or a balance in its place. */
function paidPeople(scope: YtdScope, { also }: YtdPeopleFilter): SQL {
  const paid = withPay(scope);
  const standing = also.map((id) => anchorOf(scope, id));
  return standing.length > 0 ? sql`${paid} union all select unnest(${uuids(standing)})` : paid;
}

/**
 * Whether a person's kept year (`t`) holds a statement of the days that count. Its first and last pay date say so, but
 * for days within one year that begin later and end earlier than these: then the statements are looked at.
 */
function yearHasPay(scope: YtdScope): SQL {
  const { from, through } = scope.plan;
  const year = sql`t.year = any(${touchedYears(scope)})`;
  if (from === null || through === null) return year;
  return sql`${year} and t.first_pay_date <= ${through}::date and t.last_pay_date >= ${from}::date
    and (t.first_pay_date >= ${from}::date or t.last_pay_date <= ${through}::date
      or coalesce((select true from pay_statements s where s.customer_id = ${scope.customerId}::uuid
        and s.individual_id = t.individual_id and s.deleted_at is null and ${counted(scope)} order by s.pay_date limit 1), false))`;
}

function withPay(scope: YtdScope): SQL {
  const { pay, hasContracts } = scope;
  const years = rowsOf(scope, "wage_totals", "t", null);
  const kept = sql`select ${years.anchor} from ${years.from} where ${years.where} and ${yearHasPay(scope)}`;
  if (!hasContracts) return pay === "employees" ? kept : sql`select null::uuid where false`;
  // Who may be paid on 1099 lines is looked at statement by statement.
  const contractors = sql`(select l.individual_id from wage_total_lines l where ${ofScope(scope, "l")} and ${mayBeContract(scope)})`;
  const { from, anchor, where } = rowsOf(scope, "pay_statements", "s", null);
  const slips = sql`select ${anchor} from ${from} where ${where} and s.deleted_at is null and ${counted(scope)}
    and s.individual_id in ${contractors} and ${ofPay(scope)}`;
  return pay === "employees"
    ? sql`${kept} and t.individual_id not in ${contractors} union all ${slips}`
    : slips;
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

const keptColumns: Partial<Record<YtdMeasure, string>> = {
  gross: "gross_cents",
  net: "net_cents",
  hours: "hours",
  statements: "statements",
};
/** What a line adds to a measure. */
const lineParts: Partial<Record<YtdMeasure, { which: SQL; column: string }>> = {
  taxes: { which: sql`l.category = 'tax' and not l.employer`, column: "s.employee_taxes_cents" },
  employerTaxes: { which: sql`l.category = 'tax' and l.employer`, column: "s.employer_taxes_cents" },
  unknownTaxes: { which: sql`l.category = 'tax' and l.employer is null`, column: "s.unknown_taxes_cents" },
  deductions: { which: sql`l.category = 'deduction'`, column: "s.deductions_cents" },
  contributions: { which: sql`l.category = 'contribution'`, column: "s.contributions_cents" },
};

/** Under which currency a statement counts. */
const home = sql`lower(coalesce(s.gross_pay_currency, s.net_pay_currency, ''))`;

/** Gross and net pay count under their own currency, a statement and its hours under that of its gross pay. */
function slipValue(measure: YtdMeasure, currency: string): SQL {
  const own = (name: "gross" | "net") => {
    const column = sql.raw(`s.${name}_pay_`);
    return sql`select s.anchor, s.sign * ${column}cents from slips s where s.whole and lower(coalesce(${column}currency, '')) = ${currency}`;
  };
  if (measure === "gross" || measure === "net") return own(measure);
  const value = measure === "hours" ? sql`s.total_hours` : sql`1`;
  return sql`select s.anchor, s.sign * ${value} from slips s
    where s.whole and ${home} = ${currency}`;
}

/** What a measure adds up, as `(anchor, value)`: kept years, slips added to them or taken off, and opening balances. */
function measureParts(
  scope: YtdScope,
  filter: YtdPeopleFilter,
  measure: YtdMeasure,
  currency: string,
): SQL[] {
  const keptColumn = keptColumns[measure];
  const line = lineParts[measure];
  const kept = sql`t.year = any(${keptYears(scope)}) and t.currency = ${currency}`;
  const parts: SQL[] = [];
  if (keptColumn) {
    const years = rowsOf(scope, "wage_totals", "t", null);
    parts.push(
      sql`select ${years.anchor}, t.${sql.raw(keptColumn)} from ${years.from} where ${years.where} and ${kept}`,
      slipValue(measure, currency),
    );
  }
  if (line) {
    const column = sql.raw(line.column);
    const kinds = rowsOf(scope, "wage_total_lines", "l", null);
    parts.push(
      sql`select ${kinds.anchor}, l.amount_cents from ${kinds.from} where ${kinds.where}
        and l.year = any(${keptYears(scope)}) and l.currency = ${currency} and ${line.which}`,
      // Lines are read of slips that hold several currencies alone.
      sql`select s.anchor, s.sign * case when ${column} is null then (select sum(l.amount_cents) from pay_statement_lines l
            where l.customer_id = ${scope.customerId}::uuid and l.statement_id = s.id and lower(coalesce(l.currency, '')) = ${currency}
              and ${line.which})
          when ${home} = ${currency} then ${column} end from slips s where s.whole`,
    );
  }
  if (measure === "gross" && scope.hasContracts)
    parts.push(sql`select anchor, ${sql.raw(scope.pay === "employees" ? "-amount" : "amount")}
      from (${contractLinesBeside(scope)}) c where currency = ${currency}`);
  const opened = filter.openings.filter((each) => each.measure === measure && each.currency === currency);
  if (opened.length > 0)
    parts.push(
      sql`select o.id, o.cents from json_to_recordset(${JSON.stringify(
        opened.map(({ individualId, amountCents }) => ({
          id: anchorOf(scope, individualId),
          cents: String(amountCents),
        })),
      )}::json) as o (id uuid, cents bigint)`,
    );
  return parts;
}

const anchorOf = (scope: YtdScope, id: string) =>
  scope.groups.find((each) => each.members.includes(id))?.anchor ?? id;

/** The query of everybody by a measure in one currency; who lacks it stands last in both directions. */
function ranked(
  scope: YtdScope,
  filter: YtdPeopleFilter,
  { measure, currency, descending, byName }: Omit<YtdOrder, "sort"> & { measure: YtdMeasure },
): SQL {
  const parts = measureParts(scope, filter, measure, currency).map(
    (part) => sql`select anchor, value::numeric, false from (${part}) as x (anchor, value)`,
  );
  const direction = sql.raw(descending ? "desc" : "asc");
  // One sum for who is paid and how much: a join of the two would be of sets whose size the planner cannot know.
  return sql`with slips as (${slipsOf(scope, null)}),
    measured as materialized (select anchor, sum(value) as value, bool_or(paid) as paid from (
      ${sql.join(parts, sql` union all `)}
      union all select anchor, null, true from (${paidPeople(scope, filter)}) as p (anchor)) as y (anchor, value, paid) group by 1)
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
  // Everybody's sums and their order fit: without it the database sorts 100,000 rows of the year on disk.
  if (sort !== "name") await tx.execute(sql`select set_config('work_mem', '32MB', true)`);
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
  // Everybody with pay, unless something narrows the list: then nobody has to be looked up.
  const isEverybody = filter.words.length === 0 && filter.only === null;
  if (isEverybody && scope.groups.length === 0 && filter.also.length === 0) {
    const [all] = await tx.execute<{ n: number }>(
      // Grouped: counting distinct ones would sort them.
      sql`select count(*)::int as n from (select from (${withPay(scope)}) as p (anchor) group by anchor) as paid`,
    );
    return all?.n ?? 0;
  }
  const [row] = await tx.execute<{ n: number }>(
    sql`with paid as materialized (select distinct anchor from (${paidPeople(scope, filter)}) as p (anchor))
      select count(*)::int as n from paid join individuals i on i.customer_id = ${scope.customerId}::uuid and i.id = paid.anchor
        ${groupsJoin(scope)} where ${narrowed(scope, filter)}`,
  );
  return row?.n ?? 0;
}
