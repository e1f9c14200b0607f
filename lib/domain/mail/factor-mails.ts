import { z } from "zod";
import { env } from "@/lib/env";
import { formatInstant } from "@/lib/format/dates";
import { formatCount } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import type { PrepareMail } from "./prepared";

/** Mails to a person about their own second factors. */

const at = z.coerce.date();
const kind = z.enum(["passkey", "totp"]);
const name = z.string().max(60);
const Facts = z.discriminatedUnion("change", [
  z.object({ change: z.enum(["added", "removed", "copied"]), kind, name, at }),
  z.object({ change: z.enum(["recovery_used", "recovery_renewed"]), left: z.number(), at }),
  z.object({ change: z.literal("blocked"), at }),
]);
type Facts = z.infer<typeof Facts>;

interface Words {
  title: string;
  what: string;
  ifNot: string;
}

const endSessions = "If it was not, end all your sessions and tell an administrator at once.";
const removeIt = "If it was not, remove it, end all your sessions and tell an administrator at once.";
const factorName = (facts: { kind: "passkey" | "totp"; name: string }) =>
  `${facts.kind === "passkey" ? "passkey" : "authenticator app"} “${facts.name}”`;

function wordsOf(facts: Facts): Words {
  // Told in UTC: a mail does not know where it is read.
  const when = formatInstant(facts.at, "UTC", { showZone: true });
  switch (facts.change) {
    case "added":
      return {
        title: "A second factor was added",
        what: `The ${factorName(facts)} was added to your account on ${when}.`,
        ifNot: removeIt,
      };
    case "removed":
      return {
        title: "A second factor was removed",
        what: `The ${factorName(facts)} was removed from your account on ${when}.`,
        ifNot: endSessions,
      };
    case "copied":
      return {
        title: "A passkey was refused",
        what: `The ${factorName(facts)} was refused on ${when}: its counter did not go on, as if somebody had a copy of it.`,
        ifNot: "Remove this passkey and set up a new one; tell an administrator.",
      };
    case "recovery_used":
      return {
        title: "A recovery code was used",
        what: `One of your recovery codes was used on ${when}. ${formatCount(facts.left, "is", "are")} left.`,
        ifNot: endSessions,
      };
    case "recovery_renewed":
      return {
        title: "New recovery codes were made",
        what: `A new set of recovery codes was made for your account on ${when}. Those before no longer work.`,
        ifNot: endSessions,
      };
    case "blocked":
      return {
        title: "Wrong codes were entered",
        what: `Ten wrong codes were entered for your account by ${when}. No more are accepted for some minutes.`,
        ifNot:
          "If it was not, somebody has a session of yours: end all your sessions and tell an administrator.",
      };
  }
}

const factorChanged: PrepareMail = async (row) => {
  const { appUrl } = env();
  const words = wordsOf(Facts.parse(row.parameters));
  // Loaded with the first mail: React Email is the heaviest part of a worker's start.
  const { renderFactorMail } = await import("@/lib/mail/render-factor-mail");
  const securityUrl = new URL(paths.accountSecurity(), appUrl).href;
  return { mail: await renderFactorMail({ ...words, host: new URL(appUrl).host, securityUrl }) };
};

export const factorMails: Record<string, PrepareMail> = { "factor-changed": factorChanged };
