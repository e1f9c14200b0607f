import names from "@/sandbox/data/names.json";
import { addDays, isDay } from "@/sandbox/seed/dates";
import { createRandom, type Random } from "@/sandbox/seed/random";
import type { CompanyPlan, Person } from "@/sandbox/seed/types";

export interface FamilyMember {
  relationship: "spouse" | "domestic_partner" | "child" | "stepchild" | "disabled_dependent";
  firstName: string;
  middleName: string | null;
  lastName: string;
  gender: "female" | "male";
  birthDate: string;
}

/** More than a family can have, so that a person and a place in the family make one number. */
export const familySpan = 8;

const yearDays = 365.25;

function memberOf(
  random: Random,
  relationship: FamilyMember["relationship"],
  lastName: string,
  birthDate: string,
): FamilyMember {
  const gender = random.chance(0.5) ? "female" : "male";
  return {
    relationship,
    firstName: random.pick(names[gender]),
    middleName: random.chance(0.3) ? random.pick(names.middle) : null,
    lastName: random.chance(0.9) ? lastName : random.pick(names.last),
    gender,
    birthDate,
  };
}

/** The family of the person at a place of a company: a partner first, then children, oldest first. */
export function familyOf(
  plan: CompanyPlan,
  index: number,
  person: Pick<Person, "last_name" | "marital_status" | "dob">,
): FamilyMember[] {
  const random = createRandom("family", plan.contentKey, index);
  const family: FamilyMember[] = [];
  const lastName = person.last_name ?? "Doe";
  const born = isDay(person.dob) ? person.dob : addDays(plan.asOf, -Math.round(38 * yearDays));
  const status = person.marital_status;
  if (status === "married" || status === "domestic_partner") {
    const partnerBorn = addDays(born, random.int(-1_500, 1_500));
    family.push(memberOf(random, status === "married" ? "spouse" : status, lastName, partnerBorn));
  }
  const youngest = addDays(plan.asOf, -60);
  let childBorn = addDays(born, random.int(25, 34) * 365);
  for (let left = random.pick([0, 0, 1, 1, 2, 3]); left > 0 && childBorn < youngest; left--) {
    const adult = childBorn < addDays(plan.asOf, -Math.round(26 * yearDays));
    // From 26 on, only children who cannot provide for themselves stay covered.
    if (!adult || random.chance(0.1)) {
      const relationship = adult ? "disabled_dependent" : random.chance(0.1) ? "stepchild" : "child";
      family.push(memberOf(random, relationship, lastName, childBorn));
    }
    childBorn = addDays(childBorn, random.int(400, 1_400));
  }
  return family;
}
