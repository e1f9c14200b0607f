"use server";

import { z } from "zod";
import { endEmployeeAccess, EndEmployeeAccessInput } from "@/lib/domain/invitations/end-employee-access";
import {
  inviteEmployee,
  InviteEmployeeInput,
  resendInvitation,
  ResendInvitationInput,
} from "@/lib/domain/invitations/invite-employee";
import { revokeInvitation, RevokeInvitationInput } from "@/lib/domain/invitations/revoke-invitation";
import { RevealSsnInput, revealSsn } from "@/lib/domain/reveal/reveal-ssn";
import { action } from "@/lib/web/action";
import { employerContext } from "@/lib/web/context";

const at = z.strictObject({ customerId: z.uuid() });

/** The only answer that an SSN is in; nothing keeps it. */
export const revealSsnAction = action(at.extend(RevealSsnInput.shape), async ({ customerId, ...input }) =>
  revealSsn(await employerContext(customerId), input),
);

export const inviteEmployeeAction = action(
  at.extend(InviteEmployeeInput.shape),
  async ({ customerId, ...input }) => inviteEmployee(await employerContext(customerId), input),
);

export const resendInvitationAction = action(
  at.extend(ResendInvitationInput.shape),
  async ({ customerId, ...input }) => resendInvitation(await employerContext(customerId), input),
);

export const revokeInvitationAction = action(
  at.extend(RevokeInvitationInput.shape),
  async ({ customerId, ...input }) => revokeInvitation(await employerContext(customerId), input),
);

export const endEmployeeAccessAction = action(
  at.extend(EndEmployeeAccessInput.shape),
  async ({ customerId, ...input }) => endEmployeeAccess(await employerContext(customerId), input),
);
