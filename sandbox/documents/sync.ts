import type { World } from "@/sandbox/call";
import { planOf } from "@/sandbox/company-plan";
import { formsOf } from "@/sandbox/documents/forms";
import { People } from "@/sandbox/people";
import type { Connection, Entity, Job } from "@/sandbox/records";
import { familyOf } from "@/sandbox/seed/family";
import { indexOfIndividual } from "@/sandbox/seed/ids";

const keyOf = (connectionId: string, individualId: string) => `${connectionId}/${individualId}`;

function keepForms(world: World, connection: Connection, entity: Entity, job: Job): boolean {
  const individualId = job.individualId ?? "";
  const person = new People(world, connection, entity, "published").find(individualId);
  if (!person) return false;
  const plan = planOf(world, connection, entity);
  const index = indexOfIndividual(plan.idKey, individualId, plan.size);
  world.store.w4Syncs.set(keyOf(connection.id, individualId), {
    connectionId: connection.id,
    entityId: entity.id,
    individualId,
    syncedAt: job.endsAt,
    forms: formsOf({
      person,
      family: index === null ? [] : familyOf(plan, index, person),
      contentKey: `${plan.contentKey}/${index ?? individualId}`,
      readOn: job.endsAt.slice(0, 10),
    }),
  });
  return true;
}

/** Keeps what a `w4_form_employee_sync` found; people who are gone by its end have nothing. */
export function finishW4Sync(world: World, connection: Connection, job: Job): void {
  connection.entities.some((entity) => keepForms(world, connection, entity, job));
}
