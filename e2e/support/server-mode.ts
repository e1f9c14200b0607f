import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { pathToFileURL } from "node:url";
import postgres, { type Sql } from "postgres";
import { migrateDatabase } from "@/db/migrate";
import { runningCopy } from "@/e2e/fixtures/copy";
import { readKeptPort } from "@/scripts/lib/embedded-postgres";
import { root } from "@/scripts/lib/local-environment";
import { findFreePort } from "@/scripts/lib/net";
import { databaseUrl } from "@/scripts/lib/postmaster";
import { waitUntil } from "@/scripts/lib/processes";
import { loadSecrets } from "@/scripts/lib/secrets";
import { readBuiltActionsKey } from "@/scripts/lib/web-start";

/** A real web and worker in server mode, on the build of the stories and a database of their own. */
export interface ServerCopy {
  /** Where it listens. */
  url: string;
  /** Where people reach it: behind a proxy that ends TLS. */
  appUrl: string;
  sql: Sql;
  /** The processes' whole environment. */
  env: NodeJS.ProcessEnv;
  output(): string;
  stop(): Promise<void>;
}

const startTimeoutMs = 120_000;
const stopTimeoutMs = 8_000;
const random = () => randomBytes(32).toString("base64");

export async function startServerCopy(): Promise<ServerCopy> {
  const { dataDir } = runningCopy();
  const secrets = loadSecrets(dataDir);
  const place = { port: readKeptPort(dataDir), database: `perch_server_${process.pid}` };
  const superuser = { user: "postgres", password: secrets.postgresPassword, port: place.port };
  const admin = postgres(databaseUrl({ ...superuser, database: "postgres" }), {
    max: 1,
    onnotice: () => undefined,
  });
  await admin.unsafe(`drop database if exists ${place.database} with (force)`);
  await admin.unsafe(`create database ${place.database} owner perch_owner`);
  await migrateDatabase({
    ownerUrl: databaseUrl({ user: "perch_owner", password: secrets.ownerPassword, ...place }),
  });
  const sql = postgres(databaseUrl({ ...superuser, database: place.database }), {
    max: 2,
    onnotice: () => undefined,
  });

  const port = await findFreePort();
  const appUrl = "https://perch.example.com";
  const env = {
    PATH: process.env["PATH"] ?? "",
    NODE_ENV: "production" as const,
    PERCH_MODE: "server",
    HOST: "127.0.0.1",
    PORT: String(port),
    NEXTAUTH_URL: appUrl,
    NEXTAUTH_SECRET: random(),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: readBuiltActionsKey(root) ?? "",
    TOKEN_ENCRYPTION_KEYS: `k1:${random()}`,
    AUDIT_SIGNING_KEYS: `a1:${random()}`,
    DATABASE_URL: databaseUrl({ user: "perch_app", password: secrets.appPassword, ...place }),
    AUTH_DATABASE_URL: databaseUrl({ user: "perch_auth", password: secrets.authPassword, ...place }),
    WORKER_DATABASE_URL: databaseUrl({ user: "perch_worker", password: secrets.workerPassword, ...place }),
    FINCH_CLIENT_ID: "00000000-0000-4000-8000-000000000002",
    FINCH_CLIENT_SECRET: random(),
    FINCH_BASE_URL: runningCopy().sandboxUrl,
    FINCH_CONNECT_URL: runningCopy().sandboxUrl,
    SMTP_URL: "smtp://127.0.0.1:9",
    NEXT_TELEMETRY_DISABLED: "1",
  };
  let output = "";
  const children = ["scripts/web.ts", "worker/main.ts"].map((script) =>
    run(script, env, (text) => (output += text)),
  );
  const ended = () => children.some((child) => child.exitCode !== null || child.signalCode !== null);
  const stop = async () => {
    for (const child of children) child.kill("SIGTERM");
    await Promise.all(children.map((child) => waitUntil(() => child.exitCode !== null, stopTimeoutMs)));
    for (const child of children) child.kill("SIGKILL");
    await sql.end({ timeout: 1 });
    await admin.unsafe(`drop database if exists ${place.database} with (force)`);
    await admin.end({ timeout: 1 });
  };
  const url = `http://127.0.0.1:${port}`;
  await waitUntil(async () => ended() || (await isReady(url)), startTimeoutMs, 100);
  if (ended() || !(await isReady(url))) {
    await stop();
    throw new Error(`The server did not get ready:\n${output}`);
  }
  return { url, appUrl, sql, env, output: () => output, stop };
}

function run(script: string, env: NodeJS.ProcessEnv, say: (text: string) => void): ChildProcess {
  const refusing = pathToFileURL(path.join(root, "e2e/fixtures/no-embedded.mjs")).href;
  const child = spawn(process.execPath, ["--import", refusing, "--import", "tsx", script], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => say(chunk.toString()));
  return child;
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/api/health/ready`, { signal: AbortSignal.timeout(10_000) })).ok;
  } catch {
    return false;
  }
}
