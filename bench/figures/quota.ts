import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { atLeast, atMost, type Figure } from "@/bench/lib/figure";
import { endlessJob } from "@/bench/lib/quota-job";
import { startDatabase } from "@/bench/lib/stand";
import { closeDatabase, configureDatabase, inSystem } from "@/db/client";
import { testEnvironment } from "@/db/testing/environment";
import { enqueue } from "@/lib/jobs/define";
import type { LoggedRequest } from "@/sandbox/request-log";
import { defaultClient, startSandbox, type RunningSandbox } from "@/sandbox/server";
import { root } from "@/scripts/lib/local-environment";

/**
 * Four workers with endless work against the sandbox with Finch's own limits; its clock and QUOTA_CLOCK_RATE at ten. The
 * sandbox's request log is the judge: what it accepted of what it would have accepted, and what it refused.
 */
const processes = 4;
const rate = Number(process.env["QUOTA_CLOCK_RATE"] ?? 10);
const lanes = 40;

interface Load {
  name: string;
  endpoints: string[];
  /** Requests that the binding allowance has in a window. */
  allowance: number;
  /** By Finch's clock. */
  windowMs: number;
  windows: number;
}

const pay: Load = {
  name: "one endpoint",
  endpoints: ["POST /employer/pay-statement"],
  allowance: 24,
  windowMs: 60_000,
  windows: rate === 1 ? 2 : 8,
};
/** Together 272 a minute by their own quotas, of which the address lets 200 through. */
const everything: Load = {
  name: "the address",
  endpoints: [
    ...["GET /employer/company", "GET /employer/directory", "POST /employer/individual"],
    ...["POST /employer/employment", "GET /employer/pay-statement-item", "GET /employer/payment"],
    ...["GET /employer/pay-groups", "POST /employer/pay-statement"],
  ],
  allowance: 1_000,
  windowMs: 300_000,
  windows: 2,
};

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Measured {
  used: number;
  rejected: number;
  accepted: number;
}

async function finch<T>({ url }: RunningSandbox, method: string, at: string, body?: unknown): Promise<T> {
  const basic = Buffer.from(`${defaultClient.id}:${defaultClient.secret}`).toString("base64");
  const response = await fetch(`${url}${at}`, {
    method,
    headers: {
      authorization: `Basic ${basic}`,
      "content-type": "application/json",
      "x-sandbox-control": "1",
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${at} answered ${response.status}`);
  return (await response.json()) as T;
}

const products = ["company", "directory", "individual", "employment", "payment", "pay_statement"];

/** What each endpoint is asked: as little as it takes. */
function bodyOf(endpoint: string, people: string[], payment: string): string | null {
  if (endpoint.endsWith("/pay-statement"))
    return JSON.stringify({ requests: [{ payment_id: payment, limit: 1, offset: 0 }] });
  if (endpoint.startsWith("POST"))
    return JSON.stringify({ requests: people.slice(0, 1).map((individual_id) => ({ individual_id })) });
  return null;
}
const queryOf = (endpoint: string) =>
  endpoint.endsWith("/payment") ? `${endpoint}?start_date=2026-01-01&end_date=2026-12-31` : endpoint;

/** One connection of the sandbox; the lanes are made up. */
async function connect(sandbox: RunningSandbox) {
  const made = await finch<{ access_token: string }>(sandbox, "POST", "/sandbox/connections", {
    provider_id: "gusto",
    products,
    employee_size: 3,
  });
  const headers = { authorization: `Bearer ${made.access_token}` };
  const read = async <T>(at: string) => (await (await fetch(`${sandbox.url}${at}`, { headers })).json()) as T;
  const directory = await read<{ individuals: { id: string }[] }>("/employer/directory");
  const payments = await read<{ id: string }[]>(
    "/employer/payment?start_date=2020-01-01&end_date=2030-01-01",
  );
  return {
    token: made.access_token,
    people: directory.individuals.map(({ id }) => id),
    payment: payments[0]?.id ?? "",
  };
}

async function requestsSince(sandbox: RunningSandbox, seq: number): Promise<LoggedRequest[]> {
  return finch<LoggedRequest[]>(sandbox, "GET", `/_sandbox/requests?after=${seq}`);
}

/** Collects the log while it runs: the sandbox keeps its last rows only. */
async function collect(sandbox: RunningSandbox, ms: number): Promise<LoggedRequest[]> {
  const all: LoggedRequest[] = [];
  for (const end = performance.now() + ms; performance.now() < end; await sleep(1_000))
    all.push(...(await requestsSince(sandbox, all.at(-1)?.seq ?? 0)));
  return all;
}

async function measure(load: Load): Promise<Measured> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "perch-bench-"));
  const sandbox = await startSandbox({ port: 0, initialSyncMs: 0, rateLimits: "sandbox", autoSync: false });
  const { server, urls, sql } = await startDatabase(dataDir);
  const children: ChildProcess[] = [];
  const env = {
    ...testEnvironment(urls, dataDir),
    FINCH_BASE_URL: sandbox.url,
    FINCH_CONNECT_URL: sandbox.url,
    QUOTA_CLOCK_RATE: String(rate),
  };
  try {
    await finch(sandbox, "PUT", "/_sandbox/clock", { rate });
    const { token, people, payment } = await connect(sandbox);
    // What connecting took is out of Finch's windows before the work begins.
    await finch(sandbox, "PUT", "/_sandbox/clock", { advance_ms: 600_000 });
    await finch(sandbox, "DELETE", "/_sandbox/requests");
    await configureDatabase({ url: urls.worker });
    await inSystem(async (tx) => {
      for (let lane = 0; lane < lanes; lane += 1) {
        const endpoint = load.endpoints[lane % load.endpoints.length] ?? "";
        const body = bodyOf(endpoint, people, payment);
        const ids = { customerId: randomUUID(), lane: randomUUID() };
        await enqueue(tx, endlessJob, { ...ids, endpoint: queryOf(endpoint), token, body });
      }
    });
    for (let n = 0; n < processes; n += 1)
      children.push(
        spawn(process.execPath, ["--import", "tsx", "bench/lib/quota-worker.ts"], {
          cwd: root,
          env: { ...process.env, ...env },
          stdio: ["ignore", "ignore", "inherit"],
        }),
      );
    // The first window is a burst, and the processes come up in it.
    const requests = await collect(sandbox, ((load.windows + 1) * load.windowMs) / rate + 15_000);
    return judge(load, requests);
  } finally {
    for (const child of children) child.kill("SIGKILL");
    await closeDatabase();
    await sql.end({ timeout: 2 });
    await server.stop();
    await sandbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Whole windows after the first one: what was accepted in them of what could have been. */
function judge({ allowance, windowMs, windows }: Load, requests: LoggedRequest[]): Measured {
  const at = (request: LoggedRequest) => Date.parse(request.at);
  const accepted = requests
    .filter(({ status }) => status !== null && status < 400)
    .sort((a, b) => at(a) - at(b));
  const first = accepted[0];
  if (!first) throw new Error("Nothing was sent");
  const from = at(first) + windowMs;
  const inside = accepted.filter((each) => at(each) >= from && at(each) < from + windows * windowMs);
  return {
    used: inside.length / (allowance * windows),
    rejected: requests.filter(({ status }) => status === 429).length,
    accepted: accepted.length,
  };
}

export async function quota(): Promise<Figure[]> {
  const loads = [pay, everything];
  const results: Measured[] = [];
  for (const load of loads) results.push(await measure(load));
  const used = results.map((result, index) => `${loads[index]?.name} ${result.used.toFixed(3)}`).join(", ");
  const sent = results.reduce((sum, { accepted }) => sum + accepted, 0);
  const rejected = results.reduce((sum, result) => sum + result.rejected, 0);
  const how = `${processes} worker processes, clock at ${rate}`;
  return [
    atLeast("quota.used", Math.min(...results.map((result) => result.used)), 0.95, `${used}; ${how}`),
    atMost("quota.rejected", rejected, 0, `of ${sent + rejected} requests; ${how}`),
  ];
}
