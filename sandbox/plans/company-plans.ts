import { carrierId, planId } from "@/sandbox/plans/ids";
import type { CompanyPlan } from "@/sandbox/seed/types";
import { offers, type Offer } from "@/sandbox/seed/offers";

export const coverageTiers = [
  "employee_only",
  "employee_spouse",
  "employee_children",
  "employee_family",
] as const;

/** A benefit plan as Finch answers it; the SDK has no such type. */
export interface Plan {
  id: string;
  name: string;
  type: Offer["type"] | null;
  description: string | null;
  network_type: Offer["network"];
  carrier: { id: string | null; name: string | null } | null;
  start_date: string;
  end_date: string | null;
  coverage_tiers: string[] | null;
  deduction_codes: string[] | null;
}

const codeOf = (offer: Offer) =>
  offer.key.toUpperCase().replaceAll("DEPENDENT-CARE", "DC").replaceAll("MEDICAL", "MED");

/** Plans are renewed every January; insurance that the employer alone pays goes on until it is ended. */
function toPlan(plan: CompanyPlan, offer: Offer, year: string): Plan {
  const isOpenEnded = offer.paidBy === null;
  return {
    id: planId(plan, offer.key),
    name: offer.name,
    type: offer.type,
    description: offer.about,
    network_type: offer.network,
    carrier: { id: carrierId(offer.carrier), name: offer.carrier },
    start_date: `${isOpenEnded ? plan.asOf.slice(0, 4) : year}-01-01`,
    end_date: isOpenEnded ? null : `${year}-12-31`,
    coverage_tiers: offer.forFamilies ? [...coverageTiers] : ["employee_only"],
    deduction_codes: offer.paidBy === null ? [] : [`${codeOf(offer)}-EE`, `${codeOf(offer)}-ER`],
  };
}

/** The plans that a company offers in a year. */
export const plansOf = (plan: CompanyPlan, year: string): Plan[] =>
  offers.map((offer) => toPlan(plan, offer, year));
