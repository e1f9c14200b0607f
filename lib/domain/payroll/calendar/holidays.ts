import { dayNumber, partsOf, weekdayOf } from "./days";

/**
 * The days on which Federal Reserve Banks are closed, from the rule and for any year.
 * Source: Federal Reserve, "Holiday Schedules": eleven holidays; one that falls on a Sunday closes the Monday after,
 * one that falls on a Saturday leaves the Friday before open.
 */

const [monday, thursday] = [1, 4];

/** Juneteenth is one since Public Law 117-17 of June 2021. */
const firstJuneteenth = 2021;

function nth(year: number, month: number, weekday: number, n: number): number {
  const first = dayNumber(year, month, 1);
  return first + ((weekday - weekdayOf(first) + 7) % 7) + (n - 1) * 7;
}

function closedDays(year: number): Map<number, string> {
  const dated: [string, number][] = [
    ["New Year's Day", dayNumber(year, 1, 1)],
    ...(year >= firstJuneteenth ? [["Juneteenth", dayNumber(year, 6, 19)] satisfies [string, number]] : []),
    ["Independence Day", dayNumber(year, 7, 4)],
    ["Veterans Day", dayNumber(year, 11, 11)],
    ["Christmas Day", dayNumber(year, 12, 25)],
  ];
  const observed = dated.map(([name, day]): [number, string] => [weekdayOf(day) === 0 ? day + 1 : day, name]);
  return new Map([
    ...observed,
    [nth(year, 1, monday, 3), "Martin Luther King Jr. Day"],
    [nth(year, 2, monday, 3), "Presidents Day"],
    [nth(year, 6, monday, 1) - 7, "Memorial Day"],
    [nth(year, 9, monday, 1), "Labor Day"],
    [nth(year, 10, monday, 2), "Columbus Day"],
    [nth(year, 11, thursday, 4), "Thanksgiving Day"],
  ]);
}

const known = new Map<number, Map<number, string>>();

/** The bank holiday that closes a day, by name; null where none does. */
export function bankHoliday(day: number): string | null {
  const { year } = partsOf(day);
  const days = known.get(year) ?? closedDays(year);
  known.set(year, days);
  return days.get(day) ?? null;
}

function isWeekend(day: number): boolean {
  const weekday = weekdayOf(day);
  return weekday === 0 || weekday === 6;
}

export const isBusinessDay = (day: number) => !isWeekend(day) && bankHoliday(day) === null;

/** The day itself where banks are open, else the next such day in the direction. */
export function toBusinessDay(day: number, direction: "before" | "after"): number {
  let at = day;
  while (!isBusinessDay(at)) at += direction === "before" ? -1 : 1;
  return at;
}

/** So many business days later, or earlier where the number is negative. */
export function addBusinessDays(day: number, count: number): number {
  let at = day;
  for (let left = Math.abs(count); left > 0;) {
    at += Math.sign(count);
    if (isBusinessDay(at)) left -= 1;
  }
  return at;
}
