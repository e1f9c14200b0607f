import { z } from "zod";
import { inScope, inSystem } from "@/db/client";
import { findCustomer } from "@/db/repositories/customers";
import { findUserName } from "@/db/repositories/mail-outbox";
import { workerContext } from "@/lib/domain/context";
import { env } from "@/lib/env";
import { paths } from "@/lib/paths";
import type { PrepareMail } from "./prepared";

/** Mails about opened values: the outbox holds ids, the names are read here, when the mail goes out. */

const Facts = z.object({ customerId: z.uuid(), actorId: z.string().nullable() });
const AlertFacts = Facts.extend({
  limit: z.enum(["reveal-user", "reveal-employer"]),
  audience: z.enum(["employer", "staff"]),
});
const BreakGlassFacts = Facts.extend({ individualId: z.uuid(), reason: z.string().max(300) });

const urlOf = (path: string) => new URL(path, env().appUrl).href;

async function namesOf({ customerId, actorId }: z.infer<typeof Facts>) {
  const customer = await inScope(workerContext(customerId), (tx) => findCustomer(tx, customerId), {
    readOnly: true,
  });
  const actor = actorId === null ? null : await inSystem((tx) => findUserName(tx, actorId));
  return { place: customer?.name ?? "an employer", actor, host: new URL(env().appUrl).host };
}

// Loaded with the first mail: React Email is the heaviest part of a worker's start.
const renderers = () => import("@/lib/mail/render-reveal-mail");

const revealAlert: PrepareMail = async (row) => {
  const { limit, audience, ...facts } = AlertFacts.parse(row.parameters);
  const { place, actor, host } = await namesOf(facts);
  const { customerId } = facts;
  const auditUrl = urlOf(audience === "staff" ? paths.adminAudit() : paths.audit(customerId));
  const { renderRevealAlertMail } = await renderers();
  const person = actor ?? "Somebody";
  return { mail: await renderRevealAlertMail({ place, person, limit, at: row.createdAt, auditUrl, host }) };
};

const breakGlass: PrepareMail = async (row) => {
  const { individualId, reason, ...facts } = BreakGlassFacts.parse(row.parameters);
  const { place, actor, host } = await namesOf(facts);
  const { customerId } = facts;
  const { renderBreakGlassMail } = await renderers();
  return {
    mail: await renderBreakGlassMail({
      place,
      staff: actor ?? "Somebody",
      reason,
      at: row.createdAt,
      personUrl: urlOf(paths.individual(customerId, individualId)),
      auditUrl: urlOf(paths.audit(customerId)),
      host,
    }),
  };
};

export const revealMails: Record<string, PrepareMail> = {
  "reveal-alert": revealAlert,
  "break-glass": breakGlass,
};
