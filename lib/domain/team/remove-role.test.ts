import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase, inSystem } from "@/db/client";
import { listGrants } from "@/db/repositories/grants";
import { createTestUser } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { platformCustomerId } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import { useUpLimit } from "@/lib/domain/limits/testing";
import { removeRole } from "./remove-role";
import { auditOf, mailsTo, newCustomRole, newPerson, newStaff, newTeam, type Person } from "./testing";

const database = useTestDatabase();
const sql = () => database().sql("superuser");
const grantsOf = (userId: string) => inSystem((tx) => listGrants(tx, userId));

beforeAll(() => configureDatabase({ url: database().urls.app, max: 20 }));
afterAll(closeDatabase);

const adminsOf = async (customerId: string) => {
  const rows =
    await sql()`select user_id from user_roles where customer_id = ${customerId} and role like '%_admin'`;
  return rows.length;
};

describe("taking a role", () => {
  it("counts at once, once, and the person is told", async () => {
    const { admin, customerId } = await newTeam(sql());
    const viewer = await newPerson(sql(), customerId, "hr_viewer");
    const asked = { customerId, userId: viewer.userId, role: "hr_viewer" };
    expect(await removeRole(admin.ctx, asked)).toEqual({ removed: true });
    expect(await removeRole(admin.ctx, asked)).toEqual({ removed: false });
    expect(await grantsOf(viewer.userId)).toEqual([]);
    expect(await mailsTo(sql(), viewer.email)).toMatchObject([
      { template: "role-removed", parameters: { roleLabel: "HR viewer", actorId: admin.userId } },
    ]);
    expect(await auditOf(sql(), customerId, viewer.userId)).toMatchObject([
      { action: "role.revoke", actor: admin.userId, details: { role: "hr_viewer" } },
    ]);
  });

  it("is limited by the hour for each person, since each one mails somebody", async () => {
    const { admin, customerId } = await newTeam(sql());
    const [viewer, colleague] = [
      await newPerson(sql(), customerId, "hr_viewer"),
      await newPerson(sql(), customerId),
    ];
    const asked = { customerId, userId: viewer.userId, role: "hr_viewer" };
    await useUpLimit(sql(), "team", admin.userId);
    await expect(removeRole(admin.ctx, asked)).rejects.toMatchObject({ code: "RATE_LIMITED" });
    expect(await grantsOf(viewer.userId)).toHaveLength(1);
    expect(await removeRole(colleague.ctx, asked)).toEqual({ removed: true });
  });

  it("is forbidden without the right, needs a second factor, and finds no other employer", async () => {
    const [mine, other] = [await newTeam(sql()), await newTeam(sql())];
    const { customerId, admin } = mine;
    const viewer = await newPerson(sql(), customerId, "hr_viewer");
    const asked = { customerId, userId: admin.userId, role: "employer_admin" };
    await expect(removeRole(viewer.ctx, asked)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(removeRole(other.admin.ctx, asked)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(
      removeRole({ ...admin.ctx, steppedUpAt: null }, { ...asked, userId: viewer.userId, role: "hr_viewer" }),
    ).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
    // A role that the same person holds elsewhere is not touched by naming this employer.
    expect(
      await removeRole(admin.ctx, { customerId, userId: other.admin.userId, role: "employer_admin" }),
    ).toEqual({ removed: false });
    expect(await adminsOf(other.customerId)).toBe(1);
  });

  it("takes no role that one could not give", async () => {
    const { admin, customerId } = await newTeam(sql());
    await newPerson(sql(), customerId);
    await newCustomRole(sql(), customerId, { name: "lead", permissions: ["team:read", "team:manage"] });
    const lead = await createTestUser(sql(), { customerId, role: "lead" });
    const held = new Set(["team:read", "team:manage"] as const);
    const actor = { kind: "user" as const, userId: lead.id, email: lead.email, name: null };
    const ctx = { ...admin.ctx, actor, permissions: held };
    const asked = { customerId, userId: admin.userId, role: "employer_admin" };
    await expect(removeRole(ctx, asked)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await removeRole(ctx, { customerId, userId: lead.id, role: "lead" })).toEqual({ removed: true });
  });
});

describe("the last administrator", () => {
  it("stays, whoever asks, and the answer says what to do", async () => {
    const { admin, customerId } = await newTeam(sql());
    const staff = await newStaff(sql(), "staff_admin");
    const asked = { customerId, userId: admin.userId, role: "employer_admin" };
    await expect(removeRole(admin.ctx, asked)).rejects.toMatchObject({
      code: "CONFLICT",
      message: "You are the last employer admin of this employer. Make somebody else employer admin first.",
    });
    await expect(removeRole(staff, asked)).rejects.toMatchObject({ code: "CONFLICT" });
    expect([await adminsOf(customerId), await mailsTo(sql(), admin.email)]).toEqual([1, []]);
    await newPerson(sql(), customerId);
    expect(await removeRole(admin.ctx, asked)).toEqual({ removed: true });
  });

  it("is not replaced by a disabled one", async () => {
    const { admin, customerId } = await newTeam(sql());
    const disabled = await newPerson(sql(), customerId);
    await sql()`update users set disabled_at = now() where id = ${disabled.userId}`;
    const asked = { customerId, userId: admin.userId, role: "employer_admin" };
    await expect(removeRole(admin.ctx, asked)).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await removeRole(admin.ctx, { ...asked, userId: disabled.userId })).toEqual({ removed: true });
  });

  it("of the platform stays too; support may go", async () => {
    await sql()`delete from user_roles where customer_id = ${platformCustomerId}`;
    const [ada, support] = [await newStaff(sql(), "staff_admin"), await newStaff(sql(), "staff_support")];
    const idOf = (ctx: typeof ada) => (ctx.actor.kind === "user" ? ctx.actor.userId : "");
    const asked = { customerId: null, userId: idOf(ada), role: "staff_admin" };
    await expect(removeRole(ada, asked)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(removeRole(support, asked)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await removeRole(ada, { customerId: null, userId: idOf(support), role: "staff_support" })).toEqual(
      { removed: true },
    );
    expect(await auditOf(sql(), platformCustomerId, idOf(support))).toMatchObject([
      { action: "role.revoke" },
    ]);
  });

  const settle = async (work: Promise<{ removed: boolean }>[]) => {
    const codes = (await Promise.allSettled(work)).map((result) => {
      if (result.status === "fulfilled") return result.value.removed ? "removed" : "was gone";
      return result.reason instanceof DomainError ? result.reason.code : String(result.reason);
    });
    return [...new Set(codes)].sort();
  };

  it("is left by administrators who all remove each other at once", async () => {
    const { admin, customerId } = await newTeam(sql());
    const others = await Promise.all(Array.from({ length: 5 }, () => newPerson(sql(), customerId)));
    const team: Person[] = [admin, ...others];
    const work = team.flatMap((from) =>
      team
        .filter((person) => person !== from)
        .map(({ userId }) => removeRole(from.ctx, { customerId, userId, role: "employer_admin" })),
    );
    // Whoever comes first removes others, who then may no longer; whether somebody was gone already is chance.
    expect((await settle(work)).filter((code) => code !== "was gone")).toEqual(["FORBIDDEN", "removed"]);
    expect(await adminsOf(customerId)).toBe(1);
  });

  it("is left by many removals of the same two at once", async () => {
    const { admin, customerId } = await newTeam(sql());
    const second = await newPerson(sql(), customerId);
    const staff = await newStaff(sql(), "staff_admin");
    const work = Array.from({ length: 20 }, (_, n) =>
      removeRole(staff, {
        customerId,
        userId: n % 2 ? admin.userId : second.userId,
        role: "employer_admin",
      }),
    );
    expect(await settle(work)).toEqual(["CONFLICT", "removed", "was gone"]);
    expect(await adminsOf(customerId)).toBe(1);
  });
});
