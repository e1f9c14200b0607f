import { z } from "zod";
import { inScope } from "@/db/client";
import { findInvitation, listPendingInvitations } from "@/db/repositories/invitations";
import { lockTeam } from "@/db/repositories/team";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { DomainError, notFound } from "@/lib/domain/errors";
import { requireStepUp } from "@/lib/domain/step-up";
import { takeTeamChange } from "@/lib/domain/team/take-team-change";
import { voidInvitation } from "./void-invitation";

export const RevokeInvitationInput = z.strictObject({ invitationId: z.uuid() });
export type RevokeInvitationInput = z.input<typeof RevokeInvitationInput>;

/**
 * Takes an invitation back: its link opens nothing any more. Idempotent.
 * @throws DomainError FORBIDDEN, STEP_UP_REQUIRED, RATE_LIMITED, NOT_FOUND, CONFLICT (was accepted or sent again meanwhile)
 */
export async function revokeInvitation(
  ctx: Context,
  raw: RevokeInvitationInput,
): Promise<{ revoked: boolean }> {
  requirePermission(ctx, "employee:invite");
  const { invitationId } = RevokeInvitationInput.parse(raw);
  const { actor } = ctx;
  const { customerId } = requireCustomer(ctx).scope;
  requireStepUp(ctx);
  await takeTeamChange(ctx);
  return inScope(ctx, async (tx) => {
    await lockTeam(tx, customerId);
    const row = await findInvitation(tx, customerId, invitationId, { lock: true });
    if (!row?.individualId || actor.kind !== "user") throw notFound("invitation");
    requirePermission(ctx, "employee:invite", { connectionId: row.connectionId ?? undefined });
    if (row.acceptedAt)
      throw new DomainError("CONFLICT", "It was accepted meanwhile. End the access instead, below.");
    if (row.revokedAt) {
      // Whoever takes back what was just sent again means the new link, too, and must not believe that it ended.
      const later = await listPendingInvitations(tx, customerId, row.individualId);
      if (later.some(({ email }) => email === row.email))
        throw new DomainError(
          "CONFLICT",
          "It was sent again meanwhile. Reload the page and take that one back.",
        );
      return { revoked: false };
    }
    await voidInvitation(tx, row, actor.userId);
    const target = { type: "individuals", id: row.individualId };
    await recordAudit(tx, ctx, "invitation.revoke", target, { email: row.email, invitationId });
    return { revoked: true };
  });
}
