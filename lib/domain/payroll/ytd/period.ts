import { fromDayNumber, toDayNumber } from "../calendar/days";
import type { YtdFilterInput } from "./ytd-query";

/** Which pay dates are counted. Days are YYYY-MM-DD, both included, and never shifted by a zone. */
export interface YtdPeriod {
  kind: YtdFilterInput["period"];
  /** The whole period; null of the undated bucket, which is in no year (DOMAIN 1.2). */
  from: string | null;
  to: string | null;
  asOf: string;
  /** The last day that counts: the period's end or the as-of date. Later pay dates are "scheduled". */
  through: string | null;
  /** The calendar year, or the year in which the plan year begins; null of ranges. */
  year: number | null;
}

export const addDays = (day: string, days: number) => fromDayNumber(toDayNumber(day) + days);
export const yearOf = (day: string) => Number(day.slice(0, 4));

const firstOf = (year: number, month: number) => `${year}-${String(month).padStart(2, "0")}-01`;

/** A plan year's days: twelve months from the first of its month. */
function planYear(year: number, month: number): { from: string; to: string } {
  return { from: firstOf(year, month), to: addDays(firstOf(year + 1, month), -1) };
}

type Asked = Pick<YtdFilterInput, "period" | "year" | "planStart" | "from" | "to" | "asOf">;

/**
 * The period that was asked for. Left out: the year that `today` is in, up to today.
 * @param today in the employer's time zone
 */
export function resolvePeriod(asked: Asked, today: string): YtdPeriod {
  const asOf = asked.asOf ?? today;
  const done = (from: string, to: string, year: number | null): YtdPeriod => ({
    kind: asked.period,
    from,
    to,
    asOf,
    through: to < asOf ? to : asOf,
    year,
  });
  if (asked.period === "undated")
    return { kind: "undated", from: null, to: null, asOf, through: null, year: null };
  if (asked.period === "plan") {
    const begun = today >= firstOf(yearOf(today), asked.planStart) ? yearOf(today) : yearOf(today) - 1;
    const year = asked.year ?? begun;
    const { from, to } = planYear(year, asked.planStart);
    return done(from, to, year);
  }
  if (asked.period === "range") {
    const from = asked.from ?? firstOf(yearOf(today), 1);
    const to = asked.to ?? asOf;
    // The wrong way round is one way of saying the same days.
    return from <= to ? done(from, to, null) : done(to, from, null);
  }
  const year = asked.year ?? yearOf(today);
  return done(firstOf(year, 1), `${year}-12-31`, year);
}

/** The calendar years that a period's counted days are in; 0 is the bucket without a date. */
export function yearsOf({ from, through }: Pick<YtdPeriod, "from" | "through">): number[] {
  if (from === null || through === null) return [0];
  const count = yearOf(through) - yearOf(from) + 1;
  return count > 0 ? Array.from({ length: count }, (_, at) => yearOf(from) + at) : [];
}
