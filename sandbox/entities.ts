import type { World } from "@/sandbox/call";
import type { Connection, Entity } from "@/sandbox/records";
import { stableUuid } from "@/sandbox/seed/ids";

/** One of several employers that a connection stands for. */
export interface NewEntity {
  name: string;
  /** How many people it has. */
  people: number;
  sourceId?: string | null;
}

/** The entities of a new connection. The first one's id does not depend on how many there are. */
export function toEntities(
  parts: readonly (string | number)[],
  legalName: string,
  wanted: readonly NewEntity[],
): Entity[] {
  const first = stableUuid("entity", ...parts);
  if (wanted.length === 0) return [{ id: first, name: legalName, sourceId: null }];
  return wanted.map(({ name, people, sourceId }, place) => ({
    id: place === 0 ? first : stableUuid("entity", ...parts, place),
    name,
    sourceId: sourceId ?? String(1001 + place),
    size: people,
  }));
}

/** The entities that still share data. */
export const openEntities = (connection: Connection): Entity[] =>
  connection.entities.filter((entity) => entity.status !== "disconnected");

/** Each entity is a company with an id of its own; the first has the connection's. */
export const companyIdOf = (connection: Connection, entity: Entity): string =>
  connection.entities[0]?.id === entity.id ? connection.companyId : stableUuid("company", entity.id);

/** Changes one entity of a connection. */
export function changeEntity(
  world: World,
  connection: Connection,
  entityId: string,
  change: Partial<Entity>,
): Connection {
  const entities = connection.entities.map((row) => (row.id === entityId ? { ...row, ...change } : row));
  return world.store.connections.set(connection.id, { ...connection, entities });
}
