import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { grantTestRole } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { sha256 } from "@/lib/crypto";
import { useUpLimit } from "@/lib/domain/limits/testing";
import { auditOf, mailsTo, newCustomRole, newPerson, newStaff, newTeam } from "@/lib/domain/team/testing";
import { testContext } from "@/lib/domain/testing";
import { acceptInvitation } from "./accept-invitation";
import { endEmployeeAccess } from "./end-employee-access";
import { getEmployeeAccess } from "./get-employee-access";
import { getInvitation } from "./get-invitation";
import { inviteEmployee, resendInvitation } from "./invite-employee";
import { revokeInvitation } from "./revoke-invitation";
import { invitationToken } from "./secrets";
import { another, newestInvitation, newInvitation, rolesAt } from "./testing";

const database = useTestDatabase();
const sql = () => database().sql("superuser");

beforeAll(() => configureDatabase({ url: database().urls.app }));
afterAll(closeDatabase);

const email = "ada@home.test";
const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "done",
    (error: unknown) => (error instanceof Error ? Reflect.get(error, "code") : error) as string,
  );
const isOpen = async (token: string) => (await getInvitation(token, null)).state === "open";

describe("inviting an employee", () => {
  it("mails a link to the typed address, and gives nobody a role by itself", async () => {
    const team = await newTeam(sql());
    const { individualId, customerId, connectionId, admin } = team;
    const { expiresAt } = await inviteEmployee(admin.ctx, { individualId, email: " Ada@Home.TEST " });
    expect(Math.round((expiresAt.getTime() - Date.now()) / 3_600_000)).toBe(72);
    const { invitationId, token } = await newestInvitation(sql(), individualId);
    expect((await mailsTo(sql(), email)).map(({ template, parameters }) => [template, parameters])).toEqual([
      ["invitation", { customerId, invitationId }],
    ]);
    expect(await rolesAt(sql(), customerId)).toEqual([]);
    expect(await sql()`select id from users where email = ${email}`).toHaveLength(0);
    expect(await auditOf(sql(), customerId, individualId)).toEqual([
      {
        action: "invitation.send",
        actor: admin.userId,
        details: { email, connectionId, invitationId },
      },
    ]);
    expect(await getEmployeeAccess(admin.ctx, { individualId })).toMatchObject({
      accounts: [],
      pending: { id: invitationId, email, expired: false },
    });
    expect(await isOpen(token)).toBe(true);
  });

  it("keeps the link's secret nowhere: the database holds its hash, the mail is written when it is sent", async () => {
    const { token, invitationId } = await newInvitation(sql());
    expect(token).toMatch(/^[\w-]{43}$/);
    const tables = await sql()<{ name: string }[]>`
      select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('public', 'graphile_worker')`;
    expect(tables.length).toBeGreaterThan(50);
    for (const { name } of tables) {
      const schema = name.startsWith("_private") || name === "migrations" ? "graphile_worker" : "public";
      const rows = await sql()`
        select 1 from ${sql()(schema)}.${sql()(name)} t where strpos(t::text, ${token}) > 0`;
      expect(rows, name).toHaveLength(0);
    }
    const [lookup] = await sql()`select hash from lookups where row_id = ${invitationId}`;
    expect(lookup).toEqual({ hash: sha256(`invitation ${token}`) });
  });

  it("refuses everybody who may not, and finds nobody of another employer's", async () => {
    const [team, other] = [await newTeam(sql()), await newTeam(sql())];
    const { individualId, customerId } = team;
    const viewer = await newPerson(sql(), customerId, "hr_viewer");
    const payroll = await newPerson(sql(), customerId, "payroll_manager");
    const staff = await newStaff(sql(), "staff_admin");
    const support = await newStaff(sql(), "staff_support");
    const scope = { kind: "customer" as const, customerId, connectionIds: "all" as const };
    const asked = { individualId, email };
    for (const ctx of [viewer.ctx, payroll.ctx, { ...staff, scope }, { ...support, scope }, staff])
      expect(await codeOf(inviteEmployee(ctx, asked)), ctx.role).toBe("FORBIDDEN");
    expect(await codeOf(inviteEmployee(other.admin.ctx, asked))).toBe("NOT_FOUND");
    const tired = { ...team.admin.ctx, steppedUpAt: null };
    expect(await codeOf(inviteEmployee(tired, asked))).toBe("STEP_UP_REQUIRED");
    const elsewhere = testContext("employer_admin", customerId, {
      userId: team.admin.userId,
      connectionIds: [other.connectionId],
    });
    expect(await codeOf(inviteEmployee(elsewhere, asked))).toBe("NOT_FOUND");
    for (const wrong of ["", "ada", "ada@home.test, eve@home.test", "x@staff.invalid"])
      expect(await codeOf(inviteEmployee(team.admin.ctx, { individualId, email: wrong }))).not.toBe("done");
    expect(await sql()`select id from invitations where individual_id = ${individualId}`).toHaveLength(0);
    expect(
      await mailsTo(sql(), email).then((mails) =>
        mails.filter((m) => m.parameters["customerId"] === customerId),
      ),
    ).toEqual([]);
  });

  it("refuses whoever could show more than they see themselves", async () => {
    const { customerId, individualId } = await newTeam(sql());
    const name = `inviter-${crypto.randomUUID().slice(0, 6)}`;
    await newCustomRole(sql(), customerId, { name, permissions: ["individual:read", "employee:invite"] });
    const person = await newPerson(sql(), customerId, "hr_viewer");
    await sql()`update user_roles set role = ${name} where user_id = ${person.userId}`;
    const permissions = new Set(["individual:read", "employee:invite"] as const);
    const ctx = { ...person.ctx, permissions, grants: { ...person.ctx.grants, team: true } };
    expect(await codeOf(inviteEmployee(ctx, { individualId, email }))).toBe("FORBIDDEN");
  });

  it("does not invite an address that has access, somebody who left, or through a closed connection", async () => {
    const { admin, customerId, connectionId, individualId } = await newTeam(sql());
    const holder = await newPerson(sql(), customerId, "payroll_manager");
    await grantTestRole(sql(), {
      userId: holder.userId,
      role: "employee",
      customerId,
      connectionId,
      individualId,
    });
    const invite = (address: string) => codeOf(inviteEmployee(admin.ctx, { individualId, email: address }));
    expect(await invite(holder.email)).toBe("CONFLICT");
    await sql()`update individuals set deleted_at = now() where id = ${individualId}`;
    expect(await invite(email)).toBe("NOT_FOUND");
    await sql()`update individuals set deleted_at = null where id = ${individualId}`;
    await sql()`update connections set disconnected_at = now() where id = ${connectionId}`;
    expect(await invite(email)).toBe("NOT_FOUND");
  });

  it("mails one address five times a day at most, whoever asks", async () => {
    const { admin, customerId, individualId } = await newTeam(sql());
    await useUpLimit(sql(), "invitation", `${customerId} often@home.test`);
    expect(await codeOf(inviteEmployee(admin.ctx, { individualId, email: "often@home.test" }))).toBe(
      "RATE_LIMITED",
    );
    expect(await codeOf(inviteEmployee(admin.ctx, { individualId, email }))).toBe("done");
  });
});

describe("an invitation that is out", () => {
  it("ends when the person is invited anew, and a new link takes its place", async () => {
    const first = await newInvitation(sql());
    await inviteEmployee(first.admin.ctx, { individualId: first.individualId, email: "right@home.test" });
    const second = await newestInvitation(sql(), first.individualId);
    expect([await isOpen(first.token), await isOpen(second.token)]).toEqual([false, true]);
    expect(await acceptInvitation({ token: first.token }, null)).toEqual({ state: "over" });
    await sql()`update invitations set expires_at = now() - interval '1 hour' where id = ${second.invitationId}`;
    expect(await isOpen(second.token)).toBe(false);
    const { individualId, admin } = first;
    expect((await getEmployeeAccess(admin.ctx, { individualId })).pending).toMatchObject({ expired: true });
    await resendInvitation(admin.ctx, { invitationId: second.invitationId });
    const third = await newestInvitation(sql(), individualId);
    expect(third.token).not.toBe(second.token);
    expect(await isOpen(third.token)).toBe(true);
    expect(
      (await mailsTo(sql(), "right@home.test")).filter(
        ({ parameters }) => parameters["invitationId"] === third.invitationId,
      ),
    ).toHaveLength(1);
    expect(await codeOf(resendInvitation(admin.ctx, { invitationId: first.invitationId }))).toBe("NOT_FOUND");
    // Whoever looks at an older line must not believe that the new link ended with it.
    expect(await codeOf(revokeInvitation(admin.ctx, { invitationId: second.invitationId }))).toBe("CONFLICT");
    expect(await isOpen(third.token)).toBe(true);
  });

  it("is taken back once; its link opens nothing from then on", async () => {
    const { admin, customerId, individualId, invitationId, token } = await newInvitation(sql());
    expect(await revokeInvitation(admin.ctx, { invitationId })).toEqual({ revoked: true });
    expect(await revokeInvitation(admin.ctx, { invitationId })).toEqual({ revoked: false });
    expect(await acceptInvitation({ token }, null)).toEqual({ state: "over" });
    expect(await getInvitation(token, null)).toEqual({ state: "over" });
    expect((await getEmployeeAccess(admin.ctx, { individualId })).pending).toBeNull();
    const actions = (await auditOf(sql(), customerId, individualId)).map(({ action }) => action);
    expect(actions).toEqual(["invitation.send", "invitation.revoke"]);
  });

  it("is resent and taken back by nobody else", async () => {
    const { customerId, invitationId, individualId, token, admin } = await newInvitation(sql());
    const stranger = (await newTeam(sql())).admin.ctx;
    const viewer = (await newPerson(sql(), customerId, "hr_viewer")).ctx;
    const tired = { ...admin.ctx, steppedUpAt: null };
    for (const verb of [resendInvitation, revokeInvitation]) {
      expect(await codeOf(verb(stranger, { invitationId }))).toBe("NOT_FOUND");
      expect(await codeOf(verb(viewer, { invitationId }))).toBe("FORBIDDEN");
      expect(await codeOf(verb(tired, { invitationId }))).toBe("STEP_UP_REQUIRED");
    }
    expect(await codeOf(getEmployeeAccess(viewer, { individualId }))).toBe("FORBIDDEN");
    expect(await codeOf(getEmployeeAccess(stranger, { individualId }))).toBe("NOT_FOUND");
    expect(await isOpen(token)).toBe(true);
    expect(invitationToken(invitationId)).toBe(token);
  });
});

describe("the access of an employee", () => {
  it("ends for the one person, and leaves the account's other persons and roles", async () => {
    const {
      admin,
      customerId,
      connectionId,
      individualId,
      token,
      email: address,
    } = await newInvitation(sql());
    await acceptInvitation({ token }, null);
    const more = await another(sql(), { customerId, connectionId });
    await inviteEmployee(more.admin.ctx, { individualId: more.individualId, email: address });
    const { token: second } = await newestInvitation(sql(), more.individualId);
    await acceptInvitation({ token: second }, null);
    expect(await rolesAt(sql(), customerId)).toHaveLength(2);
    const { accounts } = await getEmployeeAccess(admin.ctx, { individualId });
    expect(accounts).toMatchObject([{ email: address }]);
    const userId = accounts[0]?.userId ?? "";
    const viewer = (await newPerson(sql(), customerId, "hr_viewer")).ctx;
    const stranger = (await newTeam(sql())).admin.ctx;
    expect(await codeOf(endEmployeeAccess(viewer, { individualId, userId }))).toBe("FORBIDDEN");
    expect(await endEmployeeAccess(stranger, { individualId, userId })).toEqual({ ended: false });
    expect(await endEmployeeAccess(admin.ctx, { individualId, userId })).toEqual({ ended: true });
    expect(await endEmployeeAccess(admin.ctx, { individualId, userId })).toEqual({ ended: false });
    expect(await rolesAt(sql(), customerId)).toEqual([
      { email: address, connectionId, individualId: more.individualId },
    ]);
    expect((await mailsTo(sql(), address)).map(({ template }) => template)).toContain("role-removed");
    expect((await auditOf(sql(), customerId, userId)).map(({ action }) => action)).toEqual(["role.revoke"]);
  });
});
