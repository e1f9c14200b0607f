import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";

/**
 * Deletions by age of what syncs and checks leave behind: at most so many rows of one employer in a transaction.
 * The newest of its kind stays, however old: it is how a connection stands. A scope of the customer.
 */

const older = (column: string, days: number) =>
  sql`${sql.raw(column)} < now() - make_interval(days => ${days}::int)`;

async function remove(tx: Tx, table: string, where: SQL, limit: number): Promise<number> {
  const name = sql.identifier(table);
  const rows = await tx.execute(sql`
    delete from ${name} t where t.ctid = any(array(select t.ctid from ${name} t where ${where} limit ${limit})) returning 1`);
  return rows.length;
}

/** Deletes syncs that ended so many days ago, with their steps, but for the newest of each connection. */
export function deleteOldSyncs(tx: Tx, customerId: string, days: number, limit: number): Promise<number> {
  const isNotNewest = sql`exists (select from sync_runs n where n.customer_id = t.customer_id
    and n.connection_id = t.connection_id and (n.created_at, n.id) > (t.created_at, t.id))`;
  return remove(
    tx,
    "sync_runs",
    sql`t.customer_id = ${customerId}::uuid and ${older("t.finished_at", days)} and ${isNotNewest}`,
    limit,
  );
}

/** Deletes nightly checks of so many days ago, but for the newest of each kind of each connection. */
export function deleteOldChecks(tx: Tx, customerId: string, days: number, limit: number): Promise<number> {
  const isNotNewest = sql`exists (select from reconciliations n where n.customer_id = t.customer_id
    and n.connection_id = t.connection_id and n.kind = t.kind and n.started_at > t.started_at)`;
  return remove(
    tx,
    "reconciliations",
    sql`t.customer_id = ${customerId}::uuid and ${older("t.started_at", days)} and ${isNotNewest}`,
    limit,
  );
}

/** Deletes held answers that were over so many days ago. */
export function deleteOldHolds(tx: Tx, customerId: string, days: number, limit: number): Promise<number> {
  return remove(
    tx,
    "sync_holds",
    sql`t.customer_id = ${customerId}::uuid and ${older("t.resolved_at", days)}`,
    limit,
  );
}

/** Deletes Finch's jobs that Finch has not named for so many days. */
export function deleteOldFinchJobs(tx: Tx, customerId: string, days: number, limit: number): Promise<number> {
  return remove(
    tx,
    "finch_jobs",
    sql`t.customer_id = ${customerId}::uuid and ${older("t.fetched_at", days)}`,
    limit,
  );
}
