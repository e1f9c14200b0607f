import { catchUpOf, contributionOf, deductionOf, isPreTax } from "@/sandbox/benefits/amounts";
import type { Benefit, BenefitType, Configuration, Enrollment } from "@/sandbox/benefits/records";
import { enrollmentsOfPerson } from "@/sandbox/benefits/enrollments";
import type { World } from "@/sandbox/call";
import type { Connection, Entity } from "@/sandbox/records";
import type { Election } from "@/sandbox/seed/coverage";

/** One payment of one person, as far as deductions depend on it. */
export interface PayDates {
  payDate: string;
  /** The last day of the period; the pay date where it is not given. */
  periodEnd?: string;
  grossCents: number;
  /** What is left of the gross for deductions (after taxes); the gross where it is not given. */
  availableCents?: number;
}

export interface Pay extends PayDates {
  birthDate?: string | null;
  /**
   * What the seed enrolled the person in: the elections of `coverageOf` (seed/coverage.ts). Their
   * lines come with the others, and end or change where the API unenrolled or overwrote them.
   */
  elections?: readonly Election[];
  /** Only what was recorded up to this instant counts: the last sync, for what a caller sees. */
  seenAt?: string | null;
  /**
   * The person's regular payments with a pay date from a day on and before this one, oldest first.
   * Called only where a monthly or one-time deduction or an annual maximum asks for it.
   */
  earlier: (since: string) => readonly PayDates[];
}

export interface EnrolledLine {
  benefitId: string;
  name: string | null;
  type: BenefitType | null;
  amountCents: number;
  /** Of deductions; contributions have none on the wire. */
  preTax: boolean | null;
}

export interface EnrolledLines {
  deductions: readonly EnrolledLine[];
  contributions: readonly EnrolledLine[];
}

const nothing: EnrolledLines = { deductions: [], contributions: [] };

/** The state of an enrollment that a payment follows, with its place among the versions; null for none. */
function inForce(enrollment: Enrollment, pay: PayDates, seenAt: string | null) {
  for (let place = enrollment.versions.length - 1; place >= 0; place--) {
    const version = enrollment.versions[place];
    if (!version || (seenAt !== null && version.recordedAt > seenAt)) continue;
    if (version.recordedAt.slice(0, 10) >= pay.payDate) continue;
    if (version.effectiveDate !== null && version.effectiveDate > (pay.periodEnd ?? pay.payDate)) continue;
    return version.configuration && { place, version, configuration: version.configuration };
  }
  return null;
}

interface Held {
  enrollment: Enrollment;
  benefit: Benefit;
  /** Given in the running calendar year, in cents. */
  taken: number;
  year: string;
  /** The month of the last monthly deduction. */
  month: string;
  /** The version that a one-time deduction was last taken for. */
  once: number | null;
}

/** From when on earlier payments matter to an enrollment; null where they do not. */
function memoryFrom(held: Held, pay: Pay): string | null {
  const now = inForce(held.enrollment, pay, pay.seenAt ?? null);
  if (!now) return null;
  const yearStart = `${pay.payDate.slice(0, 4)}-01-01`;
  const starts: string[] = [];
  if (now.configuration.annualMaximum !== null) starts.push(yearStart);
  if (held.benefit.frequency === "monthly") starts.push(`${pay.payDate.slice(0, 7)}-01`);
  if (held.benefit.frequency === "one_time") starts.push(now.version.recordedAt.slice(0, 10));
  return starts.sort()[0] ?? null;
}

function isDue(held: Held, pay: PayDates, version: number): boolean {
  if (held.benefit.frequency === "monthly") return held.month !== pay.payDate.slice(0, 7);
  if (held.benefit.frequency === "one_time") return held.once !== version;
  return true;
}

/** What may still be given this year; without a maximum there is no limit. */
function roomOf(held: Held, configuration: Configuration, pay: PayDates, birthDate: string | null): number {
  if (configuration.annualMaximum === null) return Number.POSITIVE_INFINITY;
  const extra = configuration.catchUp ? catchUpOf(held.benefit.type, birthDate, pay.payDate) : 0;
  return Math.max(0, configuration.annualMaximum + extra - held.taken);
}

/** Lets one payment happen to everything a person is enrolled in, in the order of enrollment. */
function payOut(held: readonly Held[], pay: PayDates, person: Pay): EnrolledLines {
  const deductions: EnrolledLine[] = [];
  const contributions: EnrolledLine[] = [];
  let left = Math.max(0, pay.availableCents ?? pay.grossCents);
  for (const entry of held) {
    const now = inForce(entry.enrollment, pay, person.seenAt ?? null);
    if (entry.year !== pay.payDate.slice(0, 4)) {
      entry.taken = 0;
      entry.year = pay.payDate.slice(0, 4);
    }
    if (!now || pay.grossCents <= 0 || !isDue(entry, pay, now.place)) continue;
    const { configuration } = now;
    const room = roomOf(entry, configuration, pay, person.birthDate ?? null);
    const employee = Math.min(deductionOf(configuration, pay.grossCents), room, left);
    const employer = contributionOf(entry.benefit, configuration, employee, pay.grossCents);
    left -= employee;
    entry.taken += employee;
    entry.month = pay.payDate.slice(0, 7);
    entry.once = now.place;
    const { id: benefitId, description: name, type } = entry.benefit;
    if (employee > 0)
      deductions.push({ benefitId, name, type, amountCents: employee, preTax: isPreTax(type) });
    if (employer > 0) contributions.push({ benefitId, name, type, amountCents: employer, preTax: null });
  }
  return { deductions, contributions };
}

/**
 * The lines that one regular payment of a person has because of enrollments. Nothing is stored:
 * earlier payments are paid out again as far back as frequencies and annual maximums reach.
 */
export function enrolledLines(
  world: World,
  connection: Connection,
  entity: Entity,
  individualId: string,
  pay: Pay,
): EnrolledLines {
  const elections = pay.elections ?? [];
  if (elections.length === 0 && world.store.enrollments.size === 0) return nothing;
  const held = enrollmentsOfPerson(world, connection, entity, individualId, elections).map(
    ({ enrollment, benefit }): Held => ({ enrollment, benefit, taken: 0, year: "", month: "", once: null }),
  );
  if (held.length === 0) return nothing;
  const since = held
    .flatMap((entry) => memoryFrom(entry, pay) ?? [])
    .sort()
    .at(0);
  if (since !== undefined) for (const before of pay.earlier(since)) payOut(held, before, pay);
  return payOut(held, pay, pay);
}
