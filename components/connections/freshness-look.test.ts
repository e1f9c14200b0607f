import { describe, expect, it } from "vitest";
import type { EntityFreshnessView } from "@/lib/domain/connections/detail/to-freshness";
import { ageLook, entitiesToShow, oldestOf, productLook } from "./freshness-look";

const around = { providerName: "Gusto", waitsForPerson: false };
const at = (instant: string | null) => instant?.slice(0, 10) ?? null;
const entity = (changes: Partial<EntityFreshnessView> = {}): EntityFreshnessView => ({
  entityId: "",
  state: "fresh",
  asOf: "2026-11-20T00:00:00Z",
  dueAt: "2026-11-21T00:00:00Z",
  lastAttemptAt: null,
  lastAttemptResult: "success",
  failingSince: null,
  fetchedAt: "2026-11-20T00:10:00Z",
  ...changes,
});
const look = (changes: Partial<Parameters<typeof productLook>[0]>, place = around) =>
  productLook({ granted: true, state: "fresh", entities: [entity()], ...changes }, place, at);

describe("the state of a product", () => {
  it("is said plainly: up to date, late since, error at Finch since", () => {
    expect(look({})).toMatchObject({ word: "Up to date" });
    expect(look({ state: "late", entities: [entity({ state: "late" })] })).toMatchObject({
      word: "Late since 2026-11-21",
    });
    const failing = entity({ state: "failing", failingSince: "2026-11-18T00:00:00Z" });
    expect(look({ state: "failing", entities: [entity(), failing] })).toMatchObject({
      word: "Error at Finch since 2026-11-18",
    });
  });

  it("is first what stands in the way", () => {
    expect(look({ granted: false })).toEqual({ kind: "text", word: "not shared" });
    expect(look({ notOffered: true })).toEqual({ kind: "text", word: "not offered by Gusto" });
    expect(look({ lost: true, granted: false })).toMatchObject({ kind: "no_access" });
    expect(look({ stepStatus: "running", state: "late" })).toMatchObject({ word: "Arriving" });
    expect(look({ stepStatus: "failed", stepOutcome: "forbidden_scope" })).toMatchObject({ word: "Refused" });
    expect(look({ state: "late" }, { ...around, waitsForPerson: true })).toMatchObject({
      word: "Waits for sign-in",
    });
  });
});

describe("the age", () => {
  it("is drawn from the data to when it is due, and never beyond", () => {
    expect(ageLook(entity(), "2026-11-20T12:00:00Z")).toEqual({ state: "fresh", at: 0.5 });
    expect(ageLook(entity(), "2026-11-23T12:00:00Z")).toEqual({ state: "late", at: 1 });
    expect(ageLook(entity({ asOf: null }), "2026-11-23T12:00:00Z")).toBeNull();
  });
});

describe("companies of a product", () => {
  const many = ["a", "b", "c"].map((entityId) =>
    entity({
      entityId,
      state: entityId === "c" ? "late" : "fresh",
      asOf: `2026-11-1${entityId === "c" ? 1 : 9}`,
    }),
  );

  it("stand below it where they are in trouble, or where somebody asks for all", () => {
    expect(entitiesToShow(many.slice(2), true)).toEqual([]);
    expect(entitiesToShow(many, false).map(({ entityId }) => entityId)).toEqual(["c"]);
    expect(entitiesToShow(many, true)).toHaveLength(3);
  });

  it("are told by the oldest data, and by data that never came before all", () => {
    expect(oldestOf(many)?.entityId).toBe("c");
    expect(oldestOf([...many, entity({ entityId: "d", asOf: null })])?.entityId).toBe("d");
    expect(oldestOf([])).toBeUndefined();
  });
});
