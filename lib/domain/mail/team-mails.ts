import { z } from "zod";
import { inScope, inSystem } from "@/db/client";
import { findCustomer } from "@/db/repositories/customers";
import { findUserName } from "@/db/repositories/mail-outbox";
import { platformCustomerId, workerContext } from "@/lib/domain/context";
import { env } from "@/lib/env";
import { paths } from "@/lib/paths";
import type { PrepareMail } from "./prepared";

/** Mails of team changes: the outbox holds ids, the names are read here, when the mail goes out. */

const Facts = z.object({
  customerId: z.uuid(),
  actorId: z.string().nullable(),
  subjectId: z.string(),
});
const RoleFacts = Facts.extend({ roleLabel: z.string().max(200) });
const RecoveryFacts = Facts.extend({ to: z.enum(["person", "admin"]) });

async function namesOf({ customerId, actorId, subjectId }: z.infer<typeof Facts>) {
  const customer =
    customerId === platformCustomerId
      ? null
      : await inScope(workerContext(customerId), (tx) => findCustomer(tx, customerId), { readOnly: true });
  const [actor, subject] = await inSystem(async (tx) => [
    actorId === null ? null : await findUserName(tx, actorId),
    await findUserName(tx, subjectId),
  ]);
  return {
    place: customer?.name ?? "Perch",
    /** Null: whoever runs this installation, at its command line. */
    actor: actor ?? null,
    subject: subject ?? "somebody",
    host: new URL(env().appUrl).host,
    signInUrl: new URL(paths.signIn(), env().appUrl).href,
  };
}

// Loaded with the first mail: React Email is the heaviest part of a worker's start.
const renderers = () => import("@/lib/mail/render-team-mail");

const roleGranted: PrepareMail = async (row) => {
  const facts = RoleFacts.parse(row.parameters);
  const names = await namesOf(facts);
  const { renderRoleGrantedMail } = await renderers();
  return { mail: await renderRoleGrantedMail({ ...names, role: facts.roleLabel }) };
};

const roleRemoved: PrepareMail = async (row) => {
  const facts = RoleFacts.parse(row.parameters);
  const names = await namesOf(facts);
  const { renderRoleRemovedMail } = await renderers();
  return { mail: await renderRoleRemovedMail({ ...names, role: facts.roleLabel }) };
};

const staffGaveRole: PrepareMail = async (row) => {
  const { roleLabel: role, ...facts } = RoleFacts.parse(row.parameters);
  const { place, actor, subject, host } = await namesOf(facts);
  const { customerId } = facts;
  const audit = customerId === platformCustomerId ? paths.adminAudit() : paths.audit(customerId);
  const auditUrl = new URL(audit, env().appUrl).href;
  const staff = actor ?? "Somebody";
  const { renderStaffGaveRoleMail } = await renderers();
  return { mail: await renderStaffGaveRoleMail({ place, staff, subject, role, auditUrl, host }) };
};

const accountRecovered: PrepareMail = async (row) => {
  const facts = RecoveryFacts.parse(row.parameters);
  const names = await namesOf(facts);
  const { renderAccountRecoveredMail } = await renderers();
  return { mail: await renderAccountRecoveredMail({ ...names, to: facts.to, at: row.createdAt }) };
};

export const teamMails: Record<string, PrepareMail> = {
  "role-granted": roleGranted,
  "role-removed": roleRemoved,
  "staff-gave-role": staffGaveRole,
  "account-recovered": accountRecovered,
};
