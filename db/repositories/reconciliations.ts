import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { connections, customers, reconciliations } from "@/db/schema";

export type ReconciliationRow = typeof reconciliations.$inferSelect;
export type CheckKind = "reconcile" | "totals";

interface NewReconciliation {
  customerId: string;
  connectionId: string;
  kind: CheckKind;
  /** The database's time at which the check began. */
  startedAt: Date;
  checked: number;
  differences: number;
  repaired: number;
  /** Counts and ids only. */
  detail: Record<string, unknown>;
}

/** Writes down a check that has just ended. */
export async function insertReconciliation(tx: Tx, check: NewReconciliation): Promise<void> {
  await tx.insert(reconciliations).values({ ...check, finishedAt: sql`clock_timestamp()` });
}

/** Opens the record of a check that takes several transactions. */
export async function startReconciliation(
  tx: Tx,
  check: Pick<NewReconciliation, "customerId" | "connectionId" | "kind" | "startedAt">,
): Promise<string> {
  const [row] = await tx.insert(reconciliations).values(check).returning({ id: reconciliations.id });
  if (!row) throw new TypeError("The check was not recorded");
  return row.id;
}

/** Adds a part's figures to it; `detail` replaces what stood there. */
export async function addToReconciliation(
  tx: Tx,
  customerId: string,
  id: string,
  part: Pick<NewReconciliation, "checked" | "differences" | "repaired" | "detail">,
): Promise<void> {
  const { checked, differences, repaired, detail } = part;
  await tx
    .update(reconciliations)
    .set({
      checked: sql`${reconciliations.checked} + ${checked}`,
      differences: sql`${reconciliations.differences} + ${differences}`,
      repaired: sql`${reconciliations.repaired} + ${repaired}`,
      detail,
    })
    .where(and(eq(reconciliations.customerId, customerId), eq(reconciliations.id, id)));
}

/** Closes it; gives what it came to. */
export async function finishReconciliation(
  tx: Tx,
  customerId: string,
  id: string,
): Promise<ReconciliationRow | null> {
  const [row] = await tx
    .update(reconciliations)
    .set({
      finishedAt: sql`clock_timestamp()`,
      detail: sql`jsonb_build_object('counts', jsonb_build_object('totals', ${reconciliations.differences}))`,
    })
    .where(and(eq(reconciliations.customerId, customerId), eq(reconciliations.id, id)))
    .returning();
  return row ?? null;
}

const own = (customerId: string, connectionIds: readonly string[]) =>
  and(eq(reconciliations.customerId, customerId), inArray(reconciliations.connectionId, [...connectionIds]));

/** A connection's checks, newest first. */
export function listChecks(
  tx: Tx,
  customerId: string,
  connectionId: string,
  limit = 30,
): Promise<ReconciliationRow[]> {
  return tx
    .select()
    .from(reconciliations)
    .where(own(customerId, [connectionId]))
    .orderBy(desc(reconciliations.startedAt), desc(reconciliations.id))
    .limit(limit);
}

/** The newest check of each kind of the connections named. */
export async function listLastChecks(
  tx: Tx,
  customerId: string,
  connectionIds: readonly string[],
): Promise<ReconciliationRow[]> {
  if (connectionIds.length === 0) return [];
  return tx
    .selectDistinctOn([reconciliations.connectionId, reconciliations.kind])
    .from(reconciliations)
    .where(own(customerId, connectionIds))
    .orderBy(reconciliations.connectionId, reconciliations.kind, desc(reconciliations.startedAt));
}

/** The newest check of one kind, or null. */
export async function findLastCheck(
  tx: Tx,
  customerId: string,
  connectionId: string,
  kind: CheckKind,
): Promise<ReconciliationRow | null> {
  const [row] = await tx
    .select()
    .from(reconciliations)
    .where(and(own(customerId, [connectionId]), eq(reconciliations.kind, kind)))
    .orderBy(desc(reconciliations.startedAt))
    .limit(1);
  return row ?? null;
}

export interface FleetCheckRow extends ReconciliationRow {
  customerName: string;
  providerName: string;
}

/** Checks of all employers in which something differed since an instant, newest first. A scope of the platform. */
export function listFleetDifferences(tx: Tx, since: Date, limit: number): Promise<FleetCheckRow[]> {
  return tx
    .select({
      customerId: reconciliations.customerId,
      id: reconciliations.id,
      connectionId: reconciliations.connectionId,
      kind: reconciliations.kind,
      startedAt: reconciliations.startedAt,
      finishedAt: reconciliations.finishedAt,
      checked: reconciliations.checked,
      differences: reconciliations.differences,
      repaired: reconciliations.repaired,
      detail: reconciliations.detail,
      customerName: customers.name,
      providerName: connections.providerName,
    })
    .from(reconciliations)
    .innerJoin(
      connections,
      and(
        eq(connections.customerId, reconciliations.customerId),
        eq(connections.id, reconciliations.connectionId),
      ),
    )
    .innerJoin(customers, eq(customers.id, reconciliations.customerId))
    .where(
      and(
        sql`${reconciliations.startedAt} >= ${since.toISOString()}::timestamptz`,
        sql`${reconciliations.differences} > 0`,
      ),
    )
    .orderBy(desc(reconciliations.startedAt), desc(reconciliations.id))
    .limit(limit);
}

export interface FleetCheckSum {
  kind: string;
  connections: number;
  checked: number;
  differences: number;
  repaired: number;
  lastAt: Date;
}

/** What the checks of all employers came to since an instant, by kind. A scope of the platform. */
export async function sumFleetChecks(tx: Tx, since: Date): Promise<FleetCheckSum[]> {
  const rows = await tx.execute<Omit<FleetCheckSum, "lastAt"> & { lastAt: string }>(sql`
    select r.kind, count(distinct r.connection_id)::int as connections, sum(r.checked)::float8 as checked,
      sum(r.differences)::float8 as differences, sum(r.repaired)::float8 as repaired, max(r.started_at) as "lastAt"
    from reconciliations r where r.started_at >= ${since.toISOString()}::timestamptz group by r.kind order by r.kind`);
  return rows.map((row) => ({ ...row, lastAt: new Date(row.lastAt) }));
}

/** Open connections whose last check of a kind is older than an instant, or that never had one. The platform's scope. */
export async function countUnchecked(tx: Tx, kind: CheckKind, since: Date): Promise<number> {
  const at = sql`${since.toISOString()}::timestamptz`;
  const [row] = await tx.execute<{ unchecked: number }>(sql`
    select count(*)::int as unchecked from connections c
    where c.disconnected_at is null and c.last_sync_succeeded_at < ${at}
      and not exists (select from reconciliations r where r.customer_id = c.customer_id and r.connection_id = c.id
        and r.kind = ${kind} and r.started_at >= ${at})`);
  return row?.unchecked ?? 0;
}
