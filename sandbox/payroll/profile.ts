import { dayOf } from "@/sandbox/payroll/calendar";
import { groupOf, type PayrollPlan } from "@/sandbox/payroll/runs";
import { coverageOf, standingBenefits, type Election } from "@/sandbox/seed/coverage";
import { createRandom, hash32 } from "@/sandbox/seed/random";
import type { Income, Person } from "@/sandbox/seed/types";

/** What pay depends on; everything else about a person may change without changing a payslip. */
export const payKeys = [
  "employment",
  "start_date",
  "end_date",
  "latest_rehire_date",
  "is_active",
  "employment_status",
  "income",
  "income_history",
] as const satisfies readonly (keyof Person)[];
export type PayFacts = Pick<Person, (typeof payKeys)[number]>;

/** Employed from one day to another, both included. */
export interface Span {
  from: number;
  to: number;
}

/** Pay from a day on: cents a year, an hour, or each pay. */
export interface Rate {
  from: number;
  unit: "year" | "hour" | "pay";
  cents: number;
}

/** One standing deduction, ready for arithmetic. */
export interface Elected {
  /** Its place in `standingBenefits`. */
  place: number;
  /** Counts for pay dates after this day. */
  after: number;
  election: Election;
}

/** Everything that decides what one person is paid. */
export interface PayProfile {
  index: number;
  id: string;
  group: number;
  /** Decides hours and extras of each run. */
  seed: number;
  contractor: boolean;
  fullTime: boolean;
  spans: readonly Span[];
  /** Oldest first. */
  rates: readonly Rate[];
  state: string;
  married: boolean;
  birthDate: string | null;
  elected: readonly Elected[];
  loanCents: number;
  garnishmentCents: number;
  /** Hours of a working day. */
  dailyHours: number;
  overtime: boolean;
  commission: boolean;
  tips: boolean;
  severanceWeeks: number;
  check: boolean;
}

const forever = 1_000_000;
// Larger amounts are typing errors; sums of them would no longer be whole cents.
const maxCents = 100_000_000_000;

const yearsOf: Record<NonNullable<Income["unit"]>, [Rate["unit"], number]> = {
  yearly: ["year", 1],
  quarterly: ["year", 4],
  monthly: ["year", 12],
  semi_monthly: ["year", 24],
  bi_weekly: ["year", 26],
  weekly: ["year", 52],
  daily: ["year", 260],
  hourly: ["hour", 1],
  fixed: ["pay", 1],
};

function rateOf(income: Income | null, from: number): Rate | null {
  if (!income?.unit || income.amount === null) return null;
  const [unit, times] = yearsOf[income.unit];
  return { from, unit, cents: Math.min(maxCents, Math.max(0, income.amount)) * times };
}

/** The income history by date; an income that the history lacks counts too. */
function ratesOf({ income, income_history: history }: PayFacts): Rate[] {
  const rates: Rate[] = [];
  for (const entry of history ?? []) {
    const rate = rateOf(entry, dayOf(entry?.effective_date) ?? 0);
    if (rate) rates.push(rate);
  }
  const current = rateOf(income, dayOf(income?.effective_date) ?? 0);
  const undated = income !== null && dayOf(income.effective_date) === null;
  if (undated && current) return [current];
  if (current && !rates.some((rate) => rate.from === current.from && rate.cents === current.cents)) {
    // What is current now replaces what the history says of the same or a later day.
    return [...rates.filter((rate) => rate.from < current.from), current].sort((a, b) => a.from - b.from);
  }
  return rates.sort((a, b) => a.from - b.from);
}

/** When a person works: with a gap where they were rehired, not during leave, not after the end. */
function spansOf(facts: PayFacts, leaveFrom: number): Span[] {
  const start = dayOf(facts.start_date) ?? 0;
  const gone = facts.is_active === false || facts.employment_status === "terminated";
  const waiting = facts.employment_status === "prehire" && dayOf(facts.start_date) === null;
  const ended = dayOf(facts.end_date) ?? (gone || waiting ? 0 : forever);
  const to = facts.employment_status === "leave" ? Math.min(ended, leaveFrom - 1) : ended;
  const rehired = dayOf(facts.latest_rehire_date);
  if (rehired === null || rehired <= start) return to < start ? [] : [{ from: start, to }];
  const left = start + Math.floor((rehired - start) * 0.6);
  return [{ from: start, to: left }, ...(to < rehired ? [] : [{ from: rehired, to }])];
}

function slotOf(plan: PayrollPlan, facts: PayFacts): number {
  if (plan.groups.length === 1) return 0;
  if (facts.employment?.type === "contractor") return groupOf.contractors;
  const subtype = facts.employment?.subtype;
  if (subtype === "individual_contractor") return groupOf.contractors;
  if (subtype && subtype !== "full_time") return groupOf.partTime;
  return facts.income?.unit === "hourly" ? groupOf.hourly : groupOf.salaried;
}

const placeOfBenefit = new Map<string, number>(standingBenefits.map(({ type }, place) => [type, place]));

function electedOf(plan: PayrollPlan, index: number, person: Person): Elected[] {
  const elections = index < plan.company.size ? coverageOf(plan.company, index, person)?.elections : null;
  return (elections ?? []).map((election) => ({
    place: placeOfBenefit.get(election.type) ?? 0,
    after: dayOf(election.from) ?? 0,
    election,
  }));
}

/**
 * The profile of a person. `index` is the place in the company; people who were added have places
 * behind the generated ones. Those on leave are not paid from `leaveFrom` on. What the seed enrolled
 * a person in follows from the person as generated, whatever was written later.
 */
export function profileOf(
  plan: PayrollPlan,
  index: number,
  person: Person,
  leaveFrom: number,
  generated: Person = person,
): PayProfile {
  const random = createRandom("pay", plan.company.contentKey, index);
  const contractor = person.employment?.type === "contractor";
  const fullTime = person.employment?.subtype === "full_time";
  const hourly = person.income?.unit === "hourly";
  const department = person.department?.name;
  const traits = {
    loanCents: random.chance(0.05) ? random.int(20, 90) * 125 : 0,
    garnishmentCents: random.chance(0.02) ? random.int(40, 120) * 125 : 0,
    dailyHours: random.int(8, 12) / 2,
    overtime: random.chance(0.7),
    severanceWeeks: random.chance(0.4) ? random.int(2, 6) : 0,
    check: random.chance(0.08),
  };
  return {
    index,
    id: person.id,
    group: slotOf(plan, person),
    seed: hash32(`${plan.company.contentKey}/${index}`),
    contractor,
    fullTime,
    spans: spansOf(person, leaveFrom),
    rates: ratesOf(person),
    state: person.location?.state ?? person.residence?.state ?? "",
    married: person.marital_status === "married",
    birthDate: person.dob,
    elected: contractor ? [] : electedOf(plan, index, generated),
    ...traits,
    loanCents: fullTime ? traits.loanCents : 0,
    garnishmentCents: contractor ? 0 : traits.garnishmentCents,
    severanceWeeks: person.employment_status === "terminated" ? traits.severanceWeeks : 0,
    dailyHours: fullTime ? 8 : traits.dailyHours,
    overtime: traits.overtime && fullTime && hourly,
    commission: fullTime && department === "Sales",
    tips: !fullTime && !contractor && department === "Operations",
  };
}
