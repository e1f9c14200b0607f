import { describe, expect, it } from "vitest";
import type { YtdUnitRow } from "@/db/repositories/ytd-facts";
import { groupCalendar } from "../calendar/group-calendar";
import { coverPerson, coverUnit, runKey, windowStart, type UnitCoverage } from "./coverage";
import type { UnitRuns } from "./missing-runs";
import { addDays, resolvePeriod } from "./period";

const year = (asOf: string) =>
  resolvePeriod({ period: "year", year: 2026, planStart: 1, from: null, to: null, asOf }, asOf);

/** Pay dates a number of days apart. */
const every = (days: number, first: string, last: string): string[] =>
  first > last ? [] : [first, ...every(days, addDays(first, days), last)];

const unitOf = (runs: readonly string[], values: Partial<YtdUnitRow> = {}): YtdUnitRow => ({
  connectionId: "c",
  entityId: "",
  legalName: null,
  ein: null,
  earliestPayDate: runs[0] ?? null,
  firstPayDate: runs[0] ?? null,
  lastPayDate: runs.at(-1) ?? null,
  runs: runs.length,
  pending: 0,
  incomplete: 0,
  ...values,
});

const gaps = { weekly: 8, bi_weekly: 15, monthly: 31 } as const;

/** What a group's runs tell, by the calendar itself. */
function told(frequency: keyof typeof gaps, runs: readonly string[], today: string): UnitRuns {
  const facts = { frequencies: [frequency], runs, entries: [], ended: false };
  const { cycle } = groupCalendar({ ...facts, today, readThrough: today, until: today });
  return { missing: [], cycles: cycle ? [cycle] : [], gap: gaps[frequency] };
}

interface Asked {
  asOf?: string;
  readThrough?: string;
  firstHire?: string | null;
  unit?: Partial<YtdUnitRow>;
}
function cover(frequency: keyof typeof gaps, runs: readonly string[], asked: Asked = {}): UnitCoverage {
  const { asOf = runs.at(-1) ?? "2026-06-30", readThrough = asOf, firstHire = null, unit = {} } = asked;
  const facts = { providerId: "gusto", providerName: "Gusto", today: asOf, readThrough, firstHire };
  const period = year(asOf);
  return coverUnit(unitOf(runs, unit), period, { ...facts, runs: told(frequency, runs, asOf) });
}

describe("an entity's year", () => {
  it("is complete where no pay date of its rhythm lies between 1 January and the first run", () => {
    expect(cover("weekly", every(7, "2026-01-02", "2026-06-26"))).toMatchObject({
      fromStart: true,
      since: null,
    });
    expect(cover("bi_weekly", every(14, "2026-01-09", "2026-06-26"))).toMatchObject({ fromStart: true });
    expect(
      cover("monthly", ["2026-01-30", "2026-02-27", "2026-03-31", "2026-04-30"], { asOf: "2026-05-01" }),
    ).toMatchObject({ fromStart: true });
  });

  it("begins with its first run where one pay date before it was due", () => {
    // 2 January is missing: the first run is within eleven days of the year's beginning all the same.
    expect(cover("weekly", every(7, "2026-01-09", "2026-06-26"))).toMatchObject({
      fromStart: false,
      since: "2026-01-09",
    });
    expect(cover("bi_weekly", every(14, "2026-01-16", "2026-06-26"))).toMatchObject({
      fromStart: false,
      since: "2026-01-16",
    });
  });

  it("begins with its only run where that lies more than a period after 1 January", () => {
    expect(cover("bi_weekly", ["2026-01-30"], { asOf: "2026-02-01" })).toMatchObject({ since: "2026-01-30" });
    expect(cover("monthly", ["2026-01-30"], { asOf: "2026-02-01" })).toMatchObject({ since: null });
  });

  it("is complete from the first hire, whose first pay may be a period later", () => {
    const runs = every(7, "2026-04-17", "2026-06-26");
    expect(cover("weekly", runs, { firstHire: "2026-04-06" })).toMatchObject({ fromStart: true });
    expect(cover("weekly", runs, { firstHire: "2026-03-02" })).toMatchObject({ since: "2026-04-17" });
  });

  it("is complete where runs of the year before are here", () => {
    const unit = { earliestPayDate: "2025-12-26" };
    expect(cover("weekly", every(7, "2026-01-09", "2026-06-26"), { unit })).toMatchObject({ since: null });
  });

  it("is complete only through the day before pay that is due and was not read", () => {
    const runs = every(14, "2026-01-09", "2026-05-29");
    expect(cover("bi_weekly", runs, { asOf: "2026-06-30", readThrough: "2026-06-03" })).toMatchObject({
      fromStart: true,
      through: "2026-06-11",
    });
    // Nothing is due yet.
    expect(cover("bi_weekly", runs, { asOf: "2026-06-10", readThrough: "2026-06-03" })).toMatchObject({
      through: null,
    });
    // It was read, and no run was there: that is a missing run, and told as such.
    expect(cover("bi_weekly", runs, { asOf: "2026-06-30", readThrough: "2026-06-30" }).through).toBeNull();
  });
});

describe("a person's figures", () => {
  const runs = every(14, "2026-01-09", "2026-06-26");
  const unit = {
    ...cover("bi_weekly", runs),
    missing: ["2026-03-06", "2026-03-20"],
    missingRuns: [
      { payDate: "2026-03-06", payGroupId: "a" },
      { payDate: "2026-03-20", payGroupId: "b" },
    ],
  };
  const dates = { firstPayDate: "2026-01-09", lastPayDate: "2026-06-26" };
  const person = (values: object, of: UnitCoverage = unit) =>
    coverPerson({
      ...{ found: 12, lacking: undefined, ...dates },
      records: [{ unit: of, startDate: null, endDate: null, ...values }],
    });

  it("lack only runs of pay groups that the person is in", () => {
    const groupRuns = (...groups: string[]) => ({
      groupRuns: new Set(
        unit.missingRuns.filter(({ payGroupId }) => groups.includes(payGroupId)).map(runKey),
      ),
    });
    expect(person(groupRuns("a"))).toMatchObject({ state: "lacking", expected: 13 });
    expect(person(groupRuns("c"))).toMatchObject({ state: "complete", expected: 12 });
    expect(person(groupRuns("a", "b"))).toMatchObject({ state: "lacking", expected: 14 });
  });

  it("lack runs without a pay group, and none from before the hire or after the end", () => {
    const ungrouped = { ...unit, missingRuns: [{ payDate: "2026-03-06", payGroupId: null }] };
    expect(person({}, ungrouped)).toMatchObject({ state: "lacking", expected: 13 });
    expect(person({ startDate: "2026-03-09" }, ungrouped)).toMatchObject({ state: "complete" });
    expect(person({ endDate: "2026-02-27" }, ungrouped)).toMatchObject({ state: "complete" });
  });

  it("wait where all that lacks is on its way at Finch", () => {
    const lacking = { runs: 2, pending: 2 };
    const waiting = (pending: number) =>
      coverPerson({ ...dates, found: 3, lacking: { ...lacking, pending }, records: [] }).state;
    expect([waiting(2), waiting(1)]).toEqual(["waiting", "lacking"]);
  });

  it("begin later only for whoever was there before", () => {
    const late = { ...unit, missingRuns: [], fromStart: false, since: "2026-04-03", through: "2026-06-11" };
    expect(person({ startDate: "2020-01-01" }, late)).toMatchObject({ state: "since", since: "2026-04-03" });
    expect(person({ startDate: "2026-04-06" }, late)).toMatchObject({ state: "complete", since: null });
    expect(person({ endDate: "2026-05-01", startDate: "2026-04-06" }, late).through).toBeNull();
    expect(person({ startDate: "2026-04-06" }, late).through).toBe("2026-06-11");
  });
});

it("a provider's history begins in the month that it says, also from days that the month does not have", () => {
  expect(windowStart("paychex_flex", "2026-04-30")).toBe("2025-02-28");
  expect(windowStart("paychex_flex", "2026-11-22")).toBe("2025-09-22");
});
