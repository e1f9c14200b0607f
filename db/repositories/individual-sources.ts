import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { connections } from "@/db/schema";

/** What a view of mirrored people says about where they come from. */
export interface SourceRow {
  id: string;
  providerId: string;
  providerName: string;
  /** automated | assisted */
  syncKind: string;
  /** [{id, name, sourceId, status}] as introspection gave them. */
  entities: unknown;
  products: string[];
  /** What the provider is known not to offer, by step. */
  unsupported: unknown;
  dataRetrievedAt: Date | null;
  lastSyncSucceededAt: Date | null;
  actionNeededAt: Date | null;
  permissionMissingAt: Date | null;
}

/**
 * The connections whose mirror may be shown: not disconnected, and among those that the reader may see.
 * @param allowed 'all', or the ids that the reader's role is limited to
 */
export async function listSources(
  tx: Tx,
  customerId: string,
  allowed: "all" | readonly string[],
): Promise<SourceRow[]> {
  if (allowed !== "all" && allowed.length === 0) return [];
  return tx
    .select({
      id: connections.id,
      providerId: connections.providerId,
      providerName: connections.providerName,
      syncKind: connections.syncKind,
      entities: connections.entities,
      products: connections.products,
      unsupported: connections.unsupported,
      dataRetrievedAt: connections.dataRetrievedAt,
      lastSyncSucceededAt: connections.lastSyncSucceededAt,
      actionNeededAt: connections.actionNeededAt,
      permissionMissingAt: connections.permissionMissingAt,
    })
    .from(connections)
    .where(
      and(
        eq(connections.customerId, customerId),
        isNull(connections.disconnectedAt),
        allowed === "all" ? undefined : inArray(connections.id, [...allowed]),
      ),
    )
    .orderBy(asc(connections.createdAt), asc(connections.id));
}
