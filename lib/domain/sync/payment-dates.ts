/** Which pay dates a run asks Finch for (DOMAIN 1.4). Pure; days are YYYY-MM-DD in the employer's time zone. */

import { monthsBefore } from "@/lib/domain/payroll/calendar/days";

export interface DateRange {
  from: string;
  to: string;
}

/** Payments further ahead than this are not read: Finch shows them up to the next run. */
const daysAhead = 60;
/** Before the first day of any provider's history. */
const firstDay = "2000-01-01";
/** Until this day of a year the one before it is read along. */
const lastYearUntil = "04-30";

export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** All years for a full run; this year, and the last one until 30 April, for the others. */
export function paymentDates(scope: string, today: string): DateRange {
  const to = addDays(today, daysAhead);
  if (scope === "full") return { from: firstDay, to };
  const year = Number(today.slice(0, 4));
  return { from: `${today.slice(5) <= lastYearUntil ? year - 1 : year}-01-01`, to };
}

export const allDates = (today: string): DateRange => paymentDates("full", today);

/** How far back these providers give pay (Finch: Data Syncs, "Pay statements"); the others go back to 2020. */
export const historyMonths: Record<string, number> = { paychex_flex: 14, paycom: 24 };
/** The edge of a provider's history is not exact to the day. */
const edgeDays = 7;

/**
 * The first day on which a missing payment is gone for good; what is older has only left the provider's history,
 * and stays.
 */
export function firstJudgedDay(providerId: string, today: string): string {
  const months = historyMonths[providerId];
  if (months === undefined) return firstDay;
  return addDays(monthsBefore(today, months), edgeDays);
}
