import type { World } from "@/sandbox/call";
import type { Connection, Entity } from "@/sandbox/records";
import type { CompanyPlan } from "@/sandbox/seed/types";

/** What the data of one entity of a connection is generated from. */
export function planOf(world: World, connection: Connection, entity: Entity): CompanyPlan {
  const content = connection.customerId ?? `connection ${connection.ordinal}`;
  const place = connection.entities.findIndex((candidate) => candidate.id === entity.id);
  return {
    contentKey: [world.store.seed, connection.clientId, content, place].join("/"),
    idKey: `${connection.id}/${entity.id}`,
    size: entity.size ?? connection.employeeSize,
    asOf: connection.asOf,
    legalName: entity.name ?? connection.legalName,
    seed: world.store.seed,
  };
}
