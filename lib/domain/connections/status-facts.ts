import type { ConnectionRow } from "@/db/repositories/connections";
import type { SyncRunRow } from "@/db/repositories/sync-runs";
import { freshnessByProduct } from "@/lib/domain/sync/freshness";
import { notOfferedProducts, productName } from "@/lib/domain/sync/plan";
import type { StatusFacts } from "./status";

/** The column `freshness` by product, with real dates; of several entities the worst counts. */
export const readFreshness = freshnessByProduct;

/** The facts that `connectionStatus()` judges, from the rows that hold them. */
export function toStatusFacts(connection: ConnectionRow, latestRun: SyncRunRow | null): StatusFacts {
  const products = connection.products.map(productName);
  const notOffered = notOfferedProducts(connection.unsupported);
  // Without payments there are no statements to ask for.
  const hasPayments = products.includes("payment") && !notOffered.includes("payment");
  return {
    ...connection,
    products,
    notOffered: hasPayments ? notOffered : [...notOffered, "pay_statement"],
    freshness: readFreshness(connection.freshness),
    latestRun,
  };
}
