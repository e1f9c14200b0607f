import { z } from "zod";
import { inScope } from "@/db/client";
import { listRoles } from "@/db/repositories/roles";
import { countAdmins, lockTeam, renewSessionsOf } from "@/db/repositories/team";
import { deleteRole } from "@/db/repositories/user-roles";
import { recordAudit } from "@/lib/domain/audit";
import type { Context } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import { requireStepUp } from "@/lib/domain/step-up";
import { atCustomer, beyondReach, requireStillHeld, requireTeamAuthority } from "./authority";
import { adminRoles, lastAdminRemedy } from "./last-admin";
import { mailRoleChange } from "./team-mails";
import { takeTeamChange } from "./take-team-change";

export const RemoveRoleInput = z.strictObject({
  /** Null for the platform's roles. */
  customerId: z.uuid().nullable(),
  userId: z.string().min(1).max(100),
  role: z.string().min(1).max(100),
  connectionId: z.uuid().nullable().default(null),
  individualId: z.uuid().nullable().default(null),
});
export type RemoveRoleInput = z.input<typeof RemoveRoleInput>;

/**
 * Takes a role away at once: rights are read on every request. The last administrator of an employer, and of the
 * platform, stays: changes of one team wait for each other, so that no two can take the last two. Idempotent.
 * @throws DomainError FORBIDDEN, RATE_LIMITED, STEP_UP_REQUIRED, NOT_FOUND (employer), CONFLICT (the last administrator)
 */
export async function removeRole(ctx: Context, raw: RemoveRoleInput): Promise<{ removed: boolean }> {
  const input = RemoveRoleInput.parse(raw);
  const permission = requireTeamAuthority(ctx, input.customerId);
  requireStepUp(ctx);
  await takeTeamChange(ctx);
  const here = atCustomer(ctx, input.customerId);
  const { customerId } = here.scope;
  return inScope(here, async (tx) => {
    await lockTeam(tx, customerId);
    await requireStillHeld(tx, ctx, permission);
    const role = (await listRoles(tx, customerId)).find(({ name }) => name === input.role);
    const isOwn = ctx.actor.kind === "user" && ctx.actor.userId === input.userId;
    const beyond = isOwn ? null : beyondReach(here, role, input.connectionId);
    if (beyond) throw new DomainError("FORBIDDEN", `${beyond} Ask somebody who holds more to remove it.`);
    if (!(await deleteRole(tx, { ...input, customerId }))) return { removed: false };
    if (adminRoles.has(input.role) && (await countAdmins(tx)) === 0)
      throw new DomainError("CONFLICT", lastAdminRemedy(input.customerId === null, isOwn));
    await renewSessionsOf(tx, input.userId);
    const roleLabel = role?.label ?? input.role;
    await mailRoleChange(tx, here, { template: "role-removed", userId: input.userId, roleLabel });
    const { connectionId, individualId } = input;
    await recordAudit(
      tx,
      here,
      "role.revoke",
      { type: "user", id: input.userId },
      { role: input.role, connectionId, individualId },
    );
    return { removed: true };
  });
}
