import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase, inSystem } from "@/db/client";
import { listGrants } from "@/db/repositories/grants";
import {
  createTestConnection,
  createTestCustomer,
  createTestIndividuals,
  createTestUser,
} from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { platformCustomerId, roleContext } from "@/lib/domain/context";
import { useUpLimit } from "@/lib/domain/limits/testing";
import { testContext } from "@/lib/domain/testing";
import { addStaff } from "./add-staff";
import { grantRole } from "./grant-role";
import { auditOf, mailsTo, newCustomRole, newPerson, newStaff, newTeam } from "./testing";

const database = useTestDatabase();
const sql = () => database().sql("superuser");
const grantsOf = (userId: string) => inSystem((tx) => listGrants(tx, userId));

beforeAll(() => configureDatabase({ url: database().urls.app }));
afterAll(closeDatabase);

describe("giving a role", () => {
  it("makes the user of a new address once, tells them by mail and is audited", async () => {
    const { admin, customerId } = await newTeam(sql());
    const asked = { customerId, email: " Ada@Larkspur.TEST ", name: "Ada  Marsh", role: "payroll_manager" };
    const first = await grantRole(admin.ctx, asked);
    const again = await grantRole(admin.ctx, { ...asked, email: "ada@larkspur.test" });
    expect([first.granted, again.granted, again.userId]).toEqual([true, false, first.userId]);
    expect(await grantsOf(first.userId)).toMatchObject([{ role: "payroll_manager", customerId }]);
    const mails = await mailsTo(sql(), "ada@larkspur.test");
    expect(mails.map(({ template, parameters }) => [template, parameters])).toEqual([
      [
        "role-granted",
        { customerId, actorId: admin.userId, subjectId: first.userId, roleLabel: "Payroll manager" },
      ],
    ]);
    expect(await auditOf(sql(), customerId, first.userId)).toEqual([
      {
        action: "role.grant",
        actor: admin.userId,
        details: { role: "payroll_manager", connectionId: null, individualId: null },
      },
    ]);
  });

  it("is limited by the hour for each person, since each one mails somebody", async () => {
    const { admin, customerId } = await newTeam(sql());
    const colleague = await newPerson(sql(), customerId);
    const asked = { customerId, email: "often@larkspur.test", role: "hr_viewer" };
    await useUpLimit(sql(), "team", admin.userId);
    await expect(grantRole(admin.ctx, asked)).rejects.toMatchObject({ code: "RATE_LIMITED" });
    expect(await mailsTo(sql(), asked.email)).toEqual([]);
    expect(await grantRole(colleague.ctx, asked)).toMatchObject({ granted: true });
  });

  it("answers the same for an address that is known elsewhere, and leaves its name alone", async () => {
    const [mine, other] = [await newTeam(sql()), await newTeam(sql())];
    const known = await createTestUser(sql(), {
      customerId: other.customerId,
      role: "hr_viewer",
      name: "Known",
    });
    const give = (email: string) =>
      grantRole(mine.admin.ctx, {
        customerId: mine.customerId,
        email,
        name: "Made up",
        role: "hr_viewer",
      });
    const answers = [await give(known.email), await give("unknown@nowhere.test")];
    expect(answers.map((answer) => Object.keys(answer).sort().join())).toEqual([
      "granted,userId",
      "granted,userId",
    ]);
    expect(answers.map(({ granted }) => granted)).toEqual([true, true]);
    const [row] = await sql()`select name from users where id = ${known.id}`;
    expect(row).toEqual({ name: "Known" });
  });

  it("gives the person's sessions a new token, and leaves the second factor that they showed", async () => {
    const { admin, customerId } = await newTeam(sql());
    const person = await newPerson(sql(), customerId, "hr_viewer");
    await sql()`insert into sessions (session_token, user_id, expires, step_up_at) values (${person.userId}, ${person.userId}, now() + interval '1 hour', now())`;
    await grantRole(admin.ctx, { customerId, email: person.email, role: "payroll_manager" });
    const [session] =
      await sql()`select rotate_due as due, step_up_at as at from sessions where user_id = ${person.userId}`;
    expect(session).toEqual({ due: true, at: expect.any(Date) as Date });
  });

  it("takes an employee's connection and person, and a role of the employer's own", async () => {
    const { admin, customerId, connectionId, individualId } = await newTeam(sql());
    await newCustomRole(sql(), customerId, { name: "auditor", permissions: ["audit:read"] });
    const email = "own@larkspur.test";
    const limits = { connectionId, individualId };
    await grantRole(admin.ctx, { customerId, email, role: "employee", ...limits });
    const { userId } = await grantRole(admin.ctx, { customerId, email, role: "auditor", connectionId });
    expect(await grantsOf(userId)).toMatchObject([
      { role: "auditor", roleLabel: "The auditor", connectionId, individualId: null },
      { role: "employee", ...limits },
    ]);
  });

  it("refuses what does not fit the role", async () => {
    const { admin, customerId, connectionId, individualId } = await newTeam(sql());
    const base = { customerId, email: "x@larkspur.test" };
    for (const [wrong, field] of [
      [{ role: "employee" }, "connectionId"],
      [{ role: "employee", connectionId }, "individualId"],
      [{ role: "hr_viewer", connectionId, individualId }, "individualId"],
      [{ role: "employer_admin", connectionId }, "connectionId"],
      [{ role: "staff_admin" }, "role"],
      [{ role: "nobody" }, "role"],
    ] as const)
      await expect(grantRole(admin.ctx, { ...base, ...wrong })).rejects.toMatchObject({
        code: "INVALID",
        field,
      });
    for (const email of ["nobody", "a@b.test, c@d.test", "A <a@b.test>", "x@staff.invalid", "a@b\0.test"])
      await expect(grantRole(admin.ctx, { ...base, email, role: "hr_viewer" })).rejects.toThrow(
        /name@company\.com/,
      );
    const name = "Press https://evil.test";
    await expect(grantRole(admin.ctx, { ...base, name, role: "hr_viewer" })).rejects.toThrow(/no links/);
  });

  it("is forbidden without the right, and needs a second factor", async () => {
    const { admin, customerId } = await newTeam(sql());
    const support = await newStaff(sql(), "staff_support");
    const asked = { customerId, email: "x@larkspur.test", role: "hr_viewer" };
    for (const role of ["payroll_manager", "hr_viewer"] as const) {
      const { ctx } = await newPerson(sql(), customerId, role);
      await expect(grantRole(ctx, asked)).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    await expect(grantRole(support, asked)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const tired = { ...admin.ctx, steppedUpAt: new Date(Date.now() - 11 * 60_000) };
    await expect(grantRole(tired, asked)).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
    expect(await mailsTo(sql(), asked.email)).toEqual([]);
  });

  it("finds no employer, connection or person of somebody else", async () => {
    const [mine, other] = [await newTeam(sql()), await newTeam(sql())];
    const { ctx } = mine.admin;
    const base = { customerId: mine.customerId, email: "x@larkspur.test" };
    const second = await createTestConnection(sql(), { customerId: mine.customerId });
    const gone = await createTestConnection(sql(), { customerId: mine.customerId, disconnected: true });
    const [elsewhere = ""] = await createTestIndividuals(sql(), {
      customerId: mine.customerId,
      connectionId: second.id,
      count: 1,
    });
    for (const wrong of [
      { ...base, customerId: other.customerId, role: "hr_viewer" },
      { ...base, role: "hr_viewer", connectionId: other.connectionId },
      { ...base, role: "hr_viewer", connectionId: gone.id },
      { ...base, role: "employee", connectionId: other.connectionId, individualId: other.individualId },
      { ...base, role: "employee", connectionId: mine.connectionId, individualId: other.individualId },
      { ...base, role: "employee", connectionId: mine.connectionId, individualId: elsewhere },
    ])
      await expect(grantRole(ctx, wrong)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("nobody gives more than they hold", () => {
  it("a team manager of the employer's own making gives what the own role includes, and no more", async () => {
    const { customerId } = await newTeam(sql());
    const permissions = ["team:read", "team:manage", "customer:read", "connection:read", "individual:read"];
    await newCustomRole(sql(), customerId, { name: "team_lead", permissions });
    await newCustomRole(sql(), customerId, { name: "onlooker", permissions: ["customer:read"] });
    const lead = await createTestUser(sql(), { customerId, role: "team_lead" });
    const [grant] = await grantsOf(lead.id);
    const ctx = { ...testContext("hr_viewer", customerId, { userId: lead.id }) };
    const held = {
      ...ctx,
      permissions: new Set(grant?.permissions),
      grants: { ...ctx.grants, team: true },
    } as typeof ctx;
    const give = (role: string) => grantRole(held, { customerId, email: "friend@larkspur.test", role });
    expect(await give("onlooker")).toMatchObject({ granted: true });
    for (const role of ["employer_admin", "payroll_manager", "hr_viewer"])
      await expect(give(role)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("an employee's role shows pay, so it needs pay to be given", async () => {
    const { customerId, connectionId, individualId, admin } = await newTeam(sql());
    const permissions = new Set(admin.ctx.permissions);
    permissions.delete("individual:income");
    const asked = { customerId, email: "x@larkspur.test", role: "employee", connectionId, individualId };
    await expect(grantRole({ ...admin.ctx, permissions }, asked)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect(await grantRole(admin.ctx, asked)).toMatchObject({ granted: true });
  });

  it("who administers some connections gives roles for these only", async () => {
    const { customerId, connectionId, admin } = await newTeam(sql());
    const second = await createTestConnection(sql(), { customerId });
    const scope = { ...admin.ctx.scope, connectionIds: [connectionId] };
    const limited = { ...admin.ctx, scope };
    const asked = { customerId, email: "x@larkspur.test", role: "hr_viewer" };
    await expect(grantRole(limited, asked)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(grantRole(limited, { ...asked, connectionId: second.id })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect(await grantRole(limited, { ...asked, connectionId })).toMatchObject({ granted: true });
  });

  it("a role taken away after the request began gives nothing any more", async () => {
    const { customerId, admin } = await newTeam(sql());
    await newPerson(sql(), customerId);
    await sql()`delete from user_roles where user_id = ${admin.userId}`;
    const asked = { customerId, email: "late@larkspur.test", role: "employer_admin" };
    await expect(grantRole(admin.ctx, asked)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("staff", () => {
  it("give any role at any employer, in the employer's own chain", async () => {
    const { customerId } = await newTeam(sql());
    const staff = await newStaff(sql(), "staff_admin");
    const email = "second@larkspur.test";
    const { userId } = await grantRole(staff, { customerId, email, role: "employer_admin" });
    expect(await auditOf(sql(), customerId, userId)).toMatchObject([{ action: "role.grant" }]);
    const unknown = { customerId: crypto.randomUUID(), email, role: "employer_admin" };
    await expect(grantRole(staff, unknown)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("give no role behind the backs of those who administer the place", async () => {
    const { admin, customerId } = await newTeam(sql());
    const staff = await newStaff(sql(), "staff_admin");
    const email = `puppet-${customerId}@larkspur.test`;
    const asked = { customerId, email, role: "employer_admin" };
    const { userId } = await grantRole(staff, asked);
    await grantRole(staff, asked);
    const told = async () =>
      (await mailsTo(sql(), admin.email)).map(({ template, parameters }) => [template, parameters]);
    const actorId = staff.actor.kind === "user" ? staff.actor.userId : null;
    const facts = { customerId, actorId, subjectId: userId, roleLabel: "Employer admin" };
    expect(await told()).toEqual([["staff-gave-role", facts]]);
    // What a team does itself, it knows.
    await grantRole(admin.ctx, { customerId, email: `own-${email}`, role: "hr_viewer" });
    expect(await told()).toHaveLength(1);
  });

  it("who make other staff are seen by the rest of them", async () => {
    const [colleague, staff] = [
      await createTestUser(sql(), { role: "staff_admin" }),
      await newStaff(sql(), "staff_admin"),
    ];
    const who = { issuer: "https://login.perch.test/", subject: "00u9", role: "staff_admin" as const };
    const { userId } = await addStaff(staff, who);
    expect(await mailsTo(sql(), colleague.email)).toMatchObject([
      { template: "staff-gave-role", parameters: { customerId: platformCustomerId, subjectId: userId } },
    ]);
  });

  it("are no news to an employer that has nobody yet", async () => {
    const customer = await createTestCustomer(sql());
    const staff = await newStaff(sql(), "staff_admin");
    const email = `first-${customer.id}@larkspur.test`;
    await grantRole(staff, { customerId: customer.id, email, role: "employer_admin" });
    expect((await mailsTo(sql(), email)).map(({ template }) => template)).toEqual(["role-granted"]);
  });

  it("of the identity provider are known by issuer and subject, once", async () => {
    const staff = await newStaff(sql(), "staff_admin");
    const who = { issuer: "https://login.perch.test/", subject: "00u1", role: "staff_support" as const };
    const first = await addStaff(staff, { ...who, name: "Sam Porter" });
    const again = await addStaff(staff, who);
    expect([first.granted, again.granted, again.userId]).toEqual([true, false, first.userId]);
    const other = await addStaff(staff, { ...who, issuer: "https://other.perch.test/" });
    expect(other.userId).not.toBe(first.userId);
    expect(await grantsOf(first.userId)).toMatchObject([
      { role: "staff_support", customerId: platformCustomerId },
    ]);
    expect(await auditOf(sql(), platformCustomerId, first.userId)).toHaveLength(1);
  });

  it("are made by those who may make staff, with a second factor", async () => {
    const { admin } = await newTeam(sql());
    const support = await newStaff(sql(), "staff_support");
    const staff = await newStaff(sql(), "staff_admin");
    const who = { issuer: "https://login.perch.test/", subject: "00u2", role: "staff_admin" as const };
    for (const ctx of [support, admin.ctx])
      await expect(addStaff(ctx, who)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(addStaff({ ...staff, steppedUpAt: null }, who)).rejects.toMatchObject({
      code: "STEP_UP_REQUIRED",
    });
    for (const wrong of [
      { issuer: "login.perch.test" },
      { issuer: "http://login.perch.test" },
      { subject: "" },
    ])
      await expect(addStaff(staff, { ...who, ...wrong })).rejects.toThrow();
    const platform = { customerId: null, email: "x@perch.test", role: "staff_admin" };
    await expect(grantRole(admin.ctx, platform)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(grantRole(staff, { ...platform, role: "hr_viewer" })).rejects.toMatchObject({
      code: "INVALID",
    });
    expect(await grantRole(staff, platform)).toMatchObject({ granted: true });
  });

  it("need no second factor at the command line, which is audited as the installation", async () => {
    const { customerId } = await newTeam(sql());
    const actor = { kind: "system" as const, name: "perch user:grant" };
    const ctx = roleContext({ actor, scope: { kind: "platform" }, role: "staff_admin" });
    const asked = { customerId, email: "cli@larkspur.test", role: "employer_admin" };
    const { userId } = await grantRole(ctx, asked);
    expect(await auditOf(sql(), customerId, userId)).toMatchObject([{ actor: "perch user:grant" }]);
  });
});
