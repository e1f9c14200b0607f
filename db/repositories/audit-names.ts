import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { connections, customers, individuals } from "@/db/schema";

/** Names of what audit entries are about, as far as the scope may see them. */

/** Providers of connections by the connection's id. */
export async function findConnectionNames(
  tx: Tx,
  customerId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: connections.id, name: connections.providerName })
    .from(connections)
    .where(and(eq(connections.customerId, customerId), inArray(connections.id, [...ids])));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Names of people of the directory by their id. */
export async function findIndividualNames(
  tx: Tx,
  customerId: string,
  ids: readonly string[],
): Promise<Map<string, { first: string | null; last: string | null }>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: individuals.id, first: individuals.firstName, last: individuals.lastName })
    .from(individuals)
    .where(
      and(
        eq(individuals.customerId, customerId),
        inArray(individuals.id, [...ids]),
        isNull(individuals.deletedAt),
      ),
    );
  return new Map(rows.map(({ id, ...name }) => [id, name]));
}

/** Names of employers by their id. */
export async function findCustomerNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: customers.id, name: customers.name })
    .from(customers)
    .where(inArray(customers.id, [...ids]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
