import { familySpan } from "@/sandbox/seed/family";
import { placedUuid, placeOfUuid, stableUuid } from "@/sandbox/seed/ids";
import { offerSpan } from "@/sandbox/seed/offers";
import type { CompanyPlan } from "@/sandbox/seed/types";

export const planId = (plan: CompanyPlan, offerKey: string): string =>
  stableUuid("benefit plan", plan.idKey, offerKey);

/** Carriers are Finch's, not an employer's: one has the same id everywhere. */
export const carrierId = (name: string): string => stableUuid("carrier", name);

export const enrollmentId = (plan: CompanyPlan, person: number, place: number): string =>
  placedUuid("plan enrollment", plan.idKey, person * offerSpan + place);

/** Person times `offerSpan` plus the place of the offer; null for an id that is none. */
export const codeOfEnrollment = (plan: CompanyPlan, id: string): number | null =>
  placeOfUuid("plan enrollment", plan.idKey, id, plan.size * offerSpan);

export const dependentId = (plan: CompanyPlan, person: number, member: number): string =>
  placedUuid("dependent", plan.idKey, person * familySpan + member);

/** Person times `familySpan` plus the place in the family; null for an id that is none. */
export const codeOfDependent = (plan: CompanyPlan, id: string): number | null =>
  placeOfUuid("dependent", plan.idKey, id, plan.size * familySpan);
