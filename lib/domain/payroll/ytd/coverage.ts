import type { YtdUnitRow } from "@/db/repositories/ytd-facts";
import { historyMonths } from "@/lib/domain/sync/payment-dates";
import { fromDayNumber, monthsBefore, toDayNumber } from "../calendar/days";
import { expectedPayDates } from "../calendar/expected-pay-dates";
import type { KnownCycle } from "../calendar/group-calendar";
import type { MissingRun, UnitRuns } from "./missing-runs";
import type { YtdPeriod } from "./period";
import type { YtdCoverage } from "./views";

/** What sums cover (DOMAIN 1.5): a year is complete only from 1 January, or from the first hire, without a missing run. */

export interface UnitCoverage extends YtdUnitRow {
  providerName: string;
  /** Pay dates of the period on which a run is due and missing, once for each pay group, and of which group. */
  missing: string[];
  missingRuns: MissingRun[];
  /** Nothing of the period lies before what is here. */
  fromStart: boolean;
  /** Where it does not: the first pay date that is here. */
  since: string | null;
  /** The last day before pay that is due and was not read yet; null where everything up to the as-of date was. */
  through: string | null;
  /** The first day that the provider gives at all, where it gives less than everything (Finch: Data Syncs). */
  windowFrom: string | null;
}

/** An entity for whoever may not see who people are: without its legal name and EIN. */
export const toUnitView = (unit: UnitCoverage, namesPeople: boolean): UnitCoverage =>
  namesPeople ? unit : { ...unit, legalName: null, ein: null };

const monthDays = 31;
/** A bank holiday or a weekend moves a pay date by some days. */
const moveDays = 4;

function usualGap({ firstPayDate, lastPayDate, runs }: YtdUnitRow, known: number | null): number {
  const most = Math.min(known ?? monthDays, monthDays);
  if (firstPayDate === null || lastPayDate === null || runs < 2) return most;
  const days = toDayNumber(lastPayDate) - toDayNumber(firstPayDate);
  return Math.min(most, Math.max(1, Math.round(days / (runs - 1))));
}

/** Days on which a rhythm has pay due and no run is near. */
function dueWithoutRun(cycle: KnownCycle, from: string, to: string): string[] {
  if (from > to) return [];
  const isNear = (day: string) =>
    cycle.settled.some((run) => Math.abs(toDayNumber(run) - toDayNumber(day)) <= cycle.near);
  return expectedPayDates(cycle, from, to)
    .map(({ payDate }) => payDate)
    .filter((day) => !isNear(day));
}

interface Start {
  day: string;
  /** The first hire: whose first pay may be a whole period later. */
  isHire: boolean;
}

/** Whether nothing was due between the start and the first run; by the usual gap where no rhythm is known. */
function beginsAt({ day, isHire }: Start, unit: YtdUnitRow, { cycles, gap }: UnitFacts["runs"]): boolean {
  const { firstPayDate } = unit;
  if (firstPayDate === null) return false;
  const first = toDayNumber(firstPayDate);
  // A group that began later says nothing of the time before the first run.
  const early = cycles.filter(({ settled, near }) => settled.some((day) => toDayNumber(day) - first <= near));
  if (early.length === 0) return first - toDayNumber(day) <= usualGap(unit, gap) + moveDays;
  return early.every(
    (cycle) => dueWithoutRun(cycle, day, fromDayNumber(first - 1)).length <= (isHire ? 1 : 0),
  );
}

/** The day before the first pay that is due by the as-of date and later than what was read. */
function endsBefore(unit: YtdUnitRow, period: YtdPeriod, { runs, readThrough }: UnitFacts): string | null {
  const { through } = period;
  if (through === null || readThrough === null || unit.firstPayDate === null) return null;
  if (runs.cycles.length === 0) {
    const days = toDayNumber(through) - toDayNumber(readThrough);
    return days > usualGap(unit, runs.gap) + moveDays ? readThrough : null;
  }
  const [due] = runs.cycles
    .filter(({ ended }) => !ended)
    .flatMap((cycle) => dueWithoutRun(cycle, readThrough, through))
    .sort();
  return due === undefined ? null : fromDayNumber(toDayNumber(due) - 1);
}

/** The first day of a provider's history; null for all that Finch has. */
export function windowStart(providerId: string, today: string): string | null {
  const months = historyMonths[providerId];
  if (months === undefined) return null;
  return monthsBefore(today, months);
}

interface UnitFacts {
  providerId: string;
  providerName: string;
  today: string;
  /** What the entity's runs tell, of the period alone. */
  runs: UnitRuns;
  /** The day up to which the provider was read. */
  readThrough: string | null;
  firstHire: string | null;
}

/** Whether what is here of an entity begins where the period begins, or when its first person was hired. */
export function coverUnit(unit: YtdUnitRow, period: YtdPeriod, facts: UnitFacts): UnitCoverage {
  const { from } = period;
  const isHire = from !== null && facts.firstHire !== null && facts.firstHire > from;
  const start = isHire ? facts.firstHire : from;
  const { earliestPayDate, firstPayDate } = unit;
  const near = start !== null && beginsAt({ day: start, isHire }, unit, facts.runs);
  const before = from !== null && earliestPayDate !== null && earliestPayDate < from;
  const fromStart = from === null || before || near;
  return {
    ...unit,
    providerName: facts.providerName,
    missing: facts.runs.missing.map(({ payDate }) => payDate),
    missingRuns: [...facts.runs.missing],
    fromStart,
    since: fromStart ? null : firstPayDate,
    through: endsBefore(unit, period, facts),
    windowFrom: windowStart(facts.providerId, facts.today),
  };
}

/** Tells missing runs of pay groups apart. */
export const runKey = ({ payGroupId, payDate }: MissingRun) => `${payGroupId} ${payDate}`;

interface PersonFacts {
  found: number;
  lacking: { runs: number; pending: number } | undefined;
  firstPayDate: string | null;
  lastPayDate: string | null;
  /**
   * Of the person's records: the entities, when each was hired and left, and which of the missing runs are of pay
   * groups that it is or was in.
   */
  records: readonly {
    unit: UnitCoverage | undefined;
    startDate: string | null;
    endDate: string | null;
    groupRuns?: ReadonlySet<string>;
  }[];
}

/** What a person's figures cover. Runs that are missing count for whoever was employed on their day. */
export function coverPerson({
  found,
  lacking,
  firstPayDate,
  lastPayDate,
  records,
}: PersonFacts): YtdCoverage {
  const missing = records.reduce((n, { unit, startDate, endDate, groupRuns }) => {
    const concerns = (run: MissingRun) =>
      (startDate ?? run.payDate) <= run.payDate &&
      run.payDate <= (endDate ?? run.payDate) &&
      (run.payGroupId === null || (groupRuns?.has(runKey(run)) ?? false));
    return n + (unit?.missingRuns.filter(concerns).length ?? 0);
  }, 0);
  const pending = lacking?.pending ?? 0;
  const expected = found + (lacking?.runs ?? 0) + missing;
  const since = records
    .flatMap(({ unit, startDate }) => {
      if (!unit || unit.fromStart || unit.since === null) return [];
      return startDate !== null && startDate >= unit.since ? [] : [unit.since];
    })
    .sort()[0];
  const state =
    expected > found
      ? pending === expected - found
        ? "waiting"
        : "lacking"
      : since === undefined
        ? "complete"
        : "since";
  const through = records
    .flatMap(({ unit, endDate }) =>
      unit?.through && (endDate === null || endDate > unit.through) ? [unit.through] : [],
    )
    .sort()[0];
  return {
    ...{ firstPayDate, lastPayDate, found, expected, pending, state },
    since: since ?? null,
    through: through ?? null,
  };
}
