import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { MirrorScope } from "./raw-records";
import { uuids } from "./uuids";
import { lineSums, statementSums, type TotalsKey } from "./wage-totals";

/** Kept totals against a full recompute from the statements that are there. */

/** Ids of everybody of a connection after a cursor, whether still in the directory or not. */
export async function listEverybody(
  tx: Tx,
  scope: Pick<MirrorScope, "customerId" | "connectionId">,
  afterId: string | null,
  limit: number,
): Promise<string[]> {
  const after = afterId === null ? sql`true` : sql`i.id > ${afterId}::uuid`;
  const rows = await tx.execute<{ id: string }>(sql`
    select i.id from individuals i where i.customer_id = ${scope.customerId}::uuid
      and i.connection_id = ${scope.connectionId}::uuid and ${after} order by i.id limit ${limit}`);
  return rows.map((row) => row.id);
}

export interface TotalsComparison {
  /** Totals that should be there: years, and kinds of line in a year. */
  checked: number;
  /** Totals that are missing, too many, or other than they should be. */
  differences: number;
  /** Where they are. */
  wrong: TotalsKey[];
}

/** Compares the totals of some people. Take the lock of the totals first. */
export async function compareTotals(
  tx: Tx,
  scope: MirrorScope,
  individualIds: readonly string[],
): Promise<TotalsComparison> {
  const people = uuids(individualIds);
  const those = (alias: string) => sql`${sql.raw(alias)}.customer_id = ${scope.customerId}::uuid
    and ${sql.raw(alias)}.connection_id = ${scope.connectionId}::uuid and ${sql.raw(alias)}.individual_id = any(${people})`;
  // Deleted payments are looked up here, though their statements are marked too: a check trusts nothing it checks.
  const statements = sql`
    select s.* from pay_statements s where ${those("s")} and s.deleted_at is null and exists (select from payments p
      where p.customer_id = s.customer_id and p.id = s.payment_id and p.deleted_at is null)`;
  const rows = await tx.execute<{ individualId: string; year: number; wrong: number; checked: number }>(sql`
    with years as materialized (${statementSums(statements)}), lines as materialized (${lineSums(scope, statements)}),
    kept_years as materialized (select entity_id, individual_id, year, currency, gross_cents, net_cents, hours, statements,
      without_gross, without_net, without_hours, first_pay_date, last_pay_date from wage_totals t where ${those("t")}),
    kept_lines as materialized (select entity_id, individual_id, year, currency, line_key, category, type, name, pre_tax,
      employer, amount_cents, hours, lines, without_amount, first_pay_date, last_pay_date
      from wage_total_lines t where ${those("t")}),
    wrong as (
      select individual_id, year, currency, '' as key from ((table years except table kept_years)
        union all (table kept_years except table years)) as x
      union select individual_id, year, currency, line_key from ((table lines except table kept_lines)
        union all (table kept_lines except table lines)) as x)
    select individual_id as "individualId", year, sum(wrong)::int as wrong, sum(checked)::int as checked from (
      select individual_id, year, 1 as wrong, 0 as checked from wrong
      union all select individual_id, year, 0, 1 from years union all select individual_id, year, 0, 1 from lines) as x
    group by 1, 2`);
  return {
    checked: rows.reduce((sum, row) => sum + row.checked, 0),
    differences: rows.reduce((sum, row) => sum + row.wrong, 0),
    wrong: rows.filter((row) => row.wrong > 0).map(({ individualId, year }) => ({ individualId, year })),
  };
}
