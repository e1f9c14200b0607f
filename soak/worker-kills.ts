import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startDatabase } from "@/bench/lib/stand";
import { closeDatabase, configureDatabase, inScope } from "@/db/client";
import { insertAccessToken } from "@/db/repositories/connections-tokens";
import { updateConnection } from "@/db/repositories/connections";
import { connections } from "@/db/schema";
import { testEnvironment } from "@/db/testing/environment";
import { Secret } from "@/lib/crypto";
import { workerContext } from "@/lib/domain/context";
import { sealToken } from "@/lib/domain/keys/customer-vault";
import { enqueueSync } from "@/lib/domain/sync/enqueue-sync";
import { defaultClient, startSandbox } from "@/sandbox/server";
import { randomOf } from "./random";
import type { SoakResult } from "./result";

/**
 * Syncs an employer over and over while its worker is killed with SIGKILL at
 * random moments. At the end the mirror has exactly the people that the sandbox
 * has, each once, and no more requests were repeated than workers were killed.
 */

const people = 2_000;
const products = ["company", "directory", "individual", "employment", "ssn"];
/** Requests of one undisturbed sync: introspect, Finch jobs, company, directory, individual, employment. */
const requestsOfSync = 6;

async function connect(finchUrl: string, customerId: string) {
  const response = await fetch(`${finchUrl}/sandbox/connections`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${defaultClient.id}:${defaultClient.secret}`).toString("base64")}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ provider_id: "gusto", products, employee_size: people }),
  });
  const made = (await response.json()) as { access_token: string; connection_id: string };
  const ctx = workerContext(customerId, "soak");
  const connectionId = randomUUID();
  const tokenId = randomUUID();
  await inScope(ctx, async (tx) => {
    await tx.insert(connections).values({
      customerId,
      id: connectionId,
      finchConnectionId: made.connection_id,
      finchCustomerId: customerId,
      providerId: "gusto",
      providerName: "Gusto",
      products,
    });
    const sealed = await sealToken(tx, customerId, tokenId, new Secret(made.access_token));
    await insertAccessToken(tx, { customerId, id: tokenId, connectionId, products, ...sealed });
    await updateConnection(tx, customerId, connectionId, { currentTokenId: tokenId });
  });
  return { ctx, connectionId };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function startWorker(): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", "worker/main.ts"], { stdio: "ignore" });
}

/** `kills` workers are killed; a last one is let finish. */
export async function workerKills({ kills, seed }: { kills: number; seed: number }): Promise<SoakResult> {
  const next = randomOf(seed);
  const dataDir = mkdtempSync(path.join(tmpdir(), "perch-soak-"));
  const sandbox = await startSandbox({ port: 0, initialSyncMs: 0 });
  const { server, urls, sql } = await startDatabase(dataDir);
  Object.assign(process.env, testEnvironment(urls, dataDir), {
    FINCH_BASE_URL: sandbox.url,
    SYNC_POLL_MS: "50",
  });
  await configureDatabase({ url: urls.worker });
  let worker: ChildProcess | undefined;
  try {
    const customerId = randomUUID();
    await sql`insert into customers (id, name) values (${customerId}, 'Soak')`;
    const { ctx, connectionId } = await connect(sandbox.url, customerId);
    const enqueue = () => inScope(ctx, (tx) => enqueueSync(tx, ctx, connectionId, "scheduled"));
    const isOpen = async () =>
      (await sql`select from sync_runs where status in ('queued', 'running', 'waiting')`).length > 0;
    for (let kill = 0; kill < kills; kill++) {
      if (!(await isOpen())) await enqueue();
      worker = startWorker();
      await sleep(1_000 + next() * 12_000);
      worker.kill("SIGKILL");
      process.stderr.write(`\r${kill + 1} of ${kills} workers killed`);
    }
    if (!(await isOpen())) await enqueue();
    worker = startWorker();
    for (const end = Date.now() + 300_000; await isOpen(); await sleep(200)) {
      if (Date.now() > end) throw new Error("The last worker did not finish the sync within 5 minutes");
    }
    const [facts] = await sql<
      { people: number; once: number; whole: number; runs: number; failed: number; requests: number }[]
    >`
      select (select count(*)::int from individuals where deleted_at is null) as people,
        (select count(distinct finch_individual_id)::int from individuals) as once,
        (select count(*)::int from individuals i join individual_profiles p on p.individual_id = i.id where i.employment_fetched_at is not null) as whole,
        (select count(*)::int from sync_runs where status = 'succeeded') as runs,
        (select count(*)::int from sync_runs where status <> 'succeeded') as failed,
        (select count(*)::int from api_requests where outcome = 'ok' and connection_id is not null) as requests`;
    if (!facts) throw new Error("The mirror could not be counted");
    const isWhole = [facts.people, facts.once, facts.whole].every((count) => count === people);
    const repeated = facts.requests - facts.runs * requestsOfSync;
    const pass = isWhole && facts.failed === 0 && repeated <= kills;
    return { soak: "worker-kills", pass, detail: { kills, seed, ...facts, repeated } };
  } finally {
    worker?.kill("SIGKILL");
    await closeDatabase();
    await sql.end({ timeout: 2 });
    await sandbox.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
