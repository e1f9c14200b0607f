import { afterAll, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { grantRole } from "@/lib/domain/team/grant-role";
import { mailsTo, newStaff, newTeam } from "@/lib/domain/team/testing";
import { findMail, listMails } from "@/lib/mail/mailbox";
import { sendMail } from "./send-mail";

const database = useTestDatabase();
afterAll(closeDatabase);

it("the mail of a role that staff gave says who, whom and which, and leads to the employer's audit", async () => {
  const sql = database().sql("superuser");
  const { admin, customerId, name } = await newTeam(sql);
  const staff = await newStaff(sql, "staff_admin");
  await configureDatabase({ url: database().urls.app });
  const email = "puppet@larkspur.test";
  await grantRole(staff, { customerId, email, name: "Pat Marsh", role: "hr_viewer" });
  await configureDatabase({ url: database().urls.worker });
  for (const { id } of await mailsTo(sql, admin.email)) expect(await sendMail(id)).toBe("sent");
  const [sent] = (await listMails()).filter(({ to }) => to === admin.email);
  const mail = sent && (await findMail(sent.id));
  expect(mail?.subject).toBe(`Perch staff gave somebody a role at ${name}`);
  for (const part of [mail?.html ?? "", mail?.text ?? ""]) {
    for (const word of ["Pat Marsh", "HR viewer", `/e/${customerId}/audit`]) expect(part).toContain(word);
  }
});
