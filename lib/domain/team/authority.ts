import type { Tx } from "@/db/client";
import type { RoleRow } from "@/db/repositories/roles";
import { stillHolds } from "@/db/repositories/team";
import { can, requirePermission, type Permission } from "@/lib/auth/permissions";
import { platformCustomerId, type Context, type CustomerContext } from "@/lib/domain/context";
import { DomainError, notFound } from "@/lib/domain/errors";

/** Who may change whose roles: by permission, by reach, and never beyond what the giver holds. */

/** What an employee sees of the own person; giving the role to somebody shows them at least this. */
export const ofOnePerson: readonly Permission[] = [
  "individual:read",
  "individual:pii",
  "individual:traits",
  "individual:income",
  "payroll:read",
];

/** The permission by which this context may change roles at a customer (null: the platform). @throws DomainError */
export function requireTeamAuthority(ctx: Context, customerId: string | null): Permission {
  if (customerId === null) {
    requirePermission(ctx, "platform:users");
    return "platform:users";
  }
  if (ctx.scope.kind === "customer" && ctx.scope.customerId !== customerId) throw notFound("employer");
  if (can(ctx, "platform:customers")) return "platform:customers";
  requirePermission(ctx, "team:manage");
  return "team:manage";
}

/** The context at the customer that is changed: its audit chain, its administrators. */
export function atCustomer(ctx: Context, customerId: string | null): CustomerContext {
  const id = customerId ?? platformCustomerId;
  const connectionIds = ctx.scope.kind === "customer" ? ctx.scope.connectionIds : "all";
  return { ...ctx, scope: { kind: "customer", customerId: id, connectionIds } };
}

/** Rights that were taken away since the request began do not count. @throws DomainError FORBIDDEN */
export async function requireStillHeld(tx: Tx, ctx: Context, permission: Permission): Promise<void> {
  if (ctx.actor.kind !== "user" || (await stillHolds(tx, ctx.actor.userId, permission))) return;
  throw new DomainError("FORBIDDEN", "Your own role changed meanwhile. Reload the page.");
}

/** Why this context may not give or take a role, as a sentence; null where it may. */
export function beyondReach(
  ctx: Context,
  role: RoleRow | undefined,
  connectionId: string | null,
): string | null {
  if (ctx.actor.kind !== "user" || can(ctx, "platform:customers")) return null;
  const { scope } = ctx;
  if (scope.kind === "customer" && scope.connectionIds !== "all") {
    if (connectionId === null)
      return "Your own role covers some connections only, this one covers all of them.";
    if (!scope.connectionIds.includes(connectionId)) return "Your own role does not cover that connection.";
  }
  const wanted = role?.databaseRole === "perch_employee" ? ofOnePerson : (role?.permissions ?? []);
  const missing = wanted.filter((permission) => !ctx.permissions.has(permission as Permission));
  return missing.length > 0 ? `${role?.label ?? "This role"} includes more than your own role does.` : null;
}
