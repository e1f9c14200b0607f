import type { World } from "@/sandbox/call";
import { planOf } from "@/sandbox/company-plan";
import { payKeys, type PayFacts } from "@/sandbox/payroll/profile";
import type { PayVersions } from "@/sandbox/payroll/records";
import type { Connection, Entity, Overlay } from "@/sandbox/records";
import { indexOfIndividual } from "@/sandbox/seed/ids";
import { generatePerson } from "@/sandbox/seed/people";
import type { Person } from "@/sandbox/seed/types";

const unknownFacts: PayFacts = {
  employment: { type: "employee", subtype: "full_time" },
  start_date: null,
  end_date: null,
  latest_rehire_date: null,
  is_active: true,
  employment_status: "active",
  income: null,
  income_history: null,
};

export const factsOf = (person: Partial<Person>): PayFacts => {
  const facts = { ...unknownFacts };
  for (const key of payKeys) if (person[key] !== undefined) Object.assign(facts, { [key]: person[key] });
  return facts;
};

const same = (a: PayFacts, b: PayFacts): boolean =>
  payKeys.every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));

const versionsKey = (connection: Connection, individualId: string) => `${connection.id}/${individualId}`;

export const versionsOf = (
  world: World,
  connection: Connection,
  individualId: string,
): PayVersions | undefined => world.store.payVersions.get(versionsKey(connection, individualId));

/** The person as generated, with their place; null for people who were added. */
export function generatedOf(world: World, connection: Connection, entity: Entity, individualId: string) {
  const plan = planOf(world, connection, entity);
  const index = indexOfIndividual(plan.idKey, individualId, plan.size);
  return index === null ? null : { index, person: generatePerson(plan, index) };
}

/** Adds a state of pay. One of the same day replaces the one before. */
export function addVersion(
  world: World,
  { connection, entity }: { connection: Connection; entity: Entity },
  individualId: string,
  version: { after: string | null; facts: PayFacts; added: number | null },
): void {
  const { after, facts, added } = version;
  const known = versionsOf(world, connection, individualId);
  const earlier = (known?.versions ?? []).filter(
    (row) => row.after !== null && after !== null && row.after < after,
  );
  const fromStart = (known?.versions ?? []).filter((row) => row.after === null && after !== null);
  world.store.payVersions.set(versionsKey(connection, individualId), {
    connectionId: connection.id,
    entityId: entity.id,
    individualId,
    added: known?.added ?? added,
    versions: [...fromStart, ...earlier, { after, facts }],
  });
}

function entityOf(connection: Connection, world: World, row: Overlay): Entity | undefined {
  if (row.added === null) {
    return connection.entities.find((entity) => generatedOf(world, connection, entity, row.individualId));
  }
  return connection.entities.find((entity) => entity.id === row.entityId) ?? connection.entities[0];
}

/**
 * Notes what was written about people's pay: it counts from the next payment on. Before the first
 * sync (`after` null) it counts as if it had always been so.
 * @returns who is paid differently from now on
 */
export function recordVersions(
  world: World,
  connection: Connection,
  after: string | null,
): { entityId: string; individualId: string }[] {
  const changed: { entityId: string; individualId: string }[] = [];
  for (const row of world.store.overlays.group(connection.id)) {
    const { individualId, added } = row;
    const known = versionsOf(world, connection, individualId);
    if (added === null && !known && !payKeys.some((key) => key in row.working)) continue;
    const entity = entityOf(connection, world, row);
    if (!entity) continue;
    const generated = generatedOf(world, connection, entity, individualId)?.person;
    const facts = factsOf({ ...generated, ...row.working });
    const before = known?.versions.at(-1)?.facts ?? (generated ? factsOf(generated) : null);
    if (before && same(before, facts)) continue;
    addVersion(world, { connection, entity }, individualId, { after, facts, added });
    changed.push({ entityId: entity.id, individualId });
  }
  return changed;
}
