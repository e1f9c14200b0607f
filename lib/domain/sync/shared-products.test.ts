import { afterEach, describe, expect, it } from "vitest";
import { inScope } from "@/db/client";
import { findConnection } from "@/db/repositories/connections";
import { cancelOpenRuns, listRuns } from "@/db/repositories/sync-runs";
import { connectionStatus } from "@/lib/domain/connections/status";
import { toStatusFacts } from "@/lib/domain/connections/status-facts";
import { CheckedWorld } from "@/lib/domain/reconcile/testing";
import { useSyncWorld, type TestConnection } from "./testing";

const world = useSyncWorld();
const checked = new CheckedWorld(world);
afterEach(() => world.finch("DELETE", "/_sandbox/faults"));

const withPay = ["directory", "payment", "pay_statement"];

async function statusOf({ ctx, customerId, connectionId }: TestConnection) {
  return inScope(ctx, async (tx) => {
    const row = await findConnection(tx, customerId, connectionId);
    const [latest] = await listRuns(tx, customerId, connectionId, 1);
    if (!row) throw new Error("no such connection");
    return connectionStatus(toStatusFacts(row, latest ?? null), new Date());
  });
}

/** A connection with three people and two payments. */
const connect = () => world.connect({ products: withPay, employees: 3, payments: 2 });

/** What the employer shares from now on. */
function share({ finchConnectionId }: TestConnection, products: string[]): void {
  const { store } = world.sandbox().sandbox.world;
  for (const account of store.accounts.where((row) => row.connectionId === finchConnectionId))
    store.accounts.set(account.id, { ...account, products });
}

const payOf = ({ connectionId }: TestConnection) =>
  world.row(
    `select (select count(*)::int from payments where connection_id = $1 and deleted_at is null) as payments,
       (select count(*)::int from pay_statements where connection_id = $1 and deleted_at is null) as statements,
       (select count(*)::int from pay_statement_lines where connection_id = $1) as lines,
       (select sum(gross_cents)::text from wage_totals where connection_id = $1) as gross`,
    [connectionId],
  );
const payRequests = (runId: string) =>
  world.rows("select from api_requests where sync_run_id = $1 and endpoint like '%/pay%'", [runId]);

/** The same connection with another token. */
async function reconnect(connection: TestConnection): Promise<string> {
  await world.giveToken(connection, connection.accessToken);
  return (await world.enqueue(connection, "reconnected")).runId;
}

describe("a reconnect that shares less", () => {
  it("keeps the pay data and its totals as they were, with their age, and says what is missing", async () => {
    const connection = await connect();
    await world.sync(connection);
    const before = await payOf(connection);
    const { freshness } = await world.connectionRow(connection);
    share(connection, ["directory"]);
    const runId = await reconnect(connection);
    await world.work();
    expect(await payRequests(runId)).toEqual([]);
    expect(await payOf(connection)).toEqual(before);
    const row = await world.connectionRow(connection);
    expect(row).toMatchObject({ products: ["directory"], lost_products: ["payment", "pay_statement"] });
    expect(row["freshness"]).toMatchObject({
      payment: (freshness as Record<string, object>)["payment"],
      pay_statement: (freshness as Record<string, object>)["pay_statement"],
    });
    const status = await statusOf(connection);
    expect(status).toMatchObject({ status: "missing_permission", remedy: { action: "reconnect" } });
    expect(status.cause.happened).toContain("payment, pay statement");
    expect((await checked.check(connection)).counts).toEqual([]);
  });

  it("is over when all is shared again: pay of all years is read, whatever kind of sync finds it", async () => {
    const connection = await connect();
    share(connection, ["directory"]);
    await world.sync(connection);
    await world.sync(connection, "scheduled");
    expect((await payOf(connection))["payments"]).toBe(0);
    share(connection, withPay);
    const runId = await world.sync(connection, "scheduled");
    expect(await world.row("select scope, status from sync_runs where id = $1", [runId])).toEqual({
      scope: "full",
      status: "succeeded",
    });
    expect(await payOf(connection)).toMatchObject({ payments: 2, statements: 6 });
    expect(await world.connectionRow(connection)).toMatchObject({ lost_products: [] });
    expect((await statusOf(connection)).status).toBe("healthy");
  });
});

describe("in the middle of pay statements", () => {
  /** The step that reads statements is inside its request. */
  async function reading() {
    const connection = await connect();
    await world.fault({ operation: "POST /employer/pay-statement", kind: "latency", ms: 2_500, times: 1 });
    const { runId } = await world.enqueue(connection);
    const working = world.work();
    await expect
      .poll(() => world.finch<unknown[]>("GET", "/_sandbox/faults"), { timeout: 60_000 })
      .toEqual([]);
    return { connection, runId, working };
  }

  it("a new token lets the answer to the old one change nothing, and its own sync reads all once", async () => {
    const { connection, runId, working } = await reading();
    const next = await reconnect(connection);
    await working;
    await world.work();
    expect(await world.row("select status, failure_code from sync_runs where id = $1", [runId])).toEqual({
      status: "cancelled",
      failure_code: "reconnected",
    });
    expect(await world.row("select status, scope from sync_runs where id = $1", [next])).toEqual({
      status: "succeeded",
      scope: "full",
    });
    expect(await payOf(connection)).toMatchObject({ payments: 2, statements: 6 });
    expect((await checked.check(connection)).counts).toEqual([]);
    expect((await statusOf(connection)).status).toBe("healthy");
  });

  it("a disconnect ends it, and nothing of the answer is written", async () => {
    const { connection, runId, working } = await reading();
    const { ctx, customerId, connectionId } = connection;
    await world.rows("update connections set disconnected_at = now() where id = $1", [connectionId]);
    await inScope(ctx, (tx) =>
      cancelOpenRuns(tx, customerId, connectionId, { code: "disconnected", message: "gone" }),
    );
    await working;
    expect(await payOf(connection)).toMatchObject({ payments: 2, statements: 0, lines: 0, gross: null });
    expect(await world.row("select status from sync_runs where id = $1", [runId])).toEqual({
      status: "cancelled",
    });
    expect(await world.rows("select from quota_tickets where connection_id = $1", [connectionId])).toEqual(
      [],
    );
  });
});
