import type { World } from "@/sandbox/call";
import { People } from "@/sandbox/people";
import { wantsChanges, type Published, type SyncWindow } from "@/sandbox/publish";
import type { Connection, Overlay } from "@/sandbox/records";
import type { Person } from "@/sandbox/seed/types";

type PersonKey = keyof Person;

const inDirectory: PersonKey[] = [
  "first_name",
  "middle_name",
  "last_name",
  "manager",
  "department",
  "is_active",
];

const inIndividual: PersonKey[] = [
  "first_name",
  "middle_name",
  "last_name",
  "preferred_name",
  "emails",
  "phone_numbers",
  "gender",
  "ethnicity",
  "marital_status",
  "dob",
  "ssn",
  "encrypted_ssn",
  "residence",
];

const onlyInIndividual = new Set<PersonKey>(inIndividual.slice(3));

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Which of the three endpoints show a person differently. */
function changedParts(before: Person, after: Person): ("directory" | "individual" | "employment")[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<PersonKey>;
  const changed = [...keys].filter((key) => !same(before[key], after[key]));
  return [
    ...(changed.some((key) => inDirectory.includes(key)) ? (["directory"] as const) : []),
    ...(changed.some((key) => inIndividual.includes(key)) ? (["individual"] as const) : []),
    ...(changed.some((key) => !onlyInIndividual.has(key)) ? (["employment"] as const) : []),
  ];
}

function nameChanges(world: World, connection: Connection, individualId: string): Published[] {
  for (const entity of connection.entities) {
    const before = new People(world, connection, entity, "published").find(individualId);
    const after = new People(world, connection, entity, "working").find(individualId);
    if (!before && !after) continue;
    const parts = before && after ? changedParts(before, after) : allParts;
    const verb = before ? (after ? "updated" : "deleted") : "created";
    return parts.map((part) => ({
      entityId: entity.id,
      change: { event: `${part}.${verb}`, individualId } as const,
    }));
  }
  return [];
}

const allParts = ["directory", "individual", "employment"] as const;

/** What a sync has not shown yet. */
const isNew = ({ working, published, removed }: Overlay): boolean =>
  published !== working || removed?.published !== removed?.working;

/** Shows the people that were added, changed or removed through `/sandbox/*`. */
export function publishPeople(world: World, connection: Connection, sync: SyncWindow): Published[] {
  const written = world.store.overlays.group(connection.id).filter(isNew);
  const named = wantsChanges(world, sync)
    ? written.flatMap((row) => nameChanges(world, connection, row.individualId))
    : [];
  for (const row of written) {
    world.store.overlays.set(`${connection.id}/${row.individualId}`, {
      ...row,
      published: row.working,
      ...(row.removed ? { removed: { working: row.removed.working, published: row.removed.working } } : {}),
    });
  }
  return named;
}

/** Shows what was written about the companies of a connection. */
export function publishCompany(world: World, connection: Connection, sync: SyncWindow): Published[] {
  const named: Published[] = [];
  const entities = connection.entities.map((entity) => {
    if (!entity.company || entity.company.published === entity.company.working) return entity;
    const { published, working } = entity.company;
    if (wantsChanges(world, sync) && !same(published, working)) {
      named.push({ entityId: entity.id, change: { event: "company.updated" } });
    }
    return { ...entity, company: { working, published: working } };
  });
  world.store.connections.set(connection.id, { ...connection, entities });
  return named;
}
