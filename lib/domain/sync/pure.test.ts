import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cadenceMs } from "@/lib/domain/connections/status";
import { retryDelayMs, waitDelayMs } from "./delays";
import { freshnessByProduct } from "./freshness";
import { nextSyncAt } from "./next-sync";
import { activeEntityIds, planSteps } from "./plan";
import { runScope, type SyncReason } from "./run-scope";

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
    const entityIds = activeEntityIds([{ id: "e1", status: "connected" }]);
    expect(planSteps({ products: ["company"], entityIds }).at(-1)).toMatchObject({
      name: "company",
      entityId: "",
    });
  });

  it("leaves out entities that were disconnected", () => {
    const entities = [{ id: "a", status: "connected" }, { id: "b", status: "disconnected" }, "odd", null];
    expect(activeEntityIds(entities)).toEqual(["a"]);
    expect(activeEntityIds(null)).toEqual([]);
  });

  it("goes on to read the last of several entities by its id", () => {
    const entities = [
      { id: "a", status: "connected" },
      { id: "b", status: "disconnected" },
    ];
    const steps = planSteps({ products: ["company"], entityIds: activeEntityIds(entities) });
    expect(steps.at(-1)).toMatchObject({ name: "company", entityId: "a" });
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

  it("comes by Finch's own schedule where that is sooner", () => {
    const dataRetrievedAt = new Date(now.getTime() - 5 * hourMs);
    const renewsAt = new Date(now.getTime() + 9 * hourMs);
    expect(at({ dataRetrievedAt, renewsAt })).toEqual(new Date(renewsAt.getTime() + 10 * 60_000));
    const passed = new Date(now.getTime() - hourMs);
    expect(at({ dataRetrievedAt, renewsAt: passed })).toEqual(at({ dataRetrievedAt }));
  });

  it("is never sooner than Finch's renewal, or an hour where that is over, nor later than a cadence with its jitter", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("automated", "assisted"),
        fc.option(fc.integer({ min: -48, max: 400 }), { nil: null }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (syncKind, hours, random) => {
          const dataRetrievedAt = hours === null ? null : new Date(now.getTime() - hours * hourMs);
          const wait = at({ syncKind, dataRetrievedAt, random }).getTime() - now.getTime();
          const untilRenewed = cadenceMs(syncKind) + 10 * 60_000 - (hours ?? 0) * hourMs;
          expect(wait).toBeGreaterThanOrEqual(
            untilRenewed > 0 ? Math.min(untilRenewed, cadenceMs(syncKind)) : hourMs,
          );
          expect(wait).toBeLessThanOrEqual(cadenceMs(syncKind) * (1 + 1 / 24));
        },
      ),
    );
  });

  it("comes ever more rarely where Finch has nothing newer", () => {
    const waits = [25, 27, 32, 48, 100].map((hours) => {
      const dataRetrievedAt = new Date(now.getTime() - hours * hourMs);
      return (at({ dataRetrievedAt }).getTime() - now.getTime()) / hourMs;
    });
    expect(waits.map((wait) => Math.round(wait))).toEqual([1, 1, 4, 12, 24]);
  });

  it("comes sooner where Finch was still fetching something, though not each hour", () => {
    const wait = (syncKind: string) =>
      (at({ syncKind, isPending: true, dataRetrievedAt: now }).getTime() - now.getTime()) / hourMs;
    expect([wait("automated"), wait("assisted")]).toEqual([2, 14]);
  });

  it("of a thousand connections that were connected in one minute is spread over an hour, evenly", () => {
    const random = seeded();
    const times = Array.from({ length: 1_000 }, () => at({ random: random() }).getTime());
    const minutes = new Map<number, number>();
    for (const time of times) {
      const minute = Math.floor(time / 60_000);
      minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
    }
    expect(minutes.size).toBeGreaterThanOrEqual(59);
    expect(Math.max(...minutes.values())).toBeLessThan(40);
  });

  it("comes sooner after a failure, and ever later after many", () => {
    const waits = [1, 2, 3, 20].map(
      (consecutiveFailures) => at({ consecutiveFailures }).getTime() - now.getTime(),
    );
    expect(waits).toEqual([0.25 * hourMs, 0.5 * hourMs, hourMs, 24 * hourMs]);
  });
});

/** Numbers from 0 to 1 that are the same each time. */
function seeded(): () => number {
  let state = 42;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

describe("the scope of a run", () => {
  const dayMs = 24 * hourMs;
  const connectionId = "5b6c9a1e-0000-4000-8000-0000";
  const scopeAt = (reason: SyncReason, days: number | null, share = 0) =>
    runScope({
      reason,
      connectionId: `${connectionId}${Math.floor(share * 2 ** 32)
        .toString(16)
        .padStart(8, "0")}`,
      fullySyncedAt: days === null ? null : new Date(now.getTime() - days * dayMs),
      now,
    });

  it("is everything the first time, after a reconnect, and as long as it never was", () => {
    for (const reason of ["first", "reconnected"] as const) expect(scopeAt(reason, 1)).toBe("full");
    for (const reason of ["scheduled", "requested", "repair"] as const)
      expect(scopeAt(reason, null)).toBe("full");
  });

  it("is a window after that, and what is incomplete for a repair", () => {
    expect(scopeAt("scheduled", 1)).toBe("window");
    expect(scopeAt("requested", 400)).toBe("window");
    expect(scopeAt("repair", 400)).toBe("repair");
  });

  it("is everything once a month, at the latest, and not for all connections on one day", () => {
    expect(scopeAt("scheduled", 23.9)).toBe("window");
    expect(scopeAt("scheduled", 24, 0)).toBe("full");
    expect(scopeAt("scheduled", 24, 0.5)).toBe("window");
    expect(scopeAt("scheduled", 31, 0.999)).toBe("full");
    const ids = Array.from({ length: 1_000 }, () => crypto.randomUUID());
    const fullOn = (day: number) =>
      ids.filter(
        (id) =>
          runScope({
            reason: "scheduled",
            connectionId: id,
            fullySyncedAt: new Date(now.getTime() - day * dayMs),
            now,
          }) === "full",
      ).length;
    const added = [24, 25, 26, 27, 28, 29, 30, 31].map(fullOn).map((n, i, all) => n - (all[i - 1] ?? 0));
    expect(fullOn(31)).toBe(1_000);
    expect(Math.max(...added)).toBeLessThan(220);
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
