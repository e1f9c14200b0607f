import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { accountNumber, RevealWorld, routingNumber, type SealedEmployer } from "@/lib/domain/reveal/testing";
import { getCompany } from "./get-company";

const world = new RevealWorld(useTestDatabase());
let acme: SealedEmployer;

beforeAll(async () => {
  acme = await world.addEmployer(1);
});
afterAll(closeDatabase);

const ask = async (role: "employer_admin" | "payroll_manager" | "hr_viewer") =>
  getCompany(await world.as(role, acme.customerId), { connectionId: acme.connection.id });

describe("a company", () => {
  it("shows an administrator the legal data and the last four of each number, no more", async () => {
    const part = await ask("employer_admin");
    expect(part).toMatchObject({
      kind: "shown",
      providerName: "Gusto",
      companies: [
        {
          id: acme.companyId,
          legalName: { kind: "value", value: "Larkspur Dental LLC" },
          ein: { kind: "value", value: "12-3456789" },
          phone: { kind: "none" },
          accounts: [
            {
              ordinal: 0,
              name: "Payroll",
              account: { lastFour: accountNumber.slice(-4), mayReveal: true },
              routing: { lastFour: routingNumber.slice(-4), mayReveal: true },
            },
            { ordinal: 1, name: null, account: null, routing: null },
          ],
        },
      ],
    });
    expect(JSON.stringify(part)).not.toMatch(new RegExp(`${accountNumber}|${routingNumber}`));
  });

  it.each(["payroll_manager", "hr_viewer"] as const)("shows a %s no account at all", async (role) => {
    const part = await ask(role);
    expect(part).toMatchObject({ companies: [{ ein: { kind: "value" }, accounts: null }] });
    expect(JSON.stringify(part)).not.toContain(accountNumber.slice(-4));
  });

  it("of another employer, or of a disconnected connection, does not exist", async () => {
    const other = await world.addEmployer(1);
    const admin = await world.as("employer_admin", acme.customerId);
    const foreign = getCompany(admin, { connectionId: other.connection.id });
    await expect(foreign).rejects.toMatchObject({ code: "NOT_FOUND" });
    await world.sql()`update connections set disconnected_at = now() where id = ${other.connection.id}`;
    const theirs = await world.as("employer_admin", other.customerId);
    const gone = getCompany(theirs, { connectionId: other.connection.id });
    await expect(gone).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is not for staff, who see connections and nothing of the employer's data", async () => {
    const staff = await world.asStaff("staff_admin");
    const scope = { kind: "customer" as const, customerId: acme.customerId, connectionIds: "all" as const };
    const asked = getCompany({ ...staff, scope }, { connectionId: acme.connection.id });
    await expect(asked).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("says that the product is missing, and that nothing was read yet", async () => {
    const lacking = await world.addEmployer(1, ["directory", "ssn"]);
    const admin = await world.as("employer_admin", lacking.customerId);
    const input = { connectionId: lacking.connection.id };
    expect(await getCompany(admin, input)).toEqual({ kind: "no_access", providerName: "Gusto" });
    await world.sql()`update connections set products = '{company}' where id = ${lacking.connection.id}`;
    await world.sql()`delete from companies where connection_id = ${lacking.connection.id}`;
    expect(await getCompany(admin, input)).toEqual({ kind: "syncing", providerName: "Gusto" });
  });
});
