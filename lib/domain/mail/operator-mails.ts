import { z } from "zod";
import { inScope } from "@/db/client";
import { findConnectionNames } from "@/db/repositories/audit-names";
import { findCustomer } from "@/db/repositories/customers";
import { problemText } from "@/lib/domain/audit/chain-state";
import { platformCustomerId, workerContext } from "@/lib/domain/context";
import { env } from "@/lib/env";
import { formatCount } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import type { PrepareMail } from "./prepared";

/** Mails to staff administrators about what only they can look after. The outbox holds ids. */

const BrokenFacts = z.object({ customerId: z.uuid(), seq: z.number(), kind: z.string() });
const DisconnectFacts = z.object({ customerId: z.uuid(), connectionId: z.uuid(), attempts: z.number() });

const place = () => ({ host: new URL(env().appUrl).host });
const urlOf = (path: string) => new URL(path, env().appUrl).href;

/** Loaded with the first mail: React Email is the heaviest part of a worker's start. */
const renderer = () => import("@/lib/mail/render-operator-mail");

async function nameOf(customerId: string): Promise<string> {
  if (customerId === platformCustomerId) return "the platform";
  const customer = await inScope(workerContext(customerId), (tx) => findCustomer(tx, customerId), {
    readOnly: true,
  });
  return customer?.name ?? "an employer";
}

const auditBroken: PrepareMail = async (row) => {
  const { customerId, seq, kind } = BrokenFacts.parse(row.parameters);
  const name = await nameOf(customerId);
  const { renderOperatorAlert } = await renderer();
  return {
    mail: await renderOperatorAlert({
      title: "An audit chain does not verify",
      what: `The audit of ${name}: ${problemText(kind, seq)}`,
      means:
        "Entries were changed, removed or added outside of Perch, by somebody who can write to its database. The chain is not signed any more until it is whole again.",
      todo: "Keep the database and the logs as they are. npm run perch -- audit:verify names every place; compare with a backup, and find out who had access.",
      action: {
        label: "Open the audit",
        url: urlOf(customerId === platformCustomerId ? paths.adminAudit() : paths.adminAuditOf(customerId)),
      },
      ...place(),
    }),
  };
};

const disconnectUnconfirmed: PrepareMail = async (row) => {
  const { customerId, connectionId, attempts } = DisconnectFacts.parse(row.parameters);
  const names = await inScope(
    workerContext(customerId),
    (tx) => findConnectionNames(tx, customerId, [connectionId]),
    { readOnly: true },
  );
  const provider = names.get(connectionId) ?? "a provider";
  const told =
    attempts === 0
      ? "Perch could not tell Finch so"
      : `Finch confirmed it to none of ${formatCount(attempts, "request")}`;
  const { renderOperatorAlert } = await renderer();
  return {
    mail: await renderOperatorAlert({
      title: "Finch never confirmed a disconnect",
      what: `${provider} of ${await nameOf(customerId)} was disconnected at least 7 days ago, and ${told}.`,
      means:
        "Perch destroyed its token, so it cannot read anything any more. Finch may still count the connection as open and go on fetching data.",
      todo: "Look the connection up in Finch's developer dashboard and end it there, or write to Finch's support.",
      action: { label: "Open the connection", url: urlOf(paths.connection(customerId, connectionId)) },
      ...place(),
    }),
  };
};

export const operatorMails: Record<string, PrepareMail> = {
  "audit-broken": auditBroken,
  "disconnect-unconfirmed": disconnectUnconfirmed,
};
