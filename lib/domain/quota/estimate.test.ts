import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { msUntilRequest, type QuotaOutlook } from "./estimate";
import { estimateRun, type LaneOutlook } from "./estimate-run";
import { keyOfStep } from "./key-of-step";

const empty: QuotaOutlook = { allowance: 12, windowMs: 60_000, busyMs: [], pausedMs: 0 };

/** The same, slot by slot and request by request. */
function byHand({ allowance, windowMs, busyMs, pausedMs }: QuotaOutlook, n: number): number {
  const free = Array.from({ length: allowance }, (_, slot) => Math.max(busyMs[slot] ?? 0, pausedMs));
  let at = 0;
  for (let request = 0; request < n; request += 1) {
    const slot = free.indexOf(Math.min(...free));
    at = free[slot] ?? 0;
    free[slot] = at + windowMs + 50;
  }
  return at;
}

describe("when a request can leave", () => {
  it("is at once as long as slots are free, and a window later for each further round", () => {
    expect([0, 1, 12, 13, 24, 25].map((n) => msUntilRequest(empty, n))).toEqual([
      0, 0, 0, 60_050, 60_050, 120_100,
    ]);
  });

  it("waits for the first busy slot, and for the end of a pause", () => {
    const busy = { ...empty, allowance: 2, busyMs: [10_000, 30_000] };
    expect([1, 2, 3].map((n) => msUntilRequest(busy, n))).toEqual([10_000, 30_000, 70_050]);
    expect(msUntilRequest({ ...busy, pausedMs: 20_000 }, 1)).toBe(20_000);
  });

  it("is what counting slot by slot says, for any state", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1_000, max: 60_000 }),
        fc.array(fc.integer({ min: 1, max: 90_000 }), { maxLength: 30 }),
        fc.integer({ min: 0, max: 100_000 }),
        fc.integer({ min: 1, max: 200 }),
        (allowance, windowMs, busy, pausedMs, n) => {
          const busyMs = busy.slice(0, allowance).sort((a, b) => a - b);
          const outlook = { allowance, windowMs, busyMs, pausedMs };
          expect(msUntilRequest(outlook, n)).toBe(byHand(outlook, n));
        },
      ),
    );
  });
});

describe("how long a run takes", () => {
  const now = new Date("2026-03-02T12:00:00Z");
  const lane = (change: Partial<LaneOutlook> = {}): LaneOutlook => ({
    ...empty,
    waiting: 0,
    ahead: null,
    ...change,
  });
  const step = (name: string, plannedRequests: number | null, more = {}) => ({
    ...{ name, status: "pending", ordinal: 0, requests: 0, plannedRequests },
    ...more,
  });
  const secondsOf = (steps: Parameters<typeof estimateRun>[0], lanes: Record<string, LaneOutlook>) => {
    const estimate = estimateRun(steps, new Map(Object.entries(lanes)), now);
    return estimate && { ...estimate, doneAt: (Date.parse(estimate.doneAt) - now.getTime()) / 1_000 };
  };

  it("is half a second a request where nothing has to wait, and no quota is to blame", () => {
    expect(
      secondsOf([step("company", 1), step("directory", 3)], { company: lane(), directory: lane() }),
    ).toEqual({
      requestsLeft: 4,
      doneAt: 2,
      key: null,
      atLeast: false,
    });
  });

  it("is by the quota that takes longest", () => {
    const lanes = { "pay-statement": lane(), documents: lane({ allowance: 20 }) };
    expect(secondsOf([step("pay_statements", 13), step("documents", 20)], lanes)).toMatchObject({
      requestsLeft: 33,
      doneAt: 60.05 + 16.5,
      key: "pay-statement",
    });
  });

  it("counts those who go before, and one turn of every other lane between two of its own", () => {
    const busy = lane({ allowance: 1, busyMs: [10_000], waiting: 4, ahead: 2 });
    const wait = step("payments", 2, { status: "waiting" });
    // Third in line, then three others again: the seventh request.
    expect(secondsOf([wait], { payment: busy })?.doneAt).toBe(371.3);
  });

  it("is at least that where a step does not know yet what it needs", () => {
    const estimate = secondsOf([step("pay_statements", null)], { "pay-statement": lane() });
    expect(estimate).toMatchObject({ requestsLeft: 1, atLeast: true });
  });

  it("leaves out what was asked for already and steps that ended", () => {
    const steps = [
      step("benefits", 5, { requests: 3, status: "running" }),
      step("company", 1, { status: "failed" }),
    ];
    expect(secondsOf(steps, { benefits: lane(), company: lane() })?.requestsLeft).toBe(2);
    expect(
      secondsOf([step("company", 1, { requests: 1, status: "running" })], { company: lane() }),
    ).toBeNull();
  });
});

it("every step of a sync counts in a quota, and an unknown one in none", () => {
  expect([keyOfStep("pay_statement_rules"), keyOfStep("finch_jobs"), keyOfStep("of_next_year")]).toEqual([
    "pay-statement-item/rule",
    "jobs",
    null,
  ]);
});
