import { contributionOf, deductionOf, isPreTax } from "@/sandbox/benefits/amounts";
import type { Benefit } from "@/sandbox/benefits/records";
import { availableOf, eligibleOf, put, type Figures } from "@/sandbox/payroll/figures";
import { slot } from "@/sandbox/payroll/lines";
import type { PayProfile } from "@/sandbox/payroll/profile";
import type { Run } from "@/sandbox/payroll/runs";
import { periodsPerYear } from "@/sandbox/payroll/schedule";
import {
  additionalMedicare,
  federalIncomeTax,
  federalUnemploymentRate,
  medicareRate,
  share,
  socialSecurityRate,
  stateTaxes,
  supplementalRate,
  unemploymentBase,
} from "@/sandbox/payroll/taxes";
import { standingBenefits } from "@/sandbox/seed/coverage";

const matchOnly = standingBenefits.map(({ match }): Pick<Benefit, "companyContribution"> => ({
  companyContribution: match,
}));
const preTaxPlaces = standingBenefits.map(({ type }) => isPreTax(type) === true);
const deferralPlaces = standingBenefits.map(({ type }) => type.startsWith("401k"));

/** Writes the standing deductions as `enrolledLines` would for somebody of whom nothing was written. */
export function deductStanding(profile: PayProfile, run: Run, figures: Figures): void {
  if (!run.group) return;
  const eligible = eligibleOf(figures);
  let left = availableOf(figures);
  for (const { place, after, election } of profile.elected) {
    if (run.pay <= after || eligible <= 0) continue;
    const employee = Math.min(deductionOf(election.configuration, eligible), left);
    left -= employee;
    put(figures, slot.deductions + place, employee);
    const benefit = matchOnly[place];
    if (!benefit) continue;
    put(
      figures,
      slot.contributions + place,
      contributionOf(benefit, election.configuration, employee, eligible),
    );
  }
}

/** Writes the deductions that no benefit stands behind. */
export function deductOthers(profile: PayProfile, run: Run, figures: Figures): void {
  if (!run.group || profile.contractor) return;
  const eligible = eligibleOf(figures);
  if (profile.garnishmentCents > 0 && eligible > profile.garnishmentCents * 8) {
    put(figures, slot.garnishment, profile.garnishmentCents);
  }
  if (profile.loanCents > 0 && eligible > profile.loanCents * 8) put(figures, slot.loan, profile.loanCents);
}

/** What comes off before taxes, in cents. Deferrals lower income tax only, the rest social security too. */
export interface PreTax {
  deferred: number;
  other: number;
}

export function preTaxOf(figures: Figures, into: PreTax): PreTax {
  into.deferred = 0;
  into.other = 0;
  for (let place = 0; place < preTaxPlaces.length; place++) {
    const cents = figures[slot.deductions + place] ?? 0;
    if (!preTaxPlaces[place] || cents === 0) continue;
    if (deferralPlaces[place]) into.deferred += cents;
    else into.other += cents;
  }
  return into;
}

/** Wages of the year before a run that social security, Medicare and unemployment taxes have seen, in cents. */
export interface YearSoFar {
  wages: number;
  socialSecurityBase: number;
}

/** Writes the taxes of employee and employer. Contractors have none. */
export function levy(profile: PayProfile, run: Run, figures: Figures, preTax: PreTax, year: YearSoFar): void {
  if (profile.contractor) return;
  const wages = eligibleOf(figures) - preTax.other;
  const taxable = wages - preTax.deferred;
  const state = stateTaxes(profile.state);
  const periods = run.group ? periodsPerYear[run.group.frequency] : 0;
  const federal = run.group
    ? federalIncomeTax(taxable, periods, profile.married)
    : share(taxable, supplementalRate);
  put(figures, slot.federal, federal);
  const based = Math.min(wages, Math.max(0, year.socialSecurityBase - year.wages));
  put(figures, slot.socialSecurity, share(based, socialSecurityRate));
  put(figures, slot.employerSocialSecurity, share(based, socialSecurityRate));
  const high = Math.min(wages, Math.max(0, year.wages + wages - additionalMedicare.threshold));
  put(figures, slot.medicare, share(wages, medicareRate) + share(high, additionalMedicare.rate));
  put(figures, slot.employerMedicare, share(wages, medicareRate));
  if (state.income) put(figures, slot.state, share(taxable, state.income.rate));
  if (state.insurance) put(figures, slot.stateInsurance, share(wages, state.insurance.rate));
  if (state.local) put(figures, slot.local, share(taxable, state.local.rate));
  if (state.localEmployer) put(figures, slot.localEmployer, share(wages, state.localEmployer.rate));
  const insured = Math.min(wages, Math.max(0, unemploymentBase - year.wages));
  put(figures, slot.unemployment, share(insured, federalUnemploymentRate));
  if (state.unemployment) put(figures, slot.stateUnemployment, share(insured, state.unemployment.rate));
}
