import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { inScope } from "@/db/client";
import { cancelOpenRuns } from "@/db/repositories/sync-runs";
import { claimWork } from "./claim-step";
import { LeaseLost } from "./lease";
import { runStep } from "./run-step";
import { startSync } from "./start-sync";
import { directoryStep } from "./steps/directory";
import { useSyncWorld, type TestConnection } from "./testing";

const world = useSyncWorld();
const children: ChildProcess[] = [];
afterAll(() => children.forEach((child) => child.kill("SIGKILL")));

const root = path.resolve(import.meta.dirname, "../../..");

/** A worker process of its own, as the product starts it. */
function startWorkerProcess(): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", "worker/main.ts"], {
    cwd: root,
    env: { ...process.env, ...world.database().env, FINCH_BASE_URL: world.sandbox().url, SYNC_POLL_MS: "20" },
    stdio: "ignore",
  });
  children.push(child);
  return child;
}

async function until(condition: () => Promise<boolean>, ms = 60_000): Promise<void> {
  await expect.poll(condition, { timeout: ms, interval: 50 }).toBe(true);
}

async function begin(connection: TestConnection): Promise<string> {
  const { runId } = await world.enqueue(connection);
  await startSync({ customerId: connection.customerId, runId });
  return runId;
}

const keyOf = (connection: TestConnection, runId: string, name: string) => ({
  customerId: connection.customerId,
  runId,
  name,
  entityId: "",
});

const peopleOf = async ({ connectionId }: TestConnection) =>
  (
    await world.row<{ n: number }>("select count(*)::int as n from individuals where connection_id = $1", [
      connectionId,
    ])
  ).n;

describe("a killed worker", () => {
  it(
    "loses nothing: another one goes on, and only the request in flight is repeated",
    { timeout: 150_000 },
    async () => {
      const connection = await world.connect({ employees: 1_200 });
      await world.fault({ operation: "POST /employer/individual", kind: "latency", ms: 600_000, times: 1 });
      const { runId } = await world.enqueue(connection);
      const first = startWorkerProcess();
      // The first worker is inside the request that hangs.
      await until(async () => (await world.finch<unknown[]>("GET", "/_sandbox/faults")).length === 0);
      first.kill("SIGKILL");
      const second = startWorkerProcess();
      await until(
        async () =>
          (await world.row<{ status: string }>("select status from sync_runs where id = $1", [runId]))
            .status === "succeeded",
        100_000,
      );
      second.kill("SIGKILL");
      const requests = await world.rows<{ endpoint: string; n: number }>(
        "select endpoint, count(*)::int as n from api_requests where sync_run_id = $1 group by 1 order by 1",
        [runId],
      );
      // The killed request was never recorded here; the sandbox saw it twice.
      expect(requests).toEqual([
        { endpoint: "GET /employer/company", n: 1 },
        { endpoint: "GET /employer/directory", n: 1 },
        { endpoint: "GET /introspect", n: 1 },
        { endpoint: "GET /jobs/automated", n: 1 },
        { endpoint: "POST /employer/employment", n: 1 },
        { endpoint: "POST /employer/individual", n: 1 },
      ]);
      expect(await peopleOf(connection)).toBe(1_200);
    },
  );
});

describe("a step that was taken over", () => {
  it("writes nothing more from the worker that held it", async () => {
    const connection = await world.connect({ products: ["directory"] });
    const runId = await begin(connection);
    const key = keyOf(connection, runId, "directory");
    const slow = await claimWork(connection.ctx, { key, epoch: 0, attempt: 1 });
    const taken = await claimWork(connection.ctx, { key, epoch: 0, attempt: 2 });
    expect(taken?.lease.epoch).toBe(2);
    if (!slow) throw new Error("not claimed");
    await expect(directoryStep(slow)).rejects.toBeInstanceOf(LeaseLost);
    expect(await peopleOf(connection)).toBe(0);
  });

  it("is not taken by a job that was overtaken", async () => {
    const connection = await world.connect({ products: ["directory"] });
    const runId = await begin(connection);
    const key = keyOf(connection, runId, "directory");
    expect(await claimWork(connection.ctx, { key, epoch: 0, attempt: 1 })).not.toBeNull();
    expect(await claimWork(connection.ctx, { key, epoch: 0, attempt: 1 })).toBeNull();
  });
});

describe("a late outcome of an old token", () => {
  it("changes nothing after the swap: neither data nor the state of the connection", async () => {
    const connection = await world.connect({ products: ["directory"] });
    const runId = await begin(connection);
    const late = await claimWork(connection.ctx, {
      key: keyOf(connection, runId, "directory"),
      epoch: 0,
      attempt: 1,
    });
    if (!late) throw new Error("not claimed");
    await world.giveToken(connection, connection.accessToken);
    await expect(directoryStep(late)).rejects.toBeInstanceOf(LeaseLost);
    await world.fault({ operation: "GET /introspect", kind: "status", status: 401 });
    await runStep({ ...keyOf(connection, runId, "introspect"), epoch: 0, attempt: 1 });
    await world.finch("DELETE", "/_sandbox/faults");
    expect(await world.connectionRow(connection)).toMatchObject({
      action_needed_at: null,
      account_status: null,
    });
    expect(await peopleOf(connection)).toBe(0);
    expect(await world.row("select status, failure_code from sync_runs where id = $1", [runId])).toEqual({
      status: "cancelled",
      failure_code: "reconnected",
    });
  });

  it("a 401 that arrives during the swap asks nobody to act", async () => {
    const connection = await world.connect({ products: ["directory"] });
    const runId = await begin(connection);
    await world.fault({ operation: "GET /introspect", kind: "status", status: 401 });
    const watched = await claimWork(connection.ctx, {
      key: keyOf(connection, runId, "introspect"),
      epoch: 0,
      attempt: 1,
    });
    if (!watched) throw new Error("not claimed");
    const { introspectStep } = await import("./steps/introspect");
    const { settleStep } = await import("./settle-step");
    const ending = await introspectStep(watched);
    expect(ending).toMatchObject({ end: "failed", failure: { kind: "reauthenticate" } });
    await world.giveToken(connection, connection.accessToken);
    await expect(settleStep(watched, ending)).rejects.toBeInstanceOf(LeaseLost);
    expect((await world.connectionRow(connection))["action_needed_at"]).toBeNull();
  });

  it("a reconnect in the middle of a run starts a run of its own", async () => {
    const connection = await world.connect({ products: ["directory"] });
    const old = await begin(connection);
    await world.giveToken(connection, connection.accessToken);
    const fresh = await world.enqueue(connection, "reconnected");
    expect(fresh.joined).toBe(false);
    await world.work();
    expect(await world.row("select status from sync_runs where id = $1", [old])).toEqual({
      status: "cancelled",
    });
    expect(await world.row("select status from sync_runs where id = $1", [fresh.runId])).toEqual({
      status: "succeeded",
    });
  });
});

describe("a disconnect during a sync", () => {
  it("ends the run and nothing is written after it", async () => {
    const connection = await world.connect({ products: ["directory"] });
    const { ctx, customerId, connectionId } = connection;
    const runId = await begin(connection);
    const late = await claimWork(ctx, { key: keyOf(connection, runId, "directory"), epoch: 0, attempt: 1 });
    await world.rows("update connections set disconnected_at = now() where id = $1", [connectionId]);
    await inScope(ctx, (tx) =>
      cancelOpenRuns(tx, customerId, connectionId, { code: "disconnected", message: "gone" }),
    );
    if (!late) throw new Error("not claimed");
    await expect(directoryStep(late)).rejects.toBeInstanceOf(LeaseLost);
    await world.work();
    expect(await peopleOf(connection)).toBe(0);
    const steps = await world.rows("select distinct status from sync_steps where run_id = $1", [runId]);
    expect(steps).toEqual([{ status: "skipped" }]);
  });
});

describe("a step whose workers die again and again", () => {
  it("is taken by each next attempt of its job, and by no job that it overtook", async () => {
    const connection = await world.connect();
    const runId = await begin(connection);
    const key = keyOf(connection, runId, "introspect");
    for (const attempt of [1, 2, 3, 4]) {
      expect((await claimWork(connection.ctx, { key, epoch: 0, attempt }))?.lease.epoch).toBe(attempt);
    }
    expect(await claimWork(connection.ctx, { key, epoch: 0, attempt: 1 })).toBeNull();
    expect(await claimWork(connection.ctx, { key, epoch: 0, attempt: 4 })).toBeNull();
  });
});
