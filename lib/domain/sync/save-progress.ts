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
export function saveFreshness(
  tx: Tx,
  held: Held,
  product: string,
  age: DataAge,
  fetchedAt: Date,
): Promise<void> {
  return writeFreshness(tx, held, product, {
    retrievedAt: age.retrievedAt?.toISOString() ?? null,
    lastAttemptAt: age.lastAttemptAt?.toISOString() ?? null,
    lastAttemptResult: age.lastAttemptResult,
    fetchedAt: fetchedAt.toISOString(),
  });
}

/** Where a product needed no request, because the list behind it has nothing new: it is as old as that list. */
export async function inheritFreshness(tx: Tx, held: Held, product: string, from: string): Promise<void> {
  const known = entriesOf(held.connection)[freshnessKey(from, held.step.entityId)];
  if (known !== undefined) await writeFreshness(tx, held, product, known);
}

const entriesOf = ({ freshness }: Held["connection"]): Record<string, unknown> =>
  typeof freshness === "object" && freshness !== null ? { ...freshness } : {};

async function writeFreshness(
  tx: Tx,
  { connection, step }: Held,
  product: string,
  entry: unknown,
): Promise<void> {
  const freshness = { ...entriesOf(connection), [freshnessKey(product, step.entityId)]: entry };
  const granted = new Set(connection.products.map(productName));
  const judged = mirroredProducts.filter((name) => granted.has(name));
  const times = Object.entries(freshnessByProduct(freshness))
    .filter(([name]) => judged.some((known) => known === name))
    .flatMap(([, each]) => (each.retrievedAt ? [each.retrievedAt.getTime()] : []));
  await updateConnection(tx, connection.customerId, connection.id, {
    freshness,
    dataRetrievedAt: times.length > 0 ? new Date(Math.min(...times)) : null,
    actionNeededAt: null,
    actionNeededReason: null,
  });
}
