import { daysOf, shiftDay, type Cycle, type Shift } from "./cycle";
import { dayNumber, fromDayNumber, toDayNumber } from "./days";
import { bankHoliday } from "./holidays";

export interface ExpectedPayDate {
  payDate: string;
  /** Why it is not the cycle's own day: the holiday's name, or "weekend". */
  movedBy: string | null;
}

/** No closed days in a row are longer. */
const longestMove = 6;

/** Pay dates that a cycle leads to, from one day to another (YYYY-MM-DD, both included). */
export function expectedPayDates(
  { cycle, shift }: { cycle: Cycle; shift: Shift },
  from: string,
  to: string,
): ExpectedPayDate[] {
  const [first, last] = [toDayNumber(from), toDayNumber(to)];
  return daysOf(cycle, first - longestMove, last + longestMove)
    .map((day) => ({ day, paid: shiftDay(day, shift) }))
    .filter(({ paid }) => paid >= first && paid <= last)
    .map(({ day, paid }) => ({
      payDate: fromDayNumber(paid),
      movedBy: paid === day ? null : (bankHoliday(day) ?? "weekend"),
    }));
}

/**
 * How many pay dates a year has under a cycle, moved ones in the year in which they are paid: a Friday cycle from
 * 2 January 2026 has 27 in 2026, for 1 January 2027 is paid on 31 December (DOMAIN §2).
 */
export function countPayDates(learned: { cycle: Cycle; shift: Shift }, year: number): number {
  const [from, to] = [dayNumber(year, 1, 1), dayNumber(year, 12, 31)].map(fromDayNumber);
  return expectedPayDates(learned, from ?? "", to ?? "").length;
}
