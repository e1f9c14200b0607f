import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addBusinessDays,
  backToBusinessDay,
  dateOf,
  dayFrom,
  dayOf,
  isBusinessDay,
  weekdayOf,
  weekdaysBetween,
} from "@/sandbox/payroll/calendar";
import { periodAt, placeFrom, type Frequency } from "@/sandbox/payroll/schedule";

const day = (date: string) => dayOf(date)!;
const anyDay = fc.integer({ min: day("2019-01-01"), max: day("2035-12-31") });
const frequencies: Frequency[] = ["weekly", "bi_weekly", "semi_monthly", "monthly"];

/** The pay dates of a calendar in a year. */
function payDates(frequency: Frequency, year: number): string[] {
  const dates: string[] = [];
  for (let place = placeFrom(frequency, dayFrom(year, 1, 1)); ; place++) {
    const { pay } = periodAt(frequency, place);
    if (pay > dayFrom(year, 12, 31)) return dates;
    dates.push(dateOf(pay));
  }
}

describe("days", () => {
  it("are read and written, and anything else is none", () => {
    fc.assert(fc.property(anyDay, (value) => day(dateOf(value)) === value));
    for (const text of ["dob", "", "2024-13-01", "2024-00-10", null, undefined])
      expect(dayOf(text)).toBeNull();
  });

  it("are business days outside of weekends and the holidays of the Federal Reserve", () => {
    // 4 July 2026 is a Saturday: banks are open on the Friday before. 1 January 2023 is a Sunday.
    const closed = ["2026-01-01", "2026-01-19", "2026-05-25", "2026-06-19", "2026-11-26", "2023-01-02"];
    for (const date of closed) expect([date, isBusinessDay(day(date))]).toEqual([date, false]);
    for (const date of ["2026-07-03", "2021-06-18", "2026-11-27"]) {
      expect([date, isBusinessDay(day(date))]).toEqual([date, true]);
    }
  });

  it("move back to a business day, never by more than four", () => {
    fc.assert(
      fc.property(anyDay, (value) => {
        const moved = backToBusinessDay(value);
        expect(isBusinessDay(moved)).toBe(true);
        expect(value - moved).toBeGreaterThanOrEqual(0);
        expect(value - moved).toBeLessThanOrEqual(4);
      }),
    );
  });

  it("are counted from Monday to Friday as one would by hand", () => {
    fc.assert(
      fc.property(anyDay, fc.nat(400), (from, length) => {
        let count = 0;
        for (let at = from; at <= from + length; at++) if (weekdayOf(at) % 6 !== 0) count++;
        expect(weekdaysBetween(from, from + length)).toBe(count);
      }),
    );
  });

  it("are added as business days, and taken away again", () => {
    fc.assert(
      fc.property(anyDay.filter(isBusinessDay), fc.integer({ min: 1, max: 60 }), (value, count) => {
        expect(addBusinessDays(addBusinessDays(value, count), -count)).toBe(value);
      }),
    );
  });
});

describe("calendars", () => {
  it("pay 27 times bi-weekly in 2026, whose last pay date was to be 1 January 2027", () => {
    expect(payDates("bi_weekly", 2026)).toHaveLength(27);
    expect(payDates("bi_weekly", 2026).at(-1)).toBe("2026-12-31");
    expect(payDates("bi_weekly", 2027)).toHaveLength(26);
    expect(payDates("bi_weekly", 2025)).toHaveLength(26);
  });

  it("pay 53 times weekly where a Friday more falls into the year", () => {
    const counts = [2020, 2021, 2022, 2025, 2026, 2027].map((year) => payDates("weekly", year).length);
    expect(counts).toEqual([53, 52, 52, 52, 53, 52]);
  });

  it("pay 24 times semi-monthly and 12 times monthly in every year", () => {
    for (let year = 2020; year < 2035; year++) {
      expect([payDates("semi_monthly", year).length, payDates("monthly", year).length]).toEqual([24, 12]);
    }
  });

  it("have periods without gap or overlap, paid after their end and drawn before", () => {
    fc.assert(
      fc.property(fc.constantFrom(...frequencies), fc.nat(800), (frequency, place) => {
        const [period, next] = [periodAt(frequency, place), periodAt(frequency, place + 1)];
        expect(next.start).toBe(period.end + 1);
        expect(period.start).toBeLessThanOrEqual(period.end);
        expect(period.pay).toBeGreaterThan(period.end);
        expect(period.debit).toBeLessThan(period.pay);
        expect(next.pay).toBeGreaterThan(period.pay);
        expect([isBusinessDay(period.pay), isBusinessDay(period.debit)]).toEqual([true, true]);
      }),
    );
  });

  it("are entered at the first pay date from a day on", () => {
    fc.assert(
      fc.property(fc.constantFrom(...frequencies), anyDay, (frequency, from) => {
        const place = placeFrom(frequency, from);
        expect(periodAt(frequency, place).pay).toBeGreaterThanOrEqual(from);
        if (place > 0) expect(periodAt(frequency, place - 1).pay).toBeLessThan(from);
      }),
    );
  });
});
