import { codeOfDependent, dependentId, enrollmentId } from "@/sandbox/plans/ids";
import type { Coverage } from "@/sandbox/seed/coverage";
import { familySpan, type FamilyMember } from "@/sandbox/seed/family";
import { offers, placesHeld, type PlanType } from "@/sandbox/seed/offers";
import { neverIssuedSsn } from "@/sandbox/seed/people";
import { createRandom } from "@/sandbox/seed/random";
import { coveredAt, rollOf } from "@/sandbox/seed/roll";
import type { CompanyPlan } from "@/sandbox/seed/types";

/** A member of somebody's family as Finch answers it; the SDK has no such type. */
export interface Dependent {
  dependent_id: string;
  first_name: string;
  last_name: string;
  middle_name: string | null;
  ssn: string | null;
  date_of_birth: string | null;
  gender: "female" | "male" | "other" | "decline_to_specify" | null;
  coverage: {
    individual_id: string;
    relationship_to_individual: FamilyMember["relationship"];
    enrollments: { id: string; type: PlanType | null }[];
  }[];
}

function toDependent(
  plan: CompanyPlan,
  place: { index: number; member: number },
  owner: { individualId: string; coverage: Coverage },
  withSsn: boolean,
): Dependent | null {
  const { index, member } = place;
  const relative = owner.coverage.covered[member];
  if (!relative) return null;
  const random = createRandom("dependent", plan.contentKey, index, member);
  // Some parents have not handed the number in.
  const ssn = random.chance(0.08) ? null : neverIssuedSsn(random);
  const covering = placesHeld(owner.coverage).filter((at) => offers[at]?.forFamilies);
  const enrollments = covering.map((at) => ({
    id: enrollmentId(plan, index, at),
    type: offers[at]?.type ?? null,
  }));
  return {
    dependent_id: dependentId(plan, index, member),
    first_name: relative.firstName,
    last_name: relative.lastName,
    middle_name: relative.middleName,
    ssn: withSsn ? ssn : null,
    date_of_birth: relative.birthDate,
    gender: relative.gender,
    coverage: [
      {
        individual_id: owner.individualId,
        relationship_to_individual: relative.relationship,
        enrollments,
      },
    ],
  };
}

function dependentAt(plan: CompanyPlan, code: number, withSsn: boolean): Dependent | null {
  const place = { index: Math.floor(code / familySpan), member: code % familySpan };
  const { person, coverage } = coveredAt(plan, place.index);
  return coverage && toDependent(plan, place, { individualId: person.id, coverage }, withSsn);
}

/** A page of everybody's covered family members. */
export function pageOfDependents(plan: CompanyPlan, offset: number, limit: number, withSsn: boolean) {
  const codes = rollOf(plan).dependents;
  const page = codes.slice(offset, offset + limit).flatMap((code) => dependentAt(plan, code, withSsn) ?? []);
  return { count: codes.length, page };
}

/** One dependent; the id itself says whose it is. */
export function findDependent(plan: CompanyPlan, id: string, withSsn: boolean): Dependent | null {
  const code = codeOfDependent(plan, id);
  return code === null ? null : dependentAt(plan, code, withSsn);
}
