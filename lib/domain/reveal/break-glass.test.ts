import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "@/db/client";
import { createTestUser } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { breakGlassSsn } from "./break-glass-ssn";
import { getBreakGlass } from "./get-break-glass";
import { RevealWorld, ssnOf, type SealedEmployer } from "./testing";

const world = new RevealWorld(useTestDatabase());
const reason = "Payroll cannot file before midnight";
let acme: SealedEmployer;

beforeAll(async () => {
  acme = await world.addEmployer(3);
});
afterAll(closeDatabase);

const input = (employer: SealedEmployer, at = 0) => ({
  customerId: employer.customerId,
  individualId: employer.people[at] ?? "",
  reason,
  name: nameOf(employer, at),
});
/** As the factory names them. */
const nameOf = ({ people }: SealedEmployer, at: number) =>
  `First0000${at + 1} Last0000${(at + 1) % people.length}`;

describe("break-glass", () => {
  it("opens one SSN, in the audit of the employer, and its administrators get a mail at once", async () => {
    const employer = await world.addEmployer(2);
    const admins = await Promise.all(
      [1, 2].map(() =>
        createTestUser(world.sql(), { role: "employer_admin", customerId: employer.customerId }),
      ),
    );
    const staff = await world.asStaff("staff_admin");
    const individualId = employer.people[1] ?? "";
    const view = await breakGlassSsn(staff, {
      ...input(employer, 1),
      name: ` ${nameOf(employer, 1).toUpperCase()} `,
    });
    expect(view).toEqual({ value: ssnOf(1), visibleSeconds: 60 });
    expect(await world.audit(employer.customerId)).toEqual([
      {
        action: "sealed_value.break_glass",
        actor_id: staff.userId,
        target_type: "individuals",
        target_id: individualId,
        details: { kind: "ssn", reason },
      },
    ]);
    const mails = await world.mails("break-glass");
    expect(mails.map(({ recipient }) => recipient).sort()).toEqual(admins.map(({ email }) => email).sort());
    expect(mails[0]?.parameters).toEqual({
      customerId: employer.customerId,
      individualId,
      actorId: staff.userId,
      reason,
    });
  });

  it("is refused to support and to the employer's own administrator", async () => {
    const admin = await world.as("employer_admin", acme.customerId);
    for (const ctx of [await world.asStaff("staff_support"), admin]) {
      await expect(breakGlassSsn(ctx, input(acme))).rejects.toMatchObject({ code: "FORBIDDEN" });
      await expect(getBreakGlass(ctx, { customerId: acme.customerId })).rejects.toMatchObject({
        code: "FORBIDDEN",
      });
    }
    expect(await world.audit(acme.customerId)).toEqual([]);
  });

  it("wants the second factor, the person's typed name and a reason of some length", async () => {
    const staff = await world.asStaff("staff_admin");
    const late = { ...staff, steppedUpAt: null };
    await expect(breakGlassSsn(late, input(acme))).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
    const wrong = breakGlassSsn(staff, { ...input(acme), name: nameOf(acme, 1) });
    await expect(wrong).rejects.toMatchObject({ code: "INVALID", field: "name" });
    const short = breakGlassSsn(staff, { ...input(acme), reason: "they asked for it" });
    await expect(short).rejects.toMatchObject({ issues: [{ path: ["reason"] }] });
    expect(await world.audit(acme.customerId)).toEqual([]);
  });

  it("names a person together with the employer: elsewhere there is no such person", async () => {
    const other = await world.addEmployer(1);
    const staff = await world.asStaff("staff_admin");
    const mixed = { ...input(other), customerId: acme.customerId };
    await expect(breakGlassSsn(staff, mixed)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("opens nothing without the role in the database, and nothing of a disconnected provider", async () => {
    const staff = await world.asStaff("staff_admin");
    await world.sql()`delete from user_roles where user_id = ${staff.userId}`;
    await expect(breakGlassSsn(staff, input(acme))).rejects.toMatchObject({ code: "NOT_FOUND" });
    const gone = await world.addEmployer(1);
    await world.sql()`update connections set disconnected_at = now() where id = ${gone.connection.id}`;
    const asked = breakGlassSsn(await world.asStaff("staff_admin"), input(gone));
    await expect(asked).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await world.mails("break-glass").then((mails) => mails.length)).toBe(2);
  });

  it("counts on the same limits as a reveal", async () => {
    const employer = await world.addEmployer(1);
    const staff = await world.asStaff("staff_admin");
    for (let count = 0; count < 20; count += 1) await breakGlassSsn(staff, input(employer));
    await expect(breakGlassSsn(staff, input(employer))).rejects.toMatchObject({ code: "RATE_LIMITED" });
  });
});

describe("the page of break-glass", () => {
  it("finds employers, then people by name, and says whether an SSN is held", async () => {
    const staff = await world.asStaff("staff_admin");
    const { employers } = await getBreakGlass(staff, {});
    expect(employers.map(({ id }) => id)).toContain(acme.customerId);
    const { employer, people } = await getBreakGlass(staff, {
      customerId: acme.customerId,
      personSearch: "first00002",
    });
    expect(employer?.id).toBe(acme.customerId);
    expect(people).toEqual([
      { id: acme.people[1], name: nameOf(acme, 1), providerName: "Gusto", isActive: true, ssnHeld: true },
    ]);
  });

  it("lists nobody before a name is given, and nobody by one letter", async () => {
    const staff = await world.asStaff("staff_admin");
    for (const personSearch of ["", " ", "f"])
      expect((await getBreakGlass(staff, { customerId: acme.customerId, personSearch })).people).toBeNull();
  });

  it("takes no wildcard, and nobody of another employer", async () => {
    const staff = await world.asStaff("staff_admin");
    const other = await world.addEmployer(1);
    const found = await getBreakGlass(staff, {
      customerId: acme.customerId,
      personSearch: "%%",
      individualId: other.people[0] ?? null,
    });
    expect(found).toMatchObject({ people: [], person: null });
  });
});
