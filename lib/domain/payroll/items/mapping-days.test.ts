import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isInForce } from "./apply-classifications";
import { mappingChange, type DatedMapping, type PayDays } from "./mapping-days";

const mapping = (mappedType: string, from: string | null, to: string | null = null): DatedMapping => ({
  ...{ mappedType, mappedPreTax: null, effectiveFrom: from, effectiveTo: to },
});
const wage = { mappedType: "wage", mappedPreTax: null };
const days = (...ranges: PayDays["ranges"]): PayDays => ({ ranges, undated: false });

describe("mappingChange", () => {
  it("that narrows all dates to some gives the others back to Finch's type, undated lines too", () => {
    const { changes, changed } = mappingChange([mapping("wage", null)], [mapping("wage", "2026-01-01")]);
    const old = { ranges: [{ from: null, to: "2025-12-31" }], undated: true };
    expect(changes).toEqual([{ days: old, from: wage, to: null }]);
    expect(changed).toEqual(old);
  });

  it("from one own type to another starts from the own one", () => {
    const { changes } = mappingChange([mapping("wage", "2026-01-01")], [mapping("bonus", "2026-01-01")]);
    const to = { mappedType: "bonus", mappedPreTax: null };
    expect(changes).toEqual([{ days: days({ from: "2026-01-01", to: null }), from: wage, to }]);
  });

  it("of a note alone changes no day", () => {
    const same = [mapping("wage", "2026-01-01", "2026-06-30")];
    expect(mappingChange(same, same)).toMatchObject({ changes: [], changed: days() });
  });

  it("has each day exactly once, before and after, as it is applied", () => {
    const day = fc.integer({ min: 1, max: 28 }).map((date) => `2026-02-${String(date).padStart(2, "0")}`);
    const one = fc
      .record({ type: fc.constantFrom("wage", "bonus"), from: fc.option(day), to: fc.option(day) })
      .filter(({ from, to }) => from === null || to === null || from <= to)
      .map(({ type, from, to }) => mapping(type, from, to));
    const probes = ["2020-01-01", "2026-02-01", "2026-02-14", "2026-02-28", "2030-01-01", null];
    const covers = ({ ranges, undated }: PayDays, at: string | null) =>
      at === null ? undated : ranges.some(({ from, to }) => (from ?? at) <= at && at <= (to ?? at));
    fc.assert(
      fc.property(fc.option(one), fc.option(one), fc.constantFrom(...probes), (old, changed, at) => {
        const change = mappingChange(old ? [old] : [], changed ? [changed] : []);
        for (const [found, own] of [[change.before, old] as const, [change.after, changed] as const]) {
          const there = found.filter((part) => covers(part.days, at));
          expect(there.length).toBe(1);
          expect(there[0]?.as?.mappedType).toBe(own && isInForce(own, at) ? own.mappedType : undefined);
        }
        const differs = [old, changed].map((own) => (own && isInForce(own, at) ? own.mappedType : null));
        expect(covers(change.changed, at)).toBe(differs[0] !== differs[1]);
      }),
    );
  });
});
