import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import {
  answerQuota,
  configureQuota,
  enterQuota,
  waitForQuota,
  type QuotaGrant,
} from "@/db/repositories/quota";
import { clientId, egress, useQuotaWorld } from "./testing";

/** Processes against a window as Finch keeps it: it counts a request when it arrives, not when it leaves or is answered. */

const sessions = 4;
const world = useQuotaWorld(sessions);
vi.setConfig({ testTimeout: 120_000 });

const windowMs = 1_000;
const runMs = 3_000;

/** What becomes of a request; used over and over by one session. */
const request = fc.record({
  thinkMs: fc.integer({ min: 0, max: 60 }),
  upMs: fc.integer({ min: 0, max: 120 }),
  downMs: fc.integer({ min: 0, max: 120 }),
  how: fc.constantFrom("enter", "wait", "wait", "job"),
  lookaheadMs: fc.constantFrom(0, 250),
  /** Some senders die: before sending, or before they tell of the answer. */
  fate: fc.constantFrom(...(["ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "unsent", "untold"] as const)),
});
type Request = typeof request extends fc.Arbitrary<infer T> ? T : never;

async function grantOf(
  lane: string,
  { how, lookaheadMs }: Request,
  until: number,
): Promise<QuotaGrant | null> {
  if (how === "enter") return enterQuota(world.place(lane), null, lookaheadMs);
  if (how === "job") {
    await world.join(lane);
    await world.dispatch(egress, lookaheadMs);
    const [job] = await world.rows<{ grantId: string }>(
      `delete from graphile_worker._private_jobs where id = (select id from graphile_worker._private_jobs
        where payload->>'lane' = '${lane}' order by id limit 1 for update skip locked) returning payload->>'grantId' as "grantId"`,
    );
    return job ? enterQuota(world.place(lane), job.grantId, lookaheadMs) : null;
  }
  const ticket = { ticketId: crypto.randomUUID(), priority: 0, customerId: null, connectionId: null };
  while (performance.now() < until) {
    const { grant, nextMs } = await waitForQuota(world.place(lane), ticket, lookaheadMs);
    if (grant) return grant;
    await sleep(Math.min(100, Math.max(5, nextMs)));
  }
  return null;
}

async function session(lane: string, requests: readonly Request[], arrivals: number[]): Promise<void> {
  const until = performance.now() + runMs;
  for (let turn = 0; performance.now() < until; turn += 1) {
    const next = requests[turn % requests.length]!;
    await sleep(next.thinkMs);
    const grant = await grantOf(lane, next, until);
    if (!grant || next.fate === "unsent") continue;
    await sleep(grant.waitMs > 0 ? grant.waitMs + 1 : 0);
    await sleep(next.upMs);
    arrivals.push(performance.now());
    await sleep(next.downMs);
    if (next.fate !== "untold") await answerQuota(grant.grantId);
  }
}

/** The most that any window of this length saw. */
function most(arrivals: readonly number[]): number {
  const sorted = [...arrivals].sort((a, b) => a - b);
  return Math.max(
    ...sorted.map((at, index) => sorted.slice(0, index + 1).filter((other) => other > at - windowMs).length),
  );
}

describe("four processes", () => {
  it("never send more than Finch allows in any window, whatever they do and when they die", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 8 }),
        fc.integer({ min: 2, max: 8 }),
        fc.array(fc.array(request, { minLength: 1, maxLength: 12 }), {
          minLength: sessions,
          maxLength: sessions,
        }),
        async (allowance, address, schedules) => {
          await world.rows("truncate quota_endpoints, quota_slots, quota_lanes, quota_tickets");
          await world.rows("delete from graphile_worker._private_jobs");
          await configureQuota(clientId, [
            { key: "company", allowance, windowMs, addressSet: "ip", source: "" },
            { key: `ip:${egress}`, allowance: address, windowMs, addressSet: null, source: "" },
          ]);
          const arrivals: number[] = [];
          await Promise.all(schedules.map((each, n) => session(`lane${n}`, each, arrivals)));
          expect(most(arrivals)).toBeLessThanOrEqual(Math.min(allowance, address));
        },
      ),
      { numRuns: 6, endOnFailure: true },
    );
  });

  it("with endless work send nearly as much as Finch allows", async () => {
    const allowance = 10;
    await configureQuota(clientId, [
      { key: "company", allowance, windowMs, addressSet: "ip", source: "" },
      { key: `ip:${egress}`, allowance: 1_000, windowMs, addressSet: null, source: "" },
    ]);
    const arrivals: number[] = [];
    const eager: Request = { thinkMs: 0, upMs: 5, downMs: 5, how: "wait", lookaheadMs: 250, fate: "ok" };
    await Promise.all(Array.from({ length: sessions * 4 }, (_, n) => session(`lane${n}`, [eager], arrivals)));
    expect(most(arrivals)).toBeLessThanOrEqual(allowance);
    // 50 ms of a second go to the safe side, and some to waking up; at Finch's minute that is a sixtieth of it.
    expect(arrivals.length).toBeGreaterThan(allowance * (runMs / windowMs) * 0.8);
  });
});
