import { inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { rolePermissions, roles } from "@/db/schema";

const nilCustomer = "00000000-0000-0000-0000-000000000000";

export interface RoleRow {
  name: string;
  label: string;
  databaseRole: string;
  permissions: string[];
  /** Made by the employer itself. */
  own: boolean;
}

/**
 * The roles that somebody may hold at a customer: the built-in ones and its own, which hide a built-in one of the same
 * name, as resolve_grants() does.
 */
export async function listRoles(tx: Tx, customerId: string): Promise<RoleRow[]> {
  const customers = [...new Set([nilCustomer, customerId])];
  const found = await tx.select().from(roles).where(inArray(roles.customerId, customers));
  const granted = await tx
    .select()
    .from(rolePermissions)
    .where(inArray(rolePermissions.customerId, customers));
  const byName = new Map<string, RoleRow>();
  for (const role of found) {
    const own = role.customerId !== nilCustomer;
    if (!own && byName.get(role.name)?.own) continue;
    const permissions = granted
      .filter((row) => row.customerId === role.customerId && row.role === role.name)
      .map((row) => row.permission);
    byName.set(role.name, { ...role, permissions, own });
  }
  return [...byName.values()];
}
