import { z } from "zod";
import { inScope } from "@/db/client";
import { findCustomer } from "@/db/repositories/customers";
import { deleteRole, ensureUser, insertRole } from "@/db/repositories/user-roles";
import { requirePermission, roles } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { platformCustomerId, type Context } from "@/lib/domain/context";
import { DomainError, notFound } from "@/lib/domain/errors";

const email = z
  .string()
  .transform((address) => address.normalize("NFKC").trim().toLowerCase())
  .pipe(z.email("Enter an address such as name@company.com."));

export const GrantRoleInput = z.strictObject({
  /** Null for the platform's roles. */
  customerId: z.uuid().nullable(),
  email,
  name: z.string().trim().max(200).nullable().default(null),
  role: z.enum(roles),
  /** Limits the role to one connection; left out, it covers all of them. */
  connectionId: z.uuid().nullable().default(null),
  /** The employee's own row of the mirror. */
  individualId: z.uuid().nullable().default(null),
});
export type GrantRoleInput = z.input<typeof GrantRoleInput>;

const platformRoles = new Set(["staff_admin", "staff_support"]);

function checkShape(input: z.output<typeof GrantRoleInput>): void {
  if (platformRoles.has(input.role) !== (input.customerId === null))
    throw new DomainError("INVALID", "Staff roles belong to the platform, all others to an employer.", {
      field: "role",
    });
  if (input.role === "employee" && !(input.connectionId && input.individualId))
    throw new DomainError("INVALID", "An employee's role names a connection and a person.", {
      field: "individualId",
    });
  if (input.role !== "employee" && input.individualId)
    throw new DomainError("INVALID", "Only an employee's role names a person.", { field: "individualId" });
}

/**
 * Gives somebody a role, at one employer or on the platform; makes the user if new. Idempotent.
 * @throws DomainError FORBIDDEN, INVALID, NOT_FOUND (employer)
 */
export async function grantRole(
  ctx: Context,
  raw: GrantRoleInput,
): Promise<{ userId: string; granted: boolean }> {
  requirePermission(ctx, "platform:customers");
  const input = GrantRoleInput.parse(raw);
  checkShape(input);
  const customerId = input.customerId ?? platformCustomerId;
  return inScope(at(ctx, customerId), async (tx) => {
    if (input.customerId && !(await findCustomer(tx, customerId))) throw notFound("employer");
    const userId = await ensureUser(tx, input.email, input.name);
    const { role, connectionId, individualId } = input;
    const grantedBy = ctx.actor.kind === "user" ? ctx.actor.userId : null;
    const granted = await insertRole(tx, { customerId, userId, role, connectionId, individualId, grantedBy });
    if (granted) await recordAudit(tx, ctx, "role.grant", { type: "user", id: userId }, { role });
    return { userId, granted };
  });
}

export const RevokeRoleInput = z.strictObject({
  customerId: z.uuid().nullable(),
  userId: z.string().min(1),
  role: z.enum(roles),
  connectionId: z.uuid().nullable().default(null),
  individualId: z.uuid().nullable().default(null),
});
export type RevokeRoleInput = z.input<typeof RevokeRoleInput>;

/** Takes a role away at once: rights are read on every request. Idempotent. @throws DomainError FORBIDDEN */
export async function revokeRole(ctx: Context, raw: RevokeRoleInput): Promise<{ revoked: boolean }> {
  requirePermission(ctx, "platform:customers");
  const input = RevokeRoleInput.parse(raw);
  const customerId = input.customerId ?? platformCustomerId;
  return inScope(at(ctx, customerId), async (tx) => {
    const revoked = await deleteRole(tx, { ...input, customerId });
    if (revoked)
      await recordAudit(tx, ctx, "role.revoke", { type: "user", id: input.userId }, { role: input.role });
    return { revoked };
  });
}

/** The audit goes to the chain of the employer concerned. */
function at(ctx: Context, customerId: string): Context {
  return { ...ctx, scope: { kind: "customer", customerId, connectionIds: "all" } };
}
