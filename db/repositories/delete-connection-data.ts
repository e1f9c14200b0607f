import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

interface ConnectionScope {
  customerId: string;
  connectionId: string;
}

const own = ({ customerId, connectionId }: ConnectionScope) =>
  sql`t.customer_id = ${customerId}::uuid and t.connection_id = ${connectionId}::uuid`;

/**
 * What goes before the people it hangs on, largest first: the database would otherwise look for the rows of each
 * person by itself. Each has the connection near the front of an index.
 */
const mirrorTables = [
  "wage_total_lines",
  "wage_totals",
  "wage_day_sums",
  "raw_records",
  "item_errors",
  "documents",
  "pay_groups",
  "pay_statement_items",
  "pay_statement_rules",
  "item_classifications",
  "item_rule_changes",
  "export_snapshot_rows",
  "pay_calendar_entries",
  "document_syncs",
  "finch_jobs",
  "sync_holds",
  "reconciliations",
] as const;

/** Deletes up to `limit` statements with their lines, payment by payment, and payments that have none; gives how many rows went. */
export async function deletePayments(tx: Tx, scope: ConnectionScope, limit: number): Promise<number> {
  let gone = 0;
  while (gone < limit) {
    const [payment] = await tx.execute<{ id: string }>(
      sql`select t.id from payments t where ${own(scope)} order by t.id limit 1`,
    );
    if (!payment) return gone;
    const left = limit - gone;
    const statements = await tx.execute(sql`
      delete from pay_statements t where t.ctid = any(array(select t.ctid from pay_statements t
        where t.customer_id = ${scope.customerId}::uuid and t.payment_id = ${payment.id}::uuid limit ${left})) returning 1`);
    gone += statements.length;
    if (statements.length === left) return gone;
    await tx.execute(
      sql`delete from payments t where t.customer_id = ${scope.customerId}::uuid and t.id = ${payment.id}::uuid`,
    );
    gone += 1;
  }
  return gone;
}

/** Deletes up to `limit` enrollments, deduction by deduction, and deductions that have none; gives how many rows went. */
export async function deleteBenefits(tx: Tx, scope: ConnectionScope, limit: number): Promise<number> {
  let gone = 0;
  while (gone < limit) {
    const [benefit] = await tx.execute<{ id: string }>(
      sql`select t.id from benefits t where ${own(scope)} order by t.id limit 1`,
    );
    if (!benefit) return gone;
    const left = limit - gone;
    const enrolled = await tx.execute(sql`
      delete from enrollments t where t.ctid = any(array(select t.ctid from enrollments t
        where t.customer_id = ${scope.customerId}::uuid and t.benefit_id = ${benefit.id}::uuid limit ${left})) returning 1`);
    gone += enrolled.length;
    if (enrolled.length === left) return gone;
    await tx.execute(
      sql`delete from benefits t where t.customer_id = ${scope.customerId}::uuid and t.id = ${benefit.id}::uuid`,
    );
    gone += 1;
  }
  return gone;
}

/** Deletes up to `limit` rows of what else is mirrored, but for people; gives how many went. */
export async function deleteMirrorRows(tx: Tx, scope: ConnectionScope, limit: number): Promise<number> {
  let gone = 0;
  for (const table of mirrorTables) {
    const name = sql.identifier(table);
    const rows = await tx.execute(sql`
      delete from ${name} t where t.ctid = any(array(select t.ctid from ${name} t where ${own(scope)} limit ${limit - gone})) returning 1`);
    gone += rows.length;
    if (gone >= limit) return gone;
  }
  return gone;
}

/** Deletes up to `limit` people with all that hangs on them; gives how many went. */
export async function deletePeople(tx: Tx, scope: ConnectionScope, limit: number): Promise<number> {
  const rows = await tx.execute(sql`
    with gone as (select t.id from individuals t where ${own(scope)} limit ${limit}), sealed as (
      delete from sealed_values v using gone
      where v.customer_id = ${scope.customerId}::uuid and v.owner_table = 'individuals' and v.owner_id = gone.id
    )
    delete from individuals i using gone where i.customer_id = ${scope.customerId}::uuid and i.id = gone.id returning i.id`);
  return rows.length;
}

/**
 * Deletes the rest of a connection's mirror and its tokens, but for one with which Finch may still be told (SECURITY
 * 18). Who was erased stays noted, in hashes: a new connection to the same provider must not bring them back.
 */
export async function deleteMirrorRest(tx: Tx, scope: ConnectionScope): Promise<void> {
  for (const table of ["companies", "sealed_values"])
    await tx.execute(sql`delete from ${sql.identifier(table)} t where ${own(scope)}`);
  await tx.execute(sql`
    delete from access_tokens t where ${own(scope)}
      and not (t.state = 'disconnect_only' and exists (select from connections c where c.customer_id = t.customer_id
        and c.id = t.connection_id and c.disconnected_at > now() - interval '7 days'))`);
}
