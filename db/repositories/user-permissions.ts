import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

/** Roles of the platform itself belong to nobody's employer. */
const platformCustomerId = "00000000-0000-0000-0000-000000000000";

/** Whether somebody holds a permission for a connection right now; for work that was asked for earlier. */
export async function userMay(
  tx: Tx,
  asked: { userId: string; customerId: string; connectionId: string; permission: string },
): Promise<boolean> {
  const [row] = await tx.execute<{ may: boolean }>(sql`
    select exists (
      select from resolve_grants(${asked.userId}) g
      where g.customer_id in (${asked.customerId}::uuid, ${platformCustomerId}::uuid)
        and (g.connection_id is null or g.connection_id = ${asked.connectionId}::uuid)
        and ${asked.permission} = any (g.permissions)
    ) as may`);
  return row?.may ?? false;
}
