import names from "@/sandbox/data/names.json";
import places from "@/sandbox/data/places.json";
import seeds from "@/sandbox/data/seeds.json";
import { emailDomain } from "@/sandbox/seed/company";
import { addDays } from "@/sandbox/seed/dates";
import { generateEmployment } from "@/sandbox/seed/employment";
import { individualId } from "@/sandbox/seed/ids";
import { createRandom, type Random } from "@/sandbox/seed/random";
import type { CompanyPlan, Contact, Person, Place } from "@/sandbox/seed/types";

const ethnicities = [
  "asian",
  "white",
  "white",
  "black_or_african_american",
  "hispanic_or_latino",
  "two_or_more_races",
  "decline_to_specify",
  null,
] as const;
const maritalStatuses = [
  "single",
  "married",
  "married",
  "divorced",
  "domestic_partner",
  "unknown",
  null,
] as const;
const preferredNames: Record<string, string> = names.preferred;
const namedSeeds: Record<string, { people: { index: number; values: object }[] }> = seeds;

type Named = Pick<Person, "first_name" | "middle_name" | "last_name" | "preferred_name" | "gender">;

function nameOf(random: Random, index: number): Named {
  // The eleventh of each twenty has a name beyond ASCII, so that the default company has one too.
  if (index % 20 === 11) {
    const person = random.pick(names.unicode);
    const gender = person.gender === "female" ? "female" : "male";
    return {
      first_name: person.first,
      middle_name: null,
      last_name: person.last,
      preferred_name: null,
      gender,
    };
  }
  const gender = random.chance(0.5) ? "female" : "male";
  const first = random.pick(names[gender]);
  const last = random.chance(0.06)
    ? `${random.pick(names.last)}-${random.pick(names.last)}`
    : random.pick(names.last);
  return {
    first_name: first,
    middle_name: random.chance(0.4) ? random.pick(names.middle) : null,
    last_name: last,
    preferred_name: random.chance(0.5) ? (preferredNames[first] ?? null) : null,
    gender: random.chance(0.04) ? random.pick(["other", "decline_to_specify", null]) : gender,
  };
}

/** A mail address in plain ASCII; names that have none become their number. */
function mailName(name: Named, index: number): string {
  const plain = `${name.first_name}.${name.last_name}`
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z.-]/g, "");
  const base = /^[a-z-]+\.[a-z-]+$/.test(plain) ? plain : `person.${index + 1}`;
  return index < 40 ? base : `${base}${index}`;
}

function contactsOf(random: Random, name: Named, plan: CompanyPlan, index: number, area: string) {
  const local = mailName(name, index);
  const emails: Contact[] = [
    { data: `${local}@${plan.domain ?? emailDomain(plan.legalName)}`, type: "work" },
  ];
  if (random.chance(0.7)) emails.push({ data: `${local}@mail.example`, type: "personal" });
  // 555-0100 to 555-0199 are reserved for fiction.
  const phone = (): Contact => ({
    data: `+1${area}55501${random.digits(2)}`,
    type: random.pick(["personal", "work"]),
  });
  return { emails, phone_numbers: random.chance(0.9) ? [phone()] : [] };
}

function homeOf(random: Random): { residence: Place; area: string } {
  const { area, ...city } = random.pick(places.cities);
  const line2 = random.chance(0.3) ? `Apt ${random.int(1, 40)}` : null;
  return {
    area,
    residence: {
      line1: `${random.int(10, 990)} ${random.pick(places.streets)}`,
      line2,
      ...city,
      country: "US",
    },
  };
}

/**
 * A number the Social Security Administration never issues: area 900 to 999, and a group
 * outside those of taxpayer numbers (50 to 65, 70 to 88, 90 to 92, 94 to 99).
 */
export function neverIssuedSsn(random: Random): string {
  return `9${random.digits(2)}${String(random.int(1, 49)).padStart(2, "0")}${String(random.int(1, 9999)).padStart(4, "0")}`;
}

/** The person at a place of a company. Same plan and place, same person, in any order and process. */
export function generatePerson(plan: CompanyPlan, index: number): Person {
  const random = createRandom("person", plan.contentKey, index);
  const name = nameOf(random, index);
  const { residence, area } = homeOf(random);
  const person: Person = {
    id: individualId(plan.idKey, index),
    ...name,
    ...contactsOf(random, name, plan, index, area),
    ethnicity: random.pick(ethnicities),
    marital_status: random.pick(maritalStatuses),
    dob: random.chance(0.03) ? null : addDays(plan.asOf, -random.int((index <= 8 ? 34 : 20) * 365, 62 * 365)),
    ssn: neverIssuedSsn(random),
    encrypted_ssn: null,
    residence,
    ...generateEmployment(plan, index, createRandom("employment", plan.contentKey, index)),
  };
  // A seed is any text: "valueOf" is no named one.
  const named = Object.hasOwn(namedSeeds, plan.seed) ? namedSeeds[plan.seed] : undefined;
  const override = named?.people.find((entry) => entry.index === index);
  return override ? { ...person, ...override.values } : person;
}
