import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { undatedDay } from "./wage-day-sums";
import { keptYears, ofScope, rowsOf, slipLines, slipParts, slipsOf, type YtdScope } from "./ytd-source";

/** Year-to-date sums. Amounts are minor units of one currency each; currencies are never added to each other. */

export interface YtdSumRow {
  anchor: string;
  /** Lower case; '' where Finch gave none. */
  currency: string;
  grossCents: bigint;
  netCents: bigint;
  hours: string;
  statements: number;
  /** Statements whose gross, net or hours Finch gave as null. */
  withoutGross: number;
  withoutNet: number;
  withoutHours: number;
}

type Wire<T, Keys extends keyof T> = Omit<T, Keys> & Record<Keys, string>;

/** Of slips that hold wages too, 1099 lines are gross pay by themselves, where that kind of pay is asked for. */
const contractLines = (scope: YtdScope) =>
  scope.pay === "nonemployee"
    ? sql`union all select anchor, individual_id, currency, amount, 0, 0, 0, 0, 0, 0 from (${slipLines(scope)}) l where not whole`
    : sql``;

/** What people were paid by their statements, one row a person and currency. */
export async function sumStatements(
  tx: Tx,
  scope: YtdScope,
  anchors: readonly string[] | null,
): Promise<YtdSumRow[]> {
  if (anchors?.length === 0 || scope.visible.length === 0) return [];
  const kept = rowsOf(scope, "wage_totals", "t", anchors);
  const rows = await tx.execute<Wire<YtdSumRow, "grossCents" | "netCents">>(sql`
    with slips as materialized (${slipsOf(scope, anchors)}),
    parts as (
      select ${kept.anchor} as anchor, t.individual_id, t.currency, t.gross_cents as gross, t.net_cents as net, t.hours, t.statements, t.without_gross,
        t.without_net, t.without_hours
      from ${kept.from} where ${kept.where} and t.year = any(${keptYears(scope)})
      union all select anchor, individual_id, currency, gross, net, hours, statements, without_gross, without_net, without_hours
        from (${slipParts}) p
      ${contractLines(scope)})
    select anchor, currency, sum(gross)::bigint as "grossCents", sum(net)::bigint as "netCents", sum(hours)::text as hours,
      sum(statements)::int as statements, sum(without_gross)::int as "withoutGross", sum(without_net)::int as "withoutNet",
      sum(without_hours)::int as "withoutHours"
    from parts group by 1, 2 having sum(statements) <> 0 or sum(gross) <> 0 or sum(net) <> 0`);
  return rows.map((row) => ({ ...row, grossCents: BigInt(row.grossCents), netCents: BigInt(row.netCents) }));
}

export interface YtdLineRow {
  anchor: string;
  individualId: string;
  connectionId: string;
  entityId: string;
  currency: string;
  category: string;
  type: string | null;
  name: string | null;
  preTax: boolean | null;
  employer: boolean | null;
  amountCents: bigint;
  hours: string;
  lines: number;
  withoutAmount: number;
  /** Only where sums are asked for by date. */
  payDate: string | null;
}

/**
 * What the lines of people's statements add up to, one row a record, currency and kind of line; of each pay date apart
 * where `byDate`, which reads the lines themselves.
 */
export async function sumLines(
  tx: Tx,
  asked: YtdScope,
  anchors: readonly string[] | null,
  { byDate = false } = {},
): Promise<YtdLineRow[]> {
  if (anchors?.length === 0 || asked.visible.length === 0) return [];
  const { from, through } = asked.plan;
  const dated = byDate && from !== null && through !== null;
  const live = dated
    ? { ...asked.plan, years: [], ranges: [{ from, to: through, sign: 1 as const }] }
    : asked.plan;
  const scope = { ...asked, plan: live };
  const kept = rowsOf(scope, "wage_total_lines", "t", anchors);
  const kinds = sql.raw(
    "individual_id, connection_id, entity_id, currency, category, type, name, pre_tax, employer",
  );
  const date = dated ? sql`pay_date` : sql`null::date`;
  const rows = await tx.execute<Wire<YtdLineRow, "amountCents">>(sql`
    with slips as materialized (${slipsOf(scope, anchors)}),
    parts as (
      select ${kept.anchor} as anchor, t.individual_id, t.connection_id, t.entity_id, null::date as pay_date, t.currency, t.category, t.type, t.name,
        t.pre_tax, t.employer, t.amount_cents as amount, t.hours, t.lines, t.without_amount
      from ${kept.from} where ${kept.where} and t.year = any(${keptYears(scope)})
      union all select anchor, individual_id, connection_id, entity_id, pay_date, currency, category, type, name, pre_tax, employer, amount,
        hours, lines, without_amount from (${slipLines(scope)}) l)
    select anchor, individual_id as "individualId", connection_id as "connectionId", entity_id as "entityId", currency, category, type, name,
      pre_tax as "preTax", employer, sum(amount)::bigint as "amountCents", sum(hours)::text as hours, sum(lines)::int as lines,
      sum(without_amount)::int as "withoutAmount", (${date})::text as "payDate"
    from parts group by anchor, ${kinds}, ${date} having sum(lines) <> 0 or sum(amount) <> 0
    order by anchor, category, type nulls last, name nulls last`);
  return rows.map((row) => ({ ...row, amountCents: BigInt(row.amountCents) }));
}

/** Everybody's lines of one kind at one entity, or their gross or net pay. */
export interface YtdKindRow {
  connectionId: string;
  entityId: string;
  currency: string;
  /** gross | net | earning | tax | deduction | contribution */
  category: string;
  type: string | null;
  name: string | null;
  preTax: boolean | null;
  employer: boolean | null;
  /** Only where sums are asked for by date. */
  payDate: string | null;
  amountCents: bigint;
  hours: string;
  /** Statements of gross, else lines; missing: those without an amount. */
  count: number;
  missing: number;
}

/** Sums over everybody of each entity: of the days that count, without slips that are no such pay; or of those slips alone. */
export async function sumEverybody(tx: Tx, scope: YtdScope, { byDate = false } = {}): Promise<YtdKindRow[]> {
  if (scope.visible.length === 0) return [];
  const { from, through } = scope.plan;
  const days =
    from === null || through === null
      ? sql`y.day = ${undatedDay}::date`
      : sql`y.day between ${from}::date and ${through}::date and y.day > ${undatedDay}::date`;
  const kept = sql`select y.connection_id, y.entity_id, y.currency, y.category, y.type, y.name, y.pre_tax, y.employer, y.day as pay_date,
      y.amount_cents as amount, y.hours, y.count, y.missing from wage_day_sums y
    where ${ofScope(scope, "y")} and ${days} and ${scope.pay === "employees"}`;
  // Ranges are in the days already: of slips, only those of another kind of pay are looked at.
  const others = { ...scope, plan: { ...scope.plan, ranges: [] } };
  const none = sql.raw("null::text, null::text, null::boolean, null::boolean");
  const slips = scope.hasContracts
    ? sql`
    union all select p.connection_id, p.entity_id, p.currency, b.category, ${none}, p.pay_date, b.amount, b.hours, b.count, b.missing
      from (${slipParts}) p cross join lateral (values ('gross', p.gross, p.hours, p.statements, p.without_gross),
        ('net', p.net, 0, 0, p.without_net)) as b (category, amount, hours, count, missing)
    union all select connection_id, entity_id, currency, category, type, name, pre_tax, employer, pay_date, amount, hours, lines, without_amount
      from (${slipLines(others)}) l
    union all select connection_id, entity_id, currency, 'gross', ${none}, pay_date, amount, 0, 0, 0 from (${slipLines(others)}) l where not whole`
    : sql``;
  const date = byDate ? sql`pay_date` : sql`null::date`;
  const kind = sql.raw("connection_id, entity_id, currency, category, type, name, pre_tax, employer");
  const rows = await tx.execute<Wire<YtdKindRow, "amountCents">>(sql`
    with slips as materialized (${slipsOf(others, null)})
    select connection_id as "connectionId", entity_id as "entityId", currency, category, type, name, pre_tax as "preTax", employer,
      (${date})::text as "payDate", sum(amount)::bigint as "amountCents", sum(hours)::text as hours, sum(count)::int as count, sum(missing)::int as missing
    from (${kept} ${slips}) x group by ${kind}, ${date}
    having sum(count) <> 0 or sum(amount) <> 0 or sum(missing) <> 0 order by currency, category, type, name`);
  return rows.map((row) => ({
    ...row,
    payDate: row.payDate === undatedDay ? null : row.payDate,
    amountCents: BigInt(row.amountCents),
  }));
}
