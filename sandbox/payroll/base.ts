import type { World } from "@/sandbox/call";
import { dayFrom, dayOf, yearOfDay } from "@/sandbox/payroll/calendar";
import { earn } from "@/sandbox/payroll/earn";
import { addFigures, eligibleOf, newFigures, type Figures } from "@/sandbox/payroll/figures";
import { profileOf, type PayProfile } from "@/sandbox/payroll/profile";
import { runsBetween, type PayrollPlan, type Run } from "@/sandbox/payroll/runs";
import { socialSecurityBase, unemploymentBase } from "@/sandbox/payroll/taxes";
import { deductOthers, deductStanding, levy, preTaxOf } from "@/sandbox/payroll/withhold";
import { emailDomain, officesOf } from "@/sandbox/seed/company";
import { generatePerson } from "@/sandbox/seed/people";
import type { CompanyPlan } from "@/sandbox/seed/types";

const leaveDays = 40;
const hoursPerYear = 2080;
/** More than a year's pay can be above the rate: overtime, commission, bonus, severance. */
const mostExtra = 1.6;
const keptYears = 4;
const keptPaid = 3_000_000;

export interface RunTotals {
  /** Sums of all statements by line. */
  figures: Figures;
  /** The places of those who are paid, in order. */
  paid: Uint32Array;
}

/** Wages after each run of a year, for one person; for most they stop where no tax asks any more. */
interface YearOfPerson {
  wages: number[];
  closed: boolean;
}

/** What the seed alone makes of a company's payroll. Kept in memory for companies in use. */
export class PayrollBase {
  private readonly people: PayProfile[] = [];
  private readonly byGroup: PayProfile[][] = [];
  private readonly totals = new Map<number, RunTotals>();
  private paidKept = 0;
  private readonly years = new Map<number, (YearOfPerson | undefined)[]>();
  private readonly runs = new Map<string, Run[]>();
  private readonly scratch = newFigures();
  private readonly yearScratch = newFigures();
  private readonly preTax = { deferred: 0, other: 0 };
  private readonly yearPreTax = { deferred: 0, other: 0 };
  private readonly company: CompanyPlan;

  constructor(readonly plan: PayrollPlan) {
    const { company } = plan;
    this.company = { ...company, domain: emailDomain(company.legalName), offices: officesOf(company) };
  }

  /** Makes the profiles of so many people more, of all that are left without a number. */
  grow(count = Infinity): void {
    const leaveFrom = (dayOf(this.company.asOf) ?? 0) - leaveDays;
    const end = Math.min(this.company.size, this.people.length + count);
    for (let index = this.people.length; index < end; index++) {
      const profile = profileOf(this.plan, index, generatePerson(this.company, index), leaveFrom);
      this.people.push(profile);
      (this.byGroup[profile.group] ??= []).push(profile);
    }
  }

  /** Whether all profiles are there. */
  get grown(): boolean {
    return this.people.length >= this.company.size;
  }

  get profiles(): readonly PayProfile[] {
    if (!this.grown) this.grow();
    return this.people;
  }

  /** The runs of a year by pay date that people of a group may be part of, in order; null for all groups. */
  runsOfYear(year: number, group: number | null): readonly Run[] {
    const key = `${year}/${group}`;
    let runs = this.runs.get(key);
    if (!runs) {
      const last = dayFrom(year, 12, 31);
      const all = runsBetween(this.plan, dayFrom(year, 1, 1), last, last);
      runs = group === null ? all : all.filter((run) => !run.group || run.group.slot === group);
      this.runs.set(key, runs);
    }
    return runs;
  }

  /** Wages of the year before a run that payroll taxes have seen, in cents. */
  wagesBefore(profile: PayProfile, run: Run): number {
    const year = yearOfDay(run.pay);
    const known = this.yearOf(year, profile.index);
    const runs = this.runsOfYear(year, profile.group);
    let before = 0;
    for (let place = 0; place < runs.length; place++) {
      const earlier = runs[place];
      if (!earlier || earlier.pay > run.pay || (earlier.pay === run.pay && earlier.serial >= run.serial))
        break;
      const after = known.wages[place];
      if (after === undefined && known.closed) break;
      before = after ?? before + this.wagesOf(profile, earlier);
      if (after !== undefined) continue;
      known.wages.push(before);
      known.closed = before >= unemploymentBase && !mayPassBase(profile, year);
    }
    return before;
  }

  private yearOf(year: number, index: number): YearOfPerson {
    let people = this.years.get(year);
    if (!people) {
      const [oldest] = this.years.keys();
      if (this.years.size >= keptYears && oldest !== undefined) this.years.delete(oldest);
      this.years.set(year, (people = []));
    }
    return (people[index] ??= { wages: [], closed: false });
  }

  private wagesOf(profile: PayProfile, run: Run): number {
    const figures = this.yearScratch;
    if (!earn(profile, run, figures)) return 0;
    deductStanding(profile, run, figures);
    return eligibleOf(figures) - preTaxOf(figures, this.yearPreTax).other;
  }

  /** Writes the statement of a person of whom nothing was written; false where there is none. */
  compute(profile: PayProfile, run: Run, figures: Figures): boolean {
    if (!earn(profile, run, figures)) return false;
    deductStanding(profile, run, figures);
    deductOthers(profile, run, figures);
    const year = yearOfDay(run.pay);
    levy(profile, run, figures, preTaxOf(figures, this.preTax), {
      wages: profile.contractor ? 0 : this.wagesBefore(profile, run),
      socialSecurityBase: socialSecurityBase(year),
    });
    return true;
  }

  /** Those who may be on a run, as generated. */
  membersOf(run: Run): readonly PayProfile[] {
    const all = this.profiles;
    return run.group ? (this.byGroup[run.group.slot] ?? []) : all;
  }

  /** Whether the seed alone pays anybody on a run; looks no further than the first. */
  pays(run: Run): boolean {
    const known = this.totals.get(run.serial);
    if (known) return known.paid.length > 0;
    return this.membersOf(run).some((profile) => earn(profile, run, this.scratch));
  }

  /** The sums of a run. Kept, because a list of payments asks for all of them each time. */
  totalsOf(run: Run): RunTotals {
    const known = this.totals.get(run.serial);
    if (known) return known;
    const figures = newFigures();
    const paid: number[] = [];
    for (const profile of this.membersOf(run)) {
      if (!this.compute(profile, run, this.scratch)) continue;
      addFigures(figures, this.scratch);
      paid.push(profile.index);
    }
    const totals = { figures, paid: Uint32Array.from(paid) };
    this.paidKept += paid.length;
    for (const [serial, old] of this.totals) {
      if (this.paidKept <= keptPaid) break;
      this.totals.delete(serial);
      this.paidKept -= old.paid.length;
    }
    this.totals.set(run.serial, totals);
    return totals;
  }
}

/** Whether a year's wages may pass what social security or additional Medicare tax begin or end at. */
function mayPassBase(profile: PayProfile, year: number): boolean {
  const base = socialSecurityBase(year);
  return profile.rates.some(
    ({ unit, cents }) =>
      unit === "pay" || (unit === "hour" ? cents * hoursPerYear : cents) * mostExtra > base,
  );
}

const keptPeople = 60_000;
const bases = new WeakMap<World["store"], Map<string, PayrollBase>>();

/** The base of a plan; the companies used last stay in memory, up to so many people in all. */
export function baseOf(world: World, plan: PayrollPlan): PayrollBase {
  const { company } = plan;
  const key = [
    company.contentKey,
    company.idKey,
    company.size,
    company.asOf,
    company.seed,
    plan.firstPay,
  ].join("|");
  let kept = bases.get(world.store);
  if (!kept) bases.set(world.store, (kept = new Map<string, PayrollBase>()));
  const known = kept.get(key);
  kept.delete(key);
  const base = known ?? new PayrollBase(plan);
  kept.set(key, base);
  let people = 0;
  for (const [other, { plan: planned }] of [...kept].reverse()) {
    people += planned.company.size;
    if (people > keptPeople && other !== key) kept.delete(other);
  }
  return base;
}
