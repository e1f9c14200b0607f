import { describe, expect, it } from "vitest";
import { startSync } from "@/lib/domain/sync/start-sync";
import { useSyncWorld, type TestConnection } from "@/lib/domain/sync/testing";
import { testContext, testPlatformContext } from "@/lib/domain/testing";
import { inScope } from "@/db/client";
import { listDueChecks } from "@/db/repositories/due-checks";
import { workerPlatformContext } from "@/lib/domain/context";
import { getFleetChecks } from "./get-fleet-checks";
import { listReconciliations } from "./list-reconciliations";
import { reconcileConnection } from "./reconcile-connection";
import { scheduleChecks } from "./schedule-checks";
import { CheckedWorld, kindsOf } from "./testing";

const world = useSyncWorld();
const checked = new CheckedWorld(world);
const targetOf = ({ customerId, connectionId }: TestConnection) => ({ customerId, connectionId });

describe("the schedule of a connection", () => {
  it("that was lost is made anew", async () => {
    const connection = await checked.synced(["directory"]);
    await world.rows("update connections set next_sync_at = null where id = $1", [connection.connectionId]);
    expect(await checked.check(connection)).toMatchObject({ differences: 1, repaired: 1 });
    const next = (await world.connectionRow(connection))["next_sync_at"];
    expect(Number(next)).toBeGreaterThan(Date.now() - 1_000);
    expect(Number(next)).toBeLessThan(Date.now() + 3_600_000);
  });

  it("that was missed is told, unless somebody has to sign in first", async () => {
    const connection = await checked.synced(["directory"]);
    await world.rows("update connections set next_sync_at = now() - interval '3 hours' where id = $1", [
      connection.connectionId,
    ]);
    expect(kindsOf(await checked.check(connection))).toEqual({ overdue: 1 });
    await world.rows(
      "update connections set action_needed_at = now(), action_needed_reason = 'reauthenticate_user' where id = $1",
      [connection.connectionId],
    );
    expect(kindsOf(await checked.check(connection))).toEqual({});
  });

  it("comes sooner where the provider may offer more by now, and reads pay of all years again", async () => {
    const connection = await checked.synced(["directory", "payment"]);
    await checked.remember(connection, "payments");
    expect((await checked.check(connection)).counts).toEqual([]);
    await world.rows(
      "update connections set unsupported = jsonb_set(unsupported, '{payments,fingerprint}', '\"old\"') where id = $1",
      [connection.connectionId],
    );
    expect(kindsOf(await checked.check(connection))).toMatchObject({ unsupported_changed: 1 });
    const row = await world.connectionRow(connection);
    expect(row["fully_synced_at"]).toBeNull();
    expect(Number(row["next_sync_at"])).toBeLessThan(Date.now() + 3_600_000);
  });
});

describe("a sync that is at work", () => {
  it("lets the check wait for it", async () => {
    const connection = await checked.synced(["directory"]);
    await world.enqueue(connection, "scheduled");
    await reconcileConnection(targetOf(connection));
    expect(await checked.checksOf(connection)).toEqual([]);
    await world.work();
    await reconcileConnection(targetOf(connection));
    expect(await checked.checksOf(connection)).toHaveLength(1);
  });

  it("for very long does not: what is missing is written down, and nothing else begun", async () => {
    const connection = await checked.synced();
    const { runId } = await world.enqueue(connection, "scheduled");
    await world.rows("update sync_runs set created_at = now() - interval '7 hours' where id = $1", [runId]);
    await world.rows(
      "update sync_steps set retry_at = now() + interval '1 hour', status = 'waiting' where run_id = $1 and ordinal = 0",
      [runId],
    );
    await world.rows("update individuals set individual_error = '{}' where connection_id = $1", [
      connection.connectionId,
    ]);
    expect(await checked.check(connection)).toMatchObject({ differences: 20, repairRunId: null });
  });

  it("with nobody at it gets a job again", async () => {
    const connection = await checked.synced(["directory"]);
    const { runId } = await world.enqueue(connection, "scheduled");
    await startSync({ customerId: connection.customerId, runId });
    await world.rows("delete from graphile_worker._private_jobs");
    await world.rows("update sync_runs set created_at = now() - interval '2 hours' where id = $1", [runId]);
    expect(await checked.check(connection)).toMatchObject({
      counts: [{ kind: "run_without_job", count: 1 }],
      repaired: 1,
    });
    await world.work();
    expect(await world.row("select status from sync_runs where id = $1", [runId])).toEqual({
      status: "succeeded",
    });
  });
});

describe("who may see the checks", () => {
  it("everybody who sees the connection; another employer's does not exist", async () => {
    const connection = await checked.synced(["directory"]);
    await reconcileConnection(targetOf(connection));
    const { customerId, connectionId } = connection;
    for (const role of ["employer_admin", "hr_viewer", "staff_support"] as const)
      expect(await listReconciliations(testContext(role, customerId), connectionId)).toHaveLength(1);
    const stranger = testContext("employer_admin", await world.addCustomer());
    await expect(listReconciliations(stranger, connectionId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const employee = testContext("employee", customerId, {
      connectionIds: [connectionId],
      individualId: crypto.randomUUID(),
    });
    await expect(listReconciliations(employee, connectionId)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("the nights of employers", () => {
  const due = () =>
    inScope(workerPlatformContext("test"), (tx) => listDueChecks(tx, 5_000), { readOnly: true });
  const zones = ["America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC", "America/Los_Angeles"];
  const hourIn = (zone: string, at: Date) =>
    Number(at.toLocaleTimeString("en-GB", { timeZone: zone, hour: "2-digit", hour12: false }).slice(0, 2));

  it("are by their own clocks, and each connection has its own minute", async () => {
    await world.rows("delete from connections");
    const zoneOf = new Map<string, string>();
    for (const zone of zones) {
      const customerId = await world.addCustomer();
      zoneOf.set(customerId, zone);
      await world.rows("update customers set time_zone = $2 where id = $1", [customerId, zone]);
      await world.rows(
        `insert into connections (customer_id, finch_connection_id, finch_customer_id, provider_id, provider_name,
           current_token_id, created_at)
         select $1, gen_random_uuid()::text, 'x', 'gusto', 'Gusto', gen_random_uuid(), now() - interval '3 days'
         from generate_series(1, 40)`,
        [customerId],
      );
    }
    const found = await due();
    expect(found).toHaveLength(zones.length * 40 * 2);
    const now = Date.now();
    for (const { customerId, dueAt } of found) {
      expect([1, 2, 3, 4]).toContain(hourIn(zoneOf.get(customerId) ?? "", dueAt));
      expect(now - dueAt.getTime()).toBeGreaterThanOrEqual(0);
      expect(now - dueAt.getTime()).toBeLessThan(25 * 3_600_000);
    }
    const minutes = new Set(found.map(({ dueAt }) => Math.floor(dueAt.getTime() / 60_000)));
    expect(minutes.size).toBeGreaterThan(100);
    expect(found.map(({ dueAt }) => dueAt.getTime())).toEqual(
      found.map(({ dueAt }) => dueAt.getTime()).sort(),
    );
  });

  it("are made up for until the check came, and then over; new and disconnected connections have none", async () => {
    await world.rows("delete from connections");
    const connection = await checked.synced(["directory"]);
    expect(await due()).toEqual([]);
    await world.rows("update connections set created_at = now() - interval '9 days' where id = $1", [
      connection.connectionId,
    ]);
    expect((await due()).map(({ kind }) => kind)).toEqual(["reconcile", "totals"]);
    await reconcileConnection(targetOf(connection));
    expect((await due()).map(({ kind }) => kind)).toEqual(["totals"]);
    await world.rows("update reconciliations set started_at = started_at - interval '25 hours'");
    expect(await due()).toHaveLength(2);
    await world.rows("update connections set disconnected_at = now() where id = $1", [
      connection.connectionId,
    ]);
    expect(await due()).toEqual([]);
  });

  it("have each check once, however many rounds find it due", async () => {
    await world.rows("delete from connections");
    const connection = await checked.synced();
    await world.rows("update connections set created_at = now() - interval '9 days'");
    expect(await scheduleChecks()).toBe(2);
    expect(await scheduleChecks()).toBe(2);
    const jobs = await world.rows<{ job: string }>(
      "select task_identifier as job from graphile_worker.jobs where task_identifier like 'mirror.%' order by 1",
    );
    expect(jobs.map(({ job }) => job)).toEqual(["mirror.reconcile", "mirror.totals"]);
    await world.work();
    expect(await checked.checksOf(connection)).toHaveLength(2);
    expect(await scheduleChecks()).toBe(0);
  });
});

describe("the checks of all employers", () => {
  it("are summed up for staff, with what differed and who had none", async () => {
    await world.rows("delete from connections");
    const [whole, broken, unchecked] = [
      await checked.synced(),
      await checked.synced(),
      await checked.synced(),
    ];
    await world.rows("update connections set last_sync_succeeded_at = now() - interval '2 days'");
    await world.rows("update individuals set individual_error = '{}' where connection_id = $1", [
      broken.connectionId,
    ]);
    for (const connection of [whole, broken]) await reconcileConnection(targetOf(connection));
    const view = await getFleetChecks(testPlatformContext("staff_support"));
    expect(view.kinds[0]).toMatchObject({ kind: "reconcile", connections: 2, differences: 20, unchecked: 1 });
    expect(view.kinds[1]).toMatchObject({ kind: "totals", connections: 0, lastAt: null, unchecked: 3 });
    expect(view.differences).toMatchObject([
      {
        connectionId: broken.connectionId,
        providerName: "Gusto",
        counts: [{ kind: "individual_errors", count: 20 }],
      },
    ]);
    expect(JSON.stringify(view)).not.toContain(unchecked.connectionId);
  });

  it("are for staff alone", async () => {
    const admin = testContext("employer_admin", await world.addCustomer());
    await expect(getFleetChecks(admin)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
