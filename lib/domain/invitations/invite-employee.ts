import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { findIndividual } from "@/db/repositories/individuals";
import {
  findInvitation,
  insertInvitation,
  listAccountsOfPerson,
  listMemberAddresses,
  listPendingInvitations,
} from "@/db/repositories/invitations";
import { putLookup } from "@/db/repositories/lookups";
import { queueMail } from "@/db/repositories/mail-outbox";
import { lockTeam } from "@/db/repositories/team";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { DomainError, notFound } from "@/lib/domain/errors";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { takeLimit } from "@/lib/domain/limits";
import { requireStepUp } from "@/lib/domain/step-up";
import { requireGivable } from "@/lib/domain/team/grant-role";
import { MemberAddress } from "@/lib/domain/team/inputs";
import { takeTeamChange } from "@/lib/domain/team/take-team-change";
import { sendMailJob } from "@/lib/jobs/send-mail";
import { enqueue } from "@/lib/jobs/define";
import { voidInvitation } from "./void-invitation";
import { invitationHash, invitationHours } from "./secrets";

export const InviteEmployeeInput = z.strictObject({
  individualId: z.uuid(),
  /** Typed or chosen by the administrator: payroll's own address is a hint, never taken by itself. */
  email: MemberAddress,
});
export type InviteEmployeeInput = z.input<typeof InviteEmployeeInput>;

export const ResendInvitationInput = z.strictObject({ invitationId: z.uuid() });
export type ResendInvitationInput = z.input<typeof ResendInvitationInput>;

export interface InvitationSent {
  expiresAt: Date;
}

/**
 * Invites the person behind one individual of the mirror to their own pages, by mail to an address that the
 * administrator chose. Whoever presses the button there gets the role of an employee for this one pair of connection and
 * individual. Earlier invitations of the same person end.
 * @throws DomainError FORBIDDEN, STEP_UP_REQUIRED, RATE_LIMITED, INVALID, NOT_FOUND, CONFLICT (has access already)
 */
export async function inviteEmployee(ctx: Context, raw: InviteEmployeeInput): Promise<InvitationSent> {
  requirePermission(ctx, "employee:invite");
  const { individualId, email } = InviteEmployeeInput.parse(raw);
  const here = requireCustomer(ctx);
  requireStepUp(ctx);
  await takeTeamChange(ctx);
  await takeLimit("invitation", `${here.scope.customerId} ${email}`);
  return inScope(here, (tx) => send(tx, here, { individualId, email }));
}

/**
 * Sends a new link to the address of an invitation that was not accepted, also of one that has run out: the old link
 * ends, the 72 hours begin anew.
 * @throws DomainError FORBIDDEN, STEP_UP_REQUIRED, RATE_LIMITED, NOT_FOUND (also accepted and revoked ones), CONFLICT
 */
export async function resendInvitation(ctx: Context, raw: ResendInvitationInput): Promise<InvitationSent> {
  requirePermission(ctx, "employee:invite");
  const { invitationId } = ResendInvitationInput.parse(raw);
  const here = requireCustomer(ctx);
  const { customerId } = here.scope;
  requireStepUp(ctx);
  await takeTeamChange(ctx);
  const known = await inScope(here, (tx) => findInvitation(tx, customerId, invitationId), { readOnly: true });
  if (!known?.individualId) throw notFound("invitation");
  const { individualId, email } = known;
  await takeLimit("invitation", `${customerId} ${email}`);
  return inScope(here, async (tx) => {
    const row = await findInvitation(tx, customerId, invitationId, { lock: true });
    if (!row || row.acceptedAt || row.revokedAt) throw notFound("invitation");
    return send(tx, here, { individualId, email });
  });
}

async function send(
  tx: Tx,
  ctx: CustomerContext,
  { individualId, email }: { individualId: string; email: string },
): Promise<InvitationSent> {
  const { customerId } = ctx.scope;
  if (ctx.actor.kind !== "user") throw new TypeError("An invitation is a person's");
  await lockTeam(tx, customerId);
  const visible = (await visibleSources(tx, ctx)).map(({ id }) => id);
  const person = await findIndividual(tx, customerId, individualId, visible);
  if (!person) throw notFound("person");
  const { connectionId } = person;
  requirePermission(ctx, "employee:invite", { connectionId });
  const role = await requireGivable(
    tx,
    ctx,
    { customerId, role: "employee", connectionId, individualId },
    "employee:invite",
  );
  await requireNoAccess(tx, customerId, individualId, email);
  for (const earlier of await listPendingInvitations(tx, customerId, individualId))
    await voidInvitation(tx, earlier, ctx.actor.userId);
  const { id, expiresAt } = await insertInvitation(tx, {
    customerId,
    email,
    role: role.name,
    connectionId,
    individualId,
    invitedBy: ctx.actor.userId,
    hours: invitationHours,
  });
  await putLookup(tx, "invitation", invitationHash(id), id, invitationHours * 60);
  const parameters = { customerId, invitationId: id };
  const outboxId = await queueMail(tx, { template: "invitation", to: email, parameters, linkId: id });
  await enqueue(tx, sendMailJob, { outboxId });
  const target = { type: "individuals", id: individualId };
  await recordAudit(tx, ctx, "invitation.send", target, { email, connectionId, invitationId: id });
  return { expiresAt };
}

async function requireNoAccess(tx: Tx, customerId: string, individualId: string, email: string) {
  const accounts = await listAccountsOfPerson(tx, customerId, individualId);
  const addresses = await listMemberAddresses(
    tx,
    accounts.map(({ userId }) => userId),
  );
  if (!addresses.some((account) => account.email === email)) return;
  throw new DomainError("CONFLICT", "This address has access to this person's own pages already.", {
    field: "email",
  });
}
