import { describe, expect, it } from "vitest";
import type { QuotaGaugeView, QuotaStateView } from "@/lib/domain/quota/views";
import { backlogSays, doneIn, gaugeSays, gaugeTone, inOrder, isIdle, isShown } from "./quota-words";

const now = "2026-11-22T10:00:00.000Z";
const after = (seconds: number) => new Date(Date.parse(now) + seconds * 1_000).toISOString();
const gauge = (more: Partial<QuotaGaugeView> = {}): QuotaGaugeView => ({
  key: "pay-statement",
  allowance: 12,
  windowMs: 60_000,
  source: "Finch: Rate Limits",
  used: 0,
  nextFreeAt: null,
  pausedUntil: null,
  waiting: { person: 0, webhook: 0, scheduled: 0 },
  backlog: 0,
  backlogDoneAt: null,
  ...more,
});
const waiting = { person: 1, webhook: 0, scheduled: 40 };

describe("a gauge", () => {
  it("says how much is used, who waits and how long it takes", () => {
    expect(gaugeSays(gauge({ used: 12, waiting, backlog: 412, backlogDoneAt: after(34 * 60) }), now)).toBe(
      "12 of 12 used in the last minute, 41 waiting, about 34 min",
    );
    expect(gaugeSays(gauge({ used: 3 }), now)).toBe("3 of 12 used in the last minute, no backlog");
    expect(gaugeSays(gauge(), now)).toBe("0 of 12 used in the last minute, idle");
    expect(gaugeSays(gauge({ key: "ip:a", allowance: 1_000, windowMs: 300_000 }), now)).toBe(
      "0 of 1,000 used in the last 5 min, idle",
    );
  });

  it("that Finch refused says how long nothing leaves, before anything else", () => {
    const paused = gauge({ pausedUntil: after(39.2), backlog: 5, backlogDoneAt: after(90) });
    expect([doneIn(paused, now), gaugeTone(paused)]).toEqual(["paused 40 s", "failing"]);
  });

  it("is calm while there is room, and waiting only where somebody waits", () => {
    expect(gaugeTone(gauge({ used: 11, waiting }))).toBe("neutral");
    expect(gaugeTone(gauge({ used: 12 }))).toBe("neutral");
    expect(gaugeTone(gauge({ used: 12, waiting }))).toBe("waiting");
  });

  it("stands where a sync asks for it, those without a documented limit last", () => {
    const keys = ["auth", "payment", "benefits", "company", "pay-statement", "directory"];
    expect(inOrder(keys.map((key) => gauge({ key }))).map(({ key }) => key)).toEqual([
      "company",
      "directory",
      "payment",
      "pay-statement",
      "auth",
      "benefits",
    ]);
  });

  it("of an undocumented endpoint is shown only in use", () => {
    expect(isShown(gauge())).toBe(true);
    expect(isShown(gauge({ source: null }))).toBe(false);
    expect(isShown(gauge({ source: null, used: 1 }))).toBe(true);
    expect(isIdle(gauge({ waiting }))).toBe(false);
  });
});

describe("the backlog", () => {
  const state = (backlog: Partial<QuotaStateView["backlog"]>, waits = 0): QuotaStateView => ({
    now,
    endpoints: [],
    addresses: [],
    waiters: [],
    waiting: waits,
    backlog: { requests: 0, runs: 0, doneAt: null, key: null, atLeast: false, ...backlog },
  });

  it("is told with its time and what takes longest, and never as less than it is", () => {
    const busy = { requests: 412, runs: 3, doneAt: after(34 * 60), key: "pay-statement", atLeast: true };
    expect(backlogSays(state(busy))).toBe(
      "At least 412 requests left for 3 syncs, done in about 34 min; pay-statement takes longest.",
    );
    expect(backlogSays(state({}))).toBe("Nothing waits for Finch.");
  });
});
