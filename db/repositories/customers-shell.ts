import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { individuals } from "@/db/schema";

/** Number of people of some connections; works with staff's column grants too. */
export async function countVisiblePeople(
  tx: Tx,
  customerId: string,
  connectionIds: readonly string[],
): Promise<number> {
  if (connectionIds.length === 0) return 0;
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(individuals)
    .where(
      and(
        eq(individuals.customerId, customerId),
        inArray(individuals.connectionId, [...connectionIds]),
        isNull(individuals.deletedAt),
      ),
    );
  return row?.count ?? 0;
}
