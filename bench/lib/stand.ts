import { spawn, type ChildProcess } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres, { type Sql } from "postgres";
import { migrateDatabase } from "@/db/migrate";
import { testEnvironment } from "@/db/testing/environment";
import { bootstrapCluster } from "@/scripts/lib/bootstrap-cluster";
import { ensureBuild } from "@/scripts/lib/build";
import { startEmbeddedPostgres } from "@/scripts/lib/embedded-postgres";
import { findFreePort } from "@/scripts/lib/net";
import { databaseUrl } from "@/scripts/lib/postmaster";
import { waitUntil } from "@/scripts/lib/processes";

/** A database with default settings and the production web server, for the length of one figure. */
export interface Stand {
  /** A client that row-level security does not hold back, to fill tables. */
  sql: Sql;
  url: string;
  /** The worker's login, for what it keeps. */
  workerUrl: string;
  /** The session cookie of a user, as a sign-in leaves it. */
  cookieOf(userId: string): Promise<string>;
  stop(): Promise<void>;
}

const passwords = {
  superuser: "bench-superuser",
  owner: "bench-owner",
  app: "bench-app-1",
  auth: "bench-auth-1",
  worker: "bench-worker-1",
};

/** A fresh, migrated database with default settings. */
export async function startDatabase(dataDir: string) {
  const server = await startEmbeddedPostgres({ dataDir, superuserPassword: passwords.superuser });
  const database = "perch";
  await bootstrapCluster(server.superuserUrl, { database, ownerPassword: passwords.owner });
  const urlOf = (user: string, password: string) =>
    databaseUrl({ user, password, port: server.port, database });
  const urls = {
    owner: urlOf("perch_owner", passwords.owner),
    app: urlOf("perch_app", passwords.app),
    auth: urlOf("perch_auth", passwords.auth),
    worker: urlOf("perch_worker", passwords.worker),
  };
  const { app, auth, worker } = passwords;
  await migrateDatabase({ ownerUrl: urls.owner, passwords: { app, auth, worker } });
  const sql = postgres(urlOf("postgres", passwords.superuser), { max: 4, onnotice: () => undefined });
  return { server, urls, sql, superuserPassword: passwords.superuser };
}

/** The session cookie of a user at a web server on a port, as a sign-in leaves it. */
export async function sessionCookie(sql: Sql, userId: string, port: number): Promise<string> {
  const token = randomBytes(32).toString("hex");
  const hash = createHash("sha256").update(token).digest("hex");
  await sql`insert into sessions (session_token, user_id, expires) values (${hash}, ${userId}, now() + interval '1 hour')`;
  return `perch-session-${port}=${token}`;
}

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/api/health`)).ok;
  } catch {
    return false;
  }
}

async function startWeb(env: Record<string, string>, url: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/web.ts"], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  await waitUntil(async () => child.exitCode !== null || (await isUp(url)), 60_000);
  if (child.exitCode !== null) throw new Error(`The web server ended with ${child.exitCode}`);
  return child;
}

async function stopWeb(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}

/** Builds if needed, starts a fresh database and the web server on free ports. */
export async function startStand(): Promise<Stand> {
  await ensureBuild((text) => process.stderr.write(`${text}\n`));
  const dataDir = mkdtempSync(path.join(tmpdir(), "perch-bench-"));
  const { server, urls, sql } = await startDatabase(dataDir);
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  const env = {
    ...testEnvironment(urls, dataDir),
    NODE_ENV: "production",
    NEXTAUTH_URL: url,
    PORT: String(port),
  };
  const web = await startWeb(env, url);
  return {
    sql,
    url,
    workerUrl: urls.worker,
    cookieOf: (userId) => sessionCookie(sql, userId, port),
    async stop() {
      await stopWeb(web);
      await sql.end({ timeout: 2 });
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
