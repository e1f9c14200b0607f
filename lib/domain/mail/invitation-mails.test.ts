import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { acceptInvitation } from "@/lib/domain/invitations/accept-invitation";
import { revokeInvitation } from "@/lib/domain/invitations/revoke-invitation";
import { newInvitation } from "@/lib/domain/invitations/testing";
import { mailsTo } from "@/lib/domain/team/testing";
import { findMail, listMails } from "@/lib/mail/mailbox";
import { sendMail } from "./send-mail";

const database = useTestDatabase();
const sql = () => database().sql("superuser");
afterAll(closeDatabase);

const asWeb = () => configureDatabase({ url: database().urls.app });
const asWorker = () => configureDatabase({ url: database().urls.worker });

async function invite() {
  await asWeb();
  return newInvitation(sql());
}

async function sendAll(email: string): Promise<string[]> {
  await asWorker();
  const answers = [];
  for (const { id } of await mailsTo(sql(), email)) answers.push(await sendMail(id));
  return answers;
}

async function mailOf(email: string) {
  const sent = (await listMails()).find(({ to }) => to === email);
  const mail = sent && (await findMail(sent.id));
  return { subject: mail?.subject, parts: [mail?.html ?? "", mail?.text ?? ""] };
}

describe("the mail of an invitation", () => {
  it("carries the link, who invites, and nothing of the person", async () => {
    const { name, email, token, individualId } = await invite();
    expect(await sendAll(email)).toEqual(["sent"]);
    const { subject, parts } = await mailOf(email);
    expect(subject).toBe(`${name} invites you to your own payroll pages`);
    for (const part of parts) {
      expect(part).toContain(`http://localhost:3000/invite/${token}`);
      expect(part).toContain("72 hours");
      expect(part).not.toContain(individualId);
      expect(part).not.toMatch(/First0|Last0|@work\.test/);
    }
  });

  it.each([
    ["was taken back", "update invitations set revoked_at = now()", "over"],
    ["was accepted", "update invitations set accepted_at = now()", "over"],
    ["ran out", "update invitations set expires_at = now() - interval '1 second'", "too_late"],
    ["is gone with the person", "delete from invitations", "over"],
  ])("is not sent any more once the invitation %s", async (_what, change, code) => {
    const { email, invitationId } = await invite();
    await sql().unsafe(`${change} where id = '${invitationId}'`);
    expect(await sendAll(email)).toEqual(["dropped"]);
    const [row] = await sql()`select last_error as code from mail_outbox where recipient = ${email}`;
    expect(row).toEqual({ code });
  });

  it("is followed by one to whoever invited, once somebody accepted", async () => {
    const { admin, customerId, individualId, email, token } = await invite();
    await acceptInvitation({ token }, null);
    expect(await sendAll(admin.email)).toEqual(["sent"]);
    const { subject, parts } = await mailOf(admin.email);
    expect(subject).toMatch(/^Your invitation for First\d+ Last\d+ was accepted$/);
    for (const part of parts) {
      expect(part).toContain(email);
      expect(part).toContain(`http://localhost:3000/e/${customerId}/directory/${individualId}`);
      expect(part).not.toContain(token);
    }
  });

  it("of one taken back before the worker came is never written", async () => {
    const { admin, email, invitationId } = await invite();
    await revokeInvitation(admin.ctx, { invitationId });
    expect(await sendAll(email)).toEqual(["dropped"]);
    expect((await listMails()).filter(({ to }) => to === email)).toEqual([]);
  });
});
