import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linkGroups } from "./link-groups";
import { addHours } from "./hours";
import { resolvePeriod, yearOf } from "./period";
import { planSums } from "./plan-sums";

const day = fc
  .date({ min: new Date("2023-01-01"), max: new Date("2027-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe("how a period's sums are put together", () => {
  it("counts each pay date of the period once and no other, whatever the period", () => {
    fc.assert(
      fc.property(day, day, fc.array(day, { maxLength: 40 }), (a, b, payDates) => {
        const [from, through] = a <= b ? [a, b] : [b, a];
        const plan = planSums({ from, through }, payDates);
        for (const paid of payDates) {
          const kept = plan.years.includes(yearOf(paid)) ? 1 : 0;
          const signs = plan.ranges
            .filter((range) => paid >= range.from && paid <= range.to)
            .reduce((sum, { sign }) => sum + sign, 0);
          expect(kept + signs, paid).toBe(paid >= from && paid <= through ? 1 : 0);
        }
      }),
    );
  });

  it("takes a year that is there in whole from what is kept, without reading a statement", () => {
    const plan = planSums({ from: "2026-01-01", through: "2026-11-22" }, ["2026-01-09", "2026-11-20"]);
    expect(plan).toMatchObject({ years: [2026], ranges: [] });
  });

  it("counts nothing before the period begins, and undated statements in no year", () => {
    expect(planSums({ from: "2026-01-01", through: "2025-06-30" }, ["2026-01-09"])).toMatchObject({
      years: [],
      ranges: [],
    });
    expect(planSums({ from: null, through: null }, [])).toMatchObject({ years: [0], ranges: [] });
  });
});

describe("a period", () => {
  const asked = { period: "year", year: null, planStart: 1, from: null, to: null, asOf: null } as const;
  const today = "2026-11-22";

  it("is this calendar year up to today where nothing else is asked for", () => {
    expect(resolvePeriod(asked, today)).toMatchObject({
      from: "2026-01-01",
      to: "2026-12-31",
      through: today,
    });
  });

  it("of a plan is the twelve months that began last", () => {
    const plan = (planStart: number, on: string) =>
      resolvePeriod({ ...asked, period: "plan", planStart }, on);
    expect(plan(7, today)).toMatchObject({
      from: "2026-07-01",
      to: "2027-06-30",
      year: 2026,
      through: today,
    });
    expect(plan(12, today)).toMatchObject({ from: "2025-12-01", to: "2026-11-30", year: 2025 });
    expect(plan(3, "2024-02-29")).toMatchObject({ from: "2023-03-01", to: "2024-02-29" });
  });

  it("ends with the as-of date, and a range the wrong way round is the same range", () => {
    expect(resolvePeriod({ ...asked, asOf: "2026-03-31" }, today).through).toBe("2026-03-31");
    const range = { ...asked, period: "range", from: "2026-05-01", to: "2026-02-01" } as const;
    expect(resolvePeriod(range, today)).toMatchObject({ from: "2026-02-01", to: "2026-05-01" });
  });
});

describe("linked records", () => {
  const record = (id: string, connectionId = "c") => ({ id, connectionId, entityId: "" });

  it("count together over any number of links, and those of hidden connections hold nothing together", () => {
    const pairs: [string, string][] = [
      ["a", "b"],
      ["b", "c"],
      ["c", "d"],
    ];
    const seen = { pairs, records: ["a", "b", "c", "d"].map((id) => record(id)) };
    expect(linkGroups(seen)).toEqual([{ anchor: "a", members: ["a", "b", "c", "d"] }]);
    const without = { pairs, records: ["a", "b", "d"].map((id) => record(id)) };
    expect(linkGroups(without)).toEqual([{ anchor: "a", members: ["a", "b"] }]);
  });

  it("of one EIN count together by EIN, and one without an EIN stays alone", () => {
    const links = {
      pairs: [["a", "b"] as [string, string], ["b", "c"] as [string, string]],
      records: [record("a", "x"), record("b", "y"), record("c", "x")],
    };
    expect(linkGroups(links, ({ connectionId }) => (connectionId === "x" ? "11" : null))).toEqual([
      { anchor: "a", members: ["a", "c"] },
    ]);
  });
});

describe("hours", () => {
  it("are added as decimals, to the last digit", () => {
    expect(addHours(["79.9833", "0.0167", "80"])).toBe("160");
    expect(addHours(["-8.5", "0.25"])).toBe("-8.25");
    expect(addHours([])).toBe("0");
    expect(addHours(["0.1", "0.2"])).toBe("0.3");
  });
});
