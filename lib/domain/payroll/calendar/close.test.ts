import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { closeOf } from "./close";
import { addBusinessDays, isBusinessDay } from "./holidays";

describe("the close of a run", () => {
  const zone = "America/New_York";
  const facts = { payDate: "2026-11-20", closesAt: null, zone, assisted: false, businessDays: 4 };

  it("is four business days before it is paid, at the end of that day in the employer's zone", () => {
    // 11 November is Veterans Day; the 16th is a Monday.
    expect(closeOf(facts)).toEqual({
      at: new Date("2026-11-16T22:00:00Z"),
      estimated: true,
      changesUntil: new Date("2026-11-15T22:00:00Z"),
    });
    expect(closeOf({ ...facts, payDate: "2026-11-13" }).at).toEqual(new Date("2026-11-06T22:00:00Z"));
  });

  it("is as many business days before as the installation counts with, and on the day itself with none", () => {
    const at = (businessDays: number) => closeOf({ ...facts, businessDays }).at;
    expect(at(0)).toEqual(new Date("2026-11-20T22:00:00Z"));
    expect(at(1)).toEqual(new Date("2026-11-19T22:00:00Z"));
    expect(at(20)).toEqual(new Date("2026-10-22T21:00:00Z"));
  });

  it("that was entered is the one, and assisted providers need eight calendar days before it", () => {
    const closesAt = new Date("2026-11-05T22:00:00Z");
    expect(closeOf({ ...facts, closesAt, assisted: true })).toEqual({
      at: closesAt,
      estimated: false,
      // Clocks change on 1 November: the same hour of the day, not 192 hours.
      changesUntil: new Date("2026-10-28T21:00:00Z"),
    });
  });

  it("counts business days both ways alike", () => {
    fc.assert(
      fc.property(fc.integer({ min: 15_000, max: 30_000 }), fc.integer({ min: 1, max: 30 }), (day, count) => {
        fc.pre(isBusinessDay(day));
        expect(addBusinessDays(addBusinessDays(day, -count), count)).toBe(day);
      }),
    );
  });
});
