import {
  addBusinessDays,
  backToBusinessDay,
  dayFrom,
  dayOf,
  dayOfInstant,
  yearOfDay,
} from "@/sandbox/payroll/calendar";
import { firstPayDay, periodAt, placeFrom, type Frequency, type Period } from "@/sandbox/payroll/schedule";
import type { Connection } from "@/sandbox/records";
import { placedUuid, placeOfUuid, stableUuid } from "@/sandbox/seed/ids";
import type { CompanyPlan } from "@/sandbox/seed/types";

/** People who are paid together. */
export interface Group {
  slot: number;
  id: string;
  name: string;
  frequency: Frequency;
  /** No run of the group is older. */
  firstPay: number;
}

export type RunKind = "regular" | "bonus" | "correction" | "award";

/** One payment that the seed makes, before anybody is paid. */
export interface Run extends Period {
  /** Leads to the run: its id is made from it. */
  serial: number;
  kind: RunKind;
  /** The group of a regular run; null off-cycle, where people of several groups are paid. */
  group: Group | null;
}

/** What the payroll of a company is generated from. */
export interface PayrollPlan {
  company: CompanyPlan;
  groups: readonly Group[];
  /** No payment is older. */
  firstPay: number;
  offCycle: boolean;
  /** Whether the next run of each group is seen before it is paid. */
  ahead: boolean;
}

/** Where people of each kind are paid; a company of the bulk kind pays everybody together. */
export const groupOf = { salaried: 0, hourly: 1, partTime: 2, contractors: 3 };

const usualGroups: readonly [string, Frequency][] = [
  ["Salaried", "semi_monthly"],
  ["Hourly", "bi_weekly"],
  ["Part-Time and Interns", "weekly"],
  ["Contractors", "monthly"],
];
const bulkGroups: readonly [string, Frequency][] = [["Everybody", "bi_weekly"]];

const serialStep = 8;
const maxSerial = 1 << 20;
const offCycleKinds = ["bonus", "correction", "award"] as const;
const firstOffCycleSlot = 4;
const firstYear = 2019;

/** A couple of years back, from a first of January, so that year-to-date figures are whole. */
const usualStart = (company: CompanyPlan): number => {
  const asOf = dayOf(company.asOf) ?? firstPayDay;
  return dayFrom(yearOfDay(asOf - 450), 1, 1);
};

/** The pay day of the run with which a group begins, so that so many are seen when a connection is made. */
function firstOf(frequency: Frequency, runs: number, ahead: boolean, createdAt: string): number {
  const next = placeFrom(frequency, dayOfInstant(Date.parse(createdAt)) + 1);
  return periodAt(frequency, Math.max(0, next - runs + (ahead ? 1 : 0))).pay;
}

/** The payroll of a company, as much of it as its connection asked for. */
export function planPayroll(company: CompanyPlan, connection: Connection): PayrollPlan {
  const { payments = null, startDate = null, lastPeriod = false } = connection.payroll ?? {};
  const runs = lastPeriod ? 1 : payments;
  const since = dayOf(startDate) ?? (runs === null ? usualStart(company) : firstPayDay);
  const named = payments === null ? usualGroups : bulkGroups;
  const groups = named.map(([name, frequency], slot): Group => {
    const first = runs === null ? since : firstOf(frequency, runs, !lastPeriod, connection.createdAt);
    const id = stableUuid("pay group", company.idKey, slot);
    return { slot, id, name, frequency, firstPay: Math.max(since, first, firstPayDay) };
  });
  const firstPay = Math.min(...groups.map((group) => group.firstPay));
  return { company, groups, firstPay, offCycle: runs === null, ahead: !lastPeriod };
}

function offCycleAt(kind: (typeof offCycleKinds)[number], place: number): Omit<Run, "serial"> {
  const paid = (start: number, end: number, nominal: number) => {
    const pay = backToBusinessDay(nominal);
    return { kind, group: null, start, end, pay, debit: addBusinessDays(pay, -1) };
  };
  switch (kind) {
    case "bonus": {
      const year = firstYear + place;
      return paid(dayFrom(year - 1, 1, 1), dayFrom(year - 1, 12, 31), dayFrom(year, 3, 15));
    }
    case "correction": {
      const month = 2 + (place % 4) * 3;
      const year = firstYear + Math.floor(place / 4);
      return paid(dayFrom(year, month - 1, 1), dayFrom(year, month, 1) - 1, dayFrom(year, month, 12));
    }
    case "award": {
      const nominal = dayFrom(firstYear + Math.floor(place / 2), place % 2 === 0 ? 6 : 12, 18);
      const pay = backToBusinessDay(nominal);
      return paid(pay, pay, nominal);
    }
  }
}

function runAt(plan: PayrollPlan, serial: number): Run | null {
  const slot = serial % serialStep;
  const place = Math.floor(serial / serialStep);
  const group = plan.groups[slot];
  if (group) return { serial, kind: "regular", group, ...periodAt(group.frequency, place) };
  const kind = plan.offCycle ? offCycleKinds[slot - firstOffCycleSlot] : undefined;
  return kind ? { serial, ...offCycleAt(kind, place) } : null;
}

/** The last place of a group that is seen on a day: its next run, where the provider already has it. */
const lastPlace = (plan: PayrollPlan, group: Group, today: number) =>
  placeFrom(group.frequency, today + 1) - (plan.ahead ? 0 : 1);

/** Whether a run is there to be seen: not before payroll began, not after the next run of its group. */
export function isVisible(plan: PayrollPlan, run: Run, today: number): boolean {
  if (run.pay < (run.group ?? plan).firstPay) return false;
  if (!run.group) return run.pay <= today;
  return run.pay <= today || Math.floor(run.serial / serialStep) <= lastPlace(plan, run.group, today);
}

const byPayDate = (a: Run, b: Run) => a.pay - b.pay || a.serial - b.serial;

/** All runs that are paid from one day to another (both included) and seen on `today`, oldest first. */
export function runsBetween(plan: PayrollPlan, from: number, to: number, today: number): Run[] {
  const since = Math.max(from, plan.firstPay);
  const runs: Run[] = [];
  const add = (slot: number, place: number): boolean => {
    const run = runAt(plan, place * serialStep + slot);
    if (!run || run.pay > to) return false;
    if (run.pay >= since && isVisible(plan, run, today)) runs.push(run);
    return true;
  };
  for (const group of plan.groups) {
    const last = lastPlace(plan, group, today);
    for (let place = placeFrom(group.frequency, since); place <= last; place++) {
      if (!add(group.slot, place)) break;
    }
  }
  if (plan.offCycle) {
    for (const [place, kind] of offCycleKinds.entries()) {
      const perYear = { bonus: 1, correction: 4, award: 2 }[kind];
      const first = Math.max(0, (yearOfDay(since) - firstYear) * perYear);
      for (let at = first; add(firstOffCycleSlot + place, at); at++);
    }
  }
  return runs.sort(byPayDate);
}

export const runId = (plan: PayrollPlan, run: Run): string =>
  placedUuid("payment", plan.company.idKey, run.serial);

/** The run behind an id, seen on `today`; null where there is none. */
export function findRun(plan: PayrollPlan, id: string, today: number): Run | null {
  const serial = placeOfUuid("payment", plan.company.idKey, id, maxSerial);
  const run = serial === null ? null : runAt(plan, serial);
  return run && isVisible(plan, run, today) ? run : null;
}
