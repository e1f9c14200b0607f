import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { inScope } from "@/db/client";
import { useSyncWorld } from "@/lib/domain/sync/testing";
import { handlers } from "./registry";
import { schedules } from "./schedules";
import { startLiveness } from "./liveness";

const world = useSyncWorld();
const children: ChildProcess[] = [];
afterAll(() => children.forEach((child) => child.kill("SIGKILL")));
vi.setConfig({ testTimeout: 120_000 });

interface WorkerProcess {
  child: ChildProcess;
  output(): string;
  exit: Promise<number | null>;
}

function startProcess(): WorkerProcess {
  const child = spawn(process.execPath, ["--import", "tsx", "worker/main.ts"], {
    cwd: path.resolve(import.meta.dirname, ".."),
    env: {
      ...process.env,
      ...world.database().env,
      FINCH_BASE_URL: world.sandbox().url,
      LOG_LEVEL: "trace",
      SYNC_POLL_MS: "20",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output, exit: new Promise((resolve) => child.once("exit", resolve)) };
}

const until = (condition: () => boolean | Promise<boolean>) =>
  expect.poll(condition, { timeout: 60_000, interval: 50 }).toBe(true);

describe("the worker process", () => {
  it("does a sync from a job, fetches the providers, writes no secret to its log and stops within 5 s", async () => {
    const connection = await world.connect();
    const worker = startProcess();
    await until(() => worker.output().includes("the worker runs"));
    const { runId } = await world.enqueue(connection);
    await until(
      async () =>
        (await world.row<{ status: string }>("select status from sync_runs where id = $1", [runId]))
          .status === "succeeded",
    );
    await until(async () => (await world.rows("select 1 from providers limit 1")).length === 1);
    const ssns = await world.finch<{ responses: { body: { ssn: string | null } }[] }>(
      "POST",
      "/employer/individual",
      {
        requests: (await world.rows<{ id: string }>("select finch_individual_id as id from individuals")).map(
          ({ id }) => ({ individual_id: id }),
        ),
        options: { include: ["ssn"] },
      },
      connection.accessToken,
    );
    for (const secret of [connection.accessToken, ...ssns.responses.flatMap(({ body }) => body.ssn ?? [])]) {
      expect(worker.output()).not.toContain(secret);
    }
    worker.child.kill("SIGTERM");
    expect(await worker.exit).toBe(0);
  });

  it("stops in order when it is told to before it has started, and writes down what it did", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await world.enqueue(connection);
    const worker = startProcess();
    await until(
      async () => (await world.rows("select 1 from workers where takes = 'steps of syncs'")).length > 0,
    );
    worker.child.kill("SIGTERM");
    expect(await worker.exit).toBe(0);
    expect(
      await world.rows("select 1 from graphile_worker._private_jobs where locked_by is not null"),
    ).toEqual([]);
    expect(worker.output()).toContain("the worker stops");
    const done = worker.output().matchAll(/"jobId":"(\d+)".*"msg":"job done"/g);
    const left = await world.rows<{ id: string }>("select id::text from graphile_worker._private_jobs");
    for (const [, id] of done) expect(left).not.toContainEqual({ id });
  });

  it("stops within 5 s while Finch keeps it waiting, and leaves the job free for the next one", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await world.fault({ operation: "GET /employer/directory", kind: "latency", ms: 60_000 });
    const worker = startProcess();
    const { runId } = await world.enqueue(connection);
    await until(async () => (await world.finch<unknown[]>("GET", "/_sandbox/faults")).length === 0);
    const askedAt = performance.now();
    worker.child.kill("SIGTERM");
    await worker.exit;
    // Five seconds of its own, and what a busy machine adds to a process's end; Finch keeps it for sixty.
    expect(performance.now() - askedAt).toBeLessThan(20_000);
    expect(
      await world.rows("select 1 from graphile_worker._private_jobs where locked_by is not null"),
    ).toEqual([]);
    await world.work();
    expect(await world.row("select status from sync_runs where id = $1", [runId])).toEqual({
      status: "succeeded",
    });
  });
});

describe("requests that hang", () => {
  it("of a dozen connections delay neither another sync nor other jobs", async () => {
    const connections = [];
    for (let n = 0; n < 13; n += 1)
      connections.push(await world.connect({ products: ["company"], employees: 2 }));
    await world.fault({ operation: "GET /employer/company", kind: "latency", ms: 120_000, times: 12 });
    const worker = startProcess();
    const runs = await Promise.all(connections.map((connection) => world.enqueue(connection)));
    const ids = runs.map(({ runId }) => `'${runId}'`).join(",");
    await until(async () => {
      const done = await world.rows(`select 1 from sync_runs where id in (${ids}) and status = 'succeeded'`);
      return done.length === 1;
    });
    await world.rows("select graphile_worker.add_job('sign-in.clean', '{}')");
    await until(
      async () =>
        (await world.rows("select from graphile_worker.jobs where task_identifier = 'sign-in.clean'"))
          .length === 0,
    );
    worker.child.kill("SIGTERM");
    await worker.exit;
  });
});

describe("the reaper", () => {
  it("frees what a dead worker held, and nothing of a living one", async () => {
    const url = world.database().urls.worker;
    const living = await startLiveness(url, "pool-living");
    const other = await startLiveness(url, "pool-other");
    const { ctx, customerId } = await world.connect();
    const { enqueue } = await import("@/lib/jobs/define");
    const { scheduleSyncsJob } = await import("@/lib/jobs/sync");
    await inScope(ctx, async (tx) => {
      await enqueue(tx, scheduleSyncsJob, {});
      await enqueue(tx, scheduleSyncsJob, {});
    });
    expect(customerId).not.toBe("");
    await world.rows(
      `update graphile_worker._private_jobs j set locked_at = now() - interval '1 minute', locked_by = case when j.id = (select min(id) from graphile_worker._private_jobs) then 'pool-dead' else 'pool-living' end`,
    );
    expect(await other.reap()).toEqual(["pool-dead"]);
    expect(
      await world.rows(
        "select distinct locked_by from graphile_worker._private_jobs where locked_by is not null",
      ),
    ).toEqual([{ locked_by: "pool-living" }]);
    await living.stop();
    await other.stop();
    expect(
      await world.rows("select 1 from graphile_worker._private_jobs where locked_by is not null"),
    ).toEqual([]);
  });
});

describe("the registry", () => {
  it("has a handler for every scheduled job, and no two of one name", () => {
    const names = handlers.map((handler) => handler.name);
    expect(new Set(names).size).toBe(names.length);
    for (const item of schedules()) expect(names).toContain(item.task);
  });

  it("takes what the clock adds to a payload", async () => {
    const schedule = handlers.find((handler) => handler.name === "sync.schedule");
    await expect(
      schedule?.run({ _cron: { ts: "2026-01-01T00:00:00Z", backfilled: false } }, { attempt: 1 }),
    ).resolves.toBeUndefined();
  });
});
