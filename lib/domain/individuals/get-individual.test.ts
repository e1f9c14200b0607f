import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import {
  createTestConnection,
  createTestCustomer,
  createTestIndividuals,
  type TestConnection,
  type TestCustomer,
} from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import type { Role } from "@/lib/auth/permissions";
import { testContext, testPlatformContext } from "@/lib/domain/testing";
import { getIndividual } from "./get-individual";
import { getOwnIndividual } from "./get-own-individual";

const database = useTestDatabase();
let acme: TestCustomer;
let other: TestCustomer;
let gusto: TestConnection;
let paychex: TestConnection;
let gone: TestConnection;
let inGusto: string[];
let inPaychex: string[];
let inGone: string[];
let elsewhere: string[];

beforeAll(async () => {
  const sql = database().sql("superuser");
  acme = await createTestCustomer(sql);
  other = await createTestCustomer(sql);
  gusto = await createTestConnection(sql, { customerId: acme.id });
  paychex = await createTestConnection(sql, {
    customerId: acme.id,
    providerName: "Paychex",
    providerId: "paychex",
  });
  gone = await createTestConnection(sql, { customerId: acme.id, disconnected: true });
  const foreign = await createTestConnection(sql, { customerId: other.id });
  const people = (connection: TestConnection, count: number, offset = 0) =>
    createTestIndividuals(sql, {
      customerId: connection.customerId,
      connectionId: connection.id,
      count,
      offset,
    });
  inGusto = await people(gusto, 12);
  inPaychex = await people(paychex, 2, 100);
  inGone = await people(gone, 1, 200);
  elsewhere = await people(foreign, 1);
  await configureDatabase({ url: database().urls.app });
});
afterAll(closeDatabase);

/** Every text and number anywhere in a view. */
function leaves(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  if (typeof value === "object") return Object.values(value).flatMap(leaves);
  return [
    typeof value === "string"
      ? value
      : (JSON.stringify(value, (_key, each: unknown) =>
          typeof each === "bigint" ? each.toString() : each,
        ) ?? ""),
  ];
}

const secrets = {
  pii: ["1985-05-17", "12 Home Street", "+12175550100", "@home.test"],
  traits: ["female", "two_or_more_races", "married"],
  income: ["7840000", "7716544"],
  ssn: ["4417"],
};
type DataClass = keyof typeof secrets;

const allowed: Record<"employer_admin" | "payroll_manager" | "hr_viewer", DataClass[]> = {
  employer_admin: ["pii", "traits", "income", "ssn"],
  payroll_manager: ["pii", "income"],
  hr_viewer: ["pii"],
};

describe("a profile holds exactly what the role may see", () => {
  for (const [role, classes] of Object.entries(allowed) as [keyof typeof allowed, DataClass[]][])
    it(`${role}: ${classes.join(", ")}`, async () => {
      const { person: view } = await getIndividual(testContext(role, acme.id), {
        individualId: inGusto[0] ?? "",
      });
      const seen = leaves(view).join("\n");
      for (const [name, values] of Object.entries(secrets) as [DataClass, string[]][])
        for (const value of values)
          expect.soft(seen.includes(value), `${name} ${value}`).toBe(classes.includes(name));
      expect(view.personal.kind).toBe("shown");
      expect(view.traits.kind).toBe(classes.includes("traits") ? "shown" : "hidden");
      expect(view.income.kind).toBe(classes.includes("income") ? "shown" : "hidden");
    });

  it("an employee sees the own profile with the last four of the SSN, and nobody else's", async () => {
    const [me = "", colleague = ""] = inGusto;
    const own = testContext("employee", acme.id, { connectionIds: [gusto.id], individualId: me });
    const { person: view } = await getOwnIndividual(own);
    const seen = leaves(view).join("\n");
    for (const value of Object.values(secrets).flat()) expect(seen).toContain(value);
    expect(view.identifiers).toMatchObject({ ssn: { kind: "masked" }, ssnHeld: { mayReveal: false } });
    await expect(getIndividual(own, { individualId: me })).rejects.toMatchObject({ code: "FORBIDDEN" });
    const wrongPair = testContext("employee", acme.id, {
      connectionIds: [paychex.id],
      individualId: colleague,
    });
    await expect(getOwnIndividual(wrongPair)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("staff do not open profiles", async () => {
    for (const role of ["staff_admin", "staff_support"] as const)
      await expect(
        getIndividual(testPlatformContext(role), { individualId: inGusto[0] ?? "" }),
      ).rejects.toMatchObject({
        code: "FORBIDDEN",
      });
  });
});

describe("who is not there", () => {
  const open = (
    individualId: string,
    role: Role = "employer_admin",
    connectionIds: "all" | string[] = "all",
  ) => getIndividual(testContext(role, acme.id, { connectionIds }), { individualId });

  it("another employer's person is NOT_FOUND", async () => {
    await expect(open(elsewhere[0] ?? "")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
  it("a disconnected connection's person is NOT_FOUND, for administrators and for the employee", async () => {
    await expect(open(inGone[0] ?? "")).rejects.toMatchObject({ code: "NOT_FOUND" });
    const self = testContext("employee", acme.id, {
      connectionIds: [gone.id],
      individualId: inGone[0] ?? "",
    });
    await expect(getOwnIndividual(self)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
  it("a role limited to one connection opens its people only", async () => {
    const limited = (id: string) => open(id, "payroll_manager", [paychex.id]);
    expect((await limited(inPaychex[0] ?? "")).person.connection.providerName).toBe("Paychex");
    await expect(limited(inGusto[0] ?? "")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
  it("an id that is no id is NOT_FOUND", async () => {
    await expect(open("x' or 1=1")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("kinds of nothing", () => {
  const view = async (id: string | undefined) =>
    (await getIndividual(testContext("employer_admin", acme.id), { individualId: id ?? "" })).person;

  it("null, still syncing, no access and a failed answer are told apart", async () => {
    const sql = database().sql("superuser");
    const [, , nulls = "", syncing = "", denied = "", failed = ""] = inGusto;
    await sql`update individuals set title = null where id = ${nulls}`;
    await sql`update individuals set employment_fetched_at = null where id = ${syncing}`;
    await sql`update individuals set employment_fetched_at = null,
      employment_error = '{"code": 403, "finchCode": "insufficient_permissions", "message": "no"}' where id = ${denied}`;
    await sql`update individuals set employment_fetched_at = null,
      employment_error = '{"code": 404, "finchCode": "individual_not_found", "message": "Gone at the provider"}' where id = ${failed}`;
    expect((await view(nulls)).employment.title).toEqual({ kind: "none" });
    expect((await view(syncing)).employment.title).toEqual({ kind: "syncing" });
    expect((await view(denied)).employment.title.kind).toBe("no_access");
    const broken = await view(failed);
    expect(broken.employment.title).toEqual({ kind: "failed", message: "Gone at the provider" });
    expect(broken.problems).toEqual([
      { part: "employment", error: { code: "individual_not_found", message: "Gone at the provider" } },
    ]);
  });

  it("a product that was not granted is no access, not nothing", async () => {
    const sql = database().sql("superuser");
    await sql`update connections set products = '{company,directory}' where id = ${paychex.id}`;
    const { personal, income, identifiers } = await view(inPaychex[1]);
    expect(identifiers.ssn.kind).toBe("no_access");
    expect(personal).toMatchObject({ kind: "shown", dob: { kind: "no_access" } });
    expect(income).toMatchObject({ kind: "shown", current: { kind: "no_access" } });
  });

  it("a custom field that looks like an SSN reaches nobody (DOMAIN case 50)", async () => {
    const sql = database().sql("superuser");
    const id = inGusto[6] ?? "";
    const fields = [
      { name: "Badge", value: "A-17" },
      { name: "Old id", value: "078-05-1120" },
      { name: "Nested", value: { deep: ["078 05 1120"] } },
      { name: "Phone", value: "12175550100" },
    ];
    await sql`update individuals set custom_fields = ${sql.json(fields)} where id = ${id}`;
    const { employment } = await view(id);
    expect(JSON.stringify(employment)).not.toMatch(/1120/);
    expect(employment.customFields).toMatchObject({
      value: [{ value: "A-17" }, { masked: true, value: null }, { masked: true }, { value: "12175550100" }],
    });
  });
});
