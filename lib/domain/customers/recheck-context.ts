import { inSystem } from "@/db/client";
import { listGrants } from "@/db/repositories/user-roles";
import type { Permission } from "@/lib/auth/permissions";
import { grantsOf, requireCustomer, type CustomerContext } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";

/**
 * The same person's rights as they are now, for work that outlives the check at its start.
 * @throws DomainError FORBIDDEN where the role is gone or covers other connections by now
 */
export async function recheckContext(ctx: CustomerContext): Promise<CustomerContext> {
  const { actor, role, scope } = requireCustomer(ctx);
  if (actor.kind !== "user" || role === "worker") return ctx;
  const rows = await inSystem((tx) => listGrants(tx, actor.userId));
  const held = rows.filter((row) => row.role === role && row.customer_id === scope.customerId);
  const everywhere = held.some((row) => row.connection_id === null);
  const covered = scope.connectionIds === "all" ? everywhere : scope.connectionIds.every((id) => everywhere || held.some((row) => row.connection_id === id));
  const permissions = held[0]?.permissions;
  if (!permissions || !covered) throw new DomainError("FORBIDDEN", "Your role at this employer changed.");
  const granted = new Set(permissions as Permission[]);
  return { ...ctx, permissions: granted, grants: grantsOf(granted, role) };
}
