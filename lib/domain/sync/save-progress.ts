import type { Tx } from "@/db/client";
import { updateConnection } from "@/db/repositories/connections";
import { mirroredProducts } from "@/lib/domain/connections/status";
import type { DataAge } from "@/lib/finch";
import { freshnessByProduct, freshnessKey } from "./freshness";
import type { Held } from "./lease";
import { productName } from "./plan";

/**
 * Keeps what Finch's headers say about the age of a product's data. An answer with data also proves that the
 * token works, so whatever asked for a reconnect is over.
 */
export async function saveFreshness(
  tx: Tx,
  { connection, step }: Held,
  product: string,
  age: DataAge,
  fetchedAt: Date,
): Promise<void> {
  const stored = typeof connection.freshness === "object" ? connection.freshness : {};
  const freshness: Record<string, unknown> = {
    ...stored,
    [freshnessKey(product, step.entityId)]: {
      retrievedAt: age.retrievedAt?.toISOString() ?? null,
      lastAttemptAt: age.lastAttemptAt?.toISOString() ?? null,
      lastAttemptResult: age.lastAttemptResult,
      fetchedAt: fetchedAt.toISOString(),
    },
  };
  const granted = new Set(connection.products.map(productName));
  const judged = mirroredProducts.filter((name) => granted.has(name));
  const times = Object.entries(freshnessByProduct(freshness))
    .filter(([name]) => judged.some((known) => known === name))
    .flatMap(([, entry]) => (entry.retrievedAt ? [entry.retrievedAt.getTime()] : []));
  await updateConnection(tx, connection.customerId, connection.id, {
    freshness,
    dataRetrievedAt: times.length > 0 ? new Date(Math.min(...times)) : null,
    actionNeededAt: null,
    actionNeededReason: null,
  });
}
