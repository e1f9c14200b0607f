import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

/** Deletions over global tables; the worker's bare login. */

/** Makes the partitions of the coming days; gives how many are new. */
export async function ensureRequestPartitions(tx: Tx, daysAhead: number): Promise<number> {
  const [row] = await tx.execute<{ made: number }>(
    sql`select ensure_api_request_partitions(current_date, current_date + ${daysAhead}::int) as made`,
  );
  return row?.made ?? 0;
}

/** Drops requests to Finch older than so many days; gives how many partitions went. */
export async function dropOldRequests(tx: Tx, days: number): Promise<number> {
  const [row] = await tx.execute<{ dropped: number }>(
    sql`select drop_api_request_partitions(current_date - ${days}::int) as dropped`,
  );
  return row?.dropped ?? 0;
}

/** Deletes mails that were sent or given up so many days ago. */
export async function deleteOldMails(tx: Tx, days: number): Promise<number> {
  const rows = await tx.execute(sql`
    delete from mail_outbox where coalesce(sent_at, failed_at) < now() - make_interval(days => ${days}::int) returning id`);
  return rows.length;
}

/** Deletes ways to a tenant's row that have run out. */
export async function deleteExpiredLookups(tx: Tx): Promise<number> {
  const rows = await tx.execute(
    sql`delete from lookups where expires_at < now() - interval '1 day' returning kind`,
  );
  return rows.length;
}
