import { fromDayNumber, toDayNumber } from "./days";
import { addBusinessDays } from "./holidays";

/** When a run closes at the provider, and until when changes reach it (DOMAIN §2). Nothing here blocks anybody. */

/** The hour of that day, in the employer's zone: the end of a business day. */
const closingHour = 17;
const automatedMs = 24 * 3_600_000;
const assistedDays = 8;

export interface RunClose {
  at: Date;
  /** Not entered by the employer, but counted back from the pay date. */
  estimated: boolean;
  /** Changes that are sent later may miss the run. */
  changesUntil: Date;
}

interface CloseFacts {
  payDate: string;
  /** As the employer entered it. */
  closesAt: Date | null;
  /** The employer's time zone (IANA). */
  zone: string;
  /** A provider that people at Finch look after needs 8 calendar days, the others 24 hours. */
  assisted: boolean;
  /** How long before the pay date a run closes that has no entered close: a setting of the installation. */
  businessDays: number;
}

/** The close of a run: the entered one, else so many business days before it is paid. */
export function closeOf({ payDate, closesAt, zone, assisted, businessDays }: CloseFacts): RunClose {
  const estimatedDay = fromDayNumber(addBusinessDays(toDayNumber(payDate), -businessDays));
  const at = closesAt ?? instantAt(estimatedDay, closingHour * 60, zone);
  const changesUntil = assisted ? daysBefore(at, assistedDays, zone) : new Date(at.getTime() - automatedMs);
  return { at, estimated: closesAt === null, changesUntil };
}

/** The same wall clock so many calendar days before: not so many times 24 hours where the clocks change. */
function daysBefore(at: Date, days: number, zone: string): Date {
  const { day, minutes } = wallClock(at, zone);
  return instantAt(fromDayNumber(toDayNumber(day) - days), minutes, zone);
}

/** Day and minute that clocks of a zone show at an instant. */
export function wallClock(at: Date, zone: string): { day: string; minutes: number } {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(at);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return {
    day: `${part("year")}-${part("month")}-${part("day")}`,
    minutes: Number(part("hour")) * 60 + Number(part("minute")),
  };
}

/** The instant at which clocks of a zone show a day and minute. A minute that a change skips is the one after it. */
export function instantAt(day: string, minutes: number, zone: string): Date {
  const wanted = toDayNumber(day) * 1_440 + minutes;
  let guess = wanted;
  // Two steps: the offset at the first guess may be that of the other side of a clock change.
  for (let step = 0; step < 2; step += 1) {
    const shown = wallClock(new Date(guess * 60_000), zone);
    guess += wanted - (toDayNumber(shown.day) * 1_440 + shown.minutes);
  }
  return new Date(guess * 60_000);
}
