import { describe, expect, it } from "vitest";
import { globalTables } from "@/db/schema/global-tables";
import { useTestDatabase } from "@/db/testing";
import { tenantRoles } from "./vocabulary";

interface TableRow {
  table: string;
  enabled: boolean;
  forced: boolean;
}

interface KeyRow {
  table: string;
  name: string;
  first: string;
}

describe("the catalog", () => {
  const database = useTestDatabase();
  const isGlobal = (table: string) => (globalTables as readonly string[]).includes(table);
  /** customers is the tenant: its id is what customer_id is elsewhere. */
  const tenantKey = (table: string) => (table === "customers" ? "id" : "customer_id");

  const tables = () =>
    database().sql("owner")<TableRow[]>`
      select c.relname as table, c.relrowsecurity as enabled, c.relforcerowsecurity as forced
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`;

  it("every table that is not global is under forced row-level security, partitions too", async () => {
    const open = (await tables()).filter((row) => !isGlobal(row.table) && !(row.enabled && row.forced));
    expect(open).toEqual([]);
  });

  it("every global table of the list exists", async () => {
    const names = (await tables()).map((row) => row.table);
    expect(globalTables.filter((name) => !names.includes(name))).toEqual([]);
  });

  it("primary keys and unique indexes of tenant tables lead with the customer", async () => {
    const keys = await database().sql("owner")<KeyRow[]>`
      select c.relname as table, ic.relname as name, a.attname as first
      from pg_index i join pg_class c on c.oid = i.indrelid join pg_class ic on ic.oid = i.indexrelid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where c.relnamespace = 'public'::regnamespace and (i.indisunique or i.indisprimary)`;
    const wrong = keys.filter((key) => !isGlobal(key.table) && key.first !== tenantKey(key.table));
    expect(wrong).toEqual([]);
    expect(keys.length).toBeGreaterThan(20);
  });

  it("foreign keys between tenant tables lead with the customer and never set null", async () => {
    const keys = await database().sql("owner")<(KeyRow & { target: string; rule: string })[]>`
      select c.relname as table, k.conname as name, a.attname as first, r.relname as target, k.confdeltype as rule
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class r on r.oid = k.confrelid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
      where k.contype = 'f' and c.relnamespace = 'public'::regnamespace`;
    const tenant = keys.filter((key) => !isGlobal(key.table) && !isGlobal(key.target));
    expect(tenant.filter((key) => key.first !== "customer_id" || key.rule === "n")).toEqual([]);
    expect(tenant.length).toBeGreaterThan(8);
  });

  it("every tenant table has customer_id, and no policy speaks of two kinds of scope", async () => {
    const policies = await database().sql("owner")<
      { table: string; policy: string; text: string; roles: string[] }[]
    >`
      select tablename as table, policyname as policy, coalesce(qual, '') || coalesce(with_check, '') as text, roles::text[]
      from pg_policies where schemaname = 'public'`;
    expect(policies.filter((row) => row.roles.includes("public"))).toEqual([]);
    expect(policies.filter((row) => row.roles.length !== 1)).toEqual([]);
    const tenant = policies.filter((row) => row.policy === "tenant");
    expect(tenant.every((row) => row.text.includes("app.customer_id"))).toBe(true);
  });

  it("logins own nothing, inherit nothing and skip no policy; roles cannot log in", async () => {
    const roles = await database().sql("owner")<
      { name: string; login: boolean; inherits: boolean; super: boolean; bypass: boolean; owns: number }[]
    >`
      select r.rolname as name, r.rolcanlogin as login, r.rolinherit as inherits, r.rolsuper as super, r.rolbypassrls as bypass,
        (select count(*)::int from pg_class c where c.relowner = r.oid) as owns
      from pg_roles r where r.rolname like 'perch\\_%' order by 1`;
    const logins = roles.filter((role) => ["perch_app", "perch_auth", "perch_worker"].includes(role.name));
    expect(logins).toHaveLength(3);
    expect(logins.every((role) => role.login && !role.inherits && role.owns === 0)).toBe(true);
    expect(roles.some((role) => role.super || role.bypass)).toBe(false);
    const taken: readonly string[] = tenantRoles;
    expect(roles.filter((role) => taken.includes(role.name)).map((role) => role.login)).toEqual(
      taken.map(() => false),
    );
  });

  it("definer functions pin their search path and are closed to the public", async () => {
    const functions = await database().sql("owner")<
      { name: string; config: string[] | null; open: boolean }[]
    >`
      select p.proname as name, p.proconfig as config, has_function_privilege('public', p.oid, 'execute') as open
      from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef`;
    expect(functions.length).toBeGreaterThan(8);
    expect(
      functions.filter((row) => row.open || !row.config?.some((line) => line.startsWith("search_path="))),
    ).toEqual([]);
  });
});
