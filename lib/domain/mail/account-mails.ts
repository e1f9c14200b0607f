import { z } from "zod";
import { env } from "@/lib/env";
import { formatCount } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import type { PrepareMail } from "./prepared";

/** Mails to a person about their own sessions. */

const ways: Record<string, string> = {
  email: "by a mailed link",
  passkey: "with a passkey",
  oidc: "by single sign-on",
};

const Facts = z.object({ browser: z.string(), os: z.string(), at: z.coerce.date() });
const AlertFacts = Facts.extend({ ip: z.string().nullable(), method: z.string() });
const EndedFacts = Facts.extend({ count: z.number() });

function places() {
  const { appUrl } = env();
  return { host: new URL(appUrl).host, accountUrl: new URL(paths.account(), appUrl).href };
}

// Loaded with the first mail: React Email is the heaviest part of a worker's start.
const renderers = () => import("@/lib/mail/render-account-mail");

const signInAlert: PrepareMail = async (row) => {
  const { method, ...facts } = AlertFacts.parse(row.parameters);
  const { renderSignInAlertMail } = await renderers();
  const how = ways[method] ?? "in a way unknown to this version";
  return { mail: await renderSignInAlertMail({ ...facts, ...places(), how }) };
};

const sessionsEnded: PrepareMail = async (row) => {
  const { count, ...facts } = EndedFacts.parse(row.parameters);
  const { renderSessionsEndedMail } = await renderers();
  const sessions = formatCount(count, "other session", "other sessions");
  return { mail: await renderSessionsEndedMail({ ...facts, ...places(), sessions }) };
};

export const accountMails: Record<string, PrepareMail> = {
  "sign-in-alert": signInAlert,
  "sessions-ended": sessionsEnded,
};
