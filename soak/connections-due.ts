import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Sql } from "postgres";
import { startDatabase } from "@/bench/lib/stand";
import { closeDatabase, configureDatabase, inScope } from "@/db/client";
import { updateConnection } from "@/db/repositories/connections";
import { insertAccessToken } from "@/db/repositories/connections-tokens";
import { connections } from "@/db/schema";
import { testEnvironment } from "@/db/testing/environment";
import { Secret } from "@/lib/crypto";
import { workerContext } from "@/lib/domain/context";
import { sealToken } from "@/lib/domain/keys/customer-vault";
import { enqueueSync } from "@/lib/domain/sync/enqueue-sync";
import type { LoggedRequest } from "@/sandbox/request-log";
import { defaultClient, startSandbox, type RunningSandbox } from "@/sandbox/server";
import { root } from "@/scripts/lib/local-environment";
import type { SoakResult } from "./result";

/**
 * Connections that are all due at once, one pay request each, and four workers as the product starts them; the sandbox's
 * clock and QUOTA_CLOCK_RATE at ten. Its request log is the judge: no 429, every connection had its turn before any had a
 * second one, and at least 95 % of what Finch would have accepted was used.
 */
const processes = 4;
const rate = 10;
/** Finch's sandbox doubles the 12 a minute of /employer/payment (Finch: Rate Limits). */
const allowance = 24;
const windowMs = 60_000;
const perCustomer = 20;
const endpoint = "GET /employer/payment";

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

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
  if (!response.ok) throw new Error(`${method} ${at} answered ${response.status}`);
  return (await response.json()) as T;
}

async function connect(sandbox: RunningSandbox, customerId: string): Promise<void> {
  const products = ["payment"];
  const made = await finch<{ access_token: string; connection_id: string }>(
    sandbox,
    "POST",
    "/sandbox/connections",
    { provider_id: "gusto", products, employee_size: 2 },
  );
  const ctx = workerContext(customerId, "soak");
  const [connectionId, tokenId] = [randomUUID(), randomUUID()];
  await inScope(ctx, async (tx) => {
    await tx.insert(connections).values({
      customerId,
      id: connectionId,
      finchConnectionId: made.connection_id,
      finchCustomerId: `${customerId}:${connectionId}`,
      providerId: "gusto",
      providerName: "Gusto",
      products,
    });
    const sealed = await sealToken(tx, customerId, tokenId, new Secret(made.access_token));
    await insertAccessToken(tx, { customerId, id: tokenId, connectionId, products, ...sealed });
    await updateConnection(tx, customerId, connectionId, { currentTokenId: tokenId });
    await enqueueSync(tx, ctx, connectionId, "scheduled");
  });
}

/** Syncs that read the list of payments and nothing else. */
async function prepare(sandbox: RunningSandbox, sql: Sql, count: number): Promise<void> {
  for (let made = 0; made < count; made += perCustomer) {
    const customerId = randomUUID();
    await sql`insert into customers (id, name) values (${customerId}, 'Soak')`;
    for (let n = made; n < Math.min(count, made + perCustomer); n += 1) await connect(sandbox, customerId);
    process.stderr.write(`\r${Math.min(count, made + perCustomer)} of ${count} connections`);
  }
  await sql`delete from sync_steps where name <> 'payments'`;
  await finch(sandbox, "DELETE", "/_sandbox/requests");
  await finch(sandbox, "PUT", "/_sandbox/clock", { rate, advance_ms: 600_000 });
}

/** Reads the log until every run has ended; the sandbox keeps its last rows only. */
async function watch(sandbox: RunningSandbox, sql: Sql, limitMs: number): Promise<LoggedRequest[]> {
  const all: LoggedRequest[] = [];
  for (const end = performance.now() + limitMs; performance.now() < end; await sleep(1_000)) {
    all.push(
      ...(await finch<LoggedRequest[]>(sandbox, "GET", `/_sandbox/requests?after=${all.at(-1)?.seq ?? 0}`)),
    );
    process.stderr.write(`\r${all.length} requests                    `);
    const open = await sql`select from sync_runs where status in ('queued', 'running', 'waiting') limit 1`;
    if (open.length === 0) break;
  }
  return all;
}

function judge(requests: readonly LoggedRequest[], count: number) {
  const pay = requests.filter(({ operation }) => operation === endpoint);
  const accepted = pay.filter(({ status }) => status === 200);
  const turns = new Map<string, number>();
  for (const { connection_id: id } of accepted) turns.set(id ?? "", (turns.get(id ?? "") ?? 0) + 1);
  const times = accepted.map(({ at }) => Date.parse(at)).sort((a, b) => a - b);
  // The first window's share leaves at once; each further one needs a whole window.
  const rounds = Math.floor((times.length - 1) / allowance);
  const tookMs = (times[rounds * allowance] ?? 0) - (times[0] ?? 0);
  return {
    refused: requests.filter(({ status }) => status === 429).length,
    connections: turns.size,
    mostTurns: Math.max(0, ...turns.values()),
    leastTurns: turns.size < count ? 0 : Math.min(...turns.values()),
    used: (rounds * windowMs) / tookMs,
    seconds: tookMs / rate / 1_000,
  };
}

/** `count` connections at once. */
export async function connectionsDue({ count, seed }: { count: number; seed: number }): Promise<SoakResult> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "perch-soak-"));
  const sandbox = await startSandbox({
    port: 0,
    initialSyncMs: 0,
    rateLimits: "sandbox",
    autoSync: false,
    seed: String(seed),
  });
  const { server, urls, sql } = await startDatabase(dataDir);
  const env = {
    ...testEnvironment(urls, dataDir),
    FINCH_BASE_URL: sandbox.url,
    FINCH_CONNECT_URL: sandbox.url,
    QUOTA_CLOCK_RATE: String(rate),
  };
  Object.assign(process.env, env);
  await configureDatabase({ url: urls.worker });
  const children: ChildProcess[] = [];
  try {
    await prepare(sandbox, sql, count);
    for (let n = 0; n < processes; n += 1)
      children.push(
        spawn(process.execPath, ["--import", "tsx", "worker/main.ts"], {
          cwd: root,
          env: { ...process.env, ...env, NODE_ENV: "production" },
          stdio: ["ignore", "ignore", "inherit"],
        }),
      );
    const idealMs = ((count / allowance) * windowMs) / rate;
    const found = judge(await watch(sandbox, sql, 3 * idealMs + 60_000), count);
    const [runs] = await sql<{ succeeded: number }[]>`
      select count(*)::int as succeeded from sync_runs where status = 'succeeded'`;
    const isFair = found.mostTurns - found.leastTurns <= 1 && found.connections === count;
    const pass = found.refused === 0 && isFair && found.used >= 0.95 && runs?.succeeded === count;
    const detail = {
      count,
      seed,
      succeeded: runs?.succeeded ?? 0,
      ...found,
      used: Number(found.used.toFixed(3)),
    };
    return { soak: "connections-due", pass, detail };
  } finally {
    for (const child of children) child.kill("SIGKILL");
    await closeDatabase();
    await sql.end({ timeout: 2 });
    await server.stop();
    await sandbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
