import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayNumber, fromDayNumber, partsOf, toDayNumber, weekdayOf } from "./days";
import { countPayDates, expectedPayDates } from "./expected-pay-dates";
import { groupCalendar, type GroupCalendarInput } from "./group-calendar";
import { bankHoliday, isBusinessDay } from "./holidays";
import { learnCycle } from "./learn-cycle";
import { daysOf, type Cycle } from "./cycle";

const holiday = (day: string) => bankHoliday(toDayNumber(day));
const learn = (frequency: Parameters<typeof learnCycle>[0], days: readonly string[]) => {
  const learned = learnCycle(frequency, days.map(toDayNumber));
  if (!learned) throw new Error("nothing was learned");
  return learned;
};
/** Every so many days from one on. */
const every = (step: number, from: string, count: number) =>
  Array.from({ length: count }, (_, at) => fromDayNumber(toDayNumber(from) + at * step));
const inYear = (learned: { cycle: Cycle }, year: number) =>
  daysOf(learned.cycle, dayNumber(year, 1, 1), dayNumber(year, 12, 31)).length;

describe("holidays of the Federal Reserve", () => {
  it("of 2026 and 2027 are the published ones", () => {
    const of = (year: number) =>
      Array.from({ length: 365 }, (_, at) => fromDayNumber(dayNumber(year, 1, 1) + at)).filter((day) =>
        holiday(day),
      );
    expect(of(2026)).toEqual([
      "2026-01-01",
      "2026-01-19",
      "2026-02-16",
      "2026-05-25",
      "2026-06-19",
      "2026-07-04",
      "2026-09-07",
      "2026-10-12",
      "2026-11-11",
      "2026-11-26",
      "2026-12-25",
    ]);
    expect(of(2027)).toContain("2027-07-05"); // 4 July is a Sunday
    expect(of(2027)).not.toContain("2027-06-18"); // 19 June is a Saturday: the Friday stays open
  });

  it("come from the rule in any year: eleven of them, never a Sunday", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2022, max: 2400 }), (year) => {
        const days = Array.from({ length: 366 }, (_, at) => dayNumber(year, 1, 1) + at).filter(
          (day) => partsOf(day).year === year && bankHoliday(day),
        );
        expect(days).toHaveLength(11);
        expect(days.some((day) => weekdayOf(day) === 0)).toBe(false);
      }),
    );
  });

  it("had no Juneteenth before it was one", () => {
    expect([holiday("2020-06-19"), holiday("2023-06-19")]).toEqual([null, "Juneteenth"]);
  });
});

describe("years with one pay date more", () => {
  it("a Friday cycle from 2 January 2026 has 27 in 2026: 1 January 2027 is paid on 31 December", () => {
    const learned = learn("bi_weekly", every(14, "2026-01-02", 6));
    expect(countPayDates(learned, 2026)).toBe(27);
    expect(expectedPayDates(learned, "2026-12-20", "2027-01-20")).toEqual([
      { payDate: "2026-12-31", movedBy: "New Year's Day" },
      { payDate: "2027-01-15", movedBy: null },
    ]);
    expect(countPayDates(learned, 2027)).toBe(26);
  });

  it("a weekly cycle has 53 when 1 January is its weekday, in leap years the first two days", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 2399 }), fc.integer({ min: 0, max: 6 }), (year, phase) => {
        const cycle: Cycle = { kind: "days", length: 7, phase };
        const first = daysOf(cycle, dayNumber(year, 1, 1), dayNumber(year, 1, 7))[0] ?? 0;
        const isLeap = partsOf(dayNumber(year, 2, 29)).month === 2;
        const early = partsOf(first).date <= (isLeap ? 2 : 1);
        expect(inYear({ cycle }, year)).toBe(early ? 53 : 52);
      }),
    );
  });

  it("months have as many as their frequency says, whatever is moved", () => {
    const semi = learn("semi_monthly", [
      "2026-01-15",
      "2026-01-30",
      "2026-02-13",
      "2026-02-27",
      "2026-03-13",
      "2026-03-31",
    ]);
    expect([inYear(semi, 2026), inYear(semi, 2028)]).toEqual([24, 24]);
    expect(inYear(learn("monthly", ["2026-03-31", "2026-04-30", "2026-05-29"]), 2028)).toBe(12);
    expect(inYear(learn("quarterly", ["2026-03-31", "2026-06-30", "2026-09-30"]), 2026)).toBe(4);
    expect(inYear(learn("semi_annually", ["2025-06-30", "2025-12-31", "2026-06-30"]), 2026)).toBe(2);
    expect(inYear(learn("annually", ["2024-03-15", "2025-03-14", "2026-03-13"]), 2027)).toBe(1);
  });
});

describe("what history teaches", () => {
  it("the last day of the month stays the last one in February of leap years and others", () => {
    const learned = learn("monthly", ["2025-12-31", "2026-01-30", "2026-02-27", "2026-03-31", "2026-04-30"]);
    expect(learned.fits.every(Boolean)).toBe(true);
    expect(expectedPayDates(learned, "2028-02-01", "2028-03-31").map(({ payDate }) => payDate)).toEqual([
      "2028-02-29",
      "2028-03-31",
    ]);
  });

  it("a weekend and a holiday move to the business day before", () => {
    const learned = learn("semi_monthly", [
      "2026-01-15",
      "2026-01-30",
      "2026-02-13",
      "2026-02-27",
      "2026-03-13",
    ]);
    expect(expectedPayDates(learned, "2026-11-01", "2026-11-30")).toEqual([
      { payDate: "2026-11-13", movedBy: "weekend" },
      { payDate: "2026-11-30", movedBy: null },
    ]);
    const weekly = learn("weekly", every(7, "2026-10-02", 5));
    expect(expectedPayDates(weekly, "2026-12-24", "2026-12-24")).toEqual([
      { payDate: "2026-12-24", movedBy: "Christmas Day" },
    ]);
  });

  it("an employer that pays on the business day after is followed", () => {
    const learned = learn("monthly", [
      "2026-01-15",
      "2026-02-17",
      "2026-03-16",
      "2026-04-15",
      "2026-05-15",
      "2026-06-15",
    ]);
    expect(learned.shift).toBe("after");
    expect(expectedPayDates(learned, "2026-08-01", "2026-08-31")).toEqual([
      { payDate: "2026-08-17", movedBy: "weekend" },
    ]);
  });

  it("an employer that pays on closed days all the same is followed too", () => {
    const learned = learn("monthly", ["2026-01-15", "2026-02-15", "2026-03-15", "2026-04-15"]);
    expect(learned.shift).toBe("none");
    expect(expectedPayDates(learned, "2026-08-01", "2026-08-31")).toEqual([
      { payDate: "2026-08-15", movedBy: null },
    ]);
  });

  it("any cycle of days is learned from six of its own dates, and foretells the next ones", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(["weekly", 7] as const, ["bi_weekly", 14] as const),
        fc.integer({ min: dayNumber(2015, 1, 1), max: dayNumber(2040, 1, 1) }),
        ([frequency, length], start) => {
          const real = {
            cycle: { kind: "days", length, phase: start % length } as const,
            shift: "before" as const,
          };
          const dates = expectedPayDates(real, fromDayNumber(start), fromDayNumber(start + length * 40)).map(
            ({ payDate }) => payDate,
          );
          // A cycle on a weekend never shows its own day: it is known by what it leads to.
          const learned = learn(frequency, dates.slice(0, 27));
          const last = dates.at(-1) ?? "";
          if (![0, 6].includes(weekdayOf(start)))
            expect(expectedPayDates(learned, dates[27] ?? "", last).map(({ payDate }) => payDate)).toEqual(
              dates.slice(27),
            );
        },
      ),
      { numRuns: 60 },
    );
  });
});

const group = (parts: Partial<GroupCalendarInput>) =>
  groupCalendar({
    frequencies: ["bi_weekly"],
    runs: every(14, "2026-07-10", 8),
    entries: [],
    today: "2026-10-20",
    readThrough: "2026-10-20",
    ended: false,
    until: "2026-12-31",
    ...parts,
  });
const days = (dates: readonly { payDate: string }[]) => dates.map(({ payDate }) => payDate);

describe("a pay group's next pay date", () => {
  it("is expected from three regular runs on, with its confidence", () => {
    expect(group({})).toMatchObject({
      confidence: "high",
      reason: null,
      explained: { runs: 8, of: 8 },
      coming: [{ payDate: "2026-10-30", source: "expected" }, {}, {}, {}, {}],
    });
    expect(group({ runs: every(14, "2026-09-18", 3) })).toMatchObject({ confidence: "medium" });
    expect(group({ runs: every(14, "2026-10-02", 2) })).toMatchObject({
      confidence: null,
      reason: "too_few_runs",
      coming: [],
      year: null,
    });
  });

  it("is unknown where frequencies are several, none, or without a cycle", () => {
    expect(group({ frequencies: ["weekly", "bi_weekly"] })).toMatchObject({
      reason: "several_frequencies",
      coming: [],
    });
    expect(group({ frequencies: null })).toMatchObject({ reason: "no_frequency", coming: [] });
    expect(group({ frequencies: ["daily"] })).toMatchObject({ reason: "other_frequency", coming: [] });
    expect(group({ frequencies: ["bi_weekly", "bi_weekly"] }).reason).toBeNull();
  });

  it("is less sure after a date that fits no cycle, and unknown where most do not", () => {
    expect(group({ runs: [...every(14, "2026-07-10", 8), "2026-10-20"] }).confidence).toBe("low");
    expect(
      group({ runs: ["2026-08-03", "2026-08-20", "2026-09-09", "2026-09-24", "2026-10-14"] }),
    ).toMatchObject({
      confidence: null,
      reason: "irregular",
      coming: [],
    });
  });

  it("that the employer entered wins over the expected one near it, and a scheduled run does too", () => {
    const entries = [
      { payDate: "2026-10-29", closesAt: new Date("2026-10-26T21:00:00Z"), source: "entered" as const },
    ];
    const runs = [...every(14, "2026-07-10", 8), "2026-11-12"];
    expect(group({ entries, runs }).coming.slice(0, 3)).toMatchObject([
      { payDate: "2026-10-29", source: "entered", closesAt: entries[0]?.closesAt },
      { payDate: "2026-11-12", source: "scheduled" },
      { payDate: "2026-11-27", source: "expected" },
    ]);
    const unknown = group({ frequencies: ["other"], entries });
    expect(unknown).toMatchObject({ reason: "other_frequency", coming: [{ payDate: "2026-10-29" }] });
  });

  it("today is still to come, and a run that is paid today is not expected again", () => {
    expect(days(group({ today: "2026-10-30" }).coming)[0]).toBe("2026-10-30");
    const paid = [...every(14, "2026-07-10", 8), "2026-10-30"];
    expect(days(group({ today: "2026-10-30", runs: paid }).coming)[0]).toBe("2026-11-13");
  });

  it("of a group that ended there is none", () => {
    expect(group({ ended: true }).coming).toEqual([]);
  });

  it("says how many pay dates the year has", () => {
    expect(group({ runs: every(14, "2026-01-02", 12) }).year).toEqual({ payDates: 27, usual: 26 });
  });
});

describe("a missing run", () => {
  it("of 2 and 16 October with none by 1 November is that of 30 October", () => {
    const two = { runs: ["2026-10-02", "2026-10-16"], today: "2026-11-01", readThrough: "2026-11-01" };
    expect(group(two).missing).toEqual([{ payDate: "2026-10-30", source: "expected" }]);
    expect(group({ ...two, today: "2026-10-30", readThrough: "2026-10-30" }).missing).toEqual([]);
  });

  it("is not told of days after the provider was last read", () => {
    const late = { runs: every(14, "2026-07-10", 8), today: "2026-11-15" };
    expect(days(group({ ...late, readThrough: "2026-10-29" }).missing)).toEqual([]);
    expect(days(group({ ...late, readThrough: "2026-11-15" }).missing)).toEqual(["2026-10-30", "2026-11-13"]);
    expect(group({ ...late, readThrough: null }).missing).toEqual([]);
  });

  it("in the middle is found, one paid some days off is none, and an ended group misses nothing after its end", () => {
    const runs = every(14, "2026-07-10", 8);
    const gap = runs.filter((day) => day !== "2026-08-21");
    expect(days(group({ runs: gap }).missing)).toEqual(["2026-08-21"]);
    expect(group({ runs: runs.map((day) => (day === "2026-08-21" ? "2026-08-19" : day)) }).missing).toEqual(
      [],
    );
    expect(
      days(group({ runs: gap, ended: true, today: "2026-12-31", readThrough: "2026-12-31" }).missing),
    ).toEqual(["2026-08-21"]);
  });

  it("of a date that the employer entered is missed whatever the frequency", () => {
    const entries = [{ payDate: "2026-10-09", closesAt: null, source: "entered" as const }];
    expect(group({ frequencies: ["other"], entries }).missing).toEqual([
      { payDate: "2026-10-09", source: "entered" },
    ]);
  });

  it("is none where the employer says that nothing was run, and the days around are expected as before", () => {
    const gap = every(14, "2026-07-10", 8).filter((day) => day !== "2026-08-21");
    const skipped = (payDate: string) => [{ payDate, closesAt: null, source: "skipped" as const }];
    expect(group({ runs: gap, entries: skipped("2026-08-21") }).missing).toEqual([]);
    const before = days(group({}).coming);
    const [first = "", ...others] = before;
    expect(days(group({ entries: skipped(first) }).coming)).toEqual(others);
    expect(group({ runs: gap, entries: skipped("2026-08-21") }).cycle?.settled).toContain("2026-08-21");
  });

  it("is never told where each expected run is there", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 30 }), fc.integer({ min: 0, max: 400 }), (count, start) => {
        const runs = every(14, fromDayNumber(dayNumber(2025, 1, 3) + start), count).filter((day) =>
          isBusinessDay(toDayNumber(day)),
        );
        fc.pre(runs.length === count);
        const today = runs.at(-1) ?? "";
        expect(group({ runs, today, readThrough: today }).missing).toEqual([]);
      }),
    );
  });
});
