import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { createTestConnection, createTestCustomer, createTestIndividuals } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import type { Role } from "@/lib/auth/permissions";
import { searchPeople } from "@/lib/domain/search/search-people";
import { testContext, testPlatformContext } from "@/lib/domain/testing";
import { listDirectory } from "./list-directory";
import { listDirectoryFacet } from "./list-directory-facet";

const database = useTestDatabase();
let acme = "";
let globex = "";
let gusto = "";
let paychex = "";

beforeAll(async () => {
  const sql = database().sql("superuser");
  acme = (await createTestCustomer(sql)).id;
  globex = (await createTestCustomer(sql)).id;
  gusto = (await createTestConnection(sql, { customerId: acme })).id;
  paychex = (await createTestConnection(sql, { customerId: acme, providerName: "Paychex" })).id;
  const gone = (await createTestConnection(sql, { customerId: acme, disconnected: true })).id;
  const foreign = (await createTestConnection(sql, { customerId: globex })).id;
  await createTestIndividuals(sql, { customerId: acme, connectionId: gusto, count: 120, lastNames: 7 });
  await createTestIndividuals(sql, { customerId: acme, connectionId: paychex, count: 8, offset: 500 });
  await createTestIndividuals(sql, { customerId: acme, connectionId: gone, count: 3, offset: 700 });
  await createTestIndividuals(sql, { customerId: globex, connectionId: foreign, count: 5, offset: 900 });
  await configureDatabase({ url: database().urls.app });
});
afterAll(closeDatabase);

const as = (role: Role, connectionIds: "all" | string[] = "all") =>
  testContext(role, acme, { connectionIds });
const admin = () => as("employer_admin");

describe("the directory", () => {
  it("counts what is visible: not the disconnected connection, not the other employer", async () => {
    const view = await listDirectory(admin(), {});
    expect(view).toMatchObject({ total: 128, matching: 128, from: 1, to: 50, previous: null });
    expect(view.sources.map((source) => source.providerName).sort()).toEqual(["Gusto", "Paychex"]);
  });

  it("walks forwards and back through the same pages with the same numbers", async () => {
    const first = await listDirectory(admin(), {});
    const second = await listDirectory(admin(), { ...first.next });
    const third = await listDirectory(admin(), { ...second.next });
    expect([second.from, second.to, third.from, third.to, third.next]).toEqual([51, 100, 101, 128, null]);
    const back = await listDirectory(admin(), { ...third.previous });
    expect(back.rows).toEqual(second.rows);
    expect([back.from, back.to]).toEqual([51, 100]);
    const home = await listDirectory(admin(), { ...back.previous });
    expect(home.rows).toEqual(first.rows);
    expect(home.previous).toBeNull();
  });

  it("the last page is asked for by before=end, and holds the last fifty", async () => {
    const last = await listDirectory(admin(), { before: "end" });
    expect([last.from, last.to, last.next, last.rows.length]).toEqual([79, 128, null, 50]);
  });

  it("a person who is gone from the address leads to the first page", async () => {
    const view = await listDirectory(admin(), { after: crypto.randomUUID(), position: 51 });
    expect([view.from, view.previous]).toEqual([1, null]);
  });

  it("income and SSN are columns only of who may see them", async () => {
    const keys = async (role: Role) => Object.keys((await listDirectory(as(role), {})).rows[0] ?? {});
    expect(await keys("employer_admin")).toEqual(expect.arrayContaining(["income", "ssn"]));
    expect(await keys("payroll_manager")).toContain("income");
    expect(await keys("payroll_manager")).not.toContain("ssn");
    const viewer = await keys("hr_viewer");
    expect(viewer).not.toContain("income");
    expect(viewer).not.toContain("ssn");
  });

  it("rows carry the allow-listed keys and no others", async () => {
    const [row] = (await listDirectory(as("hr_viewer"), {})).rows;
    expect(Object.keys(row ?? {}).sort()).toEqual([
      "connection",
      "department",
      "id",
      "isActive",
      "manager",
      "name",
      "startDate",
      "status",
      "subtype",
      "title",
      "type",
      "workEmail",
    ]);
  });

  it("a role limited to a connection sees its people only, in rows, counts, choices and search", async () => {
    const limited = as("hr_viewer", [paychex]);
    expect(await listDirectory(limited, {})).toMatchObject({ total: 8, matching: 8 });
    expect(await listDirectory(limited, { connections: [gusto] })).toMatchObject({ total: 8, matching: 0 });
    expect(await listDirectoryFacet(limited, "connection", {})).toEqual([
      { value: paychex, label: "Paychex", count: 8 },
    ]);
    expect(await searchPeople(limited, { search: "first00001" })).toEqual([]);
    expect(await searchPeople(admin(), { search: "first00001" })).toHaveLength(1);
  });

  it("staff and employees are refused", async () => {
    await expect(listDirectory(as("employee"), {})).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(listDirectory(testPlatformContext("staff_admin"), {})).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect(await searchPeople(as("employee"), { search: "first" })).toEqual([]);
  });
});

describe("filters", () => {
  it("every choice of a filter finds as many people as it says", async () => {
    for (const facet of ["status", "department", "type", "subtype", "connection", "manager"] as const) {
      const options = await listDirectoryFacet(admin(), facet, { search: "first000" });
      expect(options.length, facet).toBeGreaterThan(0);
      for (const option of options) {
        const asked = {
          status: { statuses: [option.value] },
          department: { departments: [option.value] },
          type: { types: [option.value] },
          subtype: { subtypes: [option.value] },
          connection: { connections: [option.value ?? ""] },
          manager: { manager: option.value },
        }[facet];
        const { matching } = await listDirectory(admin(), { search: "first000", ...asked });
        expect(matching, `${facet} ${option.value}`).toBe(option.count);
      }
    }
  });

  it("words must all occur, in any order and case", async () => {
    expect((await listDirectory(admin(), { search: "FIRST00001 last" })).matching).toBe(1);
    expect((await listDirectory(admin(), { search: "last00001, first00001" })).matching).toBe(1);
    expect((await listDirectory(admin(), { search: "first00001 nobody" })).matching).toBe(0);
  });

  it("a NUL in a search is left out", async () => {
    expect((await listDirectory(admin(), { search: "first0000\u00001 last" })).matching).toBe(1);
    expect(await searchPeople(admin(), { search: "first00001\0" })).toHaveLength(1);
  });

  it("a manager of another employer narrows to nobody instead of being ignored", async () => {
    expect((await listDirectory(admin(), { manager: crypto.randomUUID() })).matching).toBe(0);
  });

  it("active and not active add up to everybody", async () => {
    const [yes, no] = await Promise.all([
      listDirectory(admin(), { active: true }),
      listDirectory(admin(), { active: false }),
    ]);
    expect(yes.matching + no.matching).toBe(128);
  });
});

describe("a person with rights at two employers", () => {
  it("sees income at one and none at the other", async () => {
    const atAcme = await listDirectory(testContext("payroll_manager", acme), {});
    const atGlobex = await listDirectory(testContext("hr_viewer", globex), {});
    expect(atAcme.rows.every((row) => row.income?.kind === "value")).toBe(true);
    expect(atGlobex.rows.some((row) => "income" in row)).toBe(false);
    expect(atGlobex.total).toBe(5);
  });
});
