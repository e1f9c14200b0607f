import { beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { notifyUser } from "@/db/repositories/account-events";
import { useTestDatabase } from "@/db/testing";
import { inIdentity } from "@/lib/domain/second-factor/identity";
import { createPerson } from "@/lib/domain/second-factor/testing";
import { findMail, listMails } from "@/lib/mail/mailbox";
import { sendMail } from "./send-mail";

const database = useTestDatabase();
const sql = () => database().sql("superuser");
const at = "2026-03-04T15:06:00.000Z";

beforeAll(async () => {
  await configureDatabase({ url: database().urls.worker });
  return closeDatabase;
});

/** Queues the mail as web does, sends it as the worker does, and reads what arrived. */
async function mailOf(parameters: Record<string, string | number>) {
  const person = await createPerson(sql());
  await inIdentity((tx) => notifyUser(tx, person.userId, "factor-changed", { ...parameters, at }));
  const [row] = await sql()<{ id: string }[]>`select id from mail_outbox where recipient = ${person.email}`;
  expect(await sendMail(row?.id ?? "")).toBe("sent");
  const found = (await listMails()).find(({ to }) => to === person.email);
  const mail = await findMail(found?.id ?? "");
  return {
    subject: mail?.subject ?? "",
    text: (mail?.text ?? "").replaceAll(/\s+/g, " "),
    html: mail?.html ?? "",
  };
}

const passkey = { kind: "passkey", name: "My laptop" };

describe("the mail about a second factor", () => {
  it.each([
    [{ change: "added", ...passkey }, "A second factor was added", "The passkey “My laptop” was added"],
    [
      { change: "removed", kind: "totp", name: "Phone" },
      "was removed",
      "The authenticator app “Phone” was removed",
    ],
    [{ change: "copied", ...passkey }, "A passkey was refused", "as if somebody had a copy of it"],
    [{ change: "recovery_used", left: 1 }, "A recovery code was used", "1 is left."],
    [
      { change: "recovery_renewed", left: 10 },
      "New recovery codes were made",
      "Those before no longer work.",
    ],
    [{ change: "blocked" }, "Wrong codes were entered", "Ten wrong codes were entered"],
  ])("says what happened, when, and what to do: %o", async (parameters, subject, what) => {
    const mail = await mailOf(parameters);
    expect(mail.subject).toContain(subject);
    expect(mail.text).toContain(what);
    expect(mail.text).toContain("Mar 4");
    expect(mail.text).toContain("http://localhost:3000/account/security");
    expect(mail.html).toContain("See your second factors");
  });

  it("shows a name that somebody gave a factor as text", async () => {
    const { html } = await mailOf({ change: "added", kind: "passkey", name: "<img src=x onerror=alert(1)>" });
    expect(html).not.toContain("<img src=x");
  });
});
