import { z } from "zod";
import type { ConnectionRow } from "@/db/repositories/connections";
import type { SyncRunRow } from "@/db/repositories/sync-runs";
import type { ProductFreshness, StatusFacts } from "./status";

const moment = z.coerce.date().nullish().catch(null);
const freshnessByProduct = z
  .record(
    z.string(),
    z.object({
      retrievedAt: moment,
      lastAttemptAt: moment,
      lastAttemptResult: z.string().nullish(),
      fetchedAt: moment,
    }),
  )
  .catch({});

/** The column `freshness` with real dates; what cannot be read counts as never fetched. */
export function readFreshness(column: unknown): Record<string, ProductFreshness> {
  return Object.fromEntries(
    Object.entries(freshnessByProduct.parse(column)).map(([product, facts]) => [
      product,
      {
        retrievedAt: facts.retrievedAt ?? null,
        lastAttemptAt: facts.lastAttemptAt ?? null,
        lastAttemptResult: facts.lastAttemptResult ?? null,
        fetchedAt: facts.fetchedAt ?? null,
      },
    ]),
  );
}

/** The facts that `connectionStatus()` judges, from the rows that hold them. */
export function toStatusFacts(connection: ConnectionRow, latestRun: SyncRunRow | null): StatusFacts {
  return { ...connection, freshness: readFreshness(connection.freshness), latestRun };
}
