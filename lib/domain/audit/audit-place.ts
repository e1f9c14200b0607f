import { inSystem } from "@/db/client";
import { listGrants } from "@/db/repositories/grants";
import { can, requirePermission } from "@/lib/auth/permissions";
import { platformCustomerId, requireCustomer, type Context } from "@/lib/domain/context";
import { recheckContext } from "@/lib/domain/customers/recheck-context";
import { DomainError } from "@/lib/domain/errors";
import { platformContextOf } from "@/lib/domain/users/grants";

/** Whose chain is read, and as whom. */
export interface AuditPlace {
  customerId: string;
  /** The platform's own chain. */
  isPlatform: boolean;
  /** Staff see an employer's entries without their details (row-level security hides them). */
  asStaff: boolean;
}

/**
 * The chain that a context may read: the platform's and every employer's for staff with platform:audit, the own one
 * for whoever has audit:read for the whole employer. Somebody limited to some connections would read of the others.
 * @throws DomainError FORBIDDEN
 */
export function requireAuditPlace(ctx: Context): AuditPlace {
  const { scope } = ctx;
  const customerId = scope.kind === "customer" ? scope.customerId : platformCustomerId;
  const isPlatform = customerId === platformCustomerId;
  if (can(ctx, "platform:audit")) return { customerId, isPlatform, asStaff: true };
  requirePermission(ctx, "audit:read");
  if (scope.kind !== "customer" || scope.connectionIds !== "all" || isPlatform)
    throw new DomainError("FORBIDDEN", "The audit is for people who administer the whole employer.");
  return { customerId, isPlatform: false, asStaff: false };
}

/** Makes sure, in the middle of an export, that the person still may. @throws DomainError FORBIDDEN */
export async function recheckAuditReader(ctx: Context): Promise<void> {
  if (!requireAuditPlace(ctx).asStaff) {
    await recheckContext(requireCustomer(ctx));
    return;
  }
  const { actor } = ctx;
  if (actor.kind !== "user") return;
  const grants = await inSystem((tx) => listGrants(tx, actor.userId));
  const now = platformContextOf({ id: actor.userId, email: actor.email, name: actor.name }, grants);
  if (!now || !can(now, "platform:audit"))
    throw new DomainError("FORBIDDEN", "Your role on the platform changed.");
}
