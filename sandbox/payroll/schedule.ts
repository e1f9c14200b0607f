import { addBusinessDays, backToBusinessDay, dayFrom, dayOf } from "@/sandbox/payroll/calendar";

export type Frequency = "weekly" | "bi_weekly" | "semi_monthly" | "monthly";

/** One period of a calendar, in days. */
export interface Period {
  start: number;
  end: number;
  pay: number;
  debit: number;
}

const firstYear = 2019;

// A Friday each; the bi-weekly cycle is the one with a pay day on 2 January 2026, so 2026 has 27 of them.
const fridays = { weekly: dayFrom(2019, 12, 6), bi_weekly: dayFrom(2019, 12, 13) };
const weekDays = { weekly: 7, bi_weekly: 14 };
const daysToPayday = 6;
const daysToDebit = 2;

const monthStart = (months: number) => dayFrom(firstYear, 1 + months, 1);

/** When a period is paid and its money drawn: a day without open banks moves to the business day before. */
function payable(start: number, end: number, nominalPay: number): Period {
  const pay = backToBusinessDay(nominalPay);
  return { start, end, pay, debit: addBusinessDays(pay, -daysToDebit) };
}

/** The period at a place of a calendar. Places count up without end; what is before 2020 is never shown. */
export function periodAt(frequency: Frequency, place: number): Period {
  switch (frequency) {
    case "weekly":
    case "bi_weekly": {
      const nominal = fridays[frequency] + place * weekDays[frequency];
      const end = nominal - daysToPayday;
      return payable(end - weekDays[frequency] + 1, end, nominal);
    }
    case "semi_monthly": {
      const start = monthStart(Math.floor(place / 2));
      if (place % 2 === 0) return payable(start, start + 14, start + 19);
      const next = monthStart(Math.floor(place / 2) + 1);
      return payable(start + 15, next - 1, next + 4);
    }
    case "monthly": {
      const next = monthStart(place + 1);
      return payable(monthStart(place), next - 1, next + 7);
    }
  }
}

/** The first place whose pay date is on or after a day. */
export function placeFrom(frequency: Frequency, day: number): number {
  const since = day - monthStart(0);
  const length = { weekly: 7, bi_weekly: 14, semi_monthly: 15.22, monthly: 30.44 }[frequency];
  // A guess a little too early, then forward.
  let place = Math.max(0, Math.floor((since - 400) / length));
  while (periodAt(frequency, place).pay < day) place++;
  return place;
}

export const periodsPerYear: Record<Frequency, number> = {
  weekly: 52,
  bi_weekly: 26,
  semi_monthly: 24,
  monthly: 12,
};

/** Nothing is older: Finch reads payroll from 2020 on (Finch: Data Syncs). */
export const firstPayDay = dayOf("2020-01-01") ?? 0;
