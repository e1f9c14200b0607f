import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { exportSnapshotRows, exportSnapshots } from "@/db/schema";
import { uuids } from "./uuids";

/** What a person's last export of a table held. Each person sees only their own (row-level security). */

const Definition = z.object({ titles: z.array(z.string()) });
export type SnapshotDefinition = z.infer<typeof Definition>;

export interface SnapshotPlace {
  customerId: string;
  userId: string;
  kind: string;
}

export interface SnapshotRow {
  id: string;
  takenAt: Date;
  /** Null where an earlier release wrote it otherwise. */
  definition: SnapshotDefinition | null;
  rows: number;
}

export async function findSnapshot(
  tx: Tx,
  { customerId, userId, kind }: SnapshotPlace,
): Promise<SnapshotRow | null> {
  const [row] = await tx
    .select()
    .from(exportSnapshots)
    .where(
      and(
        eq(exportSnapshots.customerId, customerId),
        eq(exportSnapshots.userId, userId),
        eq(exportSnapshots.kind, kind),
      ),
    );
  if (!row) return null;
  const definition = Definition.safeParse(row.definition);
  return {
    id: row.id,
    takenAt: row.takenAt,
    definition: definition.success ? definition.data : null,
    rows: row.rows,
  };
}

const unfinished = "unfinished:";

/** Begins a snapshot beside the person's present one; it counts for nothing until it is put in its place. */
export async function insertUnfinishedSnapshot(tx: Tx, place: SnapshotPlace): Promise<string> {
  const { customerId, userId } = place;
  const [row] = await tx
    .insert(exportSnapshots)
    .values({
      customerId,
      userId,
      kind: sql`${unfinished} || gen_random_uuid()`,
      definition: {},
      rows: 0,
    })
    .returning({ id: exportSnapshots.id });
  if (!row) throw new TypeError("The snapshot was not begun");
  return row.id;
}

export interface SnapshotEntry {
  key: string;
  connectionId: string;
  individualId: string | null;
  /** JSON of the cells. */
  cells: unknown;
}

/** Adds rows to a snapshot. Whoever was erased since they were read stays out of it. */
export async function insertSnapshotRows(
  tx: Tx,
  { customerId, userId }: Omit<SnapshotPlace, "kind">,
  snapshotId: string,
  entries: readonly SnapshotEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await tx.execute(sql`
    insert into export_snapshot_rows (customer_id, snapshot_id, row_key, user_id, connection_id, individual_id, cells)
    select ${customerId}::uuid, ${snapshotId}::uuid, e.key, ${userId}, e."connectionId", e."individualId", e.cells
    from json_to_recordset(${JSON.stringify(entries)}::text::json)
      as e (key text, "connectionId" uuid, "individualId" uuid, cells jsonb)
    where e."individualId" is null
      or exists (select from individuals i where i.customer_id = ${customerId}::uuid and i.id = e."individualId")
    on conflict do nothing`);
}

export interface KeptRow {
  key: string;
  cells: unknown;
}

/** What a snapshot holds of some rows. */
export async function listSnapshotRows(
  tx: Tx,
  customerId: string,
  snapshotId: string,
  keys: readonly string[],
): Promise<KeptRow[]> {
  if (keys.length === 0) return [];
  return tx.execute<KeptRow & Record<string, unknown>>(sql`
    select r.row_key as key, r.cells from export_snapshot_rows r
    where r.customer_id = ${customerId}::uuid and r.snapshot_id = ${snapshotId}::uuid
      and r.row_key = any(array(select json_array_elements_text(${JSON.stringify(keys)}::text::json)))`);
}

interface VanishedSlice {
  before: string;
  now: string;
  /** Rows of connections that the reader no longer sees have not vanished: they are hidden. */
  visible: readonly string[];
  /** The key that the run follows. */
  after: string | null;
  limit: number;
}

/** Rows of one snapshot that another lacks, by their key. */
export async function listVanishedRows(
  tx: Tx,
  customerId: string,
  { before, now, visible, after, limit }: VanishedSlice,
): Promise<KeptRow[]> {
  if (visible.length === 0) return [];
  return tx.execute<KeptRow & Record<string, unknown>>(sql`
    select r.row_key as key, r.cells from export_snapshot_rows r
    where r.customer_id = ${customerId}::uuid and r.snapshot_id = ${before}::uuid
      and r.connection_id = any(${uuids(visible)}) ${after === null ? sql`` : sql`and r.row_key > ${after}`}
      and not exists (select from export_snapshot_rows n where n.customer_id = ${customerId}::uuid
        and n.snapshot_id = ${now}::uuid and n.row_key = r.row_key)
    order by r.row_key limit ${limit}`);
}

interface FinishedSnapshot {
  id: string;
  definition: SnapshotDefinition;
  rows: number;
  takenAt: Date;
}

/**
 * Puts a snapshot in the place of the person's last one. False where another file of theirs was finished since
 * `before` was read, which must not be lost unseen.
 */
export async function replaceSnapshot(
  tx: Tx,
  place: SnapshotPlace,
  snapshot: FinishedSnapshot,
  before: string | null,
): Promise<boolean> {
  const { customerId, userId, kind } = place;
  // One at a time: two files that end together would both find nothing to replace.
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`${customerId} ${userId} ${kind}`}, 0))`,
  );
  const present = await findSnapshot(tx, place);
  if ((present?.id ?? null) !== before) return false;
  if (present) await deleteSnapshot(tx, customerId, present.id);
  await tx
    .update(exportSnapshots)
    .set({
      kind,
      definition: snapshot.definition,
      rows: snapshot.rows,
      takenAt: snapshot.takenAt,
    })
    .where(and(eq(exportSnapshots.customerId, customerId), eq(exportSnapshots.id, snapshot.id)));
  return true;
}

/** Deletes a snapshot with its rows. */
export async function deleteSnapshot(tx: Tx, customerId: string, id: string): Promise<void> {
  await tx
    .delete(exportSnapshotRows)
    .where(and(eq(exportSnapshotRows.customerId, customerId), eq(exportSnapshotRows.snapshotId, id)));
  await tx
    .delete(exportSnapshots)
    .where(and(eq(exportSnapshots.customerId, customerId), eq(exportSnapshots.id, id)));
}

/** Keeps so many of a person's snapshots whose kind begins alike, the newest ones. */
export async function deleteFurtherSnapshots(
  tx: Tx,
  { customerId, userId, kind }: SnapshotPlace,
  keep: number,
): Promise<void> {
  const rows = await tx.execute<{ id: string }>(sql`
    select id from export_snapshots s where s.customer_id = ${customerId}::uuid and s.user_id = ${userId}
      and starts_with(s.kind, ${kind}) order by s.created_at desc, s.id offset ${keep}`);
  for (const { id } of rows) await deleteSnapshot(tx, customerId, id);
}

/** Deletes what was exported so many days ago, and what a killed process began and never finished. */
export async function deleteOldSnapshots(tx: Tx, customerId: string, days: number): Promise<number> {
  const rows = await tx.execute(sql`
    delete from export_snapshots s where s.customer_id = ${customerId}::uuid
      and (s.created_at < now() - make_interval(days => ${days}::int)
        or starts_with(s.kind, ${unfinished}) and s.created_at < now() - interval '1 day')
    returning id`);
  return rows.length;
}
