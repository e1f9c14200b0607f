import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { inScope } from "@/db/client";
import {
  answerQuota,
  configureQuota,
  enterQuota,
  joinQuotaLane,
  leaveQuotaLane,
  refuseQuota,
  returnQuota,
  sweepQuota,
  waitForQuota,
} from "@/db/repositories/quota";
import { workerContext } from "@/lib/domain/context";
import { clientId, egress, useQuotaWorld } from "./testing";

const world = useQuotaWorld();
vi.setConfig({ testTimeout: 60_000 });
const minute = 60_000;

/** Frees one slot and serves; the lane that was woken by it. */
async function nextLane(): Promise<string | undefined> {
  const before = (await world.woken()).length;
  await world.rows(`update quota_slots set free_at = now(), holder = null where key = 'company'`);
  await world.dispatch();
  return (await world.woken())[before]?.lane;
}

async function order(count: number): Promise<string> {
  const lanes: (string | undefined)[] = [];
  for (let turn = 0; turn < count; turn += 1) lanes.push(await nextLane());
  return lanes.join(" ");
}

const wait = (ticketId: string, lane = "person", priority = 0, change = {}) =>
  waitForQuota(world.place(lane, change), { ticketId, priority, customerId: null, connectionId: null }, 0);

describe("who waits", () => {
  it("is woken by a job that holds the grant, once", async () => {
    await world.sets({ allowance: 1 });
    await world.join("a");
    expect(await world.dispatch()).toBeNull();
    expect(await world.woken()).toEqual([{ lane: "a", grantId: expect.any(String) }]);
    await world.dispatch();
    await nextLane();
    expect(await world.woken()).toHaveLength(1);
  });

  it("keeps others from taking a slot without waiting", async () => {
    await world.sets({ allowance: 1 });
    await world.join("a");
    expect(await world.isFree()).toBe(false);
    await world.dispatch();
    expect((await world.woken()).map(({ lane }) => lane)).toEqual(["a"]);
  });

  it("waits once at a time: joining again changes the ticket, and keeps its place", async () => {
    await world.sets({ allowance: 1 });
    await world.join("a");
    await world.join("b");
    await world.join("a", { priority: 2 });
    expect(await order(3)).toBe("a b ");
  });

  it("and is asked for by a person in the meantime goes before those that are not", async () => {
    await world.sets({ allowance: 1 });
    await world.join("a");
    await world.join("b");
    await world.join("b", { priority: 0 });
    expect(await order(2)).toBe("b a");
  });

  it("of another customer under the same name is another one", async () => {
    await world.sets({ allowance: 2 });
    await world.join("a", { waker: "same" });
    const other = { clientId, key: "company", priority: 2, lane: "b", connectionId: null, waker: "same" };
    await inScope(workerContext(crypto.randomUUID()), (tx) =>
      joinQuotaLane(tx, {
        ...other,
        job: { name: "sync.step", payload: { lane: "b" }, maxAttempts: 1 },
        workId: crypto.randomUUID(),
      }),
    );
    await world.dispatch();
    expect((await world.woken()).map(({ lane }) => lane)).toEqual(["a", "b"]);
  });

  it("is not there where the transaction that parked it rolled back", async () => {
    await world.sets({ allowance: 1 });
    await expect(
      inScope(workerContext(world.customerId), async (tx) => {
        await joinQuotaLane(tx, {
          ...{ clientId, key: "company", priority: 2, lane: "a", waker: "a", connectionId: null },
          job: { name: "sync.step", payload: {}, maxAttempts: 1 },
          workId: crypto.randomUUID(),
        });
        throw new Error("the worker died");
      }),
    ).rejects.toThrow("died");
    expect(await world.dispatch()).toBeNull();
    expect(await world.woken()).toEqual([]);
  });

  it("for a run that ended is out of the lane", async () => {
    await world.sets({ allowance: 1 });
    const workId = crypto.randomUUID();
    await world.join("a", { workId });
    expect(await sweepQuota()).toBe(1);
    expect(await nextLane()).toBeUndefined();
  });

  it("learns when there may be more: when the first slot is free", async () => {
    await world.sets({ allowance: 1 });
    await answerQuota((await world.enter()).grantId);
    await world.join("a");
    const nextMs = await world.dispatch(egress, 250);
    expect(nextMs).toBeGreaterThan(minute - 1_000);
    expect(nextMs).toBeLessThanOrEqual(minute + 50 - 250);
  });
});

describe("the order", () => {
  it("is: a person, then webhooks, then what is scheduled", async () => {
    await world.sets({ allowance: 1 });
    await world.join("scheduled", { priority: 2 });
    await world.join("webhook", { priority: 1 });
    await world.join("person", { priority: 0 });
    expect(await order(3)).toBe("person webhook scheduled");
  });

  it("gives every fifth grant to the lowest priority that waits", async () => {
    await world.sets({ allowance: 1 });
    for (let n = 0; n < 12; n += 1) await world.join(`p${n}`, { priority: 0 });
    for (let n = 0; n < 2; n += 1) await world.join(`w${n}`, { priority: 1 });
    for (let n = 0; n < 2; n += 1) await world.join(`s${n}`, { priority: 2 });
    expect(await order(16)).toBe("p0 p1 p2 p3 s0 p4 p5 p6 p7 s1 p8 p9 p10 p11 w0 w1");
  });

  it("within a priority is by the lane's last turn, whoever never had one first", async () => {
    await world.sets({ allowance: 1 });
    await world.join("a");
    await world.join("b");
    expect(await order(2)).toBe("a b");
    await world.join("b");
    await world.join("a");
    await world.join("new");
    expect(await order(3)).toBe("new a b");
  });

  it("counts a turn that was taken without waiting", async () => {
    await world.sets({ allowance: 1 });
    await world.enter("a");
    await world.join("a");
    await world.join("b");
    expect(await order(2)).toBe("b a");
  });

  it("puts all tickets of a lane back when one of them has its turn", async () => {
    await world.sets({ allowance: 1 });
    await world.join("a", { waker: "a1" });
    await world.join("a", { waker: "a2" });
    await world.join("b");
    expect(await order(3)).toBe("a b a");
  });

  it("is fair: lanes that always wait differ by one grant at most, at any time", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 9 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 25 }),
        async (lanes, allowance, rounds) => {
          await world.rows("truncate quota_endpoints, quota_slots, quota_lanes, quota_tickets");
          await world.rows("delete from graphile_worker._private_jobs");
          await world.sets({ allowance });
          const names = Array.from({ length: lanes }, (_, n) => `lane${n}`);
          const counts = new Map(names.map((name) => [name, 0]));
          for (const name of names) await world.join(name);
          for (let round = 0; round < rounds; round += 1) {
            const before = (await world.woken()).length;
            await world.rows(`update quota_slots set free_at = now(), holder = null where key = 'company'`);
            await world.dispatch();
            for (const { lane } of (await world.woken()).slice(before)) {
              counts.set(lane, (counts.get(lane) ?? 0) + 1);
              await world.join(lane);
            }
            const all = [...counts.values()];
            expect(Math.max(...all) - Math.min(...all)).toBeLessThanOrEqual(1);
          }
          const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
          expect(total).toBe(Math.min(lanes, allowance) * rounds);
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe("a process that waits itself", () => {
  it("takes a free slot at once, without a worker", async () => {
    await world.sets({ allowance: 1 });
    expect(await wait(crypto.randomUUID())).toMatchObject({ grant: { waitMs: 0 } });
    expect(await world.rows("select from quota_tickets")).toEqual([]);
  });

  it("goes before what is scheduled, and serves that too when it asks", async () => {
    await world.sets({ allowance: 2 });
    await world.join("scheduled");
    expect((await wait(crypto.randomUUID())).grant).not.toBeNull();
    expect((await world.woken()).map(({ lane }) => lane)).toEqual(["scheduled"]);
  });

  it("fetches what somebody else's dispatcher granted", async () => {
    await world.sets({ allowance: 1 });
    await world.enter();
    const ticket = crypto.randomUUID();
    expect((await wait(ticket)).grant).toBeNull();
    await world.rows(`update quota_slots set free_at = now(), holder = null where key = 'company'`);
    await world.dispatch();
    expect(await world.rows("select 1 from quota_tickets where grant_id is not null")).toHaveLength(1);
    expect((await wait(ticket)).grant).not.toBeNull();
  });

  it("is out of the lane 5 seconds after it stopped asking", async () => {
    await world.sets({ allowance: 1 });
    await world.enter();
    await wait(crypto.randomUUID());
    await world.pass(5_000);
    expect(await nextLane()).toBeUndefined();
    expect(await world.rows("select from quota_tickets")).toEqual([]);
  });

  it("that died after it was granted leaves the slot to others as soon as somebody serves", async () => {
    await world.sets({ allowance: 1 });
    await world.enter();
    await wait(crypto.randomUUID());
    await world.rows(`update quota_slots set free_at = now(), holder = null where key = 'company'`);
    await world.dispatch();
    await world.pass(5_000);
    await world.join("a");
    await world.dispatch();
    expect((await world.woken()).map(({ lane }) => lane)).toEqual(["a"]);
  });

  it("that leaves gives back what it may just have been granted", async () => {
    await world.sets({ allowance: 1 });
    await world.enter();
    const ticket = crypto.randomUUID();
    await wait(ticket);
    await world.rows(`update quota_slots set free_at = now(), holder = null where key = 'company'`);
    await world.dispatch();
    expect(await world.isFree()).toBe(false);
    await leaveQuotaLane(ticket);
    expect(await world.isFree()).toBe(true);
  });

  it("from an address that is blocked does not hold up others from an address that is not", async () => {
    await world.sets({ allowance: 5 });
    await configureQuota(clientId, [
      { key: "ip:away", allowance: 9, windowMs: 300_000, addressSet: null, source: "" },
    ]);
    await refuseQuota({ clientId, key: "company", egress: "away" }, "finch_api_ip_rl");
    const blocked = await wait(crypto.randomUUID(), "person", 0, { egress: "away" });
    expect(blocked.grant).toBeNull();
    expect(blocked.nextMs).toBeGreaterThan(minute);
    await world.join("scheduled");
    await world.dispatch();
    expect((await world.woken()).map(({ lane }) => lane)).toEqual(["scheduled"]);
  });
});

describe("what goes back", () => {
  it("of a run that was cancelled is granted to the next who waits", async () => {
    await world.sets({ allowance: 1 });
    await world.join("cancelled");
    await world.join("next");
    await world.dispatch();
    const [job] = await world.woken();
    expect(job?.lane).toBe("cancelled");
    await returnQuota(job!.grantId);
    await world.dispatch();
    expect((await world.woken()).map(({ lane }) => lane)).toEqual(["cancelled", "next"]);
  });

  it("tells the dispatchers at once, as joining does", async () => {
    await world.sets({ allowance: 1 });
    let rang = 0;
    const listening = await world
      .database()
      .sql("worker")
      .listen("perch_quota", () => (rang += 1));
    await world.join("a");
    await expect.poll(() => rang).toBe(1);
    await world.dispatch();
    await world.join("b");
    await expect.poll(() => rang).toBe(2);
    const [job] = await world.woken();
    await returnQuota(job!.grantId);
    await expect.poll(() => rang).toBe(3);
    await listening.unlisten();
  });

  it("of a holder that died is used again after the lease", async () => {
    await world.sets({ allowance: 1 });
    await world.join("dies");
    await world.dispatch();
    await world.join("next");
    expect(await world.dispatch()).toBeGreaterThan(minute);
    await world.pass(minute + 30_000);
    await world.dispatch();
    const [, job] = await world.woken();
    expect(await enterQuota(world.place("next"), job!.grantId, 0)).toMatchObject({ waitMs: 0 });
  });
});
