import { beforeAll, describe, expect, it } from "vitest";
import { inScope } from "@/db/client";
import { createTestUser } from "@/db/seed/factories";
import { claimWork } from "@/lib/domain/sync/claim-step";
import { LeaseLost } from "@/lib/domain/sync/lease";
import { scheduleSyncs } from "@/lib/domain/sync/schedule-syncs";
import { startSync } from "@/lib/domain/sync/start-sync";
import { directoryStep } from "@/lib/domain/sync/steps/directory";
import { useSyncWorld, type TestConnection } from "@/lib/domain/sync/testing";
import { testContext } from "@/lib/domain/testing";
import { joinLane, priorities } from "@/lib/quota";
import { syncStepJob } from "@/lib/jobs/sync";
import { cancelSync } from "./cancel-sync";

const world = useSyncWorld();
let connection: TestConnection;
let runId: string;

const roleAt = ({ customerId }: TestConnection, role: Parameters<typeof testContext>[0]) =>
  testContext(role, customerId);
const runOf = (id: string) =>
  world.row(
    "select status, failure_code, cancelled_by, finished_at is not null as ended from sync_runs where id = $1",
    [id],
  );

async function begun(): Promise<TestConnection> {
  connection = await world.connect({ products: ["directory"] });
  ({ runId } = await world.enqueue(connection, "scheduled"));
  await startSync({ customerId: connection.customerId, runId });
  return connection;
}

describe("stopping a sync", () => {
  it("ends the run, its steps and what was written so far stays; the entry says who did it", async () => {
    const { customerId, connectionId } = await begun();
    const user = await createTestUser(world.database().sql("superuser"), {
      customerId,
      role: "employer_admin",
    });
    const admin = testContext("employer_admin", customerId, { userId: user.id });
    expect(await cancelSync(admin, { connectionId, runId })).toEqual({ cancelled: true });
    expect(await runOf(runId)).toEqual({
      status: "cancelled",
      failure_code: "cancelled",
      cancelled_by: user.id,
      ended: true,
    });
    expect(
      await world.rows("select distinct status, outcome from sync_steps where run_id = $1", [runId]),
    ).toEqual([{ status: "skipped", outcome: "cancelled" }]);
    expect(
      await world.rows(
        "select kind, actor_user_id, actor_name, detail from connection_events where connection_id = $1",
        [connectionId],
      ),
    ).toEqual([
      {
        kind: "sync_cancelled",
        actor_user_id: user.id,
        actor_name: "Test Person",
        detail: { runId, reason: "scheduled" },
      },
    ]);
    expect(
      await world.rows(
        "select actor_id from audit_log where action = 'connection.cancel_sync' and target_id = $1",
        [connectionId],
      ),
    ).toEqual([{ actor_id: user.id }]);
  });

  it("a second press, and one for a run that is over, change nothing", async () => {
    const { connectionId } = await begun();
    const admin = roleAt(connection, "employer_admin");
    await cancelSync(admin, { connectionId, runId });
    const next = await world.enqueue(connection, "requested");
    expect(await cancelSync(admin, { connectionId, runId })).toEqual({ cancelled: false });
    expect(await runOf(next.runId)).toMatchObject({ status: "queued" });
    const told = await world.rows("select from connection_events where connection_id = $1", [connectionId]);
    expect(told).toHaveLength(1);
  });

  it("a viewer cannot, support may", async () => {
    const { connectionId } = await begun();
    await expect(cancelSync(roleAt(connection, "hr_viewer"), { connectionId, runId })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect(await runOf(runId)).toMatchObject({ status: "running" });
    expect(await cancelSync(roleAt(connection, "staff_support"), { connectionId, runId })).toEqual({
      cancelled: true,
    });
  });

  it("of another employer, or of another connection, does not exist", async () => {
    const mine = await begun();
    const other = await world.connect({ products: ["directory"] });
    const sister = await world.connect({ products: ["directory"] }, mine.customerId);
    const input = { connectionId: mine.connectionId, runId };
    await expect(cancelSync(roleAt(other, "employer_admin"), input)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    const misplaced = { connectionId: sister.connectionId, runId };
    await expect(cancelSync(roleAt(mine, "employer_admin"), misplaced)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await runOf(runId)).toMatchObject({ status: "running" });
  });
});

describe("what a stopped sync leaves behind", () => {
  beforeAll(begun);

  it("the step at work writes nothing more", async () => {
    const { ctx, customerId, connectionId } = await begun();
    const key = { customerId, runId, name: "directory", entityId: "" };
    const held = await claimWork(ctx, { key, epoch: 0, attempt: 1 });
    if (!held) throw new Error("not claimed");
    await cancelSync(roleAt(connection, "employer_admin"), { connectionId, runId });
    await expect(directoryStep(held)).rejects.toBeInstanceOf(LeaseLost);
    expect(await world.rows("select from individuals where connection_id = $1", [connectionId])).toEqual([]);
  });

  it("no place in a lane, and no job that goes on", async () => {
    const { ctx, customerId, connectionId } = await begun();
    await held(ctx, customerId, connectionId);
    await cancelSync(roleAt(connection, "employer_admin"), { connectionId, runId });
    await world.work();
    expect(await world.rows("select from quota_tickets where connection_id = $1", [connectionId])).toEqual(
      [],
    );
    expect(await world.rows("select from api_requests where connection_id = $1", [connectionId])).toEqual([]);
    expect(await runOf(runId)).toMatchObject({ status: "cancelled" });
  });

  const held = (ctx: TestConnection["ctx"], customerId: string, connectionId: string) =>
    inScope(ctx, (tx) =>
      joinLane(tx, {
        key: "directory",
        priority: priorities.scheduled,
        lane: connectionId,
        connectionId,
        wake: { job: syncStepJob, payload: { customerId, runId, name: "directory", entityId: "", epoch: 0 } },
        waker: `test:${runId}`,
        runId,
      }),
    );

  it("a next sync at its usual time, and none before the worker planned it", async () => {
    const { connectionId } = await begun();
    await world.rows("update connections set next_sync_at = now() - interval '1 minute' where id = $1", [
      connectionId,
    ]);
    await cancelSync(roleAt(connection, "staff_support"), { connectionId, runId });
    expect(await scheduleSyncs()).toMatchObject({ syncs: 0 });
    await world.work();
    const { hours } = await world.row<{ hours: number }>(
      "select extract(epoch from next_sync_at - now())::float8 / 3600 as hours from connections where id = $1",
      [connectionId],
    );
    expect(hours).toBeGreaterThan(0.9);
    expect(hours).toBeLessThan(25.1);
  });
});
