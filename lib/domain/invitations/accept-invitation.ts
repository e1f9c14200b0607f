import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { markInvitationAccepted } from "@/db/repositories/invitations";
import { dropLookup } from "@/db/repositories/lookups";
import { lockTeam, notifyUser, renewSessionsOf } from "@/db/repositories/team";
import { ensureUser, insertRole } from "@/db/repositories/user-roles";
import { recordAudit } from "@/lib/domain/audit";
import type { Context } from "@/lib/domain/context";
import { findOpenInvitation, linkContext, resolveInvitation, type OpenInvitation } from "./open-invitation";
import { invitationHash } from "./secrets";

export const AcceptInvitationInput = z.strictObject({ token: z.string().max(200) });
export type AcceptInvitationInput = z.input<typeof AcceptInvitationInput>;

export type InvitationAnswer =
  | { state: "over" }
  /** Somebody else is signed in here: nothing was changed. */
  | { state: "other-address" }
  | { state: "accepted"; email: string; individualId: string };

/**
 * Accepts an invitation, once: gives the role of an employee, for its one person, to the account of the invited address
 * and to no other, whoever is signed in. Opens no session: signing in proves the address anew. Tells the inviter.
 */
export async function acceptInvitation(
  raw: AcceptInvitationInput,
  visitor: { email: string } | null,
): Promise<InvitationAnswer> {
  const { token } = AcceptInvitationInput.parse(raw);
  const found = await resolveInvitation(token);
  if (!found) return { state: "over" };
  const { customerId, rowId } = found;
  const ctx = linkContext(customerId);
  return inScope(ctx, async (tx): Promise<InvitationAnswer> => {
    await lockTeam(tx, customerId);
    const row = await findOpenInvitation(tx, customerId, rowId, { lock: true });
    if (!row) return { state: "over" };
    if (visitor && visitor.email !== row.email) return { state: "other-address" };
    await settle(tx, ctx, row, visitor ? "session" : "link");
    return { state: "accepted", email: row.email, individualId: row.individualId };
  });
}

async function settle(tx: Tx, ctx: Context, row: OpenInvitation, proof: "session" | "link"): Promise<void> {
  const { customerId, id, email, role, connectionId, individualId, invitedBy } = row;
  const userId = await ensureUser(tx, email, null);
  const granted = await insertRole(tx, {
    customerId,
    userId,
    role,
    connectionId,
    individualId,
    grantedBy: invitedBy,
  });
  if (granted) await renewSessionsOf(tx, userId);
  await markInvitationAccepted(tx, customerId, id, userId);
  await dropLookup(tx, "invitation", invitationHash(id));
  await notifyUser(tx, invitedBy, "invitation-accepted", { customerId, individualId, subjectId: userId });
  const accepting: Context = { ...ctx, actor: { kind: "user", userId, email, name: null } };
  await recordAudit(
    tx,
    accepting,
    "invitation.accept",
    { type: "individuals", id: individualId },
    { role, connectionId, invitationId: id, proof },
  );
}
