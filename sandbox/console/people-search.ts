import type { World } from "@/sandbox/call";
import { planOf } from "@/sandbox/company-plan";
import { People } from "@/sandbox/people";
import type { Connection, Entity } from "@/sandbox/records";
import { emailDomain, officesOf } from "@/sandbox/seed/company";
import { indexOfIndividual, individualId } from "@/sandbox/seed/ids";
import { generatePerson } from "@/sandbox/seed/people";
import type { CompanyPlan, Person } from "@/sandbox/seed/types";

/** What is searched: who, and what they do. */
const textOf = (person: Person): string =>
  [
    person.first_name,
    person.preferred_name,
    person.last_name,
    person.title,
    person.department?.name,
    person.emails?.[0]?.data,
    person.employment_status,
    person.id,
  ]
    .filter(Boolean)
    .join(" ")
    .toLowerCase();

const keptCompanies = 3;
/** So many people are read before others may go on: Finch's operations are answered meanwhile. */
const peoplePerTurn = 200;
const indexes = new Map<string, Promise<string[]>>();

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

async function readTexts(plan: CompanyPlan): Promise<string[]> {
  const shared = { ...plan, domain: emailDomain(plan.legalName), offices: officesOf(plan) };
  const texts: string[] = [];
  for (let index = 0; index < plan.size; index++) {
    texts.push(textOf(generatePerson(shared, index)));
    if (index % peoplePerTurn === peoplePerTurn - 1) await turn();
  }
  return texts;
}

/** The texts of all generated people of an entity; those of the last few companies are kept. */
function textsOf(plan: CompanyPlan): Promise<string[]> {
  const key = JSON.stringify(plan);
  const kept = indexes.get(key) ?? readTexts(plan);
  indexes.delete(key);
  indexes.set(key, kept);
  for (const old of [...indexes.keys()].slice(0, -keptCompanies)) indexes.delete(old);
  return kept;
}

export interface FoundPeople {
  total: number;
  page: Person[];
}

/** A page of the people of an entity as they are at the provider, of all or of those that a search finds. */
export async function findPeople(
  world: World,
  connection: Connection,
  entity: Entity,
  wanted: { search: string; offset: number; limit: number },
): Promise<FoundPeople> {
  const people = new People(world, connection, entity, "working");
  const { offset, limit } = wanted;
  const words = wanted.search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return { total: people.count, page: people.page(offset, limit) };
  const known = people.find(wanted.search.trim());
  if (known) return { total: 1, page: offset === 0 ? [known] : [] };
  const fits = (text: string) => words.every((word) => text.includes(word));
  const plan = planOf(world, connection, entity);
  const texts = await textsOf(plan);
  // What was written about somebody may fit where what was generated does not, and the other way round.
  const written = world.store.overlays.group(connection.id).map((row) => row.individualId);
  const rewritten = new Set(written.map((id) => indexOfIndividual(plan.idKey, id, plan.size)));
  const places = texts.flatMap((text, place) => (fits(text) && !rewritten.has(place) ? [place] : []));
  const others = written.flatMap((id) => people.find(id) ?? []).filter((person) => fits(textOf(person)));
  const ids = places.slice(offset, offset + limit).map((place) => individualId(plan.idKey, place));
  const generated = ids.flatMap((id) => people.find(id) ?? []);
  const first = Math.max(0, offset - places.length);
  return {
    total: places.length + others.length,
    page: [...generated, ...others.slice(first, first + limit - generated.length)],
  };
}
