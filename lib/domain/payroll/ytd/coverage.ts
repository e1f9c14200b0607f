import type { YtdUnitRow } from "@/db/repositories/ytd-facts";
import { historyMonths } from "@/lib/domain/sync/payment-dates";
import { toDayNumber } from "../calendar/days";
import type { YtdPeriod } from "./period";
import type { YtdCoverage } from "./views";

/** What sums cover (DOMAIN 1.5): a year is complete only from 1 January, or from the first hire, without a missing run. */

export interface UnitCoverage extends YtdUnitRow {
  providerName: string;
  /** Pay dates of the period on which a run is due and missing. */
  missing: string[];
  /** Nothing of the period lies before what is here. */
  fromStart: boolean;
  /** Where it does not: the first pay date that is here. */
  since: string | null;
  /** The first day that the provider gives at all, where it gives less than everything (Finch: Data Syncs). */
  windowFrom: string | null;
}

/** An entity for whoever may not see who people are: without its legal name and EIN. */
export const toUnitView = (unit: UnitCoverage, namesPeople: boolean): UnitCoverage =>
  namesPeople ? unit : { ...unit, legalName: null, ein: null };

const monthDays = 31;
/** A bank holiday or a weekend moves a pay date by some days. */
const moveDays = 4;

function usualGap({ firstPayDate, lastPayDate, runs }: YtdUnitRow): number {
  if (firstPayDate === null || lastPayDate === null || runs < 2) return monthDays;
  const days = toDayNumber(lastPayDate) - toDayNumber(firstPayDate);
  return Math.min(monthDays, Math.max(1, Math.round(days / (runs - 1))));
}

/** The first day of a provider's history; null for all that Finch has. */
export function windowStart(providerId: string, today: string): string | null {
  const months = historyMonths[providerId];
  if (months === undefined) return null;
  const date = new Date(`${today}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() - months);
  return date.toISOString().slice(0, 10);
}

interface UnitFacts {
  providerId: string;
  providerName: string;
  today: string;
  missing: readonly string[];
  firstHire: string | null;
}

/** Whether what is here of an entity begins where the period begins, or when its first person was hired. */
export function coverUnit(unit: YtdUnitRow, period: YtdPeriod, facts: UnitFacts): UnitCoverage {
  const { from } = period;
  const start = from !== null && facts.firstHire !== null && facts.firstHire > from ? facts.firstHire : from;
  const { earliestPayDate, firstPayDate } = unit;
  const near =
    start !== null &&
    firstPayDate !== null &&
    toDayNumber(firstPayDate) - toDayNumber(start) <= usualGap(unit) + moveDays;
  const before = from !== null && earliestPayDate !== null && earliestPayDate < from;
  const fromStart = from === null || before || near;
  return {
    ...unit,
    providerName: facts.providerName,
    missing: [...facts.missing],
    fromStart,
    since: fromStart ? null : firstPayDate,
    windowFrom: windowStart(facts.providerId, facts.today),
  };
}

interface PersonFacts {
  found: number;
  lacking: { runs: number; pending: number } | undefined;
  firstPayDate: string | null;
  lastPayDate: string | null;
  /** Of the person's records: the entities, and when each was hired and left. */
  records: readonly { unit: UnitCoverage | undefined; startDate: string | null; endDate: string | null }[];
}

/** What a person's figures cover. Runs that are missing count for whoever was employed on their day. */
export function coverPerson({
  found,
  lacking,
  firstPayDate,
  lastPayDate,
  records,
}: PersonFacts): YtdCoverage {
  const missing = records.reduce((n, { unit, startDate, endDate }) => {
    const employed = (day: string) => (startDate ?? day) <= day && day <= (endDate ?? day);
    return n + (unit?.missing.filter(employed).length ?? 0);
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
  return { firstPayDate, lastPayDate, found, expected, pending, state, since: since ?? null };
}
