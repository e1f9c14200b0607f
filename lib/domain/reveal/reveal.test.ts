import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { createTestUser } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { testPlatformContext } from "@/lib/domain/testing";
import { revealBankNumber } from "./reveal-bank-number";
import { revealSsn } from "./reveal-ssn";
import { accountNumber, RevealWorld, routingNumber, ssnOf, type SealedEmployer } from "./testing";

const world = new RevealWorld(useTestDatabase());
const reason = "Correcting a tax form";
let acme: SealedEmployer;

beforeAll(async () => {
  acme = await world.addEmployer(3);
});
afterAll(closeDatabase);

const personOf = (employer: SealedEmployer, at = 0) => employer.people[at] ?? "";
const bankOf = (employer: SealedEmployer, number: "account" | "routing" = "account") => ({
  connectionId: employer.connection.id,
  companyId: employer.companyId,
  ordinal: 0,
  number,
  reason,
});

describe("an SSN", () => {
  it("opens for an administrator with a reason, and the audit says who, whose, what and why", async () => {
    const admin = await world.as("employer_admin", acme.customerId);
    const view = await revealSsn(admin, { individualId: personOf(acme, 1), reason: `  ${reason}\n ` });
    expect(view).toEqual({ value: ssnOf(1), visibleSeconds: 60 });
    expect((await world.audit(acme.customerId)).at(-1)).toEqual({
      action: "sealed_value.reveal",
      actor_id: admin.userId,
      target_type: "individuals",
      target_id: personOf(acme, 1),
      details: { kind: "ssn", reason },
    });
  });

  it.each(["payroll_manager", "hr_viewer"] as const)("is refused to a %s", async (role) => {
    const ctx = await world.as(role, acme.customerId);
    const before = await world.audit(acme.customerId);
    const asked = revealSsn(ctx, { individualId: personOf(acme), reason });
    await expect(asked).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await world.audit(acme.customerId)).toEqual(before);
  });

  it("is refused to an employee, the own one too, and to staff", async () => {
    const employee = await world.as("employee", acme.customerId, { connectionIds: [acme.connection.id] });
    const input = { individualId: personOf(acme), reason };
    await expect(revealSsn(employee, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    for (const role of ["staff_admin", "staff_support"] as const) {
      const scope = { kind: "customer" as const, customerId: acme.customerId, connectionIds: "all" as const };
      const asked = revealSsn({ ...testPlatformContext(role), scope }, input);
      await expect(asked).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
  });

  it("of another employer does not exist", async () => {
    const other = await world.addEmployer(1);
    const admin = await world.as("employer_admin", acme.customerId);
    const asked = revealSsn(admin, { individualId: personOf(other), reason });
    await expect(asked).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await world.audit(other.customerId)).toEqual([]);
  });

  it("of another connection does not exist for who is limited to one", async () => {
    const second = await world.addConnection(acme.customerId, 1);
    const limited = await world.as("employer_admin", acme.customerId, {
      connectionIds: [second.connection.id],
    });
    const mine = await revealSsn(limited, { individualId: personOf(second), reason });
    expect(mine.value).toBe(ssnOf(0));
    const theirs = revealSsn(limited, { individualId: personOf(acme), reason });
    await expect(theirs).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("of a disconnected connection, and of one that lost the product, does not exist", async () => {
    const gone = await world.addEmployer(1);
    const admin = await world.as("employer_admin", gone.customerId);
    const ask = () => revealSsn(admin, { individualId: personOf(gone), reason });
    await world.sql()`update connections set products = '{directory,individual}' where id = ${gone.connection.id}`;
    await expect(ask()).rejects.toMatchObject({ code: "NOT_FOUND" });
    await world.sql()`update connections set products = '{ssn}', disconnected_at = now() where id = ${gone.connection.id}`;
    await expect(ask()).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await world.audit(gone.customerId)).toEqual([]);
  });

  it("asks for a second factor of the last ten minutes", async () => {
    for (const steppedUpAt of [null, new Date(Date.now() - 601_000)]) {
      const admin = await world.as("employer_admin", acme.customerId, { steppedUpAt });
      const asked = revealSsn(admin, { individualId: personOf(acme), reason });
      await expect(asked).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
    }
  });

  it.each([
    ["too short", "because"],
    ["only spaces", "          "],
    ["too long", "x".repeat(301)],
    ["an SSN in it", "check 123-45-6789 please"],
    ["an SSN in full-width digits", "check １２３-４５-６７８９ please"],
    ["an SSN parted by dashes of another kind", "check 123–45–6789 please"],
    ["a direction character", "audit\u202Eelpoep rof"],
  ])("is not opened for a reason that is %s", async (_what, given) => {
    const admin = await world.as("employer_admin", acme.customerId);
    const asked = revealSsn(admin, { individualId: personOf(acme), reason: given });
    await expect(asked).rejects.toMatchObject({ issues: [{ path: ["reason"] }] });
  });

  it("stays closed where only the Context says yes: the database asks for the role itself", async () => {
    const admin = await world.as("employer_admin", acme.customerId);
    await world.sql()`delete from user_roles where user_id = ${admin.userId}`;
    const before = await world.audit(acme.customerId);
    const asked = revealSsn(admin, { individualId: personOf(acme), reason });
    await expect(asked).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await world.audit(acme.customerId)).toEqual(before);
  });
});

describe("a bank number", () => {
  it("opens account and routing number apart, each with a row of its own", async () => {
    const admin = await world.as("employer_admin", acme.customerId);
    expect((await revealBankNumber(admin, bankOf(acme))).value).toBe(accountNumber);
    expect((await revealBankNumber(admin, bankOf(acme, "routing"))).value).toBe(routingNumber);
    expect((await world.audit(acme.customerId)).slice(-2)).toMatchObject(
      ["account", "routing"].map((kind) => ({
        action: "sealed_value.reveal",
        target_type: "companies",
        target_id: acme.companyId,
        details: { kind, ordinal: 0, reason },
      })),
    );
  });

  it.each(["payroll_manager", "hr_viewer"] as const)("is refused to a %s", async (role) => {
    const ctx = await world.as(role, acme.customerId);
    await expect(revealBankNumber(ctx, bankOf(acme))).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("of another employer, another connection or another place in the list does not exist", async () => {
    const other = await world.addEmployer(1);
    const second = await world.addConnection(acme.customerId, 1);
    const admin = await world.as("employer_admin", acme.customerId);
    for (const wrong of [
      bankOf(other),
      { ...bankOf(acme), companyId: other.companyId },
      { ...bankOf(acme), connectionId: second.connection.id },
      { ...bankOf(acme), ordinal: 1 },
    ]) {
      await expect(revealBankNumber(admin, wrong)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });
});

describe("the audit row", () => {
  it("is committed before the value is read: a failing read leaves it", async () => {
    const employer = await world.addEmployer(1);
    const admin = await world.as("employer_admin", employer.customerId);
    const sql = world.sql();
    await sql.unsafe("revoke select on sealed_values from perch_reveal");
    try {
      const asked = revealSsn(admin, { individualId: personOf(employer), reason });
      await expect(asked).rejects.toThrow();
    } finally {
      await sql.unsafe("grant select on sealed_values to perch_reveal");
    }
    expect((await world.audit(employer.customerId)).map(({ action }) => action)).toEqual([
      "sealed_value.reveal",
    ]);
  });
});

describe("two SSN ciphertexts swapped between colleagues", () => {
  it("open for neither, with a clear sentence, no value, and a row in the audit", async () => {
    const employer = await world.addEmployer(2);
    const admin = await world.as("employer_admin", employer.customerId);
    await world.sql()`
      update sealed_values v set ciphertext = o.ciphertext, hmac = o.hmac from sealed_values o
      where v.customer_id = ${employer.customerId} and o.customer_id = v.customer_id and v.kind = 'ssn' and o.kind = 'ssn' and o.id <> v.id`;
    for (const individualId of employer.people) {
      const error: unknown = await revealSsn(admin, { individualId, reason }).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toMatchObject({ code: "CONFLICT" });
      expect(String(error)).toContain("sealed for somebody else");
      expect(JSON.stringify(error)).not.toMatch(/900-1/);
    }
    expect((await world.audit(employer.customerId)).map(({ action }) => action)).toEqual(
      Array(2).fill(["sealed_value.reveal", "sealed_value.refused"]).flat(),
    );
  });
});

describe("the limits", () => {
  it("stop the 21st opening of a person within an hour and tell administrators and staff once", async () => {
    const employer = await world.addEmployer(1);
    const admin = await world.as("employer_admin", employer.customerId);
    const staff = await createTestUser(world.sql(), { role: "staff_admin" });
    const ask = () => revealSsn(admin, { individualId: personOf(employer), reason });
    for (let count = 0; count < 20; count += 1) await ask();
    for (let count = 0; count < 3; count += 1)
      await expect(ask()).rejects.toMatchObject({ code: "RATE_LIMITED", message: /again in 60 minutes/ });
    const actions = (await world.audit(employer.customerId)).map(({ action }) => action);
    expect(actions.filter((action) => action === "sealed_value.reveal")).toHaveLength(20);
    expect(actions.filter((action) => action === "reveal.limit")).toHaveLength(1);
    const mails = (await world.mails("reveal-alert")).filter(
      ({ parameters }) => parameters["customerId"] === employer.customerId,
    );
    const of = (audience: string) => mails.filter(({ parameters }) => parameters["audience"] === audience);
    expect(of("employer")).toHaveLength(1);
    expect(of("staff").map(({ recipient }) => recipient)).toContain(staff.email);
    // An hour later it opens again.
    await world.sql()`update rate_limits set expire = expire - 3600000`;
    await expect(ask()).resolves.toMatchObject({ value: ssnOf(0) });
  });

  it("stop the 101st opening of an employer within a day, whoever asks, also at once", async () => {
    const employer = await world.addEmployer(1);
    const individualId = personOf(employer);
    const admins = await Promise.all(
      Array.from({ length: 6 }, () => world.as("employer_admin", employer.customerId)),
    );
    await configureDatabase({ url: world.database().urls.app });
    const outcomes = await Promise.all(
      admins.flatMap((admin) =>
        Array.from({ length: 18 }, () =>
          revealSsn(admin, { individualId, reason }).then(
            () => "opened",
            (error: unknown) => (error instanceof Error ? Reflect.get(error, "code") : "?"),
          ),
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === "opened")).toHaveLength(100);
    expect(outcomes.filter((outcome) => outcome === "RATE_LIMITED")).toHaveLength(8);
    const actions = (await world.audit(employer.customerId)).map(({ action }) => action);
    expect(actions.filter((action) => action === "reveal.limit")).toHaveLength(1);
  });
});
