import { beforeAll, describe, expect, it } from "vitest";
import { globalTables } from "@/db/schema/global-tables";
import { useTestDatabase } from "@/db/testing";
import { tenantTables } from "./expectations";
import { tenantRoles } from "./vocabulary";
import { fillPlaces, readTables, type Filled, type Table } from "./places";
import { expected, probe, settings } from "./probe";

/**
 * Lock 2 alone: raw SQL as each database role, over every table of the catalog, at the own and at other employers,
 * connections, individuals and persons, and with each grant off. What a forgotten condition in a query would meet.
 */
describe("what a database role reaches", () => {
  const database = useTestDatabase();
  let tables: Table[] = [];
  let filled: Filled;

  beforeAll(async () => {
    const all = await readTables(database().sql("owner"));
    tables = all.filter(({ name }) => !(globalTables as readonly string[]).includes(name));
    filled = await fillPlaces(database().sql("superuser"), tables);
  });

  it("is declared for every table with a tenant, and for no other", () => {
    expect(Object.keys(tenantTables).sort()).toEqual(tables.map(({ name }) => name).sort());
  });

  for (const role of tenantRoles) {
    // The web's login becomes no worker, and the worker reveals nothing.
    const login = role === "perch_sync" ? "worker" : "app";
    it.each(Object.keys(settings))(
      `${role} reaches what is declared, with %s in the setting`,
      async (name) => {
        const setting = settings[name];
        if (!setting) throw new Error(name);
        if (role === "perch_reveal") await database().sql("superuser")`update reveals set created_at = now()`;
        const found = await probe(database().sql(login), role, setting, tables, filled);
        expect(found).toEqual(expected(role, setting, tables, filled));
      },
    );
  }
});
