import { beforeAll, describe, expect, it } from "vitest";
import { globalTables } from "@/db/schema/global-tables";
import { useTestDatabase } from "@/db/testing";
import { tenantTables } from "./expectations";
import { type DataClass } from "./vocabulary";

interface Policy {
  table: string;
  name: string;
  role: string;
  permissive: boolean;
  command: string;
  text: string;
}

/** The text of the policies, by the catalog: what a test by example could miss in a table that is new. */
describe("policies", () => {
  const database = useTestDatabase();
  let policies: Policy[] = [];
  let columns: { table: string; column: string }[] = [];

  beforeAll(async () => {
    const sql = database().sql("owner");
    policies = await sql<Policy[]>`
      select tablename as table, policyname as name, roles[1]::text as role, permissive = 'PERMISSIVE' as permissive, cmd as command,
        concat_ws(' / ', qual, with_check) as text
      from pg_policies where schemaname = 'public'`;
    columns = await sql<{ table: string; column: string }[]>`
      select c.relname as table, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and not a.attisdropped`;
  });

  const tenantTablesWith = (column: string) =>
    columns
      .filter((row) => row.column === column && !(globalTables as readonly string[]).includes(row.table))
      .map((row) => row.table);
  const has = (table: string, name: string, role: string) =>
    policies.some((policy) => policy.table === table && policy.name === name && policy.role === role);

  it("every table with a connection is limited by connection for employers' roles", () => {
    const tables = [...tenantTablesWith("connection_id"), "connections", "sync_steps"];
    expect(tables.length).toBeGreaterThan(12);
    const open = tables.filter((table) => !has(table, "connection_limit", "perch_tenant"));
    expect(open).toEqual([]);
    const soft = policies.filter((policy) => policy.name === "connection_limit" && policy.permissive);
    expect(soft).toEqual([]);
  });

  it("every table with an individual has a policy for the employee, or is closed to employees", () => {
    const open = tenantTablesWith("individual_id").filter(
      (table) => tenantTables[table]?.roles.perch_employee,
    );
    expect(open.length).toBeGreaterThan(2);
    for (const table of open) {
      const own = policies.filter((policy) => policy.table === table && policy.role === "perch_employee");
      expect(
        own.map(({ name }) => name),
        table,
      ).toEqual(["employee"]);
      expect(own[0]?.text, table).toContain("app.individual_id");
      expect(own[0]?.text, table).toContain("app.connection_ids");
    }
  });

  const guards: Partial<Record<DataClass, string>> = {
    pay: "pay_grant",
    payroll: "payroll_grant",
    deductions: "deductions_grant",
    documents: "documents_grant",
    pii: "pii_grant",
    traits: "traits_grant",
    secrets: "secrets_grant",
    audit: "audit_grant",
  };

  it("every table of a data class asks for its grant by a restrictive policy", () => {
    const classed = Object.entries(tenantTables).filter(
      ([, { dataClass }]) => dataClass && guards[dataClass],
    );
    expect(classed.length).toBeGreaterThan(7);
    for (const [table, { dataClass }] of classed) {
      const guard = policies.find(
        (policy) => policy.table === table && policy.name === guards[dataClass ?? "pay"],
      );
      expect(guard, table).toMatchObject({ role: "perch_tenant", permissive: false, command: "ALL" });
      expect(guard?.text, table).toMatch(/^\(current_setting\('app\.can_\w+'::text, true\) = 'on'::text\)$/);
    }
  });

  const customerRule = "= (NULLIF(current_setting('app.customer_id'::text, true), ''::text))::uuid";
  /** Staff read names and health of every employer; everybody reads the roles that come with Perch. */
  const acrossEmployers = new Set(["perch_staff", "perch_support"]);

  it("every policy of one employer compares the customer with one setting, and none is widened by OR", () => {
    const permissive = policies.filter((policy) => policy.permissive && policy.role !== "perch_owner");
    expect(permissive.length).toBeGreaterThan(80);
    const odd = permissive.filter(({ role, name, text }) => {
      if (name === "builtin") return !/= '00000000-0000-0000-0000-000000000000'::uuid\)$/.test(text);
      if (acrossEmployers.has(role) && /^true( \/ true)?$/.test(text)) return false;
      return !text.includes(customerRule) || / OR /i.test(text);
    });
    expect(odd).toEqual([]);
  });

  it("what narrows is restrictive, and only the limit by connection knows an alternative: all", () => {
    const restrictive = policies.filter((policy) => !policy.permissive);
    const widened = restrictive.filter(({ text }) => / OR /i.test(text));
    expect(new Set(widened.map(({ name }) => name))).toEqual(new Set(["connection_limit"]));
    for (const { table, text } of widened)
      expect(text, table).toMatch(
        /^\(\(current_setting\('app\.connection_ids'::text, true\) = '\*'::text\) OR /,
      );
  });

  it("reading over all employers is for staff, and only where it is declared", () => {
    const open = policies.filter((policy) => acrossEmployers.has(policy.role) && /^true/.test(policy.text));
    for (const { table, role, command } of open) {
      const reach = tenantTables[table]?.roles[role as "perch_staff"]?.reach ?? {};
      const verb = command.toLowerCase() as "select";
      // Individuals: names only, which the column grants see to.
      expect(reach[verb], `${role} ${command} ${table}`).toBe("every");
    }
    expect(policies.filter(({ role }) => role === "public")).toEqual([]);
  });

  it("a partition is under forced row-level security and open to nobody by itself", async () => {
    const parts = await database().sql("owner")<{ name: string; forced: boolean; policies: number }[]>`
      select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
        (select count(*)::int from pg_policy p where p.polrelid = c.oid and p.polname <> 'owner') as policies
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relispartition and c.relkind = 'r'`;
    expect(parts.length).toBeGreaterThan(10);
    expect(parts.filter((part) => !part.forced || part.policies > 0)).toEqual([]);
  });

  it("there is no view, materialized or not, and no function returns rows of tenants past the policies", async () => {
    const sql = database().sql("owner");
    const views = await sql`
      select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')`;
    expect(views).toEqual([]);
    const returning = await sql<{ name: string }[]>`
      select p.proname as name from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef and p.proretset
      order by 1`;
    // Ids, names of colleagues, rights, who shares an SSN, days of own pay, the queue and the gate: each says in its own text whom it answers.
    expect(returning.map(({ name }) => name)).toEqual([
      "claim_installation",
      "find_member_addresses",
      "find_user_names",
      "installation_state",
      "list_crontabs",
      "list_members",
      "list_own_awaited_pay",
      "list_same_ssn",
      "list_workers",
      "queue_depth",
      "queue_failures",
      "quota_enter",
      "quota_outlook",
      "quota_wait",
      "resolve_grants",
      "resolve_lookup",
      "retry_queue_jobs",
    ]);
  });
});
