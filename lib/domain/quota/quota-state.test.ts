import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase, inScope } from "@/db/client";
import { configureQuota, joinQuotaLane, waitForQuota } from "@/db/repositories/quota";
import { createTestConnection, createTestCustomer, type TestConnection } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { workerContext } from "@/lib/domain/context";
import { testContext, testPlatformContext } from "@/lib/domain/testing";
import { allQuotaSets } from "@/lib/quota";
import { getQuotaState } from "./get-quota-state";
import { loadQuotaOutlook } from "./load-outlook";

const database = useTestDatabase({ QUOTA_UNDOCUMENTED_PER_MINUTE: "20" });
const sql = () => database().sql("superuser");
const clientId = "00000000-0000-4000-8000-000000000001";
let connections: TestConnection[];

beforeAll(async () => {
  await configureDatabase({ url: database().urls.worker });
  connections = await Promise.all(
    ["Larkspur Dental", "Acme Inc."].map(async (name) => {
      const { id: customerId } = await createTestCustomer(sql(), { name });
      return createTestConnection(sql(), { customerId });
    }),
  );
});
afterAll(() => closeDatabase());
beforeEach(async () => {
  await sql()`truncate quota_endpoints, quota_slots, quota_lanes, quota_tickets`;
  await sql()`delete from sync_runs`;
  await configureQuota(clientId, allQuotaSets());
});

const place = (key: string, lane: string) => ({ clientId, key, egress: "default", lane });

/** A connection's step waits for a slot. */
function join({ customerId, id }: TestConnection, key: string, priority: number): Promise<void> {
  return inScope(workerContext(customerId), (tx) =>
    joinQuotaLane(tx, {
      ...{ clientId, key, priority, lane: id, connectionId: id, waker: id, workId: id },
      job: { name: "sync.step", payload: {}, maxAttempts: 1 },
    }),
  );
}

async function openRun(
  { customerId, id }: TestConnection,
  steps: [string, number | null, number][],
): Promise<void> {
  const runId = crypto.randomUUID();
  await sql()`insert into sync_runs (customer_id, id, connection_id, reason, status) values (${customerId}, ${runId}, ${id}, 'scheduled', 'running')`;
  for (const [index, [name, planned, requests]] of steps.entries())
    await sql()`insert into sync_steps (customer_id, run_id, name, ordinal, planned_requests, requests)
      values (${customerId}, ${runId}, ${name}, ${index}, ${planned}, ${requests})`;
}

/** Takes this many slots. */
async function send(key: string, count: number): Promise<void> {
  const ticket = { priority: 0, customerId: null, connectionId: null };
  for (let n = 0; n < count; n += 1)
    await waitForQuota(place(key, "x"), { ...ticket, ticketId: crypto.randomUUID() }, 0);
}

const stateOf = () => getQuotaState(testPlatformContext("staff_support"));
const gaugeOf = async (key: string) => (await stateOf()).endpoints.find((gauge) => gauge.key === key);

describe("the state of the quotas", () => {
  it("shows each endpoint's window, with the source of its figure", async () => {
    await send("company", 3);
    expect(await gaugeOf("company")).toMatchObject({
      allowance: 40,
      windowMs: 60_000,
      source: "Finch: Rate Limits",
      used: 3,
      nextFreeAt: null,
      pausedUntil: null,
      backlog: 0,
      backlogDoneAt: null,
    });
    expect(await gaugeOf("benefits")).toMatchObject({ allowance: 20, source: null, used: 0 });
  });

  it("shows when the next place is free in a window that is full", async () => {
    await send("payment", 24);
    const { now, endpoints } = await stateOf();
    const payment = endpoints.find(({ key }) => key === "payment");
    expect(payment?.used).toBe(24);
    const waitMs = Date.parse(payment?.nextFreeAt ?? "") - Date.parse(now);
    expect(waitMs).toBeGreaterThan(80_000);
    expect(waitMs).toBeLessThanOrEqual(90_000);
  });

  it("shows each address, where all of it counts", async () => {
    await send("company", 2);
    await send("connect", 1);
    const { addresses } = await stateOf();
    expect(addresses.map(({ egress, kind, used, allowance }) => ({ egress, kind, used, allowance }))).toEqual(
      [
        { egress: "default", kind: "auth_ip", used: 1, allowance: 1_000 },
        { egress: "default", kind: "ip", used: 2, allowance: 1_000 },
      ],
    );
  });

  it("names who waits, in the order of their turns", async () => {
    await join(connections[0]!, "payment", 2);
    await join(connections[1]!, "payment", 0);
    const { waiters, waiting } = await stateOf();
    expect(waiting).toBe(2);
    expect(waiters.map(({ customerName, priority, key }) => [customerName, priority, key])).toEqual([
      ["Acme Inc.", "person", "payment"],
      ["Larkspur Dental", "scheduled", "payment"],
    ]);
    expect((await gaugeOf("payment"))?.waiting).toEqual({ person: 1, webhook: 0, scheduled: 1 });
  });

  it("says how long the backlog of everybody takes, by the quota that takes longest", async () => {
    await openRun(connections[0]!, [
      ["introspect", 1, 1],
      ["pay_statements", 60, 10],
    ]);
    await openRun(connections[1]!, [
      ["company", 1, 0],
      ["pay_statements", null, 0],
    ]);
    const { backlog, now } = await stateOf();
    expect(backlog).toMatchObject({ requests: 52, runs: 2, key: "pay-statement", atLeast: true });
    // 51 requests at 24 a window: two full windows before the last three.
    expect(Date.parse(backlog.doneAt ?? "") - Date.parse(now)).toBe(2 * 60_050);
  });

  it("has nothing to say of a backlog where there is none", async () => {
    expect((await stateOf()).backlog).toEqual({
      requests: 0,
      runs: 0,
      doneAt: null,
      key: null,
      atLeast: false,
    });
  });

  it("is for staff", async () => {
    await expect(
      getQuotaState(testContext("employer_admin", connections[0]!.customerId)),
    ).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });
});

describe("what people of an employer see of it", () => {
  const outlookOf = (who: TestConnection, connectionId: string) =>
    inScope(testContext("employer_admin", who.customerId), (tx) => loadQuotaOutlook(tx, connectionId), {
      readOnly: true,
    });

  it("is how full it is and their own place in the lane, in numbers", async () => {
    await send("payment", 2);
    await join(connections[1]!, "payment", 0);
    await join(connections[0]!, "payment", 2);
    const outlook = (await outlookOf(connections[0]!, connections[0]!.id)).get("payment");
    expect(outlook).toMatchObject({ allowance: 24, windowMs: 60_000, waiting: 2, ahead: 1 });
    expect(outlook?.busyMs).toHaveLength(2);
  });

  it("is not the place of somebody else's connection", async () => {
    await join(connections[1]!, "payment", 0);
    expect((await outlookOf(connections[0]!, connections[1]!.id)).get("payment")?.ahead).toBeNull();
    expect((await outlookOf(connections[1]!, connections[1]!.id)).get("payment")?.ahead).toBe(0);
  });

  it("is nothing of the tables themselves", async () => {
    for (const table of ["quota_endpoints", "quota_slots", "quota_lanes", "quota_tickets"])
      await expect(
        database()
          .sql("app")
          .begin(async (tx) => {
            await tx.unsafe("set local role perch_tenant");
            await tx.unsafe(`select 1 from ${table}`);
          }),
        table,
      ).rejects.toThrow(/permission denied/);
  });
});
