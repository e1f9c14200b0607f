import { describe, expect, it } from "vitest";
import { inScope } from "@/db/client";
import { listStuckRuns } from "@/db/repositories/due-connections";
import { refuseQuota, sweepQuota } from "@/db/repositories/quota";
import { cancelOpenRuns } from "@/db/repositories/sync-runs";
import { workerPlatformContext } from "@/lib/domain/context";
import { dispatchLanes } from "@/lib/quota";
import { claimWork } from "./claim-step";
import { LeaseLost } from "./lease";
import { runStep } from "./run-step";
import { settleStep } from "./settle-step";
import { startSync } from "./start-sync";
import { useSyncWorld, type TestConnection } from "./testing";

/** Finch documents no figure for introspect and jobs: two a minute here, so that the third sync of a minute has to wait. */
const world = useSyncWorld({ QUOTA_UNDOCUMENTED_PER_MINUTE: "2" });

interface WakeJob {
  customerId: string;
  runId: string;
  name: string;
  entityId: string;
  epoch: number;
  grantId?: string;
}

/** Takes the jobs of steps out of the queue, as a worker does that then dies or has its own way with them. */
async function takeJobs(): Promise<WakeJob[]> {
  const rows = await world.rows<{ payload: WakeJob }>(
    `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
     where t.id = j.task_id and t.identifier = 'sync.step' returning j.payload`,
  );
  return rows.map(({ payload }) => payload);
}

/** Everything that may leave in this minute has left. */
const useUp = () =>
  world.rows(
    "update quota_slots set free_at = now() + interval '1 minute', holder = null where client_id <> ''",
  );
const passMinute = () =>
  world.rows("update quota_slots set free_at = now() where client_id <> '' and holder is null");
/** Slots that a grant holds: the endpoint's and the address's. */
const heldBy = async ({ grantId = "" }: WakeJob) =>
  (await world.row<{ n: number }>("select count(*)::int as n from quota_slots where holder = $1", [grantId]))
    .n;
const tickets = () =>
  world.rows<{ key: string; priority: number; lane: string; connection_id: string; work_id: string }>(
    "select key, priority, lane, connection_id, work_id from quota_tickets order by joined_at",
  );
const stepOf = (runId: string, name = "introspect") =>
  world.row<Record<string, unknown>>(
    "select status, outcome, quota_key, epoch, requests from sync_steps where run_id = $1 and name = $2",
    [runId, name],
  );

/** A connection whose first step has just been put off. */
async function park(
  reason: "first" | "scheduled" = "scheduled",
): Promise<TestConnection & { runId: string }> {
  const connection = await world.connect({ products: ["company"], employees: 3 });
  // The first one makes the sets.
  await world.sync(connection, "first");
  await useUp();
  const { runId } = await world.enqueue(connection, reason);
  await startSync({ customerId: connection.customerId, runId });
  await world.rows("delete from graphile_worker._private_jobs where payload::text not like '%introspect%'");
  const [job] = await takeJobs();
  await runStep({ ...job!, attempt: 1 });
  return { ...connection, runId };
}

async function wake(): Promise<WakeJob> {
  await passMinute();
  await dispatchLanes();
  const [job] = await takeJobs();
  return job!;
}

describe("a step without a slot", () => {
  it("waits in its connection's lane with no job and no request, and says for what", async () => {
    const { connectionId, runId } = await park();
    expect(await stepOf(runId)).toMatchObject({
      status: "waiting",
      outcome: "quota",
      quota_key: "introspect",
      requests: 0,
    });
    expect(await world.row("select status from sync_runs where id = $1", [runId])).toEqual({
      status: "running",
    });
    expect(await tickets()).toEqual([
      { key: "introspect", priority: 2, lane: connectionId, connection_id: connectionId, work_id: runId },
    ]);
    expect(await takeJobs()).toEqual([]);
  });

  it("goes first where a person waits for its run", async () => {
    const { runId } = await park("first");
    expect(await tickets()).toMatchObject([{ priority: 0, work_id: runId }]);
  });

  it("is woken by the grant and sends with it: the sync ends with no request more than without waiting", async () => {
    const { runId } = await park();
    await world.work();
    expect(await world.row("select status from sync_runs where id = $1", [runId])).toEqual({
      status: "succeeded",
    });
    expect(
      await world.rows(
        "select endpoint, count(*)::int as n from api_requests where sync_run_id = $1 group by 1 order by 1",
        [runId],
      ),
    ).toEqual([
      { endpoint: "GET /employer/company", n: 1 },
      { endpoint: "GET /introspect", n: 1 },
      { endpoint: "GET /jobs/automated", n: 1 },
    ]);
    expect(await tickets()).toEqual([]);
  });

  it("does not ask again for what came before it had to wait: Finch's jobs are listed once", async () => {
    const connection = await world.connect({ products: ["company"], employees: 3 });
    await world.sync(connection);
    await passMinute();
    await world.rows(
      "update quota_slots set free_at = now() + interval '1 minute' where key = 'jobs' and slot_no = 2",
    );
    const { runId } = await world.enqueue(connection, "requested");
    await world.work();
    const asked = await world.rows<{ endpoint: string; n: number }>(
      "select endpoint, count(*)::int as n from api_requests where sync_run_id = $1 and endpoint like '% /jobs%' group by 1",
      [runId],
    );
    expect(asked.find(({ endpoint }) => endpoint === "GET /jobs/automated")).toMatchObject({ n: 1 });
    expect(asked.find(({ endpoint }) => endpoint === "POST /jobs/automated")).toMatchObject({ n: 1 });
  });

  it("is not taken for one whose job was lost, however long it waits", async () => {
    const { runId } = await park();
    await world.rows("update sync_runs set created_at = now() - interval '2 hours' where id = $1", [runId]);
    await world.rows("update sync_steps set started_at = now() - interval '2 hours' where run_id = $1", [
      runId,
    ]);
    const stuck = () =>
      inScope(workerPlatformContext("test"), (tx) => listStuckRuns(tx, 30), { readOnly: true });
    expect((await stuck()).map((run) => run.runId)).not.toContain(runId);
    await world.rows("delete from quota_tickets where work_id = $1", [runId]);
    expect((await stuck()).map((run) => run.runId)).toContain(runId);
  });

  it("does not wait where somebody else took it over meanwhile", async () => {
    const { ctx, customerId, connectionId, runId } = await park();
    const work = await claimWork(ctx, { key: await wake(), epoch: 1, attempt: 1 });
    await inScope(ctx, (tx) =>
      cancelOpenRuns(tx, customerId, connectionId, { code: "stopped", message: "Stopped." }),
    );
    await expect(settleStep(work!, { end: "quota", key: "introspect" })).rejects.toThrow(LeaseLost);
    expect(await tickets()).toEqual([]);
    expect(await stepOf(runId)).toMatchObject({ status: "skipped" });
  });
});

describe("a grant", () => {
  it("of a run that was cancelled goes back", async () => {
    const { ctx, customerId, connectionId } = await park();
    const job = await wake();
    expect(await heldBy(job)).toBe(2);
    await inScope(ctx, (tx) =>
      cancelOpenRuns(tx, customerId, connectionId, { code: "stopped", message: "Stopped." }),
    );
    await runStep({ ...job, attempt: 1 });
    expect(await heldBy(job)).toBe(0);
  });

  it("of a job that was overtaken goes back", async () => {
    await park();
    const job = await wake();
    expect(await heldBy(job)).toBe(2);
    await runStep({ ...job, epoch: job.epoch - 1, attempt: 1 });
    expect(await heldBy(job)).toBe(0);
  });

  it("that the step did not need goes back", async () => {
    const { connectionId, runId } = await park();
    const job = await wake();
    expect(await heldBy(job)).toBe(2);
    // A step that asks for nothing: Finch's team refreshes assisted connections.
    await world.rows("update connections set sync_kind = 'assisted' where id = $1", [connectionId]);
    await runStep({ ...job, name: "finch_jobs", epoch: 0, attempt: 1 });
    expect(await stepOf(runId, "finch_jobs")).toMatchObject({ status: "skipped", requests: 0 });
    expect(await heldBy(job)).toBe(0);
  });

  it("is used by the next attempt where a worker died between grant and request", async () => {
    const { ctx, runId } = await park();
    const job = await wake();
    // The worker claimed the step and died; its job is free again within seconds.
    expect(
      await claimWork(ctx, { key: job, epoch: job.epoch, attempt: 1, grantId: job.grantId }),
    ).not.toBeNull();
    await useUpFree();
    await runStep({ ...job, attempt: 2 });
    expect(await stepOf(runId)).toMatchObject({ status: "succeeded", requests: 1 });
  });

  it("is spent where the worker died after sending: the next attempt waits anew", async () => {
    const { ctx, runId, connectionId } = await park();
    const job = await wake();
    const work = await claimWork(ctx, { key: job, epoch: job.epoch, attempt: 1, grantId: job.grantId });
    await work!.gate.enter("GET /introspect");
    await useUpFree();
    await runStep({ ...job, attempt: 2 });
    expect(await stepOf(runId)).toMatchObject({ status: "waiting", quota_key: "introspect", requests: 0 });
    expect(await tickets()).toMatchObject([{ lane: connectionId }]);
    await world.work();
    expect(await stepOf(runId)).toMatchObject({ status: "succeeded", requests: 1 });
  });

  const useUpFree = () =>
    world.rows(
      "update quota_slots set free_at = now() + interval '1 minute' where client_id <> '' and holder is null",
    );
});

describe("a cancelled run", () => {
  it("that waits is out of the lane within seconds", async () => {
    const { ctx, customerId, connectionId } = await park();
    await inScope(ctx, (tx) =>
      cancelOpenRuns(tx, customerId, connectionId, { code: "stopped", message: "Stopped." }),
    );
    expect(await sweepQuota()).toBe(1);
    expect(await tickets()).toEqual([]);
  });
});

describe("a 429 of Finch", () => {
  it("for the address puts every step off until the penalty is over", async () => {
    const connection = await world.connect({ products: ["company"], employees: 3 });
    await world.sync(connection);
    await passMinute();
    await world.fault({
      operation: "GET /introspect",
      kind: "status",
      status: 429,
      finch_code: "finch_api_ip_rl",
    });
    const { runId } = await world.enqueue(connection, "scheduled");
    await startSync({ customerId: connection.customerId, runId });
    const [first] = await takeJobs();
    await runStep({ ...first!, attempt: 1 });
    expect(await stepOf(runId)).toMatchObject({ status: "waiting", outcome: "retry", requests: 1 });
    const [again] = await takeJobs();
    await passMinute();
    await runStep({ ...again!, attempt: 1 });
    expect(await stepOf(runId)).toMatchObject({ status: "waiting", outcome: "quota", requests: 1 });
    const [blocked] = await world.rows<{ minutes: number }>(
      "select extract(epoch from paused_until - now())::float / 60 as minutes from quota_endpoints where key = 'ip:default'",
    );
    expect(blocked?.minutes).toBeGreaterThan(59);
    await world.rows("update quota_endpoints set paused_until = null");
    await world.work();
    expect(await stepOf(runId)).toMatchObject({ status: "succeeded", requests: 2 });
  });

  it("for an endpoint pauses that one", async () => {
    await refuseQuota(
      { clientId: "00000000-0000-4000-8000-000000000001", key: "company", egress: "default" },
      "finch_application_rl",
    );
    const paused = await world.rows("select key from quota_endpoints where paused_until > now()");
    expect(paused).toEqual([{ key: "company" }]);
  });
});
