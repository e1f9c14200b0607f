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
  /** Whether people of the directory are named. */
  namesPeople: boolean;
  /** Whether amounts of somebody's pay are told. */
  readsPay: boolean;
}

/**
 * Whether a context may read a chain: the platform's and every employer's for staff with platform:audit, the own one
 * for whoever has audit:read for the whole employer. Somebody limited to some connections would read of the others.
 */
export function canReadAudit(ctx: Context): boolean {
  if (can(ctx, "platform:audit")) return true;
  const { scope } = ctx;
  return (
    can(ctx, "audit:read") &&
    scope.kind === "customer" &&
    scope.connectionIds === "all" &&
    scope.customerId !== platformCustomerId
  );
}

/** The chain of a context. @throws DomainError FORBIDDEN */
export function requireAuditPlace(ctx: Context): AuditPlace {
  if (!canReadAudit(ctx))
    throw new DomainError("FORBIDDEN", "The audit is for people who administer the whole employer.");
  const customerId = ctx.scope.kind === "customer" ? ctx.scope.customerId : platformCustomerId;
  const asStaff = can(ctx, "platform:audit");
  // Whose value was revealed or taken along is the employer's business: staff read that it happened.
  const namesPeople = !asStaff && can(ctx, "individual:read");
  const readsPay = !asStaff && can(ctx, "payroll:read");
  return { customerId, isPlatform: customerId === platformCustomerId, asStaff, namesPeople, readsPay };
}

/** Staff's context at one employer of their choice, or over the platform. */
export function atAuditOf(ctx: Context, customerId: string | null): Context {
  requirePermission(ctx, "platform:audit");
  return customerId
    ? { ...ctx, scope: { kind: "customer", customerId, connectionIds: "all" } }
    : { ...ctx, scope: { kind: "platform" } };
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
