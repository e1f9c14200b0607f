import { describe, expect, it } from "vitest";
import { answerQuota, configureQuota, enterQuota, refuseQuota, returnQuota } from "@/db/repositories/quota";
import { clientId, egress, useQuotaWorld } from "./testing";

const world = useQuotaWorld();
const minute = 60_000;

/** How many requests may leave at this moment. */
async function free(): Promise<number> {
  let count = 0;
  while (await world.isFree()) count += 1;
  return count;
}

describe("a slot", () => {
  it("is there as often as Finch allows, and no more", async () => {
    await world.sets({ allowance: 3 });
    expect(await free()).toBe(3);
  });

  it("rests for the window and 50 ms from the answer on, whatever the request took", async () => {
    await world.sets({ allowance: 1 });
    const { grantId } = await world.enter();
    await world.pass(2_000);
    const { least, most } = await world.restAfter("company", () => answerQuota(grantId));
    expect([least <= minute + 50, minute + 50 <= most]).toEqual([true, true]);
    expect(await world.isFree()).toBe(false);
    await world.pass(minute + 50);
    expect(await world.isFree()).toBe(true);
  });

  it("without an answer rests for 30 seconds more: whoever sent it may have died", async () => {
    await world.sets({ allowance: 1 });
    await world.enter();
    await world.pass(minute + 20_000);
    expect(await world.isFree()).toBe(false);
    await world.pass(10_000);
    expect(await world.isFree()).toBe(true);
  });

  it("is told of its answer once: a second word, and one after the lease, change nothing", async () => {
    await world.sets({ allowance: 1 });
    const first = await world.enter();
    await answerQuota(first.grantId);
    await world.pass(minute + 50);
    const second = await world.enter();
    await answerQuota(first.grantId);
    await world.pass(minute + 50);
    // The second one is still out.
    expect(await world.isFree()).toBe(false);
    await answerQuota(second.grantId);
    await world.pass(minute + 50);
    expect(await world.isFree()).toBe(true);
  });

  it("may be granted a moment early, and says how long to wait", async () => {
    await world.sets({ allowance: 1 });
    await answerQuota((await world.enter()).grantId);
    await world.pass(minute + 50 - 20_000);
    expect(await enterQuota(world.place("b"), null, 5_000)).toBeNull();
    const early = await enterQuota(world.place("b"), null, 25_000);
    expect(early?.waitMs).toBeGreaterThan(5_000);
    expect(early?.waitMs).toBeLessThanOrEqual(20_000);
  });

  it("that was not sent goes back as free as it was", async () => {
    await world.sets({ allowance: 1 });
    await world.join("a");
    await world.dispatch();
    const [job] = await world.woken();
    expect(await world.isFree()).toBe(false);
    expect(await returnQuota(job!.grantId)).toBe(true);
    expect(await world.isFree()).toBe(true);
    expect(await returnQuota(job!.grantId)).toBe(false);
  });

  it("that was sent does not go back", async () => {
    await world.sets({ allowance: 1 });
    const { grantId } = await world.enter();
    expect(await returnQuota(grantId)).toBe(false);
    expect(await world.isFree()).toBe(false);
  });
});

describe("a grant in hand", () => {
  async function granted(): Promise<string> {
    await world.join("a");
    await world.dispatch();
    return (await world.woken()).at(-1)!.grantId;
  }

  it("is used once", async () => {
    await world.sets({ allowance: 1 });
    const grantId = await granted();
    expect(await enterQuota(world.place("a"), grantId, 0)).toEqual({ grantId, waitMs: 0 });
    expect(await enterQuota(world.place("a"), grantId, 0)).toBeNull();
  });

  it("is spent after 30 seconds", async () => {
    await world.sets({ allowance: 1 });
    const grantId = await granted();
    await world.pass(30_000);
    expect(await enterQuota(world.place("a"), grantId, 0)).toBeNull();
  });

  it("is kept where something of another quota is asked for first", async () => {
    await world.sets({ allowance: 1 });
    await world.sets({ key: "directory", allowance: 1 });
    const grantId = await granted();
    const other = await enterQuota(world.place("a", { key: "directory" }), grantId, 0);
    expect(other?.grantId).not.toBe(grantId);
    expect(await returnQuota(grantId)).toBe(true);
  });
});

describe("an address", () => {
  it("binds all endpoints together: a request takes a slot of both or of neither", async () => {
    await world.sets({ allowance: 5 }, 3);
    await world.sets({ key: "directory", allowance: 5 }, 3);
    expect([await free(), await world.isFree({ key: "directory" })]).toEqual([3, false]);
    const [held] = await world.rows<{ n: number }>(
      "select count(*)::int as n from quota_slots where holder is not null and key <> 'ip:home'",
    );
    expect(held?.n).toBe(3);
  });

  it("rests for its own window, five times as long", async () => {
    await world.sets({ allowance: 1 }, 1);
    const { grantId } = await world.enter();
    const { least, most } = await world.restAfter(`ip:${egress}`, () => answerQuota(grantId));
    expect([least <= 5 * minute + 50, 5 * minute + 50 <= most]).toEqual([true, true]);
    await world.pass(4 * minute);
    expect(await world.isFree()).toBe(false);
    await world.pass(minute + 50);
    expect(await world.isFree()).toBe(true);
  });

  it("of each egress has slots of its own", async () => {
    await world.sets({ allowance: 5 }, 1);
    await configureQuota(clientId, [
      { key: "ip:away", allowance: 1, windowMs: 300_000, addressSet: null, source: "" },
    ]);
    await world.enter("a");
    expect(await world.isFree()).toBe(false);
    await world.enter("b", { egress: "away" });
  });

  it("is swapped at sending where another process than the dispatcher's sends", async () => {
    await world.sets({ allowance: 1 }, 1);
    await configureQuota(clientId, [
      { key: "ip:away", allowance: 1, windowMs: 300_000, addressSet: null, source: "" },
    ]);
    await world.join("a");
    await world.dispatch(egress);
    const [job] = await world.woken();
    expect(await enterQuota(world.place("a", { egress: "away" }), job!.grantId, 0)).not.toBeNull();
    const held = await world.rows(
      "select key from quota_slots where client_id = '' and holder is not null and free_at > now()",
    );
    expect(held).toEqual([{ key: "ip:away" }]);
    const [home] = await world.rows("select free_at <= now() as free from quota_slots where key = 'ip:home'");
    expect(home).toEqual({ free: true });
  });

  it("that has nothing free at sending gives the grant back", async () => {
    await world.sets({ allowance: 1 }, 1);
    await configureQuota(clientId, [
      { key: "ip:away", allowance: 1, windowMs: 300_000, addressSet: null, source: "" },
    ]);
    await refuseQuota({ clientId, key: "company", egress: "away" }, "finch_api_ip_rl");
    await world.join("a");
    await world.dispatch(egress);
    const [job] = await world.woken();
    expect(await enterQuota(world.place("a", { egress: "away" }), job!.grantId, 0)).toBeNull();
    expect(await world.isFree()).toBe(true);
  });
});

describe("a 429", () => {
  const refuse = (code: string) => refuseQuota({ clientId, key: "company", egress }, code);

  it("of the address blocks it for Finch's hour, twelve of its windows, and no other address", async () => {
    await world.sets({ allowance: 9 });
    await configureQuota(clientId, [
      { key: "ip:away", allowance: 9, windowMs: 300_000, addressSet: null, source: "" },
    ]);
    expect(await refuse("finch_api_ip_rl")).toBe(60 * minute);
    expect(await world.isFree()).toBe(false);
    expect(await world.isFree({ egress: "away" })).toBe(true);
    await world.pass(60 * minute - 100);
    expect(await world.isFree()).toBe(false);
    await world.pass(100);
    expect(await world.isFree()).toBe(true);
  });

  it("of the endpoint pauses it for a moment that doubles, up to a window, and starts small again after quiet", async () => {
    await world.sets({ allowance: 9 });
    await world.sets({ key: "directory", allowance: 9 });
    const pauses: (number | null)[] = [];
    for (let strike = 0; strike < 8; strike += 1) {
      const pause = await refuse("finch_application_rl");
      pauses.push(pause);
      expect([await world.isFree(), await world.isFree({ key: "directory" })]).toEqual([false, true]);
      await world.pass(pause!);
      expect(await world.isFree()).toBe(true);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((seconds) => seconds * 1_000));
    await world.pass(2 * minute);
    expect(await refuse("finch_application_rl")).toBe(1_000);
  });

  it("that came in a burst counts once", async () => {
    await world.sets({ allowance: 9 });
    await refuse("finch_application_rl");
    for (let more = 0; more < 5; more += 1)
      expect(await refuse("finch_application_rl")).toBeLessThanOrEqual(1_000);
  });

  it("of the provider pauses nothing of ours", async () => {
    await world.sets({ allowance: 1 });
    expect(await refuse("upstream_rate_limit_exceeded")).toBeNull();
    expect(await world.isFree()).toBe(true);
  });
});

describe("an allowance that changes", () => {
  it("upwards has its new slots at once", async () => {
    await world.sets({ allowance: 2 });
    expect(await free()).toBe(2);
    await world.sets({ allowance: 5 });
    expect(await free()).toBe(3);
  });

  it("downwards lets nothing leave until Finch's window has room by the new figure", async () => {
    await world.sets({ allowance: 4 });
    for (let sent = 0; sent < 4; sent += 1) {
      await answerQuota((await world.enter()).grantId);
      await world.pass(10_000);
    }
    // The four left 40, 30, 20 and 10 seconds ago.
    await world.sets({ allowance: 2 });
    await world.pass(20_000);
    expect(await world.isFree()).toBe(false);
    await world.pass(20_050);
    expect(await free()).toBe(1);
    await world.pass(10_000);
    expect(await free()).toBe(1);
  });

  it("and back has its slots under numbers of their own", async () => {
    for (const allowance of [5, 2, 7, 1, 3]) {
      await world.sets({ allowance });
      const [row] = await world.rows("select count(*)::int as n from quota_slots where key = 'company'");
      expect(row).toEqual({ n: allowance });
    }
  });

  it("keeps what was used for the window's new length", async () => {
    await world.sets({ allowance: 1, windowMs: 6_000 });
    await answerQuota((await world.enter()).grantId);
    await world.sets({ allowance: 1, windowMs: 60_000 });
    await world.pass(6_050);
    expect(await world.isFree()).toBe(false);
    await world.pass(54_000);
    expect(await world.isFree()).toBe(true);
  });

  it("is refused where it makes no sense", async () => {
    for (const [allowance, windowMs] of [
      [0, 60_000],
      [20_000, 60_000],
      [10, 10],
    ] as const)
      await expect(world.sets({ allowance, windowMs })).rejects.toThrow();
  });
});
