import { describe, expect, it } from "vitest";
import { refreshQuota } from "./refresh-quota";

const now = new Date("2026-03-10T12:00:00Z");
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
const facts = {
  syncKind: "automated",
  disconnectedAt: null,
  refreshesAllowed: 1,
  refreshesRemaining: 0,
  refreshesRetryAt: null as Date | null,
  refreshesSeenAt: minutes(-20) as Date | null,
};

describe("what is left of Finch's refreshes", () => {
  it("is what Finch said, with the time of the next one", () => {
    expect(refreshQuota({ ...facts, refreshesRemaining: 1 }, now)).toEqual({
      allowed: 1,
      left: 1,
      nextAt: null,
      isExact: true,
    });
    expect(refreshQuota({ ...facts, refreshesRetryAt: minutes(15) }, now)).toEqual({
      allowed: 1,
      left: 0,
      nextAt: minutes(15).toISOString(),
      isExact: true,
    });
  });

  it("comes within the hour where Finch did not say when", () => {
    expect(refreshQuota(facts, now)).toMatchObject({
      left: 0,
      nextAt: minutes(40).toISOString(),
      isExact: false,
    });
  });

  it("is whole again once its window is over, though nobody has asked since", () => {
    for (const over of [{ refreshesRetryAt: minutes(-1) }, { refreshesSeenAt: minutes(-61) }])
      expect(refreshQuota({ ...facts, refreshesAllowed: 10, ...over }, now)).toEqual({
        allowed: 10,
        left: 10,
        nextAt: null,
        isExact: true,
      });
  });

  it("is nothing for assisted providers, disconnected ones and those that were never asked", () => {
    for (const none of [{ syncKind: "assisted" }, { disconnectedAt: now }, { refreshesRemaining: null }])
      expect(refreshQuota({ ...facts, ...none }, now)).toBeNull();
  });
});
