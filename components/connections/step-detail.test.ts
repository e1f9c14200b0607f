import { describe, expect, it } from "vitest";
import type { SyncStepView } from "@/lib/domain/connections/run-views";
import { stepCount, stepDetail, timeLeft } from "./step-detail";

const now = "2026-11-20T12:00:00.000Z";
const inMinutes = (minutes: number) => new Date(new Date(now).getTime() + minutes * 60_000).toISOString();

const step = (changes: Partial<SyncStepView>): SyncStepView => ({
  name: "payments",
  entityId: "",
  status: "running",
  done: 0,
  total: null,
  itemErrors: 0,
  requests: 0,
  plannedRequests: null,
  outcome: null,
  message: null,
  requestId: null,
  startedAt: null,
  durationMs: null,
  wait: null,
  trouble: null,
  ...changes,
});
const shown = (changes: Partial<SyncStepView>) => {
  const { state, detail, meta } = stepDetail(step(changes), now);
  return { state, detail, meta };
};

describe("a step's row", () => {
  it("counts in the thing's own units", () => {
    expect(stepCount(step({ done: 14, total: 31 }))).toBe("14 of 31 payments");
    expect(stepCount(step({ name: "pay_statements", done: 1142, total: 1142 }))).toBe("1,142 statements");
    expect(stepCount(step({ name: "directory", done: 1, total: 1 }))).toBe("1 person");
    expect(stepCount(step({ name: "benefits", status: "succeeded", done: 0, total: 0 }))).toBe(
      "no deductions",
    );
    expect(stepCount(step({ name: "introspect", done: 1, total: 1 }))).toBe("");
    expect(stepCount(step({ done: 5 }))).toBe("5 payments");
  });

  it("says how many requests are made of those that are planned, and how long it took", () => {
    expect(shown({ requests: 3, plannedRequests: 6 }).meta).toBe("3 of 6 requests");
    expect(shown({ status: "succeeded", requests: 6, plannedRequests: 6, durationMs: 8_200 }).meta).toBe(
      "6 requests · 8.2 s",
    );
    // More than was planned: a page was asked for again.
    expect(shown({ requests: 7, plannedRequests: 6 }).meta).toBe("7 of 7 requests");
  });

  it("that waits for quota says its place and the time, and stands as waiting", () => {
    const wait = { kind: "quota", key: "pay-statement", ahead: 4, until: inMinutes(2.5) } as const;
    expect(shown({ wait, done: 14, total: 31 })).toMatchObject({
      state: "waiting",
      detail: "Waits for Finch’s pay-statement quota, 4 before it, about 3 min · 14 of 31 payments",
    });
    expect(shown({ status: "pending", wait: { ...wait, ahead: 0, until: null } }).detail).toBe(
      "Waits for Finch’s pay-statement quota, next in line",
    );
    expect(shown({ wait: { ...wait, key: "ip:main", ahead: null, until: null } }).detail).toBe(
      "Waits for Finch’s quota of requests for this server",
    );
  });

  it("that waits for Finch or tries again says when", () => {
    expect(
      shown({
        status: "waiting",
        message: "The first sync at Finch is still running.",
        wait: { kind: "finch", until: inMinutes(90) },
      }),
    ).toMatchObject({
      state: "waiting",
      detail: "The first sync at Finch is still running; looks again in 1 h",
    });
    expect(
      shown({
        status: "waiting",
        message: "Finch did not answer in time.",
        wait: { kind: "retry", until: inMinutes(-1) },
      }).detail,
    ).toBe("Finch did not answer in time; tries again now");
  });

  it("that was skipped says why, and one that failed what happened", () => {
    expect(shown({ status: "skipped", message: "Not shared when Gusto was connected." })).toMatchObject({
      state: "skipped",
      detail: "Not shared when Gusto was connected.",
    });
    const trouble = { happened: "The provider did not answer Finch.", means: "m", todo: "t" };
    expect(shown({ status: "failed", trouble })).toMatchObject({ state: "failed", detail: trouble.happened });
  });

  it("that the end of the run cut short says how far it came", () => {
    const cut = {
      status: "skipped",
      outcome: "cancelled",
      message: "Marisol Vega stopped this sync.",
    } as const;
    expect(shown(cut).detail).toBe("not reached");
    expect(shown({ ...cut, done: 14, total: 31 }).detail).toBe("stopped at 14 of 31 payments");
  });

  it("with errors of single items needs attention, not more", () => {
    expect(shown({ status: "succeeded", done: 3, total: 3, itemErrors: 1 }).state).toBe("attention");
    expect(shown({ status: "succeeded", done: 3, total: 3 }).state).toBe("done");
  });
});

describe("time left", () => {
  it("is rounded up to minutes, and never a second that nobody can promise", () => {
    expect(timeLeft(inMinutes(0.2), now)).toBe("less than a minute");
    expect(timeLeft(inMinutes(-5), now)).toBe("less than a minute");
    expect(timeLeft(inMinutes(5.1), now)).toBe("about 6 min");
    expect(timeLeft(inMinutes(61), now)).toBe("about 1 h 1 min");
  });
});
