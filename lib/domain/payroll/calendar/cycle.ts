import { dayNumber, lastDateOf, partsOf } from "./days";
import { isBusinessDay, toBusinessDay } from "./holidays";

/** How often a group is paid, and on which days before holidays and weekends move them (DOMAIN §2). */

/** Frequencies of Finch that can be foretold, with their usual number of pay dates in a year. */
export const usualPerYear = {
  weekly: 52,
  bi_weekly: 26,
  semi_monthly: 24,
  monthly: 12,
  quarterly: 4,
  semi_annually: 2,
  annually: 1,
} as const;

/** Daily, custom, other and what Finch adds have no cycle. */
export type Frequency = keyof typeof usualPerYear;

export function isForetold(value: string | null | undefined): value is Frequency {
  return value !== null && value !== undefined && Object.hasOwn(usualPerYear, value);
}

/** Where a pay day without open banks goes: the business day before or after, or it stays. */
export type Shift = "before" | "after" | "none";

export type Cycle =
  | { kind: "days"; length: 7 | 14; phase: number }
  /** Dates of a month, 31 being its last; months that count are those equal to `month` modulo `step`. */
  | { kind: "months"; step: 1 | 3 | 6 | 12; month: number; dates: readonly number[] };

const everyDays = { weekly: 7, bi_weekly: 14 } as const;
const everyMonths = { semi_monthly: 1, monthly: 1, quarterly: 3, semi_annually: 6, annually: 12 } as const;

const modulo = (value: number, by: number) => ((value % by) + by) % by;

/** How far a pay date may lie from the expected one and still be that run: less than half a period, in days. */
export const tolerance: Record<Frequency, number> = {
  weekly: 3,
  bi_weekly: 6,
  semi_monthly: 6,
  monthly: 13,
  quarterly: 40,
  semi_annually: 80,
  annually: 160,
};

export function isOn(cycle: Cycle, day: number): boolean {
  if (cycle.kind === "days") return modulo(day, cycle.length) === cycle.phase;
  const { year, month, date } = partsOf(day);
  if (modulo(month, cycle.step) !== cycle.month) return false;
  const last = lastDateOf(year, month);
  return cycle.dates.some((wanted) => Math.min(wanted, last) === date);
}

/** The days of a cycle from one to another, both included, before any is moved. */
export function daysOf(cycle: Cycle, from: number, to: number): number[] {
  const days: number[] = [];
  if (cycle.kind === "days") {
    for (let day = from + modulo(cycle.phase - from, cycle.length); day <= to; day += cycle.length)
      days.push(day);
    return days;
  }
  const { year, month } = partsOf(from);
  for (let months = month; dayNumber(year, months, 1) <= to; months += 1) {
    const at = partsOf(dayNumber(year, months, 1));
    if (modulo(at.month, cycle.step) !== cycle.month) continue;
    const last = lastDateOf(at.year, at.month);
    const dates = new Set(cycle.dates.map((date) => dayNumber(at.year, at.month, Math.min(date, last))));
    days.push(...[...dates].filter((day) => day >= from && day <= to).sort((a, b) => a - b));
  }
  return days;
}

export const shiftDay = (day: number, shift: Shift) => (shift === "none" ? day : toBusinessDay(day, shift));

/** The days whose pay is on `day` under a shift: itself, and the closed days that lead to it. */
export function daysBehind(day: number, shift: Shift): number[] {
  if (shift === "none") return [day];
  if (!isBusinessDay(day)) return [];
  const days = [day];
  const step = shift === "before" ? 1 : -1;
  for (let at = day + step; !isBusinessDay(at); at += step) days.push(at);
  return days;
}

/** Dates of a month that a day may stand for: the last of a short month may mean 31. */
function datesOf(day: number): number[] {
  const { year, month, date } = partsOf(day);
  return date === lastDateOf(year, month) ? Array.from({ length: 32 - date }, (_, at) => date + at) : [date];
}

/** Every cycle of a frequency that has at least one of some days. */
export function cyclesThrough(frequency: Frequency, days: readonly number[]): Cycle[] {
  if (frequency === "weekly" || frequency === "bi_weekly") {
    const length = everyDays[frequency];
    const phases = new Set(days.map((day) => modulo(day, length)));
    return [...phases].map((phase) => ({ kind: "days", length, phase }));
  }
  const step = everyMonths[frequency];
  const months = new Set(days.map((day) => modulo(partsOf(day).month, step)));
  const dates = [...new Set(days.flatMap(datesOf))].sort((a, b) => b - a);
  const sets = frequency === "semi_monthly" ? pairs(dates) : dates.map((date) => [date]);
  return [...months].flatMap((month) =>
    sets.map((set): Cycle => ({ kind: "months", step, month, dates: set })),
  );
}

/** Two dates of a month that are a period apart; 1 and 2 are no semi-monthly cycle. */
function pairs(dates: readonly number[]): number[][] {
  const apart = 10;
  return dates.flatMap((late, at) =>
    dates
      .slice(at + 1)
      .flatMap((early) => (late - early >= apart && late - early <= 31 - apart ? [[early, late]] : [])),
  );
}
