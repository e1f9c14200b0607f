import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

/** Number of people of some connections, of those that the scope includes. */
export async function countVisiblePeople(tx: Tx, connectionIds: readonly string[]): Promise<number> {
  if (connectionIds.length === 0) return 0;
  const ids = sql.param([...connectionIds]);
  const [row] = await tx.execute<{ people: number }>(sql`select count_people(${ids}::uuid[]) as people`);
  return row?.people ?? 0;
}
