import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { accountNumber, RevealWorld, type SealedEmployer } from "@/lib/domain/reveal/testing";
import { listCompanyProfiles } from "./list-company-profiles";

const world = new RevealWorld(useTestDatabase());
let acme: SealedEmployer;
let second: SealedEmployer;

beforeAll(async () => {
  acme = await world.addEmployer(2);
  second = await world.addConnection(acme.customerId, 1);
  const sql = world.sql();
  const entities = [
    { id: "north", name: "North LLC", status: "connected" },
    { id: "south", name: "South LLC", status: "connected" },
  ];
  await sql`update connections set entities = ${sql.json(entities)} where id = ${acme.connection.id}`;
  const departments = [
    { name: "Clinical", parent: null },
    { name: "Hygiene", parent: { name: "Clinical" } },
  ];
  const locations = [{ name: "Main office", line1: "1 Elm St", city: "Reno", state: "NV" }];
  await sql`update companies set entity_id = 'north', departments = ${sql.json(departments)}, locations = ${sql.json(locations)}
    where id = ${acme.companyId}`;
  await sql`update individuals set department = 'Hygiene', is_active = true where connection_id = ${acme.connection.id}`;
});
afterAll(closeDatabase);

describe("the company profiles", () => {
  it("show each connection with its entities, locations, departments and who is in them", async () => {
    const view = await listCompanyProfiles(await world.as("employer_admin", acme.customerId));
    expect(view.connections.map(({ source }) => source.id)).toEqual([
      acme.connection.id,
      second.connection.id,
    ]);
    expect(view.connections[0]).toMatchObject({
      people: { Hygiene: 2 },
      part: {
        kind: "shown",
        companies: [
          {
            entity: { id: "north", name: "North LLC" },
            locations: { kind: "value", value: [["Main office", "1 Elm St", "Reno, NV"]] },
            departments: { roots: [{ name: "Clinical", children: [{ name: "Hygiene" }] }] },
          },
        ],
        unread: [{ id: "south", name: "South LLC", status: "connected" }],
      },
    });
  });

  it("hold no number of an account for anybody, and no account for whom they are not", async () => {
    for (const role of ["employer_admin", "payroll_manager", "hr_viewer"] as const) {
      const view = await listCompanyProfiles(await world.as(role, acme.customerId));
      expect(JSON.stringify(view)).not.toContain(accountNumber);
      const [first] = view.connections;
      const shown = first?.part.kind === "shown" ? first.part.companies : [];
      expect(shown[0]?.accounts === null).toBe(role !== "employer_admin");
    }
  });

  it("are for nobody without the right to see people", async () => {
    await expect(listCompanyProfiles(await world.as("employee", acme.customerId))).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });
});
