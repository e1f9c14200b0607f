import { afterEach, describe, expect, it } from "vitest";
import { inScope } from "@/db/client";
import { findConnection } from "@/db/repositories/connections";
import { listRuns } from "@/db/repositories/sync-runs";
import { connectionStatus } from "@/lib/domain/connections/status";
import { toStatusFacts } from "@/lib/domain/connections/status-facts";
import { scheduleSyncs } from "./schedule-syncs";
import { useSyncWorld, type TestConnection } from "./testing";

const world = useSyncWorld();
afterEach(() => world.finch("DELETE", "/_sandbox/faults"));

async function statusOf({ ctx, customerId, connectionId }: TestConnection) {
  return inScope(ctx, async (tx) => {
    const row = await findConnection(tx, customerId, connectionId);
    const [latest] = await listRuns(tx, customerId, connectionId, 1);
    if (!row) throw new Error("no such connection");
    return connectionStatus(toStatusFacts(row, latest ?? null), new Date());
  });
}
const stepOf = (runId: string, name: string) =>
  world.row("select status, outcome from sync_steps where run_id = $1 and name = $2", [runId, name]);
const isWaiting = async (runId: string, name: string) =>
  (await stepOf(runId, name))?.["status"] === "waiting" &&
  (await stepOf(runId, name))?.["outcome"] === "pending";
const hoursToNext = async ({ connectionId }: TestConnection) =>
  (
    await world.row<{ hours: number }>(
      "select extract(epoch from next_sync_at - now())::float8 / 3600 as hours from connections where id = $1",
      [connectionId],
    )
  ).hours;

/** A run in which Finch is still fetching payments, at the moment when that step waits. */
async function waitingForPayments(reason: "first" | "scheduled") {
  const connection = await world.connect({ products: ["directory", "payment", "benefits"] });
  if (reason === "scheduled") await world.sync(connection);
  await world.fault({ operation: "GET /employer/payment", kind: "pending", times: 1_000 });
  const { runId } = await world.enqueue(connection, reason);
  await world.work(() => isWaiting(runId, "payments"));
  return { connection, runId };
}

describe("one product that Finch is still fetching", () => {
  it("does not make a connection with data look as if it were being set up", async () => {
    for (const reason of ["first", "scheduled"] as const) {
      const { connection, runId } = await waitingForPayments(reason);
      expect((await world.connectionRow(connection))["setup_started_at"]).toBeNull();
      expect((await statusOf(connection)).status).toBe("syncing");
      await world.finch("DELETE", "/_sandbox/faults");
      await world.work();
      expect(await stepOf(runId, "payments")).toMatchObject({ status: "succeeded" });
      expect((await statusOf(connection)).status).toBe("healthy");
    }
  });

  it("is waited for so long only: the rest is read, and a later sync looks for it soon", async () => {
    const { connection, runId } = await waitingForPayments("first");
    await world.rows(
      `update sync_steps set cursor = jsonb_set(cursor, '{pendingSince}', to_jsonb(to_char(now() - interval '3 hours', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
       where run_id = $1 and name = 'payments'`,
      [runId],
    );
    await world.work();
    expect(await stepOf(runId, "payments")).toEqual({ status: "skipped", outcome: "pending" });
    expect(await stepOf(runId, "benefits")).toMatchObject({ status: "succeeded" });
    expect(await world.row("select status from sync_runs where id = $1", [runId])).toEqual({
      status: "succeeded",
    });
    expect((await statusOf(connection)).status).toBe("late");
    expect(await hoursToNext(connection)).toBeLessThan(3.1);
    expect((await world.connectionRow(connection))["fully_synced_at"]).toBeNull();
    await world.finch("DELETE", "/_sandbox/faults");
    await world.sync(connection, "scheduled");
    expect((await statusOf(connection)).status).toBe("healthy");
    expect(await hoursToNext(connection)).toBeGreaterThan(20);
  });

  it("shares its time with the others of the run: together they wait no longer than one", async () => {
    const { runId } = await waitingForPayments("scheduled");
    await world.fault({ operation: "GET /employer/benefits", kind: "pending", times: 1_000 });
    await world.rows(
      `update sync_steps set cursor = jsonb_set(cursor, '{pendingSince}', to_jsonb(to_char(now() - interval '3 hours', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
       where run_id = $1 and name = 'payments'`,
      [runId],
    );
    await world.work();
    await world.finch("DELETE", "/_sandbox/faults");
    expect(await stepOf(runId, "benefits")).toEqual({ status: "skipped", outcome: "pending" });
    const { requests } = await world.row<{ requests: number }>(
      "select requests from sync_steps where run_id = $1 and name = 'benefits'",
      [runId],
    );
    expect(requests).toBe(1);
  });
});

describe("pay statements that Finch is still fetching", () => {
  it("are looked for by a repair until Finch renews its data, and by a whole look then", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await world.sync(connection);
    const { customerId, connectionId } = connection;
    await world.rows(
      `insert into payments (customer_id, connection_id, finch_payment_id, fetched_at, statements_state) values ($1, $2, 'p', now(), 'pending')`,
      [customerId, connectionId],
    );
    const due = async () => {
      await world.rows("update connections set next_sync_at = now() where id = $1", [connectionId]);
      await scheduleSyncs();
      await world.work();
      const [run] = await world.rows<{ reason: string }>(
        "select reason from sync_runs where connection_id = $1 order by created_at desc limit 1",
        [connectionId],
      );
      return run?.reason;
    };
    expect(await due()).toBe("repair");
    expect(await hoursToNext(connection)).toBeLessThan(3.1);
    await world.rows(
      "update finch_jobs set scheduled_at = now() - interval '1 minute' where connection_id = $1 and status = 'pending'",
      [connectionId],
    );
    await world.rows("update connections set data_retrieved_at = now() - interval '1 hour' where id = $1", [
      connectionId,
    ]);
    expect(await due()).toBe("scheduled");
    expect(await due()).toBe("repair");
    await world.rows("update connections set data_retrieved_at = now() - interval '25 hours' where id = $1", [
      connectionId,
    ]);
    expect(await due()).toBe("scheduled");
  });
});

describe("an employer without a payroll", () => {
  it("is healthy: its pay statements are as new as the list of payments, and no request is spent on them", async () => {
    const products = ["directory", "payment", "pay_statement"];
    const connection = await world.connect({ products, employees: 3, payments: 0 });
    const runId = await world.sync(connection);
    const { requests } = await world.row<{ requests: number }>(
      "select requests from sync_steps where run_id = $1 and name = 'pay_statements'",
      [runId],
    );
    expect(requests).toBe(0);
    expect((await statusOf(connection)).status).toBe("healthy");
    const { freshness } = await world.connectionRow(connection);
    const entries = freshness as Record<string, unknown>;
    expect(entries["pay_statement"]).toEqual(entries["payment"]);
  });
});

describe("a run that waits for a slot", () => {
  it("reads as syncing: it waits for nobody at Finch or at the provider", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await world.sync(connection);
    await world.rows(
      "update quota_slots set free_at = now() + interval '10 minutes' where key = 'introspect'",
    );
    const { runId } = await world.enqueue(connection, "scheduled");
    await world.work(async () => (await stepOf(runId, "introspect"))?.["outcome"] === "quota");
    expect(await statusOf(connection)).toMatchObject({ status: "syncing", activity: { kind: "running" } });
    await world.work();
    expect((await statusOf(connection)).status).toBe("healthy");
  });
});
