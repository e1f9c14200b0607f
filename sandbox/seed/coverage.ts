import type { BenefitType, CompanyMatch, Configuration } from "@/sandbox/benefits/records";
import { addDays, isDay } from "@/sandbox/seed/dates";
import { familyOf, type FamilyMember } from "@/sandbox/seed/family";
import { createRandom, type Random } from "@/sandbox/seed/random";
import type { CompanyPlan, Person } from "@/sandbox/seed/types";

export type Tier = "employee_only" | "employee_spouse" | "employee_children" | "employee_family";
export type MedicalPlan = "ppo" | "hdhp" | "hmo";

/** A deduction that companies have from the start; the name is what payslips say. */
export interface StandingBenefit {
  type: BenefitType;
  name: string;
  match: CompanyMatch | null;
}

export const standingBenefits = [
  {
    type: "401k",
    name: "401(k)",
    match: {
      type: "match",
      tiers: [
        { match: 10_000, threshold: 300 },
        { match: 5_000, threshold: 500 },
      ],
    },
  },
  { type: "401k_roth", name: "Roth 401(k)", match: null },
  { type: "s125_medical", name: "Medical", match: null },
  { type: "s125_dental", name: "Dental", match: null },
  { type: "s125_vision", name: "Vision", match: null },
  { type: "hsa_pre", name: "HSA", match: null },
  { type: "fsa_medical", name: "Medical FSA", match: null },
  { type: "fsa_dependent_care", name: "Dependent Care FSA", match: null },
  { type: "commuter", name: "Commuter", match: null },
] as const satisfies readonly StandingBenefit[];
export type StandingType = (typeof standingBenefits)[number]["type"];

/** What a person was enrolled in before anything was written through the API. */
export interface Election {
  type: StandingType;
  /** The first day of coverage; it counts for pay dates after it. */
  from: string;
  configuration: Configuration;
}

export interface Coverage {
  fullTime: boolean;
  tier: Tier;
  medical: MedicalPlan | null;
  dental: boolean;
  vision: boolean;
  /** The members of the family who are covered. */
  covered: FamilyMember[];
  from: string;
  elections: Election[];
}

type Covered = Pick<Person, "last_name" | "marital_status" | "dob" | "employment" | "start_date" | "income">;

const premiums: Record<MedicalPlan | "dental" | "vision", Record<Tier, number>> = {
  ppo: { employee_only: 9_850, employee_spouse: 19_700, employee_children: 18_200, employee_family: 27_600 },
  hdhp: { employee_only: 4_200, employee_spouse: 8_900, employee_children: 8_100, employee_family: 12_700 },
  hmo: { employee_only: 7_100, employee_spouse: 14_600, employee_children: 13_300, employee_family: 20_400 },
  dental: { employee_only: 1_150, employee_spouse: 2_300, employee_children: 2_750, employee_family: 3_900 },
  vision: { employee_only: 325, employee_spouse: 650, employee_children: 715, employee_family: 990 },
};

function tierOf(covered: readonly FamilyMember[]): Tier {
  const partner = covered.some(
    (row) => row.relationship === "spouse" || row.relationship === "domestic_partner",
  );
  const children = covered.length > (partner ? 1 : 0);
  if (partner) return children ? "employee_family" : "employee_spouse";
  return children ? "employee_children" : "employee_only";
}

/** The first of the month after a waiting time of thirty days. */
function coverageStart(startDate: string): string {
  const waited = addDays(startDate, 30);
  return `${addDays(`${waited.slice(0, 7)}-28`, 4).slice(0, 7)}-01`;
}

const configurationOf = (
  type: "fixed" | "percent",
  amount: number,
  companyCents = 0,
  hsaLimit: Configuration["hsaLimit"] = null,
): Configuration => ({
  employeeDeduction: { type, amount },
  companyContribution: companyCents === 0 ? null : { type: "fixed", amount: companyCents },
  annualMaximum: null,
  catchUp: null,
  hsaLimit,
});

type Wanted = [StandingType, Configuration][];

// The smallest 402(g) limit since 2020, in cents; commission comes on top of what a year is said to pay.
const leastDeferralLimit = 1_950_000;
const mostAboveRate = 1.15;

/** How much may be deferred without passing a year's limit, in whole percent as basis points. */
function deferralRoom(income: Person["income"]): number {
  const annual = (income?.amount ?? 0) * (income?.unit === "hourly" ? 2_080 : 1) * mostAboveRate;
  return annual <= 0 ? 0 : Math.floor((leastDeferralLimit * 100) / annual) * 100;
}

function retirement(random: Random, income: Person["income"]): Wanted {
  const wanted: Wanted = [];
  let room = deferralRoom(income);
  const want = (type: StandingType, basisPoints: number) => {
    const chosen = Math.min(basisPoints, room);
    room -= chosen;
    if (chosen > 0) wanted.push([type, configurationOf("percent", chosen)]);
  };
  if (random.chance(0.62)) want("401k", random.pick([300, 400, 500, 600, 800, 1_000]));
  if (random.chance(0.15)) want("401k_roth", random.pick([200, 300, 500]));
  return wanted;
}

function health(random: Random, coverage: Pick<Coverage, "tier" | "medical" | "dental" | "vision">): Wanted {
  const { tier, medical, dental, vision } = coverage;
  const wanted: Wanted = [];
  const premium = (plan: keyof typeof premiums, timesEmployer: number) => {
    const cents = premiums[plan][tier];
    return configurationOf("fixed", cents, cents * timesEmployer);
  };
  if (medical) wanted.push(["s125_medical", premium(medical, 3)]);
  if (dental) wanted.push(["s125_dental", premium("dental", 1)]);
  if (vision) wanted.push(["s125_vision", premium("vision", 0)]);
  if (medical === "hdhp") {
    const limit = tier === "employee_only" ? "individual" : "family";
    wanted.push(["hsa_pre", configurationOf("fixed", random.int(10, 45) * 250, 2_500, limit)]);
  } else if (random.chance(0.15)) {
    wanted.push(["fsa_medical", configurationOf("fixed", random.int(4, 24) * 250)]);
  }
  if (/children|family/.test(tier) && random.chance(0.3))
    wanted.push(["fsa_dependent_care", configurationOf("fixed", random.int(20, 70) * 250)]);
  return wanted;
}

/** What the person at a place of a company is covered by; null for those who are offered nothing. */
export function coverageOf(plan: CompanyPlan, index: number, person: Covered): Coverage | null {
  const subtype = person.employment?.subtype;
  if (!isDay(person.start_date) || (subtype !== "full_time" && subtype !== "part_time")) return null;
  const random = createRandom("coverage", plan.contentKey, index);
  const from = coverageStart(person.start_date);
  const fullTime = subtype === "full_time";
  const medical =
    fullTime && random.chance(0.82) ? random.pick(["ppo", "ppo", "hdhp", "hmo"] as const) : null;
  const family = familyOf(plan, index, person);
  const covered = medical && random.chance(0.75) ? family : [];
  const choice = {
    fullTime,
    tier: tierOf(covered),
    medical,
    dental: fullTime && (covered.length > 0 || random.chance(0.7)),
    vision: fullTime && random.chance(0.55),
  };
  const wanted = [
    ...retirement(random, person.income),
    ...(fullTime ? health(random, choice) : []),
    ...(random.chance(0.1)
      ? ([["commuter", configurationOf("fixed", random.int(10, 30) * 500)]] as Wanted)
      : []),
  ];
  const elections = wanted.map(([type, configuration]) => ({ type, from, configuration }));
  return { ...choice, covered, from, elections };
}
