import type { ProductFreshness } from "@/lib/domain/connections/status-types";

/** Key of connections.freshness: the product, and the entity where there are several. */
export function freshnessKey(product: string, entityId: string): string {
  return entityId === "" ? product : `${product}@${entityId}`;
}

function dateOf(value: unknown): Date | null {
  const date = typeof value === "string" ? new Date(value) : null;
  return date === null || Number.isNaN(date.getTime()) ? null : date;
}

function readEntry(value: unknown): ProductFreshness {
  const entry = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  return {
    retrievedAt: dateOf(entry.retrievedAt),
    lastAttemptAt: dateOf(entry.lastAttemptAt),
    lastAttemptResult: typeof entry.lastAttemptResult === "string" ? entry.lastAttemptResult : null,
    fetchedAt: dateOf(entry.fetchedAt),
  };
}

const attemptFailed = ({ lastAttemptResult }: ProductFreshness) =>
  lastAttemptResult === "error" || lastAttemptResult === "partial_error";

/** Of two entities the one whose data is worse: failed, of unknown age, or older. */
function worse(left: ProductFreshness, right: ProductFreshness): ProductFreshness {
  if (attemptFailed(left) !== attemptFailed(right)) return attemptFailed(left) ? left : right;
  return (left.retrievedAt?.getTime() ?? 0) <= (right.retrievedAt?.getTime() ?? 0) ? left : right;
}

export interface FreshnessEntry {
  product: string;
  /** '' where the connection has a single entity. */
  entityId: string;
  facts: ProductFreshness;
}

/** connections.freshness entity by entity, with real dates. */
export function freshnessEntries(stored: unknown): FreshnessEntry[] {
  if (typeof stored !== "object" || stored === null) return [];
  return Object.entries(stored).map(([key, value]) => {
    const [product = key, entityId = ""] = key.split("@");
    return { product, entityId, facts: readEntry(value) };
  });
}

/** connections.freshness by product, with real dates; of several entities the worst. */
export function freshnessByProduct(stored: unknown): Record<string, ProductFreshness> {
  const byProduct: Record<string, ProductFreshness> = {};
  for (const { product, facts } of freshnessEntries(stored)) {
    const known = byProduct[product];
    byProduct[product] = known ? worse(known, facts) : facts;
  }
  return byProduct;
}
