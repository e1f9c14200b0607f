import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PayLine } from "../lines";
import { applyClassifications, type Classification } from "./apply-classifications";

const line = (values: Partial<PayLine> = {}): PayLine => ({
  category: "earning",
  type: "other",
  name: "Shift Premium",
  amountCents: 10_000n,
  currency: "usd",
  hours: null,
  preTax: null,
  employer: null,
  payDate: "2026-03-13",
  ...values,
});

const classification = (values: Partial<Classification> = {}): Classification => ({
  id: "one",
  category: "earning",
  name: "Shift Premium",
  finchType: "other",
  mappedType: "wage",
  mappedPreTax: null,
  effectiveFrom: null,
  effectiveTo: null,
  ...values,
});

const typeOf = (one: PayLine, ...classifications: Classification[]) =>
  applyClassifications([one], classifications)[0]?.type;

describe("applyClassifications", () => {
  it("gives a line the employer's type, and keeps what Finch said", () => {
    expect(applyClassifications([line()], [classification()])).toEqual([
      { ...line(), type: "wage", finchType: "other", finchPreTax: null, classificationId: "one" },
    ]);
  });

  it("leaves lines of another category, name or type as they are", () => {
    for (const other of [
      line({ category: "deduction" }),
      line({ name: "shift premium" }),
      line({ type: null }),
    ]) {
      expect(typeOf(other, classification())).toBe(other.type);
    }
  });

  it("tells a line without a name or type from one with an empty name", () => {
    const nameless = classification({ name: null, finchType: null });
    expect(typeOf(line({ name: null, type: null }), nameless)).toBe("wage");
    expect(typeOf(line({ name: "", type: null }), nameless)).toBeNull();
  });

  it("holds on both of its days, and on none outside them", () => {
    const dated = classification({ effectiveFrom: "2026-03-13", effectiveTo: "2026-03-27" });
    const on = (payDate: string | null) => typeOf(line({ payDate }), dated);
    expect(["2026-03-12", "2026-03-13", "2026-03-27", "2026-03-28", null].map(on)).toEqual([
      "other",
      "wage",
      "wage",
      "other",
      "other",
    ]);
    expect(typeOf(line({ payDate: null }), classification())).toBe("wage");
  });

  it("changes the pre-tax flag of a deduction only where it says so", () => {
    const flags = (mappedPreTax: boolean | null, values: Partial<PayLine> = {}) =>
      applyClassifications(
        [line({ category: "deduction", preTax: true, ...values })],
        [classification({ category: "deduction", mappedPreTax })],
      )[0];
    expect(flags(false)).toMatchObject({ preTax: false, finchPreTax: true });
    expect(flags(null)).toMatchObject({ preTax: true, finchPreTax: true });
  });

  it("lets the one that began later win", () => {
    const early = classification({ id: "early", mappedType: "bonus", effectiveFrom: "2025-01-01" });
    const late = classification({ id: "late", mappedType: "wage", effectiveFrom: "2026-01-01" });
    expect(typeOf(line(), early, late)).toBe("wage");
    expect(typeOf(line(), late, early)).toBe("wage");
    expect(typeOf(line({ payDate: "2025-06-01" }), late, early)).toBe("bonus");
  });

  it("never changes an amount, the number of lines or their order", () => {
    const lines = fc.array(
      fc.record({
        name: fc.constantFrom("A", "B", null),
        type: fc.constantFrom("other", "wage", null),
        amountCents: fc.option(fc.bigInt({ min: -1_000_000n, max: 1_000_000n })),
        payDate: fc.constantFrom("2025-12-31", "2026-01-02", null),
      }),
    );
    const rules = fc.array(
      fc.record({
        name: fc.constantFrom("A", "B", null),
        finchType: fc.constantFrom("other", "wage", null),
        effectiveFrom: fc.constantFrom(null, "2026-01-01"),
      }),
    );
    fc.assert(
      fc.property(lines, rules, (some, mapped) => {
        const before = some.map((values) => line(values));
        const after = applyClassifications(
          before,
          mapped.map((values, place) => classification({ id: String(place), ...values })),
        );
        expect(after.map(({ amountCents, finchType, name }) => [amountCents, finchType, name])).toEqual(
          before.map(({ amountCents, type, name }) => [amountCents, type, name]),
        );
      }),
    );
  });
});
