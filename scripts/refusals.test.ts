import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { createTestDatabase, useTestDatabase, type TestDatabase } from "@/db/testing";
import { checkStart } from "@/lib/domain/installation/check-start";

/** Real processes that must not start: each says why in one sentence, names the variable, and shows no secret. */

type Script = "scripts/web.ts" | "worker/main.ts" | "scripts/start.ts";
interface Ended {
  code: number | null;
  output: string;
}

const root = path.resolve(import.meta.dirname, "..");
const database = useTestDatabase();
let demo: TestDatabase;
let server: Record<string, string>;
let local: Record<string, string>;
const random = () => randomBytes(32).toString("base64");

beforeAll(async () => {
  local = { ...database().env, DATA_DIR: path.join(database().env["DATA_DIR"] ?? "", "data"), PORT: "4221" };
  server = {
    ...local,
    PERCH_MODE: "server",
    NODE_ENV: "production",
    NEXTAUTH_URL: "https://perch.example.com",
    SMTP_URL: "smtps://mail.example.com",
    FINCH_CLIENT_SECRET: random(),
    LOG_LEVEL: "error",
  };
  // The database belongs to an installation for Finch's sandbox, sealed with the key of `local`.
  await configureDatabase({ url: database().urls.worker });
  await checkStart({ as: "worker" });
  await closeDatabase();
  demo = await createTestDatabase();
  await demo.sql("superuser")`update installation set demo_seeded_at = now()`;
});
afterAll(async () => {
  await demo.drop();
});

// As many as there are cores: the limit of time is for all of them together.
let running = 0;
const waiting: (() => void)[] = [];
async function start(script: Script, env: Record<string, string>, args: string[] = []): Promise<Ended> {
  if (running >= 2) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await run(script, env, args);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

function run(script: Script, env: Record<string, string>, args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ["--import", "tsx", script, ...args], {
    cwd: root,
    env: {
      NODE_ENV: "test" as const,
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 20_000,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, output })));
}

const without = (env: Record<string, string>, ...names: string[]) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));

function expectRefusal({ code, output }: Ended, words: RegExp | string): void {
  expect(output).toMatch(words);
  expect(code).toBe(1);
  expect(output).not.toMatch(/\n\s+at /);
  const secrets = [server, demo.env].flatMap((env) =>
    ["NEXTAUTH_SECRET", "TOKEN_ENCRYPTION_KEYS", "AUDIT_SIGNING_KEYS", "FINCH_CLIENT_SECRET"].map(
      (name) => env[name],
    ),
  );
  for (const secret of secrets) if (secret !== "sandbox-secret") expect(output).not.toContain(secret);
}

/** Web and worker alike. */
const processes = ["scripts/web.ts", "worker/main.ts"] as const;

describe.concurrent("a server does not start", { timeout: 60_000 }, () => {
  it.each(processes)("with what is missing or wrong, all of it named at once (%s)", async (script) => {
    const missing = ["TOKEN_ENCRYPTION_KEYS", "AUDIT_SIGNING_KEYS", "SMTP_URL", "FINCH_CLIENT_ID"];
    const ended = await start(script, {
      ...without(server, ...missing, "WORKER_DATABASE_URL"),
      FINCH_CLIENT_SECRET: "sandbox-secret",
      NEXTAUTH_SECRET: "a".repeat(40),
      NEXTAUTH_URL: "http://perch.example.com",
      FINCH_LOG: "debug",
      NEXTAUTH_DEBUG: "true",
      FINCH_ENVIRONMENT: "production",
      DATABASE_URL: "postgres://perch_app:secret-word@db.example.com/perch",
    });
    for (const name of missing) expectRefusal(ended, `${name} is missing`);
    if (script === "worker/main.ts") expectRefusal(ended, "WORKER_DATABASE_URL is missing");
    expectRefusal(ended, "FINCH_CLIENT_SECRET is a known default");
    expectRefusal(ended, "NEXTAUTH_SECRET repeats");
    expectRefusal(ended, "NEXTAUTH_URL must be https");
    expectRefusal(ended, "FINCH_LOG is not allowed");
    expectRefusal(ended, "NEXTAUTH_DEBUG is not allowed");
    expectRefusal(ended, "FINCH_BASE_URL is a local sandbox, so FINCH_ENVIRONMENT must be sandbox");
    expectRefusal(ended, "DATABASE_URL names another machine: add ?sslmode=verify-full");
    expect(ended.output).not.toContain("secret-word");
  });

  it.each(processes)("on a database with the demo (%s)", async (script) => {
    const urls = Object.fromEntries(
      Object.entries(demo.env).filter(([name]) => name.endsWith("DATABASE_URL")),
    );
    expectRefusal(await start(script, { ...server, ...urls }), "This database holds the demo employers");
  });

  it.each(processes)("for another Finch environment than its first one (%s)", async (script) => {
    expectRefusal(
      await start(script, {
        ...server,
        FINCH_ENVIRONMENT: "production",
        FINCH_BASE_URL: "https://api.tryfinch.com",
      }),
      "belongs to an installation for Finch's sandbox environment, and FINCH_ENVIRONMENT is production",
    );
  });

  it.each([
    ["scripts/web.ts", "test", 'The key "test" is not the one that this database was sealed with'],
    ["worker/main.ts", "other", "sealed with the keys test; none of them is configured"],
  ] as const)("with a wrong token key (%s, %s)", async (script, id, words) => {
    expectRefusal(await start(script, { ...server, TOKEN_ENCRYPTION_KEYS: `${id}:${random()}` }), words);
  });

  it.each([
    ["scripts/web.ts", "DATABASE_URL", "superuser", "postgres may skip row-level security"],
    ["scripts/web.ts", "DATABASE_URL", "owner", "perch_owner .*owns the tables"],
    ["scripts/web.ts", "AUTH_DATABASE_URL", "owner", "perch_owner .*owns the tables"],
    ["worker/main.ts", "WORKER_DATABASE_URL", "owner", "perch_owner .*owns the tables"],
  ] as const)("with a login that could skip the locks (%s, %s=%s)", async (script, name, login, words) => {
    expectRefusal(await start(script, { ...server, [name]: database().urls[login] }), new RegExp(words));
  });

  it("with hot reload", async () => {
    expectRefusal(await start("scripts/web.ts", server, ["--dev"]), "Hot reload (--dev) is for local mode");
  });

  it("without a build or on one of another key, though everything else is right", async () => {
    expectRefusal(
      await start("scripts/web.ts", server),
      existsSync(path.join(root, ".next", "BUILD_ID"))
        ? "The build was made without NEXT_SERVER_ACTIONS_ENCRYPTION_KEY, or with another one"
        : "There is no build yet",
    );
  });

  it("through npm start, which embeds database and sandbox", async () => {
    expectRefusal(
      await start("scripts/start.ts", { PERCH_MODE: "server", DATA_DIR: local["DATA_DIR"] ?? "" }),
      "npm start runs a whole local copy",
    );
  });
});

describe.concurrent("a local copy does not start", { timeout: 60_000 }, () => {
  it.each(["scripts/web.ts", "worker/main.ts", "scripts/start.ts"] as const)(
    "for real data, or where others reach it or its database (%s)",
    async (script) => {
      const ended = await start(script, {
        ...local,
        FINCH_ENVIRONMENT: "production",
        NEXTAUTH_URL: "https://perch.example.com",
        DATABASE_URL: "postgres://perch_app:x@db.example.com/perch",
      });
      expectRefusal(ended, "FINCH_ENVIRONMENT must be sandbox in local mode");
      expectRefusal(ended, "NEXTAUTH_URL must be loopback in local mode");
      expectRefusal(ended, "DATABASE_URL names another machine");
    },
  );
});
