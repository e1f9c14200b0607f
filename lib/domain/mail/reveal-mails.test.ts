import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { createTestUser } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { breakGlassSsn } from "@/lib/domain/reveal/break-glass-ssn";
import { revealSsn } from "@/lib/domain/reveal/reveal-ssn";
import { RevealWorld, ssnOf } from "@/lib/domain/reveal/testing";
import { findMail, listMails } from "@/lib/mail/mailbox";
import { sendMail } from "./send-mail";

const world = new RevealWorld(useTestDatabase());
afterAll(closeDatabase);

/** Sends what waits, as the worker does, and gives the mails of one recipient. */
async function mailsTo(address: string) {
  await configureDatabase({ url: world.database().urls.worker });
  const waiting = await world.sql()<{ id: string }[]>`select id from mail_outbox where sent_at is null`;
  for (const { id } of waiting) expect(await sendMail(id)).toBe("sent");
  await configureDatabase({ url: world.database().urls.app });
  const mine = (await listMails()).filter(({ to }) => to === address);
  return Promise.all(mine.map(({ id }) => findMail(id)));
}

describe("the mail of a break-glass", () => {
  it("tells the employer's administrators who and why, with ways to person and audit, naming nobody", async () => {
    const employer = await world.addEmployer(1);
    const admin = await createTestUser(world.sql(), {
      role: "employer_admin",
      customerId: employer.customerId,
    });
    const staff = await world.asStaff("staff_admin");
    const [individualId = ""] = employer.people;
    const name = "First00001 Last00000";
    const reason = "Payroll <b>cannot</b> file & waits";
    await breakGlassSsn(staff, { customerId: employer.customerId, individualId, name, reason });
    const [mail] = await mailsTo(admin.email);
    expect(mail?.subject).toMatch(/^Perch staff opened an SSN of Employer \d+$/);
    for (const part of [mail?.html ?? "", mail?.text ?? ""]) {
      expect(part).toContain(`/e/${employer.customerId}/directory/${individualId}`);
      expect(part).toContain(`/e/${employer.customerId}/audit`);
      expect(part).toMatch(/Person \d+/);
      expect(part).not.toContain("First00001");
      expect(part).not.toContain(ssnOf(0));
    }
    expect(mail?.text).toContain(reason);
    expect(mail?.html).toContain("Payroll &lt;b&gt;cannot&lt;/b&gt; file &amp; waits");
  });
});

describe("the mail of a stop", () => {
  it("goes to administrators and staff, each with their own way to the audit", async () => {
    const employer = await world.addEmployer(1);
    const admin = await world.as("employer_admin", employer.customerId);
    const staff = await createTestUser(world.sql(), { role: "staff_admin" });
    const input = { individualId: employer.people[0] ?? "", reason: "Correcting a tax form" };
    for (let count = 0; count < 20; count += 1) await revealSsn(admin, input);
    await expect(revealSsn(admin, input)).rejects.toMatchObject({ code: "RATE_LIMITED" });
    const [address] = await world.sql()<
      { email: string }[]
    >`select email from users where id = ${admin.userId}`;
    const [toAdmin] = await mailsTo(address?.email ?? "");
    const [toStaff] = await mailsTo(staff.email);
    expect(toAdmin?.subject).toMatch(/^Reveals at Employer \d+ were stopped$/);
    expect(toAdmin?.text).toContain("20 SSNs or bank numbers");
    expect(toAdmin?.text).toContain(`/e/${employer.customerId}/audit`);
    expect(toStaff?.text).toContain("/admin/audit");
    expect(toStaff?.text).not.toContain(`/e/${employer.customerId}`);
  });
});
