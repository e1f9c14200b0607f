const two = (value: number) => (value < 10 ? `0${value}` : String(value));

/** Days since 1 March of year 0, when years begin in March and so end with the leap day. */
function toDays(year: number, month: number, date: number): number {
  const y = month > 2 ? year : year - 1;
  const m = month > 2 ? month - 3 : month + 9;
  return (
    365 * y +
    Math.floor(y / 4) -
    Math.floor(y / 100) +
    Math.floor(y / 400) +
    Math.floor((153 * m + 2) / 5) +
    date -
    1
  );
}

function fromDays(days: number): string {
  const era = Math.floor(days / 146_097);
  const day = days - era * 146_097;
  const yearOfEra = Math.floor(
    (day - Math.floor(day / 1_460) + Math.floor(day / 36_524) - Math.floor(day / 146_096)) / 365,
  );
  const dayOfYear = day - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * m + 2) / 5) + 1;
  const month = m < 10 ? m + 3 : m - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${year < 1000 ? String(year).padStart(4, "0") : year}-${two(month)}-${two(date)}`;
}

/**
 * A date (YYYY-MM-DD) so many days later. Counted by hand: people are made of many dates,
 * and `Date` takes ten times as long for each.
 */
export function addDays(date: string, days: number): string {
  return fromDays(
    toDays(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))) + days,
  );
}

/** Whether a text is a day of the calendar that people live in; `/sandbox/*` takes any text for a date. */
export function isDay(text: string | null): text is string {
  return text !== null && /^(19|20|21)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text);
}

/** The first day of the month of an instant (milliseconds, UTC). */
export function monthOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 7)}-01`;
}
