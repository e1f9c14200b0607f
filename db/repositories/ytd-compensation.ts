import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { uuids } from "./uuids";
import {
  keptYears,
  mayBeContract,
  rowsOf,
  slipLines,
  slipsOf,
  touchedYears,
  type YtdScope,
} from "./ytd-source";

/** Plan compensation of everybody (DOMAIN 1.10): what each person earned of some names, cut at the cap, and then added. */

export interface CompensationAsked {
  /** Names of earnings that count; none counts all. Null is an earning without a name. */
  names: readonly (string | null)[];
  /** US cents; null cuts nothing. */
  capCents: bigint | null;
  /** Entities by the place that sums are wanted of: an EIN, or one entity without it. */
  places: readonly { connectionId: string; entityId: string; place: string }[];
  /** People who are left out: their lines have to be looked at one by one. */
  except: readonly string[];
}

export interface CompensationRow {
  /** Null: all places together, where the cap cuts a person once. */
  place: string | null;
  currency: string;
  cents: bigint;
  uncappedCents: bigint;
  withoutAmount: number;
}

/** Sums of everybody's compensation and of each place, one row a currency. Minor units; the cap is for US dollars. */
export async function sumCompensation(
  tx: Tx,
  scope: YtdScope,
  { names, capCents, places, except }: CompensationAsked,
): Promise<CompensationRow[]> {
  if (scope.visible.length === 0) return [];
  const kept = rowsOf(scope, "wage_total_lines", "t", null);
  const chosen = sql`${JSON.stringify(names.filter((name) => name !== null))}::json`;
  const isChosen =
    names.length === 0
      ? sql`true`
      : sql`(x.name in (select json_array_elements_text(${chosen})) or (${names.includes(null)} and x.name is null))`;
  const rows = await tx.execute<{
    place: string | null;
    currency: string;
    cents: string;
    uncappedCents: string;
    withoutAmount: number;
  }>(sql`
    with slips as materialized (${slipsOf(scope, null)}),
    parts as (
      select ${kept.anchor} as anchor, t.connection_id, t.entity_id, t.currency, t.category, t.name, t.amount_cents as amount, t.without_amount
      from ${kept.from} where ${kept.where} and t.year = any(${keptYears(scope)}) and t.category = 'earning'
      union all select anchor, connection_id, entity_id, currency, category, name, amount, without_amount
        from (${slipLines(scope)}) l where category = 'earning'),
    people as (select x.anchor, e.place, x.currency, grouping(e.place) as everywhere, sum(x.amount) as amount, sum(x.without_amount) as missing
      from parts x left join json_to_recordset(${JSON.stringify(places)}::json) as e ("connectionId" uuid, "entityId" text, place text)
        on e."connectionId" = x.connection_id and e."entityId" = x.entity_id
      where ${isChosen} and x.anchor <> all(${uuids(except)})
      group by grouping sets ((x.anchor, x.currency), (x.anchor, e.place, x.currency)))
    select place, currency, sum(case when currency = 'usd' then least(amount, ${capCents === null ? null : String(capCents)}::bigint)
        else amount end)::bigint::text as cents, sum(amount)::bigint::text as "uncappedCents", sum(missing)::int as "withoutAmount"
    from people where everywhere = 1 or place is not null group by place, everywhere, currency`);
  return rows.map((row) => ({
    ...row,
    cents: BigInt(row.cents),
    uncappedCents: BigInt(row.uncappedCents),
  }));
}

/** Who may have 1099 lines in the days that count, by the record that stands for each. */
export async function listContractPeople(tx: Tx, scope: YtdScope): Promise<string[]> {
  if (scope.visible.length === 0) return [];
  const { from, anchor, where } = rowsOf(scope, "wage_total_lines", "l", null);
  const rows = await tx.execute<{ id: string }>(sql`
    select distinct ${anchor} as id from ${from} where ${where} and l.year = any(${touchedYears(scope)}) and ${mayBeContract(scope)}`);
  return rows.map(({ id }) => id);
}
