import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cadenceMs } from "@/lib/domain/connections/status";
import { retryDelayMs, waitDelayMs } from "./delays";
import { freshnessByProduct } from "./freshness";
import { nextSyncAt } from "./next-sync";
import { activeEntityIds, planSteps } from "./plan";

const now = new Date("2026-03-10T12:00:00Z");
const hourMs = 3_600_000;

describe("the plan of a run", () => {
  it("has only what is granted, each entity on its own where there are several", () => {
    const steps = planSteps({ products: ["directory", "employment", "plans"], entityIds: ["e1", "e2"] });
    expect(steps.map((step) => `${step.name}:${step.entityId}`)).toEqual([
      "introspect:",
      "finch_jobs:",
      "directory:e1",
      "directory:e2",
      "employment:e1",
      "employment:e2",
    ]);
    expect(steps.map((step) => step.ordinal)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("reads every product of Finch that it knows, in one order", () => {
    const products = ["documents", "deduction", "pay_statement", "payment", "company"];
    expect(planSteps({ products, entityIds: [] }).map((step) => step.name)).toEqual([
      "introspect",
      "finch_jobs",
      "company",
      "pay_groups",
      "payments",
      "pay_statements",
      "pay_statement_items",
      "pay_statement_rules",
      "benefits",
      "documents",
    ]);
  });

  it("asks about a single entity without naming it", () => {
    expect(planSteps({ products: ["company"], entityIds: ["e1"] }).at(-1)).toMatchObject({
      name: "company",
      entityId: "",
    });
  });

  it("leaves out entities that were disconnected", () => {
    const entities = [{ id: "a", status: "connected" }, { id: "b", status: "disconnected" }, "odd", null];
    expect(activeEntityIds(entities)).toEqual(["a"]);
    expect(activeEntityIds(null)).toEqual([]);
  });
});

describe("the next sync", () => {
  const at = (changes: Partial<Parameters<typeof nextSyncAt>[0]>) =>
    nextSyncAt({
      syncKind: "automated",
      dataRetrievedAt: null,
      consecutiveFailures: 0,
      now,
      random: 0,
      ...changes,
    });

  it("comes when Finch has renewed the data: by its own age", () => {
    const retrieved = new Date(now.getTime() - 20 * hourMs);
    expect(at({ dataRetrievedAt: retrieved })).toEqual(
      new Date(retrieved.getTime() + 24 * hourMs + 10 * 60_000),
    );
  });

  it("is never sooner than an hour nor later than a cadence with its jitter", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("automated", "assisted"),
        fc.option(fc.integer({ min: -48, max: 400 }), { nil: null }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (syncKind, hours, random) => {
          const dataRetrievedAt = hours === null ? null : new Date(now.getTime() - hours * hourMs);
          const wait = at({ syncKind, dataRetrievedAt, random }).getTime() - now.getTime();
          expect(wait).toBeGreaterThanOrEqual(hourMs);
          expect(wait).toBeLessThanOrEqual(cadenceMs(syncKind) * 1.021);
        },
      ),
    );
  });

  it("comes sooner after a failure, and ever later after many", () => {
    const waits = [1, 2, 3, 20].map(
      (consecutiveFailures) => at({ consecutiveFailures }).getTime() - now.getTime(),
    );
    expect(waits).toEqual([0.25 * hourMs, 0.5 * hourMs, hourMs, 24 * hourMs]);
  });
});

describe("delays", () => {
  it("grow, stay within their limits, and differ where two fail together", () => {
    fc.assert(
      fc.property(fc.nat(60), fc.double({ min: 0, max: 1, noNaN: true }), (count, random) => {
        const retry = retryDelayMs(count, 1000, random);
        expect(retry).toBeGreaterThanOrEqual(1000);
        expect(retry).toBeLessThanOrEqual(5 * 60_000);
        expect(waitDelayMs(count + 1, 1000, "automated")).toBeGreaterThanOrEqual(
          waitDelayMs(count, 1000, "automated"),
        );
        expect(waitDelayMs(count, 1000, "assisted")).toBeLessThanOrEqual(6 * hourMs);
      }),
    );
    expect(retryDelayMs(3, 1000, 0)).not.toBe(retryDelayMs(3, 1000, 1));
  });
});

describe("the freshness of a product with several entities", () => {
  const entry = (retrievedAt: string | null, lastAttemptResult = "success") => ({
    retrievedAt,
    lastAttemptResult,
  });

  it("is the worst entity's: failed before unknown before older", () => {
    const of = (first: unknown, second: unknown) =>
      freshnessByProduct({ "directory@a": first, "directory@b": second })["directory"];
    expect(of(entry("2026-03-01T00:00:00Z"), entry("2026-03-02T00:00:00Z"))?.retrievedAt).toEqual(
      new Date("2026-03-01T00:00:00Z"),
    );
    expect(of(entry("2026-03-01T00:00:00Z"), entry(null))?.retrievedAt).toBeNull();
    expect(of(entry("2026-03-02T00:00:00Z", "error"), entry("2026-03-01T00:00:00Z"))?.lastAttemptResult).toBe(
      "error",
    );
  });

  it("reads what cannot be read as unknown", () => {
    expect(freshnessByProduct(null)).toEqual({});
    expect(freshnessByProduct({ company: { retrievedAt: "never" } })["company"]?.retrievedAt).toBeNull();
  });
});
