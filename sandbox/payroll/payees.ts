import {
  enrolledLines,
  type EnrolledLine,
  type EnrolledLines,
  type PayDates,
} from "@/sandbox/benefits/enrolled-lines";
import type { World } from "@/sandbox/call";
import type { PayrollBase } from "@/sandbox/payroll/base";
import { dateOf, dayOf, yearOfDay } from "@/sandbox/payroll/calendar";
import { earn } from "@/sandbox/payroll/earn";
import { availableOf, eligibleOf, newFigures, type Figures } from "@/sandbox/payroll/figures";
import { profileOf, type PayProfile } from "@/sandbox/payroll/profile";
import type { PayVersions } from "@/sandbox/payroll/records";
import type { Run } from "@/sandbox/payroll/runs";
import { socialSecurityBase } from "@/sandbox/payroll/taxes";
import { generatedOf } from "@/sandbox/payroll/versions";
import { deductOthers, deductStanding, levy, preTaxOf, type PreTax } from "@/sandbox/payroll/withhold";
import { blankPerson } from "@/sandbox/people";
import type { Connection, Entity } from "@/sandbox/records";
import { indexOfIndividual } from "@/sandbox/seed/ids";

/** What one person got on one run: figures, and in place of standing deductions the lines of enrollments. */
export interface Computed {
  profile: PayProfile;
  figures: Figures;
  lines: EnrolledLines | null;
}

/** Somebody of whom something was written: their pay, or what they are enrolled in. */
export interface Payee {
  index: number;
  id: string;
  enrolled: boolean;
  /** Up to this pay date the person is paid as generated. */
  since: number;
  versions: readonly { after: number; profile: PayProfile }[];
  generated: PayProfile | null;
}

const always = -1_000_000;
const isDeferral = ({ type }: EnrolledLine): boolean => type !== null && /^(401k|403b|457|simple)/.test(type);

/** One number for a person and a run: thousands of each are looked up. */
const keyOf = (payee: Payee, run: Run): number => payee.index * 2 ** 26 + run.serial;

const isBefore = (a: Run, b: Run): boolean => a.pay < b.pay || (a.pay === b.pay && a.serial < b.serial);

function addPreTax(lines: EnrolledLines, into: PreTax): void {
  for (const line of lines.deductions) {
    if (line.preTax !== true) continue;
    if (isDeferral(line)) into.deferred += line.amountCents;
    else into.other += line.amountCents;
  }
}

/** Computes the pay of people whom the base cannot know. Made for one request: nothing outlives it. */
export class Payees {
  readonly special = new Map<number, Payee>();
  /** People who were added, behind the generated ones. */
  readonly added: Payee[] = [];
  private readonly byId = new Map<string, Payee>();
  private readonly scratch = newFigures();
  private readonly wages = new Map<number, number>();
  private readonly eligible = new Map<number, number>();

  constructor(
    private readonly world: World,
    private readonly connection: Connection,
    private readonly entity: Entity,
    private readonly base: PayrollBase,
    /** Only what was recorded up to this instant counts; null for everything. */
    private readonly seenAt: string | null,
  ) {
    for (const row of world.store.payVersions.group(connection.id)) {
      if (row.entityId === entity.id) this.keep(this.fromVersions(row));
    }
    if (world.store.enrollments.size > 0) this.keepEnrolled();
    this.added.sort((a, b) => a.index - b.index);
  }

  /** Anybody of the company, special or not; null where the id is unknown. */
  find(id: string): Payee | null {
    return this.byId.get(id) ?? this.fromGenerated(id, always);
  }

  /** What somebody's payments of a day follow. */
  profileOf(id: string, payDay: number): PayProfile | null {
    const payee = this.find(id);
    return payee && this.profileAt(payee, payDay);
  }

  private keep(payee: Payee | null): void {
    if (!payee) return;
    this.byId.set(payee.id, payee);
    if (payee.index < this.base.profiles.length) this.special.set(payee.index, payee);
    else this.added.push(payee);
  }

  private keepEnrolled(): void {
    for (const row of this.world.store.enrollments.all()) {
      if (row.connectionId !== this.connection.id || row.entityId !== this.entity.id) continue;
      const since = dayOf(row.versions[0]?.recordedAt) ?? always;
      const known = this.byId.get(row.individualId);
      if (!known) this.keep(this.fromGenerated(row.individualId, since));
      else Object.assign(known, { enrolled: true, since: Math.min(known.since, since) });
    }
  }

  private fromGenerated(id: string, since: number): Payee | null {
    const { company } = this.base.plan;
    const index = indexOfIndividual(company.idKey, id, company.size);
    const profile = index === null ? undefined : this.base.profiles[index];
    return profile
      ? { index: profile.index, id, enrolled: true, since, versions: [], generated: profile }
      : null;
  }

  private fromVersions(row: PayVersions): Payee | null {
    const { plan, profiles } = this.base;
    const found =
      row.added === null ? generatedOf(this.world, this.connection, this.entity, row.individualId) : null;
    if (row.added === null && !found) return null;
    const index = found?.index ?? plan.company.size + (row.added ?? 0);
    const person = found?.person ?? this.addedPerson(row.individualId);
    const versions = row.versions.map(({ after, facts }) => {
      const day = dayOf(after) ?? always;
      return { after: day, profile: profileOf(plan, index, { ...person, ...facts }, day + 1, person) };
    });
    const since = versions[0]?.after ?? always;
    return {
      index,
      id: row.individualId,
      enrolled: false,
      since,
      versions,
      generated: profiles[index] ?? null,
    };
  }

  private addedPerson(id: string) {
    const overlay = this.world.store.overlays.get(`${this.connection.id}/${id}`);
    return { ...blankPerson(id), ...(overlay?.published ?? overlay?.working) };
  }

  /** The profile that a payment of a day follows; null where the person was unknown. */
  profileAt(payee: Payee, payDay: number): PayProfile | null {
    return payee.versions.findLast(({ after }) => after < payDay)?.profile ?? payee.generated;
  }

  /** The groups that a person was in at any time. */
  groupsOf({ versions, generated }: Payee): number[] {
    const written = versions.map(({ profile }) => profile.group);
    const everGenerated = generated !== null && versions[0]?.after !== always;
    return everGenerated ? [generated.group, ...written] : written;
  }

  /** The statement of a person on a run; null where they are not paid. */
  compute(payee: Payee, run: Run): Computed | null {
    const profile = this.profileAt(payee, run.pay);
    const figures = newFigures();
    if (!profile || !earn(profile, run, figures)) return null;
    const { lines, preTax } = this.deduct(payee, profile, run, figures);
    deductOthers(profile, run, figures);
    levy(profile, run, figures, preTax, {
      wages: profile.contractor ? 0 : this.wagesBefore(payee, run),
      socialSecurityBase: socialSecurityBase(yearOfDay(run.pay)),
    });
    return { profile, figures, lines };
  }

  /** Whether somebody is paid on a run at all. */
  isPaid(payee: Payee, run: Run): boolean {
    const profile = this.profileAt(payee, run.pay);
    return profile !== null && earn(profile, run, this.scratch);
  }

  private deduct(payee: Payee, profile: PayProfile, run: Run, figures: Figures) {
    const preTax: PreTax = { deferred: 0, other: 0 };
    if (!payee.enrolled || !run.group) {
      deductStanding(profile, run, figures);
      return { lines: null, preTax: preTaxOf(figures, preTax) };
    }
    const lines = this.linesOf(payee, profile, {
      payDate: dateOf(run.pay),
      periodEnd: dateOf(run.end),
      grossCents: eligibleOf(figures),
      availableCents: availableOf(figures),
    });
    addPreTax(lines, preTax);
    return { lines, preTax };
  }

  /** The lines of a person's enrollments on a payment. */
  linesOf(payee: Payee, profile: PayProfile, pay: PayDates): EnrolledLines {
    return enrolledLines(this.world, this.connection, this.entity, payee.id, {
      ...pay,
      birthDate: profile.birthDate,
      elections: profile.elected.map(({ election }) => election),
      seenAt: this.seenAt,
      earlier: (since) => this.earlierPays(payee, since, pay.payDate),
    });
  }

  private earlierPays(payee: Payee, since: string, before: string): PayDates[] {
    const [from, to] = [dayOf(since) ?? 0, dayOf(before) ?? 0];
    const pays: PayDates[] = [];
    for (let year = yearOfDay(from); year <= yearOfDay(to); year++) {
      for (const run of this.base.runsOfYear(year, null)) {
        if (!run.group || run.pay < from || run.pay >= to) continue;
        const eligible = this.eligibleOn(payee, run);
        if (eligible === 0) continue;
        const [payDate, periodEnd] = [dateOf(run.pay), dateOf(run.end)];
        pays.push({ payDate, periodEnd, grossCents: eligible, availableCents: Math.floor(eligible / 2) });
      }
    }
    return pays;
  }

  private eligibleOn(payee: Payee, run: Run): number {
    const key = keyOf(payee, run);
    let cents = this.eligible.get(key);
    if (cents === undefined) {
      const profile = this.profileAt(payee, run.pay);
      const figures = newFigures();
      cents = profile && earn(profile, run, figures) ? eligibleOf(figures) : 0;
      this.eligible.set(key, cents);
    }
    return cents;
  }

  private wagesBefore(payee: Payee, run: Run): number {
    const runs = this.base.runsOfYear(yearOfDay(run.pay), null);
    let sum = 0;
    let since = -Infinity;
    if (payee.generated && payee.versions.length === 0) {
      // What enrollments changed begins after `since`; the base remembers what was before.
      const first = runs.find((earlier) => earlier.pay > payee.since);
      sum = this.base.wagesBefore(payee.generated, first && isBefore(first, run) ? first : run);
      since = payee.since;
    }
    for (const earlier of runs) {
      if (!isBefore(earlier, run)) break;
      if (earlier.pay > since) sum += this.wagesOn(payee, earlier);
    }
    return sum;
  }

  private wagesOn(payee: Payee, run: Run): number {
    const key = keyOf(payee, run);
    let cents = this.wages.get(key);
    if (cents === undefined) {
      const profile = this.profileAt(payee, run.pay);
      const figures = newFigures();
      cents = 0;
      if (profile && !profile.contractor && earn(profile, run, figures)) {
        cents = eligibleOf(figures) - this.deduct(payee, profile, run, figures).preTax.other;
      }
      this.wages.set(key, cents);
    }
    return cents;
  }
}
