import { inSystem } from "@/db/client";
import {
  findOutgoingMail,
  markMailFailed,
  markMailSent,
  maySignIn,
  type MailOutboxRow,
} from "@/db/repositories/mail-outbox";
import { DomainError } from "@/lib/domain/errors";
import { signInMinutes, signInToken } from "@/lib/domain/sign-in/secrets";
import { env } from "@/lib/env";
import { deliverMail, MailError } from "@/lib/mail/transport";
import { paths } from "@/lib/paths";
import { accountMails } from "./account-mails";
import { factorMails } from "./factor-mails";
import { invitationMails } from "./invitation-mails";
import { operatorMails } from "./operator-mails";
import type { Prepared, PrepareMail } from "./prepared";
import { revealMails } from "./reveal-mails";
import { teamMails } from "./team-mails";

/** The link's secret exists only here, between reading the row and handing the mail over. */
async function prepareSignIn(row: MailOutboxRow): Promise<Prepared> {
  if (!row.linkId) return { dropped: "no_link" };
  if (Date.now() > row.createdAt.getTime() + signInMinutes * 60_000) return { dropped: "too_late" };
  if (!(await inSystem((tx) => maySignIn(tx, row.recipient)))) return { dropped: "unknown_address" };
  // Loaded with the first mail: React Email is the heaviest part of a worker's start.
  const { renderSignInMail } = await import("@/lib/mail/render-mail");
  const { appUrl } = env();
  const url = new URL(paths.signInConfirm(), appUrl);
  url.searchParams.set("token", signInToken(row.linkId));
  return { mail: await renderSignInMail({ url: url.href, host: url.host, minutes: signInMinutes }) };
}

const templates: Record<string, PrepareMail> = {
  "sign-in": prepareSignIn,
  ...accountMails,
  ...teamMails,
  ...factorMails,
  ...revealMails,
  ...operatorMails,
  ...invitationMails,
};

/**
 * Sends a mail of the outbox, as the worker. A mail to sign in goes out only where the address is known: whoever asked
 * cannot tell. Idempotent: what was sent or given up stays so.
 * @throws DomainError UPSTREAM (the mail server refused, or a newer release wrote the mail; retryable)
 */
export async function sendMail(outboxId: string): Promise<"sent" | "dropped"> {
  const row = await inSystem((tx) => findOutgoingMail(tx, outboxId));
  if (!row || row.sentAt || row.failedAt) return "dropped";
  const prepare = templates[row.template];
  // Of a newer web: tried again until a worker of that release is there.
  if (!prepare) throw new DomainError("UPSTREAM", "This worker has no such mail.", { retryable: true });
  const prepared = await prepare(row);
  if ("dropped" in prepared) {
    await inSystem((tx) => markMailFailed(tx, row.id, prepared.dropped, true));
    return "dropped";
  }
  try {
    await deliverMail({ ...prepared.mail, id: row.id, to: row.recipient });
  } catch (error) {
    const { code, permanent } = error instanceof MailError ? error : new MailError("not_delivered", false);
    await inSystem((tx) => markMailFailed(tx, row.id, code, permanent));
    if (permanent) return "dropped";
    throw new DomainError("UPSTREAM", "The mail could not be delivered yet.", { retryable: true });
  }
  await inSystem((tx) => markMailSent(tx, row.id));
  return "sent";
}
