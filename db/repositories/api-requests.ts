import { and, desc, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { apiRequests } from "@/db/schema";

export type ApiRequestRow = typeof apiRequests.$inferSelect;
type NewApiRequest = Omit<typeof apiRequests.$inferInsert, "id" | "at">;

/** Writes down a request to Finch. */
export async function insertApiRequest(tx: Tx, request: NewApiRequest): Promise<void> {
  await tx.insert(apiRequests).values(request);
}

/** A connection's latest requests, newest first. */
export function listApiRequests(
  tx: Tx,
  customerId: string,
  connectionId: string,
  limit = 50,
): Promise<ApiRequestRow[]> {
  return tx
    .select()
    .from(apiRequests)
    .where(and(eq(apiRequests.customerId, customerId), eq(apiRequests.connectionId, connectionId)))
    .orderBy(desc(apiRequests.at))
    .limit(limit);
}
