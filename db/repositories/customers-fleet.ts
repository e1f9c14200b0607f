import { and, asc, eq, gt, ilike, or, sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { connections, customers, syncRuns } from "@/db/schema";
import type { ConnectionRow } from "./connections";
import type { SyncRunRow } from "./sync-runs";

export interface FleetRow {
  customerName: string;
  connection: ConnectionRow;
  latestRun: SyncRunRow | null;
}

export interface FleetPosition {
  customerName: string;
  connectionId: string;
}

interface FleetOptions {
  /** In the name of the employer or the provider. */
  search?: string;
  providerId?: string | null;
  after: FleetPosition | null;
  limit: number;
}

const lowerName = sql`lower(${customers.name})`;

const isLatestRun = and(
  eq(syncRuns.customerId, connections.customerId),
  sql`${syncRuns.id} = (select r.id from sync_runs r where r.customer_id = ${connections.customerId}
    and r.connection_id = ${connections.id} order by r.created_at desc, r.id desc limit 1)`,
);

/** Connections of all employers by the employer's name, each with its newest run. For staff: names and health. */
export async function listFleet(
  tx: Tx,
  { search, providerId, after, limit }: FleetOptions,
): Promise<FleetRow[]> {
  const like = search ? `%${search.replace(/[\\%_]/g, "\\$&")}%` : null;
  const rows = await tx
    .select({ customerName: customers.name, connection: connections, latestRun: syncRuns })
    .from(connections)
    .innerJoin(customers, eq(customers.id, connections.customerId))
    .leftJoin(syncRuns, isLatestRun)
    .where(
      and(
        like ? or(ilike(customers.name, like), ilike(connections.providerName, like)) : undefined,
        providerId ? eq(connections.providerId, providerId) : undefined,
        after ? afterPosition(after) : undefined,
      ),
    )
    .orderBy(asc(lowerName), asc(connections.id))
    .limit(limit);
  return rows;
}

function afterPosition({ customerName, connectionId }: FleetPosition): SQL | undefined {
  return or(
    sql`${lowerName} > lower(${customerName})`,
    and(sql`${lowerName} = lower(${customerName})`, gt(connections.id, connectionId)),
  );
}

/** Where a connection stands in the order of listFleet; null where it is unknown. */
export async function findFleetPosition(tx: Tx, connectionId: string): Promise<FleetPosition | null> {
  const [row] = await tx
    .select({ customerName: customers.name, connectionId: connections.id })
    .from(connections)
    .innerJoin(customers, eq(customers.id, connections.customerId))
    .where(eq(connections.id, connectionId));
  return row ?? null;
}

/** Connections of one page of employers. */
export async function listFleetOf(
  tx: Tx,
  customerIds: readonly string[],
): Promise<Omit<FleetRow, "customerName">[]> {
  if (customerIds.length === 0) return [];
  return tx
    .select({ connection: connections, latestRun: syncRuns })
    .from(connections)
    .leftJoin(syncRuns, isLatestRun)
    .where(sql`${connections.customerId} in ${[...customerIds]}`);
}

/** Providers in use, for the filter. */
export async function listFleetProviders(tx: Tx): Promise<{ id: string; name: string; count: number }[]> {
  return tx
    .select({
      id: connections.providerId,
      name: sql<string>`min(${connections.providerName})`,
      count: sql<number>`count(*)::int`,
    })
    .from(connections)
    .groupBy(connections.providerId)
    .orderBy(sql`2`);
}
