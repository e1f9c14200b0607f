import { accessSync, constants, readFileSync } from "node:fs";
import path from "node:path";
import postgres, { type Sql } from "postgres";
import { loadEnv, type Env } from "@/lib/env";
import { commandPlan, withEnvironment } from "../lib/command-environment";
import { root, type Plan } from "../lib/local-environment";
import { isPortFree } from "../lib/net";
import { bold, dim, green, red, yellow } from "../lib/terminal";

const oldestPostgres = 170_000;

interface Finding {
  state: "ok" | "warning" | "wrong";
  what: string;
  /** How to mend it. */
  mend?: string;
}

/** Says what is misconfigured and how to mend it. @returns 1 when something is wrong */
export async function doctor(): Promise<number> {
  const findings: Finding[] = [node()];
  report(findings);
  try {
    const { plan, supervisor } = commandPlan();
    const more = [
      { state: "ok", what: `${plan.mode} mode, ${plan.appUrl}` } as const,
      ...(plan.mode === "local" ? [folder(plan), ...(supervisor ? [] : await ports(plan))] : []),
      ...(supervisor
        ? [{ state: "ok", what: `running at ${supervisor.where}, process ${supervisor.pid}` } as const]
        : []),
    ];
    report(more);
    findings.push(...more, ...(await withEnvironment(() => environment())));
  } catch (error) {
    const wrong: Finding = { state: "wrong", what: (error as Error).message };
    report([wrong]);
    findings.push(wrong);
  }
  const wrong = findings.filter(({ state }) => state === "wrong").length;
  console.log(wrong === 0 ? green("\nNothing is wrong.") : red(`\n${wrong} to mend.`));
  return wrong === 0 ? 0 : 1;
}

function report(findings: Finding[]): void {
  const marks = { ok: green("✓"), warning: yellow("!"), wrong: red("✗") };
  for (const { state, what, mend } of findings)
    console.log(`${marks[state]} ${what}${mend ? `\n  ${dim(mend)}` : ""}`);
}

const node = (): Finding => ({ state: "ok", what: `${bold("Node")} ${process.versions.node}` });

function folder({ dataDir }: Plan): Finding {
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK);
    return { state: "ok", what: `data folder ${dataDir}` };
  } catch {
    return {
      state: "warning",
      what: `data folder ${dataDir} is not there or not writable`,
      mend: "npm start makes it; or set DATA_DIR.",
    };
  }
}

async function ports(plan: Plan): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [name, port] of [
    ["PORT", plan.port],
    ["SANDBOX_PORT", plan.sandboxPort],
  ] as const) {
    if (await isPortFree(port)) continue;
    findings.push({
      state: "warning",
      what: `port ${port} is taken`,
      mend: `Start with another one: ${name}=${port + 100} npm start`,
    });
  }
  return findings;
}

async function environment(): Promise<Finding[]> {
  const findings: Finding[] = [];
  const add = (...more: Finding[]) => {
    report(more);
    findings.push(...more);
  };
  let env: Env;
  try {
    env = loadEnv(process.env);
    add({
      state: "ok",
      what: `environment complete, Finch ${env.FINCH_ENVIRONMENT} at ${env.FINCH_BASE_URL}`,
    });
  } catch (error) {
    add({ state: "wrong", what: (error as Error).message, mend: ".env.example explains every variable." });
    return findings;
  }
  const logins = [
    ["DATABASE_URL", env.DATABASE_URL],
    ["AUTH_DATABASE_URL", env.AUTH_DATABASE_URL],
    ["WORKER_DATABASE_URL", env.WORKER_DATABASE_URL],
    ["MIGRATION_DATABASE_URL", env.MIGRATION_DATABASE_URL],
  ] as const;
  for (const [name, url] of logins) if (url) add(...(await login(name, url)));
  return findings;
}

async function login(name: string, url: string): Promise<Finding[]> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    const [row] = await sql<{ user: string; version: number; unsafe: boolean; inherits: boolean }[]>`
      select current_user as user, current_setting('server_version_num')::int as version,
        rolsuper or rolbypassrls as unsafe, rolinherit as inherits
      from pg_roles where rolname = current_user`;
    if (!row) return [];
    const findings: Finding[] = [{ state: "ok", what: `${name} reaches the database as ${row.user}` }];
    if (row.unsafe)
      findings.push({
        state: "wrong",
        what: `${row.user} may skip row-level security`,
        mend: `alter role ${row.user} nosuperuser nobypassrls`,
      });
    if (name === "DATABASE_URL" && row.inherits)
      findings.push({
        state: "wrong",
        what: `${row.user} inherits the rights of its roles`,
        mend: `alter role ${row.user} noinherit`,
      });
    if (name === "DATABASE_URL" && row.version < oldestPostgres)
      findings.push({
        state: "wrong",
        what: "PostgreSQL is older than 17",
        mend: "Move to PostgreSQL 17 or newer.",
      });
    if (name === "MIGRATION_DATABASE_URL") findings.push(await migrations(sql));
    return findings;
  } catch (error) {
    return [
      {
        state: "wrong",
        what: `${name} does not work: ${(error as Error).message || "no connection"}`,
        mend: "Check host, port, user and password of the URL; npm run db:migrate sets the passwords of the logins.",
      },
    ];
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function migrations(sql: Sql): Promise<Finding> {
  const journal = JSON.parse(readFileSync(path.join(root, "db/migrations/meta/_journal.json"), "utf8")) as {
    entries: { when: number }[];
  };
  const newest = Math.max(0, ...journal.entries.map(({ when }) => when));
  const [row] = await sql<
    { at: string | null }[]
  >`select max(created_at)::text as at from drizzle.__drizzle_migrations`;
  const at = Number(row?.at ?? 0);
  if (at === newest) return { state: "ok", what: `${journal.entries.length} migrations, none pending` };
  if (at > newest)
    return {
      state: "wrong",
      what: "the database is newer than this release",
      mend: "Run the release that migrated it, or a newer one.",
    };
  return { state: "wrong", what: "migrations are pending", mend: "npm run db:migrate" };
}
