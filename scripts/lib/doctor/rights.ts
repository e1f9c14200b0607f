import type { ISql } from "postgres";
import { globalTables } from "@/db/schema/global-tables";
import { tenantTables } from "@/db/security/expectations";
import { globalTableRights } from "@/db/security/global-rights";
import { functionCallers } from "@/db/security/function-callers";
import { logins, tenantRoles } from "@/db/security/vocabulary";
import { ok, wrong, type Finding } from "./finding";

const mayBecome: Record<string, readonly string[]> = {
  perch_app: ["perch_tenant", "perch_employee", "perch_support", "perch_staff", "perch_reveal"],
  perch_auth: [],
  perch_worker: ["perch_tenant", "perch_employee", "perch_support", "perch_staff", "perch_sync"],
};
const everybody = [...logins, ...tenantRoles];
const quote = (names: readonly string[]) => names.join(", ");

/** Roles, memberships, row-level security and grants, against the declaration that the tests hold the migrations to. */
export async function checkRights(sql: ISql): Promise<Finding[]> {
  const findings = [
    ...(await checkRoles(sql)),
    ...(await checkMemberships(sql)),
    ...(await checkTables(sql)),
    ...(await checkGrants(sql)),
    ...(await checkFunctions(sql)),
  ];
  return findings.length > 0
    ? findings
    : [ok("roles, memberships, forced row-level security and grants are what they should be")];
}

async function checkRoles(sql: ISql): Promise<Finding[]> {
  const rows = await sql<{ name: string; login: boolean; inherits: boolean; power: string | null }[]>`
    select rolname as name, rolcanlogin as login, rolinherit as inherits,
      concat_ws(' ', case when rolsuper then 'superuser' end, case when rolbypassrls then 'bypassrls' end,
        case when rolcreatedb then 'createdb' end, case when rolreplication then 'replication' end,
        case when rolcreaterole then 'createrole' end) as power
    from pg_roles where rolname = any (${everybody}::text[])`;
  const missing = everybody.filter((name) => !rows.some((row) => row.name === name));
  return [
    ...missing.map((name) => wrong(`the role ${name} is missing`, "npm run db:migrate")),
    ...rows.flatMap(({ name, login, inherits, power }) => {
      const isLogin = (logins as readonly string[]).includes(name);
      return [
        ...(power
          ? [wrong(`${name} has the power ${power}`, `alter role ${name} no${power.split(" ").join(" no")}`)]
          : []),
        ...(isLogin && inherits
          ? [wrong(`${name} inherits the rights of its roles`, `alter role ${name} noinherit`)]
          : []),
        ...(!isLogin && login ? [wrong(`${name} can log in`, `alter role ${name} nologin`)] : []),
      ];
    }),
  ];
}

async function checkMemberships(sql: ISql): Promise<Finding[]> {
  const rows = await sql<
    { member: string; role: string; inherits: boolean; sets: boolean; admin: boolean }[]
  >`
    select m.rolname as member, r.rolname as role, bool_or(a.inherit_option) as inherits, bool_or(a.set_option) as sets,
      bool_or(a.admin_option) as admin
    from pg_auth_members a join pg_roles m on m.oid = a.member join pg_roles r on r.oid = a.roleid
    where m.rolname = any (${everybody}::text[]) group by 1, 2`;
  const unexpected = rows.filter(({ member, role }) => !mayBecome[member]?.includes(role));
  const missing = Object.entries(mayBecome).flatMap(([member, roles]) =>
    roles
      .filter((role) => !rows.some((row) => row.member === member && row.role === role && row.sets))
      .map((role) =>
        wrong(`${member} cannot become ${role}`, `grant ${role} to ${member} with inherit false, set true`),
      ),
  );
  return [
    ...unexpected.map(({ member, role }) =>
      wrong(`${member} is a member of ${role}, which is none of its roles`, `revoke ${role} from ${member}`),
    ),
    ...rows
      .filter((row) => !unexpected.includes(row) && (row.inherits || row.admin))
      .map(({ member, role }) =>
        wrong(
          `${member} has the rights of ${role} without becoming it`,
          `grant ${role} to ${member} with inherit false, admin false, set true`,
        ),
      ),
    ...missing,
  ];
}

async function checkTables(sql: ISql): Promise<Finding[]> {
  const tables = await sql<{ name: string; locked: boolean; policies: number }[]>`
    select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as locked,
      (select count(*)::int from pg_policy p where p.polrelid = c.oid and (0 = any (p.polroles))) as policies
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`;
  const known = new Set([...Object.keys(tenantTables), ...globalTables]);
  const strange = tables.filter(({ name }) => !known.has(name) && !/^api_requests_/.test(name));
  const tenant = tables.filter(
    (table) => !(globalTables as readonly string[]).includes(table.name) && !strange.includes(table),
  );
  return [
    ...tenant
      .filter(({ locked }) => !locked)
      .map(({ name }) =>
        wrong(
          `row-level security of ${name} is off or not forced: every employer's rows are open`,
          `alter table ${name} enable row level security; alter table ${name} force row level security`,
        ),
      ),
    ...tables
      .filter(({ policies }) => policies > 0)
      .map(({ name }) =>
        wrong(`a policy of ${name} is for everybody`, `Drop it: no policy of Perch names public.`),
      ),
    ...strange.map(({ name }) =>
      wrong(`the table ${name} is none of Perch's`, "Keep tables of your own in another database."),
    ),
  ];
}

async function checkGrants(sql: ISql): Promise<Finding[]> {
  const rows = await sql<{ table: string; grantee: string; verb: string }[]>`
    select distinct c.relname as table, coalesce(r.rolname::text, 'public') as grantee, lower(x.privilege_type) as verb
    from pg_class c
    cross join lateral (
      select * from aclexplode(c.relacl)
      union all
      select e.* from pg_attribute a, aclexplode(a.attacl) e where a.attrelid = c.oid and a.attacl is not null
    ) x
    left join pg_roles r on r.oid = x.grantee
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and x.grantee <> c.relowner`;
  const declared = (table: string, role: string, verb: string): boolean => {
    const reach = tenantTables[table]?.roles[role as (typeof tenantRoles)[number]]?.reach ?? {};
    const rights = globalTableRights[table]?.[role as (typeof everybody)[number]]?.split(" ") ?? [];
    return verb in reach || rights.includes(verb);
  };
  const unexpected = rows.filter(({ table, grantee, verb }) => !declared(table, grantee, verb));
  const byPair = Map.groupBy(unexpected, ({ table, grantee }) => `${table} ${grantee}`);
  return [...byPair.values()].map((group) => {
    const { table = "", grantee = "" } = group[0] ?? {};
    const verbs = quote(group.map(({ verb }) => verb).sort());
    return wrong(
      `${grantee} was granted ${verbs} on ${table}`,
      `revoke ${verbs} on ${table} from ${grantee}`,
    );
  });
}

async function checkFunctions(sql: ISql): Promise<Finding[]> {
  const rows = await sql<{ name: string; signature: string; callers: string[] }[]>`
    select p.proname as name, p.oid::regprocedure::text as signature,
      array(select coalesce(r.rolname::text, 'public') from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x
        left join pg_roles r on r.oid = x.grantee where x.grantee <> p.proowner) as callers
    from pg_proc p where p.pronamespace = 'public'::regnamespace`;
  return rows.flatMap(({ name, signature, callers }) => {
    const allowed = functionCallers[name]?.split(" ") ?? [];
    const unexpected = callers.filter((caller) => !allowed.includes(caller));
    return unexpected.length > 0
      ? [
          wrong(
            `${quote(unexpected)} may call ${signature}`,
            `revoke execute on function ${signature} from ${quote(unexpected)}`,
          ),
        ]
      : [];
  });
}
