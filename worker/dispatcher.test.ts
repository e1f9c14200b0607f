import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase, inScope, systemDatabase } from "@/db/client";
import { enterQuota } from "@/db/repositories/quota";
import { useTestDatabase } from "@/db/testing";
import { workerContext } from "@/lib/domain/context";
import { syncStepJob } from "@/lib/jobs/sync";
import { joinLane, priorities } from "@/lib/quota";
import { startDispatcher, type Dispatcher } from "./dispatcher";

/** A second for Finch's minute. */
const database = useTestDatabase({ QUOTA_CLOCK_RATE: "60", QUOTA_UNDOCUMENTED_PER_MINUTE: "3" });
const sql = () => database().sql("superuser");
let running: Dispatcher | undefined;
beforeAll(() => configureDatabase({ url: database().urls.worker, max: 6 }));
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await sql()`delete from graphile_worker._private_jobs`;
  await sql()`truncate quota_endpoints, quota_slots, quota_lanes, quota_tickets`;
});
afterAll(() => closeDatabase());

async function start(): Promise<void> {
  running = await startDispatcher();
}

/** A step of a run that is open waits for its turn; the run's id. */
async function join(key = "introspect"): Promise<string> {
  const [customerId, connectionId, runId] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
  await sql()`insert into customers (id, name) values (${customerId}, 'Acme')`;
  await sql()`insert into connections (customer_id, id, finch_connection_id, finch_customer_id, provider_id, provider_name)
    values (${customerId}, ${connectionId}, ${connectionId}, ${customerId}, 'gusto', 'Gusto')`;
  await sql()`insert into sync_runs (customer_id, id, connection_id, reason, status)
    values (${customerId}, ${runId}, ${connectionId}, 'scheduled', 'running')`;
  await inScope(workerContext(customerId), (tx) =>
    joinLane(tx, {
      key,
      priority: priorities.scheduled,
      lane: connectionId,
      connectionId,
      wake: { job: syncStepJob, payload: { customerId, runId, name: "introspect", entityId: "", epoch: 1 } },
      waker: runId,
      runId,
    }),
  );
  return runId;
}

const woken = async () =>
  (
    await sql()<
      { id: string }[]
    >`select payload->>'runId' as id from graphile_worker._private_jobs order by id`
  ).map(({ id }) => id);
const place = {
  clientId: "00000000-0000-4000-8000-000000000001",
  key: "introspect",
  egress: "default",
  lane: "x",
};

describe("the dispatcher", () => {
  it("hears of whoever joins, and gives out what is free at once", async () => {
    await start();
    const runId = await join();
    await expect.poll(woken, { timeout: 4_000, interval: 10 }).toEqual([runId]);
  });

  it("serves those who waited before it started", async () => {
    await start();
    await running?.stop();
    const runId = await join();
    await start();
    await expect.poll(woken).toEqual([runId]);
  });

  it("wakes by itself when a slot is free again", async () => {
    await start();
    for (let sent = 0; sent < 3; sent += 1) expect(await enterQuota(place, null, 0)).not.toBeNull();
    await sql()`update quota_slots set free_at = now() + interval '1500 milliseconds', holder = null where key = 'introspect'`;
    const runId = await join();
    expect(await woken()).toEqual([]);
    await expect.poll(woken, { timeout: 15_000, interval: 10 }).toEqual([runId]);
  });

  it("goes on where its sessions were cut", async () => {
    await start();
    await sql()`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and usename = 'perch_worker'`;
    // The pool of this process has lost its sessions too, and notices at the first use.
    for (let n = 0; n < 6; n += 1)
      await systemDatabase()
        .execute("select 1")
        .catch(() => undefined);
    const runId = await join();
    await expect.poll(woken, { timeout: 20_000 }).toEqual([runId]);
  });

  it("takes the tickets of ended runs out of the lanes", async () => {
    await start();
    for (let sent = 0; sent < 3; sent += 1) await enterQuota(place, null, 0);
    await sql()`update quota_slots set free_at = now() + interval '1 hour', holder = null where key = 'introspect'`;
    const runId = await join();
    await sql()`update sync_runs set status = 'cancelled' where id = ${runId}`;
    await expect
      .poll(async () => (await sql()`select from quota_tickets`).length, { timeout: 15_000, interval: 100 })
      .toBe(0);
  });

  it("stops at once, and gives out nothing more", async () => {
    await start();
    const askedAt = performance.now();
    await running?.stop();
    expect(performance.now() - askedAt).toBeLessThan(8_000);
    await join();
    expect(await sql()`select from quota_tickets`).toHaveLength(1);
  });
});
