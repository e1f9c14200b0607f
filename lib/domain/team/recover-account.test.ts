import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { createTestUser, grantTestRole } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { platformCustomerId } from "@/lib/domain/context";
import { sendMail } from "@/lib/domain/mail/send-mail";
import { mailFolder } from "@/lib/mail/transport";
import { listMembers } from "./list-members";
import { grantRole } from "./grant-role";
import { recoverAccount, recoverAccountOf } from "./recover-account";
import { removeRole } from "./remove-role";
import { auditOf, mailsTo, newCustomRole, newPerson, newStaff, newTeam } from "./testing";

const database = useTestDatabase();
const sql = () => database().sql("superuser");

beforeAll(() => configureDatabase({ url: database().urls.app }));
afterAll(closeDatabase);

/** A passkey, an authenticator, a recovery code, a known browser and a session. */
async function equip(userId: string): Promise<void> {
  await sql()`insert into passkeys (id, user_id, public_key, name) values (${userId}, ${userId}, 'x', 'Key')`;
  await sql()`insert into totp_factors (user_id, wrapped, keyring_id, name, confirmed_at) values (${userId}, 'x', 'k', 'App', now())`;
  await sql()`insert into recovery_codes (user_id, hash) values (${userId}, 'x')`;
  await sql()`insert into known_devices (user_id, hash) values (${userId}, 'x')`;
  await sql()`insert into sessions (session_token, user_id, expires) values (${userId}, ${userId}, now() + interval '1 hour')`;
}

const leftOf = async (userId: string) => {
  const [row] = await sql()<{ left: number }[]>`
    select ((select count(*) from passkeys where user_id = ${userId}) + (select count(*) from totp_factors where user_id = ${userId})
      + (select count(*) from recovery_codes where user_id = ${userId}) + (select count(*) from known_devices where user_id = ${userId})
      + (select count(*) from sessions where user_id = ${userId}))::int as left`;
  return row?.left;
};

describe("recovering an account", () => {
  it("removes every factor and session, and tells the person and all administrators", async () => {
    const { admin, customerId } = await newTeam(sql());
    const second = await newPerson(sql(), customerId);
    const person = await newPerson(sql(), customerId, "payroll_manager");
    await equip(person.userId);
    await recoverAccount(admin.ctx, { customerId, userId: person.userId });
    expect(await leftOf(person.userId)).toBe(0);
    expect(await auditOf(sql(), customerId, person.userId)).toMatchObject([
      { action: "account.recover", actor: admin.userId },
    ]);
    const told = async (email: string) =>
      (await mailsTo(sql(), email)).map(({ template, parameters }) => [template, parameters["to"]]);
    expect(await told(person.email)).toEqual([["account-recovered", "person"]]);
    for (const { email } of [admin, second])
      expect(await told(email)).toEqual([["account-recovered", "admin"]]);
  });

  it("is never for oneself, and not for whom one could not give a role", async () => {
    const { admin, customerId } = await newTeam(sql());
    await equip(admin.userId);
    await expect(recoverAccount(admin.ctx, { customerId, userId: admin.userId })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await newCustomRole(sql(), customerId, { name: "lead", permissions: ["team:read", "team:manage"] });
    const lead = await createTestUser(sql(), { customerId, role: "lead" });
    const actor = { kind: "user" as const, userId: lead.id, email: lead.email, name: null };
    const permissions = new Set(["team:read", "team:manage"] as const);
    const asked = { customerId, userId: admin.userId };
    await expect(recoverAccount({ ...admin.ctx, actor, permissions }, asked)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect(await leftOf(admin.userId)).toBe(5);
  });

  it("of somebody with access elsewhere is for the platform's staff", async () => {
    const [mine, other] = [await newTeam(sql()), await newTeam(sql())];
    const person = await newPerson(sql(), mine.customerId, "hr_viewer");
    await grantTestRole(sql(), { userId: person.userId, role: "hr_viewer", customerId: other.customerId });
    await equip(person.userId);
    const asked = { customerId: mine.customerId, userId: person.userId };
    await expect(recoverAccount(mine.admin.ctx, asked)).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: expect.stringContaining("Ask them") as string,
    });
    expect(await leftOf(person.userId)).toBe(5);
    const staff = await newStaff(sql(), "staff_admin");
    await recoverAccountOf(staff, { email: person.email.toUpperCase() });
    expect(await leftOf(person.userId)).toBe(0);
    // Both employers' administrators learn of it, and neither of the other one.
    for (const { admin, customerId } of [mine, other]) {
      const mails = await mailsTo(sql(), admin.email);
      expect(mails.map(({ parameters }) => parameters["customerId"])).toEqual([customerId]);
      expect(await auditOf(sql(), customerId, person.userId)).toHaveLength(1);
    }
    expect((await mailsTo(sql(), person.email)).map(({ parameters }) => parameters["customerId"])).toEqual([
      platformCustomerId,
    ]);
  });

  it("needs the right, a second factor, and a person of this employer", async () => {
    const [mine, other] = [await newTeam(sql()), await newTeam(sql())];
    const { customerId, admin } = mine;
    const viewer = await newPerson(sql(), customerId, "hr_viewer");
    const asked = { customerId, userId: viewer.userId };
    await equip(viewer.userId);
    const support = await newStaff(sql(), "staff_support");
    const staff = await newStaff(sql(), "staff_admin");
    for (const [ctx, input, code] of [
      [viewer.ctx, { customerId, userId: admin.userId }, "FORBIDDEN"],
      [{ ...admin.ctx, steppedUpAt: null }, asked, "STEP_UP_REQUIRED"],
      [other.admin.ctx, asked, "NOT_FOUND"],
      [admin.ctx, { customerId, userId: other.admin.userId }, "NOT_FOUND"],
      [admin.ctx, { customerId: null, userId: viewer.userId }, "FORBIDDEN"],
      [support, { customerId: null, userId: viewer.userId }, "FORBIDDEN"],
      [{ ...staff, steppedUpAt: null }, { customerId: null, userId: viewer.userId }, "STEP_UP_REQUIRED"],
      [staff, { customerId: null, userId: "nobody" }, "NOT_FOUND"],
    ] as const)
      await expect(recoverAccount(ctx, input)).rejects.toMatchObject({ code });
    await expect(recoverAccountOf(staff, { email: "nobody@nowhere.test" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await leftOf(viewer.userId)).toBe(5);
  });
});

describe("the list of members", () => {
  it("says who may what, with what it is limited to, and never where else", async () => {
    const team = await newTeam(sql());
    const { admin, customerId, connectionId, individualId } = team;
    const other = await newTeam(sql());
    await grantTestRole(sql(), { userId: other.admin.userId, role: "hr_viewer", customerId });
    const employee = await createTestUser(sql(), {
      customerId,
      role: "employee",
      connectionId,
      individualId,
      name: "Emp",
    });
    await grantTestRole(sql(), { userId: employee.id, role: "hr_viewer", customerId });
    await equip(employee.id);
    const view = await listMembers(admin.ctx);
    const by = (id: string) => view.members.find(({ userId }) => userId === id);
    const crowd = await createTestUser(sql(), { customerId, role: "employee", connectionId, individualId });
    expect(view.members.map(({ userId }) => userId)).toEqual([admin.userId, employee.id, other.admin.userId]);
    const later = await listMembers(admin.ctx);
    expect(later.members.map(({ userId }) => userId)).not.toContain(crowd.id);
    expect([view.employees, later.employees]).toEqual([0, 1]);
    expect(by(admin.userId)).toMatchObject({
      isYou: true,
      hasSecondFactor: false,
      roles: [
        {
          label: "Employer admin",
          limit: null,
          kept: expect.stringContaining("last employer admin") as string,
        },
      ],
    });
    expect(by(other.admin.userId)).toMatchObject({
      hasSecondFactor: null,
      lastSeenAt: null,
      roles: [{ label: "HR viewer", kept: null }],
    });
    expect(by(employee.id)).toMatchObject({
      hasSecondFactor: true,
      lastSeenAt: expect.any(Date) as Date,
      roles: [
        {
          limit: { provider: "Gusto", disconnected: false },
          person: expect.stringMatching(/^First/) as string,
        },
        { label: "HR viewer", limit: null, person: null },
      ],
    });
    expect(JSON.stringify(view)).not.toContain(other.name);
    expect(JSON.stringify(view)).not.toContain(other.customerId);
    expect(view.manage?.roles.map(({ name }) => name)).toEqual([
      "employer_admin",
      "payroll_manager",
      "hr_viewer",
      "employee",
    ]);
  });

  it("is for those who may see the team; who may only look is offered nothing", async () => {
    const { admin, customerId } = await newTeam(sql());
    for (const role of ["payroll_manager", "hr_viewer", "employee"] as const) {
      const { ctx } = await newPerson(sql(), customerId, role);
      await expect(listMembers(ctx)).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    const permissions = new Set(admin.ctx.permissions);
    permissions.delete("team:manage");
    expect((await listMembers({ ...admin.ctx, permissions })).manage).toBeNull();
  });
});

describe("the mails", () => {
  it("name the employer, who did it and what to do, and hold no other person's address", async () => {
    const { admin, customerId, name } = await newTeam(sql());
    const email = "letters@larkspur.test";
    const { userId } = await grantRole(admin.ctx, { customerId, email, role: "hr_viewer" });
    await recoverAccount(admin.ctx, { customerId, userId });
    await removeRole(admin.ctx, { customerId, userId, role: "hr_viewer" });
    await configureDatabase({ url: database().urls.worker });
    try {
      for (const to of [email, admin.email])
        for (const { id } of await mailsTo(sql(), to)) expect(await sendMail(id)).toBe("sent");
    } finally {
      await configureDatabase({ url: database().urls.app });
    }
    const written = await Promise.all(
      (await readdir(mailFolder())).sort().map((file) => readFile(path.join(mailFolder(), file), "utf8")),
    );
    const subjects = written.map((mail) => /^Subject: (.*)$/m.exec(mail)?.[1] ?? "");
    expect(subjects).toEqual([
      `You have access to ${name}`,
      "Your second factors were removed",
      `Your role at ${name} ended`,
      `Second factors of ${email} were removed`,
    ]);
    expect(written[0]).toContain("http://localhost:3000/sign-in");
    expect(written[0]).toContain("HR viewer");
    for (const mail of written.slice(0, 3)) expect(mail).not.toContain(admin.email);
  });
});
