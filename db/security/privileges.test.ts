import { describe, expect, it } from "vitest";
import { globalTables } from "@/db/schema/global-tables";
import { useTestDatabase } from "@/db/testing";
import { tenantTables } from "./expectations";
import { globalTableRights } from "./global-rights";
import { functionCallers } from "./function-callers";
import { logins, tenantRoles, verbs, type Login, type TenantRole } from "./vocabulary";
import { privilegesOf } from "./probe";

/** What each role and login was granted, by the catalog: the layer below the policies. */
describe("privileges", () => {
  const database = useTestDatabase();
  const owner = () => database().sql("owner");
  const everybody = [...logins, ...tenantRoles];

  function declared(role: Login | TenantRole): string[] {
    const ofTenants = Object.entries(tenantTables).flatMap(([table, { roles }]) =>
      Object.keys(roles[role as TenantRole]?.reach ?? {}).map((verb) => `${table} ${verb}`),
    );
    const global = Object.entries(globalTableRights).flatMap(([table, rights]) =>
      (rights[role]?.split(" ") ?? []).map((verb) => `${table} ${verb}`),
    );
    return [...ofTenants, ...global].sort();
  }

  it("global tables are declared one by one", () => {
    expect(Object.keys(globalTableRights).sort()).toEqual([...globalTables].sort());
  });

  it.each(everybody)("%s holds what is declared, and nothing on any partition", async (role) => {
    expect([...(await privilegesOf(owner(), role))].sort()).toEqual(declared(role));
  });

  it("nobody but the owner may truncate, reference or make triggers", async () => {
    const rows = await owner()<{ grantee: string; table_name: string; privilege_type: string }[]>`
      select grantee, table_name, privilege_type from information_schema.role_table_grants
      where table_schema = 'public' and privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
        and grantee <> 'perch_owner'`;
    expect(rows).toEqual([]);
  });

  it("a role that holds some columns of a table holds those that are declared", async () => {
    const rows = await owner()<
      { role: string; table: string; verb: string; columns: string[]; whole: boolean }[]
    >`
      select r.rolname as role, c.relname as table, verb,
        array_agg(a.attname::text order by a.attnum) filter (where has_column_privilege(r.rolname, c.oid, a.attnum, verb)) as columns,
        has_table_privilege(r.rolname, c.oid, verb) as whole
      from pg_roles r, pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped,
        unnest(${verbs.filter((verb) => verb !== "delete")}::text[]) verb
      where r.rolname = any (${[...tenantRoles]}::text[])
        and c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      group by r.rolname, c.oid, c.relname, verb
      having count(*) filter (where has_column_privilege(r.rolname, c.oid, a.attnum, verb)) > 0`;
    const partial = rows
      .filter((row) => !row.whole)
      .map(({ role, table, verb, columns }) => [`${role} ${table} ${verb}`, [...columns].sort()]);
    const wanted = Object.entries(tenantTables).flatMap(([table, { roles }]) =>
      Object.entries(roles).flatMap(([role, { columns = {} }]) =>
        Object.entries(columns).map(([verb, names]) => [`${role} ${table} ${verb}`, [...names].sort()]),
      ),
    );
    expect(Object.fromEntries(partial)).toEqual(Object.fromEntries(wanted));
  });

  it("each function is called by those that are declared", async () => {
    const rows = await owner()<{ name: string; callers: string[] }[]>`
      select p.proname as name, coalesce(array_agg(r.rolname::text) filter (where has_function_privilege(r.rolname, p.oid, 'execute')), '{}') as callers
      from pg_proc p, pg_roles r where p.pronamespace = 'public'::regnamespace and r.rolname = any (${everybody}::text[])
      group by p.oid, p.proname`;
    const sorted = (entries: [string, string[]][]) =>
      Object.fromEntries(entries.map(([name, callers]) => [name, [...callers].sort()]));
    expect(sorted(rows.map(({ name, callers }) => [name, callers]))).toEqual(
      sorted(
        Object.entries(functionCallers).map(([name, callers]) => [name, callers.split(" ").filter(Boolean)]),
      ),
    );
  });

  it.each(logins)("the bare login of %s reads no table with a tenant", async (login) => {
    const sql = database().sql(login === "perch_app" ? "app" : login === "perch_auth" ? "auth" : "worker");
    const names = await owner()<{ name: string }[]>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`;
    const tenant = names.filter(({ name }) => !(globalTables as readonly string[]).includes(name));
    expect(tenant.length).toBeGreaterThan(Object.keys(tenantTables).length);
    for (const { name } of tenant)
      await expect(sql`select from ${sql(name)}`, name).rejects.toThrow(/permission denied/);
  });

  it("a login becomes the roles of its own work, and no other", async () => {
    const may: Record<string, readonly string[]> = {
      app: ["perch_tenant", "perch_employee", "perch_support", "perch_staff", "perch_reveal"],
      auth: [],
      worker: ["perch_tenant", "perch_employee", "perch_support", "perch_staff", "perch_sync"],
    };
    const others = [...tenantRoles, ...logins, "perch_owner", "postgres"];
    for (const [login, taken] of Object.entries(may)) {
      const sql = database().sql(login as "app" | "auth" | "worker");
      for (const role of others.filter((name) => name !== `perch_${login}`)) {
        const attempt = sql.begin((tx) => tx.unsafe(`set local role ${role}`));
        if (taken.includes(role)) await expect(attempt, `${login} as ${role}`).resolves.toBeDefined();
        else await expect(attempt, `${login} as ${role}`).rejects.toThrow(/permission denied/);
      }
    }
  });
});
