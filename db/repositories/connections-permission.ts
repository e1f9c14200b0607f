import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

/**
 * Whether the user's roles at the scope's customer include the permission at
 * this moment, for this connection where one is named. Read in the transaction
 * that writes: a context is as old as its request.
 */
export async function holdsPermissionNow(
  tx: Tx,
  userId: string,
  permission: string,
  connectionId: string | null,
): Promise<boolean> {
  const [row] = await tx.execute<{ holds: boolean }>(
    sql`select holds_permission(${userId}, ${permission}, ${connectionId}::uuid) as holds`,
  );
  return row?.holds ?? false;
}
