/** Days as whole numbers since 1 January 1970: a payroll asks for many dates, and numbers are cheap. */
const dayMs = 86_400_000;

const texts = new Map<number, string>();

/** The day of a date (YYYY-MM-DD); null for anything else, as people write all kinds of dates. */
export function dayOf(date: string | null | undefined): number | null {
  if (!date || !/^\d{4}-\d{2}-\d{2}/.test(date)) return null;
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
  return month < 1 || month > 12 || day < 1 || day > 31 ? null : Date.UTC(year, month - 1, day) / dayMs;
}

/** The date of a day. */
export function dateOf(day: number): string {
  let text = texts.get(day);
  if (text === undefined) {
    if (texts.size > 20_000) texts.clear();
    text = new Date(day * dayMs).toISOString().slice(0, 10);
    texts.set(day, text);
  }
  return text;
}

export const dayOfInstant = (ms: number): number => Math.floor(ms / dayMs);

export const dayFrom = (year: number, month: number, date: number): number =>
  Date.UTC(year, month - 1, date) / dayMs;

export const yearOfDay = (day: number): number => new Date(day * dayMs).getUTCFullYear();

/** 0 is Sunday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;

const nth = (year: number, month: number, weekday: number, n: number): number => {
  const first = dayFrom(year, month, 1);
  return first + ((weekday - weekdayOf(first) + 7) % 7) + (n - 1) * 7;
};

const holidays = new Map<number, ReadonlySet<number>>();

/** The days of a year on which Federal Reserve Banks are closed. Source: Federal Reserve, Holiday Schedules. */
function holidaysOf(year: number): ReadonlySet<number> {
  const known = holidays.get(year);
  if (known) return known;
  const [monday, thursday] = [1, 4];
  const fixed = [[1, 1], ...(year >= 2022 ? [[6, 19]] : []), [7, 4], [11, 11], [12, 25]].map(
    ([month = 1, date = 1]) => dayFrom(year, month, date),
  );
  // On a Sunday the Monday after is closed; on a Saturday the banks are open on the Friday before.
  const observed = fixed.map((day) => (weekdayOf(day) === 0 ? day + 1 : day));
  const memorial = nth(year, 6, monday, 1) - 7;
  const moving = [
    nth(year, 1, monday, 3),
    nth(year, 2, monday, 3),
    memorial,
    nth(year, 9, monday, 1),
    nth(year, 10, monday, 2),
    nth(year, 11, thursday, 4),
  ];
  const days = new Set([...observed, ...moving]);
  holidays.set(year, days);
  return days;
}

export function isBusinessDay(day: number): boolean {
  const weekday = weekdayOf(day);
  return weekday !== 0 && weekday !== 6 && !holidaysOf(yearOfDay(day)).has(day);
}

/** The day itself where banks are open, else the business day before. */
export function backToBusinessDay(day: number): number {
  let at = day;
  while (!isBusinessDay(at)) at--;
  return at;
}

/** So many business days later, or earlier where the number is negative. */
export function addBusinessDays(day: number, count: number): number {
  const step = Math.sign(count);
  let at = day;
  for (let left = Math.abs(count); left > 0;) {
    at += step;
    if (isBusinessDay(at)) left--;
  }
  return at;
}

/** Mondays to Fridays up to and including a day, counted from a Monday long ago. */
function weekdaysUpTo(day: number): number {
  const sinceMonday = day + 3 + 7 * 100_000;
  const weeks = Math.floor(sinceMonday / 7);
  return weeks * 5 + Math.min(5, sinceMonday - weeks * 7 + 1);
}

/** Mondays to Fridays from one day to another, both included. */
export const weekdaysBetween = (from: number, to: number): number =>
  to < from ? 0 : weekdaysUpTo(to) - weekdaysUpTo(from - 1);
