import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { rolePermissions, userRoles } from "@/db/schema";

const builtinCustomerId = "00000000-0000-0000-0000-000000000000";

/**
 * Whether the user's roles at this customer include the permission at this
 * moment, for this connection where one is named. Read in the transaction that
 * writes: a context is as old as its request.
 */
export async function holdsPermissionNow(
  tx: Tx,
  customerId: string,
  userId: string,
  permission: string,
  connectionId: string | null,
): Promise<boolean> {
  const scope = connectionId
    ? or(isNull(userRoles.connectionId), eq(userRoles.connectionId, connectionId))
    : isNull(userRoles.connectionId);
  const rows = await tx
    .select({ one: sql`1` })
    .from(userRoles)
    .innerJoin(
      rolePermissions,
      and(
        eq(rolePermissions.role, userRoles.role),
        inArray(rolePermissions.customerId, [customerId, builtinCustomerId]),
      ),
    )
    .where(
      and(
        eq(userRoles.customerId, customerId),
        eq(userRoles.userId, userId),
        eq(rolePermissions.permission, permission),
        scope,
      ),
    )
    .limit(1);
  return rows.length === 1;
}
