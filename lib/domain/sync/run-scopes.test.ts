import { describe, expect, it } from "vitest";
import { createTestUser } from "@/db/seed/factories";
import { inScope } from "@/db/client";
import { holdRows } from "@/db/repositories/sync-holds";
import { acceptHold } from "@/lib/domain/connections/accept-hold";
import { requestSync } from "@/lib/domain/connections/request-sync";
import { testContext } from "@/lib/domain/testing";
import { scheduleSyncs } from "./schedule-syncs";
import { startSync } from "./start-sync";
import { useSyncWorld, type TestConnection } from "./testing";

const world = useSyncWorld();

const runsOf = ({ connectionId }: TestConnection) =>
  world.rows<{ reason: string; scope: string; status: string }>(
    "select reason, scope, status from sync_runs where connection_id = $1 order by created_at",
    [connectionId],
  );
const fullySyncedAt = async (connection: TestConnection) =>
  (await world.connectionRow(connection))["fully_synced_at"];
const jobsOf = (runId: string) =>
  world.rows<{ job: string; priority: number }>(
    `select t.identifier as job, j.priority from graphile_worker._private_jobs j
     join graphile_worker._private_tasks t on t.id = j.task_id where j.payload->>'runId' = $1`,
    [runId],
  );

async function adminOf({ customerId }: TestConnection) {
  const user = await createTestUser(world.database().sql("superuser"), {
    customerId,
    role: "employer_admin",
  });
  return { userId: user.id, admin: testContext("employer_admin", customerId, { userId: user.id }) };
}

describe("what a run reads", () => {
  it("is everything first, a window each day, and everything again once a month", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await world.sync(connection);
    const first = await fullySyncedAt(connection);
    expect(first).toBeInstanceOf(Date);
    await world.sync(connection, "scheduled");
    expect(await fullySyncedAt(connection)).toEqual(first);
    await world.rows("update connections set fully_synced_at = now() - interval '32 days' where id = $1", [
      connection.connectionId,
    ]);
    await world.sync(connection, "requested");
    await world.sync(connection, "scheduled");
    expect(Number(await fullySyncedAt(connection))).toBeGreaterThan(Number(first));
    expect((await runsOf(connection)).map(({ reason, scope }) => [reason, scope])).toEqual([
      ["first", "full"],
      ["scheduled", "window"],
      ["requested", "window"],
      ["scheduled", "full"],
    ]);
  });

  it("stays everything until the payments of all years came", async () => {
    const connection = await world.connect({ products: ["directory", "payment"] });
    await world.fault({ operation: "GET /employer/payment", kind: "status", status: 422 });
    await world.sync(connection);
    await world.finch("DELETE", "/_sandbox/faults");
    expect(await fullySyncedAt(connection)).toBeNull();
    await world.fault({ operation: "GET /employer/pay-groups", kind: "status", status: 422 });
    await world.sync(connection, "scheduled");
    await world.finch("DELETE", "/_sandbox/faults");
    expect(await fullySyncedAt(connection)).toBeInstanceOf(Date);
    expect(await runsOf(connection)).toEqual([
      { reason: "first", scope: "full", status: "partly_failed" },
      { reason: "scheduled", scope: "full", status: "partly_failed" },
    ]);
  });
});

describe("a person's request that joins", () => {
  it("a scheduled run in the queue makes it theirs, and it goes before others", async () => {
    const connection = await world.connect({ products: ["directory"] });
    const { admin, userId } = await adminOf(connection);
    const { runId } = await world.enqueue(connection, "scheduled");
    expect(await jobsOf(runId)).toEqual([{ job: "connection.sync", priority: 0 }]);
    expect(await requestSync(admin, { connectionId: connection.connectionId })).toMatchObject({
      runId,
      joined: true,
    });
    await requestSync(admin, { connectionId: connection.connectionId });
    expect(await jobsOf(runId)).toEqual([{ job: "connection.sync", priority: -5 }]);
    expect(await world.row("select reason, requested_by from sync_runs where id = $1", [runId])).toEqual({
      reason: "requested",
      requested_by: userId,
    });
    await world.work();
    expect(await runsOf(connection)).toEqual([{ reason: "requested", scope: "full", status: "succeeded" }]);
  });

  it("one that waits for a slot moves it up in its lane", async () => {
    const connection = await world.connect({ products: ["directory"] });
    const { admin } = await adminOf(connection);
    await useUpQuota("introspect");
    const { runId } = await world.enqueue(connection, "scheduled");
    const ticket = async () =>
      (await world.rows("select priority from quota_tickets where work_id = $1", [runId]))[0];
    await world.work(async () => (await ticket()) !== undefined);
    expect(await ticket()).toEqual({ priority: 2 });
    await requestSync(admin, { connectionId: connection.connectionId });
    await world.work(async () => (await jobsOf(runId)).length === 0);
    expect(await ticket()).toEqual({ priority: 0 });
    await world.work();
    expect(await runsOf(connection)).toMatchObject([{ status: "succeeded" }]);
  });

  it("a repair at work is answered by a look at everything after it", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await world.sync(connection);
    const { admin, userId } = await adminOf(connection);
    const { runId } = await world.enqueue(connection, "repair");
    await startSync({ customerId: connection.customerId, runId });
    expect(await requestSync(admin, { connectionId: connection.connectionId })).toMatchObject({
      runId,
      joined: true,
    });
    await world.work();
    expect((await runsOf(connection)).slice(1)).toEqual([
      { reason: "requested", scope: "repair", status: "succeeded" },
      { reason: "requested", scope: "window", status: "succeeded" },
    ]);
    const asked = await world.rows(
      "select distinct requested_by from sync_runs where reason = 'requested'  and connection_id = $1",
      [connection.connectionId],
    );
    expect(asked).toEqual([{ requested_by: userId }]);
  });

  it("a step at work leaves it there: no second worker asks Finch the same", async () => {
    const connection = await world.connect({ products: ["directory"] });
    const { admin } = await adminOf(connection);
    await world.fault({ operation: "GET /introspect", kind: "latency", ms: 1_500, times: 1 });
    const { runId } = await world.enqueue(connection, "scheduled");
    const working = world.work();
    await expect
      .poll(
        () => world.row("select status from sync_steps where run_id = $1 and name = 'introspect'", [runId]),
        { timeout: 20_000 },
      )
      .toEqual({ status: "running" });
    await requestSync(admin, { connectionId: connection.connectionId });
    await startSync({ customerId: connection.customerId, runId });
    expect((await jobsOf(runId)).filter(({ job }) => job === "sync.step")).toHaveLength(1);
    await working;
    expect(await runsOf(connection)).toMatchObject([{ status: "succeeded" }]);
  });
});

/** As if all slots of a key had just been used. */
async function useUpQuota(key: string): Promise<void> {
  await world.rows("update quota_slots set free_at = now() + interval '10 minutes' where key = $1", [key]);
}

describe("a hold that is accepted while a sync runs", () => {
  it("is looked at by one more sync after it, and by one only", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await world.sync(connection);
    const { customerId, connectionId, ctx } = connection;
    const { admin } = await adminOf(connection);
    const { runId } = await world.enqueue(connection, "scheduled");
    await startSync({ customerId, runId });
    const scope = { customerId, connectionId, entityId: "" };
    await inScope(ctx, (tx) => holdRows(tx, scope, { product: "payments", rows: 3, runId, requestId: null }));
    const { id: holdId } = await world.row<{ id: string }>(
      "select id from sync_holds where connection_id = $1",
      [connectionId],
    );
    expect(await acceptHold(admin, { connectionId, holdId })).toEqual({ runId });
    await world.work();
    expect((await runsOf(connection)).slice(1).map(({ reason }) => reason)).toEqual([
      "requested",
      "scheduled",
    ]);
    expect((await scheduleSyncs()).syncs).toBe(0);
  });
});
