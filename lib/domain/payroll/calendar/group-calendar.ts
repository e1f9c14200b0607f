import { isForetold, tolerance, usualPerYear, type Cycle, type Frequency, type Shift } from "./cycle";
import { fromDayNumber, toDayNumber } from "./days";
import { countPayDates, expectedPayDates } from "./expected-pay-dates";
import { learnCycle, type LearnedCycle } from "./learn-cycle";

/** What is known and expected of one pay group's pay dates. Pure; days are YYYY-MM-DD in the employer's zone. */

export interface CalendarEntry {
  payDate: string;
  closesAt: Date | null;
  /** skipped: no run near that day, though one would be expected. */
  source: "entered" | "confirmed" | "skipped";
}

type StatedEntry = CalendarEntry & { source: "entered" | "confirmed" };

export interface GroupCalendarInput {
  /** As Finch gives them for the group. More than one is ambiguous. */
  frequencies: readonly string[] | null;
  /** Pay dates of its regular runs, those that are scheduled included. */
  runs: readonly string[];
  /** The employer's own, which win (DOMAIN §2). */
  entries: readonly CalendarEntry[];
  today: string;
  /** The day up to which the provider was read: what is missing later than that is not known to be missing. */
  readThrough: string | null;
  /** The group is gone or empty: nothing more is expected of it. */
  ended: boolean;
  /** How far ahead dates are given. */
  until: string;
}

/** high: every run of the last year's fits, six at least. medium: nearly all, the last one included. low: most. */
export type Confidence = "high" | "medium" | "low";

export type PayDateSource = "entered" | "confirmed" | "scheduled" | "expected";

export interface ComingPayDate {
  payDate: string;
  source: PayDateSource;
  /** Of expected dates: the holiday, or "weekend", that moved it. */
  movedBy: string | null;
  closesAt: Date | null;
}

export interface KnownCycle {
  cycle: Cycle;
  shift: Shift;
  /** Days. */
  near: number;
  /** Days on which nothing is missing: the group's pay dates, and those that the employer says were skipped. */
  settled: string[];
  /** The group is gone or empty. */
  ended: boolean;
}

/** Why there is no expectation. */
export type NotForetold =
  "several_frequencies" | "no_frequency" | "other_frequency" | "too_few_runs" | "irregular";

export interface GroupCalendar {
  frequency: Frequency | null;
  reason: NotForetold | null;
  confidence: Confidence | null;
  /** Of how many of the last runs the cycle explains the date. */
  explained: { runs: number; of: number };
  shift: Shift | null;
  coming: ComingPayDate[];
  /** Pay dates on which a run should have been, and is not in what was read. */
  missing: { payDate: string; source: PayDateSource }[];
  /** The rhythm by which missing runs are told, and how near a run must be to be one; null where nothing fits. */
  cycle: KnownCycle | null;
  /** Pay dates of the year of `today`, and how many such years usually have; null without a cycle. */
  year: { payDates: number; usual: number } | null;
}

/** Fewer regular runs of a group foretell nothing (DOMAIN §2). */
const fewestRuns = 3;
/** Two runs that fit a cycle are enough to miss the third. */
const fewestToMiss = 2;
const surelyRuns = 6;
const shownFits = 12;

function frequencyOf(values: readonly string[] | null): {
  frequency: Frequency | null;
  reason: NotForetold | null;
} {
  const distinct = [...new Set(values ?? [])];
  if (distinct.length > 1) return { frequency: null, reason: "several_frequencies" };
  const [only] = distinct;
  if (only === undefined) return { frequency: null, reason: "no_frequency" };
  return isForetold(only)
    ? { frequency: only, reason: null }
    : { frequency: null, reason: "other_frequency" };
}

function confidenceOf({ fits }: LearnedCycle): Confidence | null {
  const recent = fits.slice(-shownFits);
  const share = recent.filter(Boolean).length / recent.length;
  if (share === 1 && recent.length >= surelyRuns) return "high";
  if (share >= 0.8 && recent.at(-1)) return "medium";
  return share >= 0.5 ? "low" : null;
}

const isWithin = (a: string, b: string, days: number) => Math.abs(toDayNumber(a) - toDayNumber(b)) <= days;

/** Those of some dates that lie near none of others. */
function apartFrom<T extends { payDate: string }>(
  dates: readonly T[],
  others: readonly string[],
  days: number,
): T[] {
  return dates.filter(({ payDate }) => !others.some((other) => isWithin(payDate, other, days)));
}

const sorted = <T extends { payDate: string }>(dates: readonly T[]) =>
  [...dates].sort((a, b) => a.payDate.localeCompare(b.payDate));

/**
 * The calendar of a pay group: dates that are entered, scheduled at the provider or expected, and runs that are
 * missing. Expected is a date only from three regular runs on.
 */
export function groupCalendar(input: GroupCalendarInput): GroupCalendar {
  const { today, until } = input;
  const skipped = input.entries.flatMap(({ source, payDate }) => (source === "skipped" ? [payDate] : []));
  const entries = input.entries.flatMap(({ source, ...entry }) =>
    source === "skipped" ? [] : [{ ...entry, source }],
  );
  const runs = [...new Set(input.runs)].sort();
  const paid = runs.filter((day) => day <= today);
  const { frequency, reason } = frequencyOf(input.frequencies);
  const learned = frequency && learnCycle(frequency, paid.map(toDayNumber));
  const confidence = learned && paid.length >= fewestRuns ? confidenceOf(learned) : null;
  const expected =
    learned && confidence && !input.ended ? expectedPayDates(learned, dayAfter(today, 0), until) : [];
  const near = frequency ? tolerance[frequency] : 0;
  const scheduled = runs.filter((day) => day > today).map((payDate) => ({ payDate }));
  const entered = entries.filter(({ payDate }) => payDate >= today);
  const enteredDays = entries.map(({ payDate }) => payDate);
  const known = [...enteredDays, ...runs, ...skipped];
  const recent = learned?.fits.slice(-shownFits) ?? [];
  return {
    frequency,
    reason: reason ?? (confidence ? null : paid.length < fewestRuns ? "too_few_runs" : "irregular"),
    confidence,
    explained: { runs: recent.filter(Boolean).length, of: recent.length },
    shift: learned && confidence ? learned.shift : null,
    coming: sorted([
      ...entered.map(({ payDate, source, closesAt }) => ({ payDate, source, closesAt, movedBy: null })),
      ...apartFrom(scheduled, enteredDays, near).map(({ payDate }) => coming(payDate, "scheduled", null)),
      ...apartFrom(expected, known, near).map(({ payDate, movedBy }) => coming(payDate, "expected", movedBy)),
    ]),
    missing: missingRuns({ ...input, entries }, { paid, frequency, learned, skipped }),
    cycle:
      learned && fitsToMiss(paid, learned)
        ? {
            cycle: learned.cycle,
            shift: learned.shift,
            near,
            settled: [...runs, ...skipped],
            ended: input.ended,
          }
        : null,
    year:
      learned && confidence && frequency
        ? { payDates: countPayDates(learned, Number(today.slice(0, 4))), usual: usualPerYear[frequency] }
        : null,
  };
}

const coming = (payDate: string, source: PayDateSource, movedBy: string | null): ComingPayDate => ({
  payDate,
  source,
  movedBy,
  closesAt: null,
});

const dayAfter = (day: string, days: number) => fromDayNumber(toDayNumber(day) + days);

interface Known {
  skipped: readonly string[];
  paid: readonly string[];
  frequency: Frequency | null;
  learned: LearnedCycle | null;
}

const fitsToMiss = (paid: readonly string[], { fits }: LearnedCycle) =>
  paid.length >= fewestToMiss && fits.slice(-fewestRuns).every(Boolean);

/** Dates between the first run and the day that was read on which a run is due and none is near. */
function missingRuns(
  input: Omit<GroupCalendarInput, "entries"> & { entries: readonly StatedEntry[] },
  { paid, frequency, learned, skipped }: Known,
): GroupCalendar["missing"] {
  const { entries, readThrough, today, ended } = input;
  const [first, last] = [paid[0], paid.at(-1)];
  if (!readThrough || !first || !last) return [];
  const judged = dayAfter(readThrough < today ? readThrough : today, -1);
  const through = ended && last < judged ? last : judged;
  const near = frequency ? tolerance[frequency] : 0;
  const due =
    learned && fitsToMiss(paid, learned) && first <= through ? expectedPayDates(learned, first, through) : [];
  const enteredDays = entries.map(({ payDate }) => payDate);
  const entered = entries.filter(({ payDate }) => payDate >= first && payDate <= through);
  return sorted([
    ...apartFrom(entered, paid, near).map(({ payDate, source }) => ({ payDate, source })),
    ...apartFrom(due, [...paid, ...enteredDays, ...skipped], near).map(({ payDate }) => ({
      payDate,
      source: "expected" as const,
    })),
  ]);
}
