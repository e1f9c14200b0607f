const dayMs = 86_400_000;

const two = (value: number) => (value < 10 ? `0${value}` : String(value));

/** A date (YYYY-MM-DD) so many days later. */
export function addDays(date: string, days: number): string {
  // Read and written by hand: people are made of many dates, and Date's own texts take ten times as long.
  const [year, month, day] = [date.slice(0, 4), date.slice(5, 7), date.slice(8, 10)].map(Number);
  const later = new Date(Date.UTC(year ?? NaN, (month ?? NaN) - 1, day) + days * dayMs);
  const text = `${later.getUTCFullYear()}-${two(later.getUTCMonth() + 1)}-${two(later.getUTCDate())}`;
  return text.length === 10 && !text.includes("NaN") ? text : later.toISOString().slice(0, 10);
}

/** Whether a text is a day of the calendar that people live in; `/sandbox/*` takes any text for a date. */
export function isDay(text: string | null): text is string {
  return text !== null && /^(19|20|21)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text);
}

/** The first day of the month of an instant (milliseconds, UTC). */
export function monthOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 7)}-01`;
}
