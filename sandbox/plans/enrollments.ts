import { codeOfEnrollment, dependentId, enrollmentId, planId } from "@/sandbox/plans/ids";
import { isDay } from "@/sandbox/seed/dates";
import type { Coverage } from "@/sandbox/seed/coverage";
import { offers, offerSpan, paymentFor, placesHeld, type Offer } from "@/sandbox/seed/offers";
import { coveredAt, rollOf } from "@/sandbox/seed/roll";
import type { CompanyPlan, Person } from "@/sandbox/seed/types";

type Money = { amount: number | null; currency: string | null };

/** Somebody's enrollment in a plan as Finch answers it; the SDK has no such type. */
export interface PlanEnrollment {
  id: string;
  individual_id: string;
  plan_id: string;
  coverage_tier: string | null;
  coverage_start_date: string | null;
  coverage_end_date: string | null;
  contributions: {
    frequency: string;
    employee_contribution: Money | null;
    employer_contribution: Money;
  } | null;
  dependent_ids: string[] | null;
  status: string | null;
}

/** What enrollments are seen with: the day of the last sync, and people as it showed them. */
export interface PlansView {
  plan: CompanyPlan;
  today: string;
  find: (individualId: string) => Person | null;
}

/** The last day of a date's month: coverage goes on until then. */
function endOfMonth(day: string): string {
  const end = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0));
  return end.toISOString().slice(0, 10);
}

function contributionsOf(coverage: Coverage, offer: Offer): PlanEnrollment["contributions"] {
  const paid = paymentFor(coverage, offer);
  if (!paid) return null;
  const company = paid.companyContribution;
  const fixed = (part: { type: string; amount?: number } | null): Money => ({
    amount: part?.type === "fixed" ? (part.amount ?? 0) : 0,
    currency: "usd",
  });
  return {
    frequency: "per_pay_period",
    employee_contribution: fixed(paid.employeeDeduction),
    employer_contribution: fixed(company),
  };
}

function toEnrollment(
  view: PlansView,
  index: number,
  place: number,
  generated: Person,
  coverage: Coverage,
): PlanEnrollment | null {
  const { plan, today } = view;
  const offer = offers[place];
  if (!offer) return null;
  const person = view.find(generated.id) ?? generated;
  const renewed = `${today.slice(0, 4)}-01-01`;
  const start = coverage.from > renewed || offer.paidBy === null ? coverage.from : renewed;
  const end = isDay(person.end_date) ? endOfMonth(person.end_date) : null;
  const isOn = start <= today && (end === null || end >= today);
  return {
    id: enrollmentId(plan, index, place),
    individual_id: person.id,
    plan_id: planId(plan, offer.key),
    coverage_tier: offer.forFamilies ? coverage.tier : "employee_only",
    coverage_start_date: end !== null && end < start ? coverage.from : start,
    coverage_end_date: end,
    contributions: contributionsOf(coverage, offer),
    dependent_ids: offer.forFamilies
      ? coverage.covered.map((_, member) => dependentId(plan, index, member))
      : [],
    status: isOn ? "active" : "inactive",
  };
}

function enrollmentAt(view: PlansView, code: number): PlanEnrollment | null {
  const [index, place] = [Math.floor(code / offerSpan), code % offerSpan];
  const { person, coverage } = coveredAt(view.plan, index);
  if (!coverage || !placesHeld(coverage).includes(place)) return null;
  return toEnrollment(view, index, place, person, coverage);
}

/** A page of all enrollments of a company, by person. */
export function pageOfEnrollments(view: PlansView, offset: number, limit: number) {
  const codes = rollOf(view.plan).enrollments;
  const page = codes.slice(offset, offset + limit).flatMap((code) => enrollmentAt(view, code) ?? []);
  return { count: codes.length, page };
}

/** One enrollment; the id itself says whose it is. */
export function findEnrollment(view: PlansView, id: string): PlanEnrollment | null {
  const code = codeOfEnrollment(view.plan, id);
  return code === null ? null : enrollmentAt(view, code);
}
