import type { Configuration } from "@/sandbox/benefits/records";
import { emailDomain, officesOf } from "@/sandbox/seed/company";
import { coverageOf, type Coverage, type StandingType } from "@/sandbox/seed/coverage";
import { familySpan } from "@/sandbox/seed/family";
import { offerSpan, placesHeld } from "@/sandbox/seed/offers";
import { generatePerson } from "@/sandbox/seed/people";
import type { CompanyPlan, Person } from "@/sandbox/seed/types";

/** Who has a kind of deduction: places in the company, and what was agreed there. */
export interface Holders {
  places: number[];
  configurations: Configuration[];
}

/** Who is covered by what in a whole company, in the directory's order. */
export interface Roll {
  /** Those who still work there. */
  holders: ReadonlyMap<StandingType, Holders>;
  /** Person times `offerSpan`, plus the place of an offer. */
  enrollments: readonly number[];
  /** Person times `familySpan`, plus the place of a member of the family. */
  dependents: readonly number[];
}

const rolls = new Map<string, Roll>();
const keptRolls = 8;

/** The generated person at a place, with its coverage. */
export function coveredAt(plan: CompanyPlan, index: number): { person: Person; coverage: Coverage | null } {
  const person = generatePerson(plan, index);
  return { person, coverage: coverageOf(plan, index, person) };
}

function makeRoll(plan: CompanyPlan): Roll {
  const shared = { ...plan, domain: emailDomain(plan.legalName), offices: officesOf(plan) };
  const holders = new Map<StandingType, Holders>();
  const enrollments: number[] = [];
  const dependents: number[] = [];
  for (let index = 0; index < plan.size; index++) {
    const { person, coverage } = coveredAt(shared, index);
    if (!coverage) continue;
    for (const place of placesHeld(coverage)) enrollments.push(index * offerSpan + place);
    for (let member = 0; member < coverage.covered.length; member++)
      dependents.push(index * familySpan + member);
    if (person.end_date !== null) continue;
    for (const { type, configuration } of coverage.elections) {
      const held = holders.get(type) ?? { places: [], configurations: [] };
      held.places.push(index);
      held.configurations.push(configuration);
      holders.set(type, held);
    }
  }
  return { holders, enrollments, dependents };
}

/** The roll of a company, made once: going through 25,000 people takes longer than an answer may. */
export function rollOf(plan: CompanyPlan): Roll {
  const key = [plan.contentKey, plan.idKey, plan.size, plan.asOf, plan.legalName].join("\u0000");
  const known = rolls.get(key);
  if (known) return known;
  const roll = makeRoll(plan);
  const oldest = rolls.size >= keptRolls ? rolls.keys().next().value : undefined;
  if (oldest !== undefined) rolls.delete(oldest);
  rolls.set(key, roll);
  return roll;
}
