import { readFileSync } from "node:fs";
import path from "node:path";
import postgres, { type Sql } from "postgres";
import { check, ok, warning, wordsOf, wrong, type Finding } from "./finding";
import { checkRights } from "./rights";

const oldestPostgres = 170_000;
const names = ["DATABASE_URL", "AUTH_DATABASE_URL", "WORKER_DATABASE_URL", "MIGRATION_DATABASE_URL"] as const;
type UrlName = (typeof names)[number];

const expectedLogins: Record<UrlName, string> = {
  DATABASE_URL: "perch_app",
  AUTH_DATABASE_URL: "perch_auth",
  WORKER_DATABASE_URL: "perch_worker",
  MIGRATION_DATABASE_URL: "perch_owner",
};

/** Logins, roles and their rights, migrations, and what this database says of itself. */
export async function checkDatabases(
  root: string,
  source: Readonly<Record<string, string | undefined>>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  let catalogue: Sql | undefined;
  const open: Sql[] = [];
  try {
    for (const name of names) {
      const url = source[name];
      if (!url) continue;
      const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
      open.push(sql);
      const [works, more] = await checkLogin(name, url, sql);
      findings.push(...more);
      if (works) catalogue = sql;
    }
    if (!catalogue) return findings;
    const reader = catalogue;
    findings.push(...(await check("migrations", () => checkMigrations(root, reader, source))));
    findings.push(...(await check("roles and rights", () => checkRights(reader))));
    findings.push(...(await check("the queue", () => checkWork(reader, source))));
    return findings;
  } finally {
    await Promise.all(open.map((sql) => sql.end({ timeout: 1 })));
  }
}

interface LoginRow {
  user: string;
  version: number;
  skips: boolean;
  inherits: boolean;
  owns: boolean;
  encrypted: boolean;
  local: boolean;
}

async function checkLogin(name: UrlName, url: string, sql: Sql): Promise<[works: boolean, Finding[]]> {
  try {
    const [row] = await sql<LoginRow[]>`
      select current_user as user, current_setting('server_version_num')::int as version,
        r.rolsuper or r.rolbypassrls as skips, r.rolinherit as inherits,
        exists (select from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
          and pg_has_role(r.oid, c.relowner, 'member')) as owns,
        coalesce((select s.ssl from pg_stat_ssl s where s.pid = pg_backend_pid()), false) as encrypted,
        coalesce(inet_server_addr() <<= '127.0.0.0/8' or host(inet_server_addr()) = '::1', true) as local
      from pg_roles r where r.rolname = current_user`;
    if (!row) return [true, []];
    return [true, judgeLogin(name, row)];
  } catch (error) {
    const host = URL.canParse(url) ? new URL(url).host : "its host";
    const mend = "Check host, port, user and password; npm run db:migrate sets the passwords of the logins.";
    return [false, [wrong(`${name} does not work (${host}): ${wordsOf(error)}`, mend)]];
  }
}

function judgeLogin(name: UrlName, row: LoginRow): Finding[] {
  const { user } = row;
  const findings = [ok(`${name} reaches PostgreSQL ${Math.floor(row.version / 10_000)} as ${user}`)];
  const add = (condition: boolean, what: string, mend: string) =>
    condition && findings.push(wrong(what, mend));
  const isOwner = name === "MIGRATION_DATABASE_URL";
  add(row.skips, `${user} may skip row-level security`, `alter role ${user} nosuperuser nobypassrls`);
  add(!isOwner && row.inherits, `${user} inherits the rights of its roles`, `alter role ${user} noinherit`);
  add(
    !isOwner && row.owns,
    `${name} logs in as an owner of the tables, for whom grants mean nothing`,
    `Use the login ${expectedLogins[name]}, which npm run db:migrate makes.`,
  );
  add(row.version < oldestPostgres, "PostgreSQL is older than 17", "Move to PostgreSQL 17 or newer.");
  if (!row.encrypted && !row.local)
    findings.push(wrong(`${name} is not encrypted`, "Add ?sslmode=verify-full to the URL."));
  if (user !== expectedLogins[name] && !row.owns && !isOwner)
    findings.push(
      warning(`${name} is the login ${user}, usually ${expectedLogins[name]}`, "Nothing, if it is meant."),
    );
  return findings;
}

async function checkMigrations(
  root: string,
  sql: Sql,
  source: Readonly<Record<string, string | undefined>>,
): Promise<Finding[]> {
  const journal = JSON.parse(readFileSync(path.join(root, "db/migrations/meta/_journal.json"), "utf8")) as {
    entries: unknown[];
  };
  const wanted = journal.entries.length;
  const [row] = source["MIGRATION_DATABASE_URL"]
    ? await sql<{ ran: number }[]>`select count(*)::int as ran from drizzle.__drizzle_migrations`
    : await sql<{ ran: number }[]>`select migrations as ran from installation_state()`;
  const ran = row?.ran ?? 0;
  if (ran === wanted) return [ok(`${wanted} migrations, none pending`)];
  if (ran > wanted)
    return [
      wrong("the database is newer than this release", "Run the release that migrated it, or a newer one."),
    ];
  return [wrong(`${wanted - ran} of ${wanted} migrations are pending`, "npm run db:migrate")];
}

interface InstallationRow {
  environment: string | null;
  demo: boolean;
  held: boolean;
  moved: boolean;
}

/** What is in it, and whether somebody works on it. */
async function checkWork(sql: Sql, source: Readonly<Record<string, string | undefined>>): Promise<Finding[]> {
  const findings: Finding[] = [];
  const [row] = await sql<InstallationRow[]>`
    select environment, demo_seeded_at is not null as demo, quarantined_at is not null as held,
      database_identity is not null and database_identity <> (select c.system_identifier || ':' || d.oid
        from pg_control_system() c, pg_database d where d.datname = current_database()) as moved
    from installation`;
  const environment = source["FINCH_ENVIRONMENT"] ?? "sandbox";
  if (row?.environment && row.environment !== environment)
    findings.push(
      wrong(
        `the database belongs to Finch's ${row.environment} environment, and FINCH_ENVIRONMENT is ${environment}`,
        "Set it back, or give Perch a database of its own.",
      ),
    );
  if (row?.demo && source["PERCH_MODE"] === "server")
    findings.push(wrong("the database holds the demo employers", "Give the server a database of its own."));
  if (row?.moved)
    findings.push(
      warning(
        "this database is a copy: the next start voids sessions and holds mail",
        "Nothing, if it was restored.",
      ),
    );
  if (row?.held)
    findings.push(
      warning(
        "a restored copy holds mail and disconnects",
        "Look at it, then: npm run perch -- restore:confirm",
      ),
    );
  const [work] = await sql<{ workers: number; failed: number }[]>`
    select (select count(*)::int from pg_locks l where l.locktype = 'advisory' and l.granted and l.objsubid = 2 and l.classid::bigint = 505247
        and l.database = (select d.oid from pg_database d where d.datname = current_database())) as workers,
      case when has_table_privilege('graphile_worker._private_jobs', 'select')
        then (select count(*)::int from graphile_worker._private_jobs where attempts >= max_attempts) else 0 end as failed`;
  findings.push(
    work?.workers
      ? ok(`${work.workers} ${work.workers === 1 ? "worker runs" : "workers run"}`)
      : warning("no worker runs", "npm run worker (npm start has one of its own)"),
  );
  if (work?.failed)
    findings.push(
      warning(
        `${work.failed} jobs were given up after their last attempt`,
        "Their codes are in the worker's log.",
      ),
    );
  return findings;
}
