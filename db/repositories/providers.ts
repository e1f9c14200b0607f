import { asc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { providers } from "@/db/schema";

export type ProviderRow = typeof providers.$inferSelect;

/** All providers as Finch last told them, by name. */
export function listProviderRows(tx: Tx): Promise<ProviderRow[]> {
  return tx
    .select()
    .from(providers)
    .orderBy(asc(sql`lower(${providers.displayName})`), asc(providers.id));
}

/** One provider, or null. */
export async function findProvider(tx: Tx, id: string): Promise<ProviderRow | null> {
  const [row] = await tx.select().from(providers).where(eq(providers.id, id));
  return row ?? null;
}

/** What some providers have, by their id. */
export async function listProviderProducts(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, Pick<ProviderRow, "products">>> {
  if (ids.length === 0) return new Map();
  const { id, products } = providers;
  const rows = await tx
    .select({ id, products })
    .from(providers)
    .where(inArray(id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
}
