import { z } from "zod";
import { inScope } from "@/db/client";
import { listAccountsOfPerson } from "@/db/repositories/invitations";
import { listRoles } from "@/db/repositories/roles";
import { lockTeam, renewSessionsOf } from "@/db/repositories/team";
import { deleteRole } from "@/db/repositories/user-roles";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { requireStepUp } from "@/lib/domain/step-up";
import { requireStillHeld } from "@/lib/domain/team/authority";
import { takeTeamChange } from "@/lib/domain/team/take-team-change";
import { mailRoleChange } from "@/lib/domain/team/team-mails";

export const EndEmployeeAccessInput = z.strictObject({
  individualId: z.uuid(),
  userId: z.string().min(1).max(100),
});
export type EndEmployeeAccessInput = z.input<typeof EndEmployeeAccessInput>;

/**
 * Takes one account's access to one person's own pages, at once: rights are read on every request. Other persons and
 * other roles of the account stay. Idempotent.
 * @throws DomainError FORBIDDEN, STEP_UP_REQUIRED, RATE_LIMITED
 */
export async function endEmployeeAccess(
  ctx: Context,
  raw: EndEmployeeAccessInput,
): Promise<{ ended: boolean }> {
  requirePermission(ctx, "employee:invite");
  const { individualId, userId } = EndEmployeeAccessInput.parse(raw);
  const here = requireCustomer(ctx);
  const { customerId } = here.scope;
  requireStepUp(ctx);
  await takeTeamChange(ctx);
  return inScope(here, async (tx) => {
    await lockTeam(tx, customerId);
    await requireStillHeld(tx, ctx, "employee:invite");
    const accounts = await listAccountsOfPerson(tx, customerId, individualId);
    const held = accounts.find((account) => account.userId === userId);
    if (!held) return { ended: false };
    const { role, connectionId } = held;
    requirePermission(ctx, "employee:invite", { connectionId: connectionId ?? undefined });
    if (!(await deleteRole(tx, { customerId, userId, role, connectionId, individualId })))
      return { ended: false };
    await renewSessionsOf(tx, userId);
    const roleLabel = (await listRoles(tx, customerId)).find(({ name }) => name === role)?.label ?? role;
    await mailRoleChange(tx, here, { template: "role-removed", userId, roleLabel });
    const details = { role, connectionId, individualId };
    await recordAudit(tx, here, "role.revoke", { type: "user", id: userId }, details);
    return { ended: true };
  });
}
