import path from "node:path";
import type { LocalDatabase } from "./local-database";
import type { ChildSpec } from "./managed-child";
import { root, type Plan, type Variables } from "./local-environment";
import { loopback } from "./net";
import { workerMemory } from "./worker-memory";

/** The processes of a local copy. Each gets only the logins that are its own. */
export function servicesOf(plan: Plan, database: LocalDatabase, dev: boolean): ChildSpec[] {
  const all = {
    ...database.variables,
    NODE_ENV: dev ? "development" : "production",
    // Compiled code is kept between starts: a second start is faster by it.
    NODE_COMPILE_CACHE: path.join(root, ".build", "compile-cache"),
  };
  const env = without(all, ["MIGRATION_DATABASE_URL"]);
  const sandbox: ChildSpec = {
    name: "sandbox",
    script: path.join(root, "sandbox/main.ts"),
    env: without(env, ["DATABASE_URL", "AUTH_DATABASE_URL", "WORKER_DATABASE_URL", "TOKEN_ENCRYPTION_KEYS"]),
    isReady: () => answers(`http://${loopback}:${plan.sandboxPort}/`),
  };
  const worker: ChildSpec = {
    name: "worker",
    script: path.join(root, "worker/main.ts"),
    nodeArgs: workerMemory,
    env,
    isReady: () => hasWorker(database),
  };
  const web: ChildSpec = {
    name: "web",
    script: path.join(root, "scripts/web.ts"),
    args: dev ? ["--dev"] : [],
    env: without(env, ["WORKER_DATABASE_URL"]),
    isReady: () => answers(`http://${loopback}:${plan.port}/api/health/ready`),
  };
  return [...(plan.sandbox ? [sandbox] : []), worker, web];
}

function without(env: Variables, names: string[]): Variables {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}

/** Any answer will do: what it says is about more than this process. */
async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(20_000), redirect: "manual" });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}

async function hasWorker({ lock }: LocalDatabase): Promise<boolean> {
  const rows = await lock.sql`
    select from pg_stat_activity where usename = 'perch_worker' and datname = current_database() limit 1`;
  return rows.length > 0;
}
