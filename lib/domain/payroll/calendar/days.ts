/** Calendar days as YYYY-MM-DD and as whole days since 1 January 1970. No time zone touches them. */

const dayMs = 86_400_000;

/** @throws RangeError where the text is no calendar date: a caller's mistake, Finch's dates were checked when stored */
export function toDayNumber(day: string): number {
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(ms)) throw new RangeError(`"${day}" is no calendar date`);
  return ms / dayMs;
}

export const fromDayNumber = (number: number) => new Date(number * dayMs).toISOString().slice(0, 10);

/** 0 is Sunday. */
export const weekdayOf = (number: number) => (((number + 4) % 7) + 7) % 7;

/** The day of a year, month (1 to 12) and date; months beyond the year run on into the next. */
export const dayNumber = (year: number, month: number, date: number) =>
  Date.UTC(year, month - 1, date) / dayMs;

export function partsOf(number: number): { year: number; month: number; date: number } {
  const day = new Date(number * dayMs);
  return { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, date: day.getUTCDate() };
}

/** The same date some months earlier, or the last of a month that has no such date: 30 April less 14 is 28 February. */
export function monthsBefore(day: string, months: number): string {
  const { year, month, date } = partsOf(toDayNumber(day));
  const first = partsOf(dayNumber(year, month - months, 1));
  return fromDayNumber(
    dayNumber(first.year, first.month, Math.min(date, lastDateOf(first.year, first.month))),
  );
}

/** The last date of a month (1 to 12). */
export const lastDateOf = (year: number, month: number) => partsOf(dayNumber(year, month + 1, 0)).date;
