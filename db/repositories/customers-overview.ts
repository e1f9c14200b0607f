import { and, desc, eq, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { connectionEvents, connections, individuals } from "@/db/schema";

export interface HeadcountsRow {
  total: number;
  active: number;
  inactive: number;
  contractors: number;
  onLeave: number;
}

/** People of some connections by what they are now; who is neither active nor inactive is only in the total. */
export async function countHeadcounts(
  tx: Tx,
  customerId: string,
  connectionIds: readonly string[],
): Promise<HeadcountsRow> {
  const none = { total: 0, active: 0, inactive: 0, contractors: 0, onLeave: 0 };
  if (connectionIds.length === 0) return none;
  const [row] = await tx
    .select({
      total: sql<number>`count(*)::int`,
      active: sql<number>`count(*) filter (where ${individuals.isActive})::int`,
      inactive: sql<number>`count(*) filter (where not ${individuals.isActive})::int`,
      contractors: sql<number>`count(*) filter (where ${individuals.isActive} and ${individuals.employmentType} = 'contractor')::int`,
      onLeave: sql<number>`count(*) filter (where ${individuals.employmentStatus} = 'leave')::int`,
    })
    .from(individuals)
    .where(
      and(
        eq(individuals.customerId, customerId),
        inArray(individuals.connectionId, [...connectionIds]),
        isNull(individuals.deletedAt),
      ),
    );
  return row ?? none;
}

export interface UnreadPeopleRow {
  connectionId: string;
  people: number;
}

/** People for whom the provider answered an error instead of details, by connection. */
export async function countUnreadPeople(
  tx: Tx,
  customerId: string,
  connectionIds: readonly string[],
): Promise<UnreadPeopleRow[]> {
  if (connectionIds.length === 0) return [];
  return tx
    .select({ connectionId: individuals.connectionId, people: sql<number>`count(*)::int` })
    .from(individuals)
    .where(
      and(
        eq(individuals.customerId, customerId),
        inArray(individuals.connectionId, [...connectionIds]),
        isNull(individuals.deletedAt),
        or(isNotNull(individuals.individualError), isNotNull(individuals.employmentError)),
      ),
    )
    .groupBy(individuals.connectionId);
}

export interface ActivityRow {
  id: string;
  connectionId: string;
  providerName: string;
  kind: string;
  actorKind: string;
  actorUserId: string | null;
  actorName: string | null;
  detail: unknown;
  at: Date;
}

/** What happened lately at an employer's connections, disconnected ones included: newest first. */
export async function listRecentActivity(
  tx: Tx,
  customerId: string,
  allowed: "all" | readonly string[],
  limit: number,
): Promise<ActivityRow[]> {
  return tx
    .select({
      id: connectionEvents.id,
      connectionId: connectionEvents.connectionId,
      providerName: connections.providerName,
      kind: connectionEvents.kind,
      actorKind: connectionEvents.actorKind,
      actorUserId: connectionEvents.actorUserId,
      actorName: connectionEvents.actorName,
      detail: connectionEvents.detail,
      at: connectionEvents.at,
    })
    .from(connectionEvents)
    .innerJoin(
      connections,
      and(
        eq(connections.customerId, connectionEvents.customerId),
        eq(connections.id, connectionEvents.connectionId),
      ),
    )
    .where(
      and(
        eq(connectionEvents.customerId, customerId),
        allowed === "all" ? undefined : inArray(connectionEvents.connectionId, [...allowed]),
      ),
    )
    .orderBy(desc(connectionEvents.at), desc(connectionEvents.id))
    .limit(limit);
}
