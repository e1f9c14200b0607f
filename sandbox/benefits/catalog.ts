import { byPlace } from "@/sandbox/benefits/keys";
import type { Benefit } from "@/sandbox/benefits/records";
import type { World } from "@/sandbox/call";
import type { Connection, Entity } from "@/sandbox/records";
import { standingBenefits, type StandingType } from "@/sandbox/seed/coverage";
import { stableUuid } from "@/sandbox/seed/ids";

type Ids = {
  readonly byType: ReadonlyMap<StandingType, string>;
  readonly byId: ReadonlyMap<string, StandingType>;
};

// Ids are asked for with every payslip line; making one takes longer than the line.
const idsOfEntity = new Map<string, Ids>();
const keptEntities = 500;

function standingIds(connection: Connection, entity: Entity): Ids {
  const key = `${connection.id}/${entity.id}`;
  const known = idsOfEntity.get(key);
  if (known) return known;
  const pairs = standingBenefits.map(({ type }) => [type, stableUuid("benefit", key, type)] as const);
  const ids: Ids = {
    byType: new Map<StandingType, string>(pairs),
    byId: new Map<string, StandingType>(pairs.map(([type, id]) => [id, type])),
  };
  if (idsOfEntity.size >= keptEntities) idsOfEntity.clear();
  idsOfEntity.set(key, ids);
  return ids;
}

/** The id of a deduction that the company had before anything was written. */
export const standingBenefitId = (connection: Connection, entity: Entity, type: StandingType): string =>
  standingIds(connection, entity).byType.get(type) ?? "";

/** The kind of a deduction that was there from the start; undefined for others. */
export const standingTypeOf = (connection: Connection, entity: Entity, id: string) =>
  standingIds(connection, entity).byId.get(id);

function standingBenefit(connection: Connection, entity: Entity, id: string): Benefit | null {
  const type = standingTypeOf(connection, entity, id);
  const standing = standingBenefits.find((row) => row.type === type);
  return standing
    ? {
        id,
        place: -1,
        connectionId: connection.id,
        entityId: entity.id,
        type: standing.type,
        frequency: "every_paycheck",
        description: standing.name,
        companyContribution: standing.match,
        setUp: true,
      }
    : null;
}

/** A deduction of one entity of a connection; null where the id is not one of its own. */
export function findBenefit(
  world: World,
  connection: Connection,
  entity: Entity,
  id: string,
): Benefit | null {
  const written = world.store.benefits.get(id);
  if (!written) return standingBenefit(connection, entity, id);
  return written.connectionId === connection.id && written.entityId === entity.id ? written : null;
}

/** All deductions of an entity: those of the start first, then those that were written, oldest first. */
export function benefitsOf(world: World, connection: Connection, entity: Entity): Benefit[] {
  const ids = [...standingIds(connection, entity).byId.keys()];
  const standing = ids.flatMap((id) => findBenefit(world, connection, entity, id) ?? []);
  const written = byPlace(world.store.benefits.group(connection.id));
  const added = written.filter((row) => row.entityId === entity.id && !ids.includes(row.id));
  return [...standing, ...added];
}
