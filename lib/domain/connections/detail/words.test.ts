import { describe, expect, it } from "vitest";
import { failureKinds } from "@/lib/finch";
import { stepNames } from "@/lib/domain/sync/plan";
import type { SyncStepView } from "../run-views";
import { stepTrouble, thingOf } from "../step-trouble";
import { withAbsentSteps } from "../with-absent-steps";
import { itemErrorWords } from "./item-error-words";
import { shownProducts, toFreshness, type FreshnessFacts } from "./to-freshness";

const now = new Date("2026-11-20T12:00:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString();

const facts: FreshnessFacts = {
  products: [...shownProducts],
  lostProducts: [],
  freshness: {},
  unsupported: {},
  syncKind: "automated",
  nextSyncAt: null,
  steps: [],
  records: {},
  failingSince: new Map(),
  now,
};
const entry = (hours: number, result = "success") => ({
  retrievedAt: hoursAgo(hours),
  lastAttemptAt: hoursAgo(1),
  lastAttemptResult: result,
  fetchedAt: hoursAgo(1),
});
const freshnessOf = (changes: Partial<FreshnessFacts>, product: string) =>
  toFreshness({ ...facts, ...changes }).find((row) => row.product === product);

const step = (name: string, changes: Partial<SyncStepView> = {}): SyncStepView => ({
  name,
  entityId: "",
  status: "succeeded",
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

describe("the age of a product", () => {
  it("is fresh within the cadence, late after it, by Finch's header", () => {
    expect(freshnessOf({ freshness: { payment: entry(23) } }, "payment")).toMatchObject({ state: "fresh" });
    expect(freshnessOf({ freshness: { payment: entry(25) } }, "payment")).toMatchObject({
      state: "late",
      entities: [{ dueAt: hoursAgo(1) }],
    });
    expect(freshnessOf({ freshness: { payment: entry(25) }, syncKind: "assisted" }, "payment")?.state).toBe(
      "fresh",
    );
  });

  it("stays fresh until the planned sync has come, and is late where that found nothing newer", () => {
    const unasked = { ...entry(24.5), fetchedAt: hoursAgo(20) };
    const planned = { nextSyncAt: new Date(hoursAgo(-0.5)) };
    expect(freshnessOf({ ...planned, freshness: { payment: unasked } }, "payment")).toMatchObject({
      state: "fresh",
      entities: [{ dueAt: new Date(now.getTime() + 40 * 60_000).toISOString() }],
    });
    const asked = { ...unasked, fetchedAt: hoursAgo(0.1) };
    expect(freshnessOf({ ...planned, freshness: { payment: asked } }, "payment")?.state).toBe("late");
  });

  it("is failing where Finch's last try failed, however young the data is", () => {
    for (const result of ["error", "partial_error"])
      expect(freshnessOf({ freshness: { payment: entry(1, result) } }, "payment")?.state).toBe("failing");
  });

  it("is not known where Finch's header is missing, and there is none before the first answer", () => {
    const silent = { ...entry(1), retrievedAt: null, lastAttemptResult: null };
    expect(freshnessOf({ freshness: { payment: silent } }, "payment")?.state).toBe("unknown");
    expect(freshnessOf({}, "payment")).toMatchObject({ state: "never", entities: [] });
  });

  it("of several companies is the worst, each told apart", () => {
    const freshness = { "payment@a": entry(1), "payment@b": entry(30), "directory@a": entry(1) };
    expect(freshnessOf({ freshness }, "payment")).toMatchObject({
      state: "late",
      entities: [
        { entityId: "a", state: "fresh" },
        { entityId: "b", state: "late" },
      ],
    });
  });

  it("of SSNs is that of the answers they come with, and an older name of a product counts", () => {
    const freshness = { individual: entry(2), deduction: entry(3) };
    expect(freshnessOf({ freshness }, "ssn")?.state).toBe("fresh");
    expect(freshnessOf({ freshness, products: ["deduction"] }, "benefits")).toMatchObject({
      granted: true,
      state: "fresh",
    });
  });

  it("tells what the provider does not have from what nobody shared", () => {
    const row = { products: ["company"], unsupported: { pay_statements: { fingerprint: "x" } } };
    expect(freshnessOf(row, "pay_statement")).toMatchObject({ granted: false, notOffered: true });
    expect(freshnessOf(row, "company")).toMatchObject({ granted: true, notOffered: false });
  });

  it("stands with the worst of the steps that fetch it", () => {
    const steps = [
      step("payments", { entityId: "a" }),
      step("payments", { entityId: "b", status: "failed", outcome: "timeout" }),
      step("pay_groups", { status: "failed" }),
    ];
    expect(freshnessOf({ steps }, "payment")).toMatchObject({ stepStatus: "failed", stepOutcome: "timeout" });
    expect(
      freshnessOf({ steps: [step("payments"), step("pay_groups", { status: "failed" })] }, "payment")
        ?.stepStatus,
    ).toBe("succeeded");
  });
});

describe("a run's steps", () => {
  const around = { products: ["company", "payment"], providerName: "Gusto", scope: "full" };

  it("are of all kinds, in order, with a reason where one is absent", () => {
    const steps = withAbsentSteps([step("introspect"), step("payments"), step("company")], around);
    expect(steps.map(({ name }) => name)).toEqual([...stepNames]);
    expect(steps.find(({ name }) => name === "directory")).toMatchObject({
      status: "skipped",
      message: "Not shared when Gusto was connected.",
    });
    expect(steps.find(({ name }) => name === "pay_groups")).toMatchObject({
      message: "Not part of this sync.",
    });
  });

  it("of a repair were absent because nothing of them was incomplete", () => {
    const [, , company] = withAbsentSteps([step("introspect")], { ...around, scope: "repair" });
    expect(company).toMatchObject({ name: "company", message: "Nothing of it was incomplete." });
  });

  it("stand company by company where there are several", () => {
    const steps = withAbsentSteps(
      [step("introspect"), step("company", { entityId: "b" }), step("company", { entityId: "a" })],
      around,
    );
    expect(steps.map(({ entityId }) => entityId)).toEqual([
      ...["", ""],
      ...Array.from({ length: 11 }, () => "b"),
      ...Array.from({ length: 11 }, () => "a"),
    ]);
  });
});

describe("trouble in words", () => {
  it("has three parts for every way in which every step can fail", () => {
    for (const outcome of [...failureKinds, "unheard_of", null])
      for (const name of stepNames) {
        const { happened, means, todo } = stepTrouble({ name, outcome, message: null, done: 0 }, "Gusto");
        for (const part of [happened, means, todo]) expect(part, `${name} ${outcome}`).toMatch(/^[A-Z].+\.$/);
      }
  });

  it("names what is missing, and who can help", () => {
    expect(
      stepTrouble({ name: "payments", outcome: "forbidden_scope", message: "Not shared.", done: 0 }, "Gusto"),
    ).toEqual({
      happened: "Not shared.",
      means: "Payments: nothing new came. What is here stays as it was, and gets older.",
      todo: "Reconnect Gusto and share payments.",
    });
    expect(thingOf("something_new")).toBe("something new");
  });

  it("of an item has words for every code, known or not", () => {
    for (const code of [null, 0, 202, 400, 401, 403, 404, 409, 422, 429, 500, 501, 502, 504, 599])
      for (const finchCode of [null, "w4_sync_required", "never_heard_of"]) {
        const words = itemErrorWords({
          product: "documents",
          code,
          name: null,
          finchCode,
          providerName: "Gusto",
        });
        for (const part of [words.happened, words.todo])
          expect(part, `${code} ${finchCode}`).toMatch(/^[A-Z].+\.$/);
      }
  });
});
