import type { Configuration } from "@/sandbox/benefits/records";
import { emailDomain, officesOf } from "@/sandbox/seed/company";
import { coverageOf, type Election, type StandingType } from "@/sandbox/seed/coverage";
import { generatePerson } from "@/sandbox/seed/people";
import type { CompanyPlan } from "@/sandbox/seed/types";

/** Who has a kind of deduction from the start: places in the company, and what was agreed there. */
interface Holders {
  places: number[];
  configurations: Configuration[];
}

type Roll = ReadonlyMap<StandingType, Holders>;

const rolls = new Map<string, Roll>();
const keptRolls = 8;
const nobody: Holders = { places: [], configurations: [] };

/** What the generated person at a place chose, and when the job ended, if it has. */
export function standingAt(
  plan: CompanyPlan,
  index: number,
): { elections: Election[]; endDate: string | null } {
  const person = generatePerson(plan, index);
  return { elections: coverageOf(plan, index, person)?.elections ?? [], endDate: person.end_date };
}

function makeRoll(plan: CompanyPlan): Roll {
  const shared = { ...plan, domain: emailDomain(plan.legalName), offices: officesOf(plan) };
  const roll = new Map<StandingType, Holders>();
  for (let index = 0; index < plan.size; index++) {
    const { elections, endDate } = standingAt(shared, index);
    if (endDate !== null) continue;
    for (const { type, configuration } of elections) {
      const holders = roll.get(type) ?? { places: [], configurations: [] };
      holders.places.push(index);
      holders.configurations.push(configuration);
      roll.set(type, holders);
    }
  }
  return roll;
}

/** Everybody who holds a deduction from the start and still works there, in the directory's order. */
export function holdersOf(plan: CompanyPlan, type: StandingType): Holders {
  const key = [plan.contentKey, plan.idKey, plan.size, plan.asOf].join("\u0000");
  let roll = rolls.get(key);
  if (!roll) {
    roll = makeRoll(plan);
    const oldest = rolls.size >= keptRolls ? rolls.keys().next().value : undefined;
    if (oldest !== undefined) rolls.delete(oldest);
    rolls.set(key, roll);
  }
  return roll.get(type) ?? nobody;
}
