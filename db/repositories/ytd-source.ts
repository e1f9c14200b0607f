import { sql, type SQL } from "drizzle-orm";
import { uuids } from "./uuids";

/**
 * Where year-to-date sums come from: kept totals of whole calendar years, and statements that are added or taken off.
 * Everything here is a piece of SQL with the reader's row-level security over it.
 */

/** Days of pay dates (YYYY-MM-DD, both included) whose statements count once more, or once less. */
export interface SignedRange {
  from: string;
  to: string;
  sign: 1 | -1;
}

export interface SumPlan {
  /** Calendar years whose kept totals are taken whole; 0 is the bucket without a date. */
  years: readonly number[];
  ranges: readonly SignedRange[];
  /** The days that count in the end; null of the bucket without a date. */
  from: string | null;
  through: string | null;
}

/** Records of one person that count together: the first stands for them in lists. */
export interface LinkedGroup {
  anchor: string;
  members: readonly string[];
}

/** An employer's own type for earnings that makes them 1099 pay or expenses, or takes that from them. */
export interface OwnType {
  connectionId: string;
  name: string | null;
  finchType: string | null;
  mappedType: string;
  /** By pay date, both days included; null is open. One with dates holds for no undated line. */
  effectiveFrom: string | null;
  effectiveTo: string | null;
}

export interface YtdScope {
  customerId: string;
  /** Connections whose pay may be shown and is asked for. */
  visible: readonly string[];
  /** `<connection id>.<entity id>`; empty for all entities of those connections. */
  entities: readonly string[];
  groups: readonly LinkedGroup[];
  plan: SumPlan;
  /** Wages, or what is paid on 1099 lines; and whether anybody is paid so at all. */
  pay: "employees" | "nonemployee";
  hasContracts: boolean;
  /** Where several hold, the first one counts. */
  ownTypes: readonly OwnType[];
}

const numbers = (values: readonly number[]) => sql`${`{${values.join(",")}}`}::int[]`;
const texts = (values: readonly string[]) => sql`${JSON.stringify(values)}::json`;

/** Individuals (or statements) of the connections and entities that are asked for. */
export function ofScope(scope: Pick<YtdScope, "customerId" | "visible" | "entities">, alias = "i"): SQL {
  const i = sql.raw(alias);
  const entity =
    scope.entities.length === 0
      ? sql`true`
      : sql`${i}.connection_id::text || '.' || ${i}.entity_id in (select json_array_elements_text(${texts(scope.entities)}))`;
  return sql`${i}.customer_id = ${scope.customerId}::uuid and ${i}.connection_id = any(${uuids(scope.visible)}) and ${entity}`;
}

/** Records that stand in lists for themselves, or for a group; those behind another one do not. */
export function standsFirst({ groups }: YtdScope): SQL {
  const behind = groups.flatMap(({ anchor, members }) => members.filter((id) => id !== anchor));
  return behind.length === 0 ? sql`true` : sql`i.id <> all(${uuids(behind)})`;
}

/** Some people, by the record that stands for each; null for everybody. */
export type Anchors = readonly string[] | null;

/**
 * Rows of a table of people's pay: what they are taken from, who stands for each, and which of them. Without a join to
 * the people themselves: the planner knows too little of that to choose a good one.
 */
export function rowsOf(scope: YtdScope, table: string, alias: string, anchors: Anchors) {
  const grouped = scope.groups.flatMap(({ anchor, members }) => members.map((id) => ({ anchor, id })));
  const row = sql.raw(alias);
  const from = sql`${sql.raw(table)} ${row}`;
  const wanted = anchors
    ? sql` and ${row}.individual_id = any(${uuids([
        ...anchors,
        ...scope.groups.filter(({ anchor }) => anchors.includes(anchor)).flatMap(({ members }) => members),
      ])})`
    : sql``;
  const where = sql`${ofScope(scope, alias)}${wanted}`;
  if (grouped.length === 0) return { from, anchor: sql`${row}.individual_id`, where };
  return {
    from: sql`${from} left join json_to_recordset(${JSON.stringify(grouped)}::json) as g (anchor uuid, id uuid) on g.id = ${row}.individual_id`,
    anchor: sql`coalesce(g.anchor, ${row}.individual_id)`,
    where,
  };
}

/** Whether a statement's pay date is among the days that count. */
export function counted({ plan }: YtdScope, alias = "s"): SQL {
  const s = sql.raw(alias);
  if (plan.from === null || plan.through === null) return sql`${s}.pay_date is null`;
  return sql`${s}.pay_date between ${plan.from}::date and ${plan.through}::date`;
}

/** The type that an earning `l` of a statement `s` counts as: the employer's own over Finch's. */
function typeOf({ ownTypes }: Pick<YtdScope, "ownTypes">, alias = "s"): SQL {
  if (ownTypes.length === 0) return sql`l.type`;
  const s = sql.raw(alias);
  const cases = ownTypes.map((own) => {
    const dated = own.effectiveFrom !== null || own.effectiveTo !== null;
    const day = dated
      ? sql`${s}.pay_date between coalesce(${own.effectiveFrom}::date, ${s}.pay_date) and coalesce(${own.effectiveTo}::date, ${s}.pay_date)`
      : sql`true`;
    return sql`when l.connection_id = ${own.connectionId}::uuid and l.name is not distinct from ${own.name}::text
      and l.type is not distinct from ${own.finchType}::text and ${day} then ${own.mappedType}::text`;
  });
  return sql`(case ${sql.join(cases, sql` `)} else l.type end)`;
}

/** Kept totals of lines (`l`) that may be 1099 pay, so that only their people's statements are looked into. */
export function mayBeContract({ ownTypes }: Pick<YtdScope, "ownTypes">): SQL {
  const own = ownTypes
    .filter(({ mappedType }) => mappedType === "1099")
    .map(
      (
        each,
      ) => sql`l.connection_id = ${each.connectionId}::uuid and l.name is not distinct from ${each.name}::text
        and l.type is not distinct from ${each.finchType}::text`,
    );
  return sql`l.category = 'earning' and (${sql.join([sql`l.type = '1099'`, ...own], sql` or `)})`;
}

const earningOf = (s: SQL, condition: SQL) => sql`exists (select from pay_statement_lines l
  where l.customer_id = ${s}.customer_id and l.statement_id = ${s}.id and l.category = 'earning' and ${condition})`;

/** Whether a statement is of the kind of pay that is asked for: one of only 1099 lines and expenses is no wages. */
export function ofPay(scope: Pick<YtdScope, "pay" | "ownTypes">, alias = "s"): SQL {
  const s = sql.raw(alias);
  const type = typeOf(scope, alias);
  const contract = earningOf(s, sql`${type} = '1099'`);
  if (scope.pay === "nonemployee") return contract;
  return sql`(not ${contract} or ${earningOf(s, sql`coalesce(${type}, '') not in ('1099', 'reimbursement')`)})`;
}

/** Calendar years of which some day counts. */
export function touchedYears({ plan }: YtdScope): SQL {
  if (plan.from === null || plan.through === null) return numbers([0]);
  const [first, last] = [Number(plan.from.slice(0, 4)), Number(plan.through.slice(0, 4))];
  return numbers(Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at));
}

/** What a slip's earnings are: any on 1099 lines, and nothing else than those and expenses. */
const kindOfSlip = (
  scope: YtdScope,
) => sql`lateral (select coalesce(bool_or(${typeOf(scope)} = '1099'), false) as any,
    coalesce(bool_and(coalesce(${typeOf(scope)}, '') in ('1099', 'reimbursement')), false) as pure
  from pay_statement_lines l where l.customer_id = s.customer_id and l.statement_id = s.id and l.category = 'earning') kind`;

/** Slips that hold 1099 lines. Kept totals say whose may, so that nobody else's are looked into. */
function contractSlips(scope: YtdScope, anchors: Anchors): SQL {
  const { from, anchor, where } = rowsOf(scope, "pay_statements", "s", anchors);
  return sql`select ${anchor} as anchor, s.*, kind.pure from ${from} cross join ${kindOfSlip(scope)}
    where ${where} and s.deleted_at is null and ${counted(scope)} and kind.any
      and s.individual_id in (select l.individual_id from wage_total_lines l where ${ofScope(scope, "l")}
        and l.year = any(${touchedYears(scope)}) and ${mayBeContract(scope)})`;
}

const slipColumns = sql.raw(
  "s.id, s.individual_id, s.connection_id, s.entity_id, s.pay_date, s.gross_pay_cents, s.gross_pay_currency, s.net_pay_cents, s.net_pay_currency, s.total_hours, s.employee_taxes_cents, s.employer_taxes_cents, s.unknown_taxes_cents, s.deductions_cents, s.contributions_cents",
);

/**
 * `slips (anchor, …, sign, whole)`: the people's statements that are added to kept totals or taken off them. Of one that
 * is not whole only the 1099 lines count.
 */
export function slipsOf(scope: YtdScope, anchors: Anchors): SQL {
  const { from, anchor, where } = rowsOf(scope, "pay_statements", "s", anchors);
  const nothing = sql`select null::uuid as anchor, ${slipColumns}, 1 as sign, true as whole from pay_statements s where false`;
  const contracts = (which: SQL, sign: SQL, whole: SQL) =>
    sql`select s.anchor, ${slipColumns}, ${sign} as sign, ${whole} as whole from (${contractSlips(scope, anchors)}) s where ${which}`;
  if (scope.pay === "nonemployee")
    return scope.hasContracts ? contracts(sql`true`, sql`1`, sql`s.pure`) : nothing;
  const ranges = scope.plan.ranges.map(
    (
      range,
    ) => sql`select ${anchor} as anchor, ${slipColumns}, ${range.sign}::int as sign, true as whole from ${from}
      where ${where} and s.deleted_at is null and s.pay_date between ${range.from}::date and ${range.to}::date`,
  );
  const parts = [...ranges, ...(scope.hasContracts ? [contracts(sql`s.pure`, sql`-1`, sql`true`)] : [])];
  return parts.length === 0 ? nothing : sql.join(parts, sql` union all `);
}

/** Kept totals count where wages are asked for; what is paid on 1099 lines is only in statements. */
export const keptYears = ({ plan, pay }: YtdScope): SQL => numbers(pay === "employees" ? plan.years : []);

/** One row a slip and currency, signed: a statement counts under its gross pay's currency, each amount under its own. */
export const slipParts = sql`
  select s.anchor, s.individual_id, s.connection_id, s.entity_id, s.pay_date, part.currency, s.sign * part.gross as gross, s.sign * part.net as net,
    s.sign * part.hours as hours, s.sign * part.one as statements, s.sign * part.no_gross as without_gross,
    s.sign * part.no_net as without_net, s.sign * part.no_hours as without_hours
  from slips s cross join lateral (values
    (lower(coalesce(s.gross_pay_currency, s.net_pay_currency, '')), 0::bigint, 0::bigint, coalesce(s.total_hours, 0), 1,
      (s.gross_pay_cents is null)::int, (s.net_pay_cents is null)::int, (s.total_hours is null)::int),
    (lower(coalesce(s.gross_pay_currency, '')), s.gross_pay_cents, 0, 0, 0, 0, 0, 0),
    (lower(coalesce(s.net_pay_currency, '')), 0, s.net_pay_cents, 0, 0, 0, 0, 0)
  ) as part (currency, gross, net, hours, one, no_gross, no_net, no_hours)
  where s.whole and part.gross is not null and part.net is not null`;

/** Lines of the slips, signed. */
export const slipLines = (scope: YtdScope) => sql`
  select s.anchor, s.individual_id, s.connection_id, s.entity_id, s.pay_date, lower(coalesce(l.currency, '')) as currency, l.category,
    l.type, l.name, l.pre_tax, l.employer, s.sign * coalesce(l.amount_cents, 0) as amount, s.sign * coalesce(l.hours, 0) as hours, s.sign as lines,
    s.sign * (l.amount_cents is null)::int as without_amount, s.whole
  from slips s cross join lateral (select * from pay_statement_lines p
    where p.customer_id = ${scope.customerId}::uuid and p.statement_id = s.id offset 0) l
  where ${lineCounts(scope)}`;

/** 1099 lines on counted slips that hold wages too, by whom and in which currency: they are no wages. */
export const contractLinesBeside = (scope: YtdScope) => sql`
  select s.anchor, lower(coalesce(l.currency, '')) as currency, coalesce(l.amount_cents, 0) as amount
  from (${contractSlips(scope, null)}) s join pay_statement_lines l on l.customer_id = ${scope.customerId}::uuid and l.statement_id = s.id
  where not s.pure and l.category = 'earning' and ${typeOf(scope)} = '1099'`;

/** Whether a line `l` of a live slip `s` counts. */
export const lineCounts = (scope: YtdScope) =>
  sql`(s.whole or l.category = 'earning' and ${typeOf(scope)} = '1099')`;

/**
 * The people's counted statements themselves, with none of the kept totals: `slips (…, sign, whole)` as above, each once
 * and with its payment.
 */
export function liveSlipsOf(scope: YtdScope, anchors: Anchors): SQL {
  const { from, anchor, where } = rowsOf(scope, "pay_statements", "s", anchors);
  return sql`select ${anchor} as anchor, ${slipColumns}, s.payment_id, s.type, 1 as sign,
      ${scope.pay === "employees" ? sql`true` : sql`kind.pure`} as whole
    from ${from} cross join ${kindOfSlip(scope)} where ${where} and s.deleted_at is null and ${counted(scope)}
      and ${scope.pay === "employees" ? sql`not (kind.any and kind.pure)` : sql`kind.any`}`;
}
