import type { Benefit, BenefitType, Configuration, Tier } from "@/sandbox/benefits/records";

const wholeBasisPoints = 10_000;

const share = (cents: number, basisPoints: number) => Math.round((cents * basisPoints) / wholeBasisPoints);

/**
 * What an employer adds by tiers, in cents. Thresholds are shares of gross pay and count from
 * zero, so each tier matches what lies between the threshold below and its own, in any order given.
 */
export function matchOf(tiers: readonly Tier[], employeeCents: number, grossCents: number): number {
  let below = 0;
  let total = 0;
  for (const tier of [...tiers].sort((a, b) => a.threshold - b.threshold || b.match - a.match)) {
    const upTo = Math.min(employeeCents, share(grossCents, tier.threshold));
    total += share(Math.max(0, upTo - below), tier.match);
    below = Math.max(below, upTo);
  }
  return total;
}

/** What an employee gives of one pay before any maximum, in cents. */
export function deductionOf(configuration: Configuration, grossCents: number): number {
  const deduction = configuration.employeeDeduction;
  if (!deduction) return 0;
  return deduction.type === "fixed" ? deduction.amount : share(grossCents, deduction.amount);
}

/** What the employer gives to one pay, in cents: the person's own agreement, else the company's match. */
export function contributionOf(
  benefit: Pick<Benefit, "companyContribution">,
  configuration: Configuration,
  employeeCents: number,
  grossCents: number,
): number {
  const contribution = configuration.companyContribution;
  if (contribution?.type === "tiered") return matchOf(contribution.tiers, employeeCents, grossCents);
  if (contribution?.type === "fixed") return contribution.amount;
  if (contribution) return share(grossCents, contribution.amount);
  return benefit.companyContribution
    ? matchOf(benefit.companyContribution.tiers, employeeCents, grossCents)
    : 0;
}

const postTax: readonly BenefitType[] = [
  "401k_roth",
  "403b_roth",
  "457_roth",
  "401k_loan",
  "hsa_post",
  "custom_post_tax",
];

/** Whether a deduction comes off before taxes; unknown where the type is. */
export const isPreTax = (type: BenefitType | null): boolean | null =>
  type === null ? null : !postTax.includes(type);

const catchUpCents = {
  deferral: { 2020: 650_000, 2021: 650_000, 2022: 650_000, 2023: 750_000, 2024: 750_000, 2025: 750_000 },
  simple: { 2020: 300_000, 2021: 300_000, 2022: 300_000, 2023: 350_000, 2024: 350_000, 2025: 350_000 },
} as const satisfies Record<string, Record<number, number>>;
const latestCatchUp = { deferral: 800_000, simple: 400_000 };

/**
 * How much more than the annual maximum a person with catch-up may give in the year of a pay date.
 * Ages are those reached by 31 December; without a birth date nobody is old enough.
 * Source: IRS, cost-of-living tables of 2020 to 2026.
 */
export function catchUpOf(type: BenefitType | null, birthDate: string | null, payDate: string): number {
  const year = Number(payDate.slice(0, 4));
  const age = birthDate === null ? 0 : year - Number(birthDate.slice(0, 4));
  if (type === "hsa_pre" || type === "hsa_post") return age >= 55 ? 100_000 : 0;
  if (age < 50 || type === null) return 0;
  const kind = type === "simple" || type === "simple_ira" ? "simple" : "deferral";
  const older = age >= 60 && age <= 63 && year >= 2025;
  if (older) return kind === "simple" ? 525_000 : 1_125_000;
  const known: Record<number, number> = catchUpCents[kind];
  return known[year] ?? latestCatchUp[kind];
}
