import { desc, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { retentionRuns } from "@/db/schema";

/** Deletions by the daily run, and its record. The worker's bare login where nothing else is said. */

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

/** Deletes mails that were sent, given up or written so many days ago, with what they were to say. */
export async function deleteOldMails(tx: Tx, days: number): Promise<number> {
  const rows = await tx.execute(sql`
    delete from mail_outbox where coalesce(sent_at, failed_at, created_at) < now() - make_interval(days => ${days}::int)
    returning id`);
  return rows.length;
}

/** Deletes ways to a tenant's row that have run out. */
export async function deleteExpiredLookups(tx: Tx): Promise<number> {
  const rows = await tx.execute(
    sql`delete from lookups where expires_at < now() - interval '1 day' returning kind`,
  );
  return rows.length;
}

/** Deletes challenges that nobody can answer any more. */
export async function deleteExpiredChallenges(tx: Tx): Promise<number> {
  const rows = await tx.execute(
    sql`delete from auth_challenges where expires_at < now() - interval '1 hour' returning id`,
  );
  return rows.length;
}

/** Forgets browsers that nobody signed in with for so many days. */
export async function deleteUnusedDevices(tx: Tx, days: number): Promise<number> {
  const rows = await tx.execute(sql`
    delete from known_devices where last_seen_at < now() - make_interval(days => ${days}::int) returning user_id`);
  return rows.length;
}

/** Deletes the record of opened values after so many days; their audit entries stay. A scope of the customer. */
export async function deleteOldReveals(tx: Tx, customerId: string, days: number): Promise<number> {
  const rows = await tx.execute(sql`
    delete from reveals where customer_id = ${customerId}::uuid and created_at < now() - make_interval(days => ${days}::int)
    returning id`);
  return rows.length;
}

/** Deletes invitations that ended so many days ago: accepted, taken back or run out. A scope of the customer. */
export async function deleteOldInvitations(tx: Tx, customerId: string, days: number): Promise<number> {
  const rows = await tx.execute(sql`
    delete from invitations where customer_id = ${customerId}::uuid
      and coalesce(accepted_at, revoked_at, expires_at) < now() - make_interval(days => ${days}::int)
    returning id`);
  return rows.length;
}

export type RetentionRunRow = typeof retentionRuns.$inferSelect;

/** Opens the record of a run. */
export async function startRetentionRun(tx: Tx): Promise<string> {
  const [row] = await tx.insert(retentionRuns).values({}).returning({ id: retentionRuns.id });
  if (!row) throw new TypeError("The run was not recorded");
  return row.id;
}

/** Closes the record of a run. */
export async function finishRetentionRun(
  tx: Tx,
  id: string,
  result: { results: Record<string, number>; failures: number; errorCode: string | null },
): Promise<void> {
  await tx
    .update(retentionRuns)
    .set({ ...result, finishedAt: sql`now()` })
    .where(eq(retentionRuns.id, id));
}

/** The newest runs, newest first. A scope of the platform. */
export function listRetentionRuns(tx: Tx, limit: number): Promise<RetentionRunRow[]> {
  return tx.select().from(retentionRuns).orderBy(desc(retentionRuns.startedAt)).limit(limit);
}

/** Deletes the record of workers that died so many days ago. */
export async function deleteOldReaps(tx: Tx, days: number): Promise<number> {
  const rows = await tx.execute(sql`
    delete from worker_reaps where at < now() - make_interval(days => ${days}::int) returning id`);
  return rows.length;
}

/** Deletes records of runs older than so many days. */
export async function deleteOldRuns(tx: Tx, days: number): Promise<number> {
  const rows = await tx.execute(sql`
    delete from retention_runs where started_at < now() - make_interval(days => ${days}::int) returning id`);
  return rows.length;
}
