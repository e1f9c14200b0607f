import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Sql } from "postgres";
import { startDatabase } from "@/bench/lib/stand";
import { closeDatabase } from "@/db/client";
import { testEnvironment } from "@/db/testing/environment";
import type { LoggedRequest } from "@/sandbox/request-log";
import { startSandbox, type RunningSandbox } from "@/sandbox/server";
import { root } from "@/scripts/lib/local-environment";
import { workerMemory } from "@/scripts/lib/worker-memory";
import { Employer, pause, Stage } from "@/soak/mirror/stage";

/** A database, a sandbox with Finch's own limits, and a worker process as the product starts it. */

export interface SyncStand {
  stage: Stage;
  sql: Sql;
  /** Makes a company and connects it. */
  connect(people: number, payments: number): Promise<Employer>;
  /** Syncs in a worker process of its own, and watches it. */
  mirror(employer: Employer): Promise<MirrorRun>;
  /** What the sandbox received for an employer, oldest first. */
  received(employer: Employer): Promise<LoggedRequest[]>;
  stop(): Promise<void>;
}

export interface MirrorRun {
  seconds: number;
  /** The most memory that the worker process was resident with. Megabytes. */
  peakMb: number;
}

const products = [
  ...["company", "directory", "individual", "employment", "ssn"],
  ...["payment", "pay_statement", "benefits", "documents"],
];
const longestSyncMs = 60 * 60_000;

/** Statements with a line of each category at most: what is measured does not hang on the number of lines. */
function withFewLines({ sandbox: { app } }: RunningSandbox): void {
  const answer = app.fetch;
  app.fetch = async (request, ...rest) => {
    const response = await answer(request, ...rest);
    if (response.status !== 200 || new URL(request.url).pathname !== "/employer/pay-statement")
      return response;
    const body = (await response.json()) as { responses: { body: { pay_statements?: object[] } }[] };
    for (const { body: item } of body.responses) {
      for (const slip of item.pay_statements ?? []) {
        for (const [key, list] of Object.entries(slip))
          if (Array.isArray(list)) Object.assign(slip, { [key]: list.slice(0, 1) });
      }
    }
    const headers = new Headers(response.headers);
    headers.delete("content-length");
    return new Response(JSON.stringify(body), { headers });
  };
}

/** The most that a process was ever resident with, as Linux counts it; no number elsewhere, which holds no bar. Megabytes. */
function peakOf(child: ChildProcess): number {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1_024;
  } catch {
    return Number.NaN;
  }
}

export async function startSyncStand({ fewLines }: { fewLines: boolean }): Promise<SyncStand> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "perch-bench-"));
  const sandbox = await startSandbox({ port: 0, initialSyncMs: 0, jobDelayMs: 0, rateLimits: "sandbox" });
  if (fewLines) withFewLines(sandbox);
  const { server, urls, sql } = await startDatabase(dataDir);
  const env = {
    ...testEnvironment(urls, dataDir),
    FINCH_BASE_URL: sandbox.url,
    FINCH_CONNECT_URL: sandbox.url,
  };
  Object.assign(process.env, env);
  const stage = new Stage({ sql, workerUrl: urls.worker, sandbox });
  await stage.openDatabase();
  return {
    stage,
    sql,
    async connect(people, payments) {
      const body = { provider_id: "gusto", people, payments, products };
      type Made = Parameters<typeof Employer.connect>[1];
      return Employer.connect(stage, await stage.finch<Made>("POST", "/_sandbox/companies", body));
    },
    mirror: (employer) => mirrorApart(employer, env),
    async received({ finchConnectionId }) {
      const all = await stage.finch<LoggedRequest[]>("GET", "/_sandbox/requests?after=0");
      return all.filter((request) => request.connection_id === finchConnectionId);
    },
    async stop() {
      await closeDatabase();
      await sql.end({ timeout: 2 });
      await server.stop();
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function mirrorApart(employer: Employer, env: Record<string, string>): Promise<MirrorRun> {
  const { runId } = await employer.enqueue("first");
  const child = spawn(process.execPath, [...workerMemory, "--import", "tsx", "worker/main.ts"], {
    cwd: root,
    env: { ...process.env, ...env, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const startedAt = performance.now();
  let peakMb = 0;
  try {
    while (!(await isOver(employer, runId))) {
      peakMb = Math.max(peakMb, peakOf(child));
      if (child.exitCode !== null) throw new Error(`The worker ended with ${child.exitCode}`);
      if (performance.now() - startedAt > longestSyncMs) throw new Error("The sync did not end");
      await pause(250);
    }
    return { seconds: (performance.now() - startedAt) / 1_000, peakMb: Math.max(peakMb, peakOf(child)) };
  } finally {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    if (child.exitCode === null) await ended;
  }
}

async function isOver({ stage, connectionId }: Employer, runId: string): Promise<boolean> {
  const [run] = await stage.sql<{ status: string; failure_message: string | null }[]>`
    select status, failure_message from sync_runs where id = ${runId} and connection_id = ${connectionId}`;
  if (run?.status === "failed" || run?.status === "partly_failed")
    throw new Error(`The sync ended ${run.status}: ${run.failure_message ?? ""}`);
  return run?.status === "succeeded";
}
