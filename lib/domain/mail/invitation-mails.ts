import { z } from "zod";
import { inScope, inSystem, type Tx } from "@/db/client";
import { findIndividualNames } from "@/db/repositories/audit-names";
import { findCustomer } from "@/db/repositories/customers";
import { findInvitation } from "@/db/repositories/invitations";
import { findUserName } from "@/db/repositories/mail-outbox";
import { workerContext } from "@/lib/domain/context";
import { invitationHours, invitationToken } from "@/lib/domain/invitations/secrets";
import { env } from "@/lib/env";
import { nameOr } from "@/lib/format/names";
import { paths } from "@/lib/paths";
import type { PrepareMail } from "./prepared";

/** Mails around an employee's invitation: the outbox holds ids, the link and the names are made when a mail goes out. */

const SentFacts = z.object({ customerId: z.uuid(), invitationId: z.uuid() });
const AcceptedFacts = z.object({ customerId: z.uuid(), individualId: z.uuid(), subjectId: z.string() });

const inCustomer = <T>(customerId: string, fn: (tx: Tx) => Promise<T>) =>
  inScope(workerContext(customerId), fn, { readOnly: true });
const host = () => new URL(env().appUrl).host;

// Loaded with the first mail: React Email is the heaviest part of a worker's start.
const renderers = () => import("@/lib/mail/render-invitation-mail");

/** The link's secret exists only here, between reading the row and handing the mail over. */
const invitation: PrepareMail = async (row) => {
  const { customerId, invitationId } = SentFacts.parse(row.parameters);
  const { invited, employer } = await inCustomer(customerId, async (tx) => ({
    invited: await findInvitation(tx, customerId, invitationId),
    employer: await findCustomer(tx, customerId),
  }));
  if (!invited || !employer || invited.acceptedAt || invited.revokedAt) return { dropped: "over" };
  if (invited.expiresAt <= new Date()) return { dropped: "too_late" };
  const inviter = await inSystem((tx) => findUserName(tx, invited.invitedBy));
  const { renderInvitationMail } = await renderers();
  return {
    mail: await renderInvitationMail({
      employer: employer.name,
      inviter: inviter ?? "An administrator",
      url: new URL(paths.invitation(invitationToken(invitationId)), env().appUrl).href,
      host: host(),
      hours: invitationHours,
    }),
  };
};

const accepted: PrepareMail = async (row) => {
  const { customerId, individualId, subjectId } = AcceptedFacts.parse(row.parameters);
  const { name, employer } = await inCustomer(customerId, async (tx) => ({
    name: (await findIndividualNames(tx, customerId, [individualId])).get(individualId),
    employer: await findCustomer(tx, customerId),
  }));
  if (!employer) return { dropped: "over" };
  const account = await inSystem((tx) => findUserName(tx, subjectId));
  const { renderInvitationAcceptedMail } = await renderers();
  return {
    mail: await renderInvitationAcceptedMail({
      employer: employer.name,
      person: nameOr(name ?? { first: null, last: null }, "somebody"),
      account: account ?? "An account",
      profileUrl: new URL(paths.individual(customerId, individualId), env().appUrl).href,
      host: host(),
    }),
  };
};

export const invitationMails: Record<string, PrepareMail> = {
  invitation,
  "invitation-accepted": accepted,
};
