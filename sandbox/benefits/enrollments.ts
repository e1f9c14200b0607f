import { findBenefit, standingBenefitId, standingTypeOf } from "@/sandbox/benefits/catalog";
import { enrollmentKey, personKey } from "@/sandbox/benefits/keys";
import type { Benefit, Configuration, Enrollment, EnrollmentVersion } from "@/sandbox/benefits/records";
import type { World } from "@/sandbox/call";
import { planOf } from "@/sandbox/company-plan";
import type { Connection, Entity } from "@/sandbox/records";
import type { Election } from "@/sandbox/seed/coverage";
import { indexOfIndividual, individualId as individualIdAt } from "@/sandbox/seed/ids";
import { coveredAt, rollOf } from "@/sandbox/seed/roll";

const electionVersion = (election: Election): EnrollmentVersion => ({
  recordedAt: `${election.from}T00:00:00.000Z`,
  effectiveDate: null,
  configuration: election.configuration,
});

/**
 * Everything that a person is or was enrolled in, oldest enrollment first: what the seed chose,
 * with the states that the API wrote on top, then what the API added.
 */
export function enrollmentsOfPerson(
  world: World,
  connection: Connection,
  entity: Entity,
  individualId: string,
  elections: readonly Election[],
): { enrollment: Enrollment; benefit: Benefit }[] {
  const person = { connectionId: connection.id, entityId: entity.id, individualId };
  const written = world.store.enrollments.group(personKey(person));
  const enrollments = elections.map((election): Enrollment => {
    const benefitId = standingBenefitId(connection, entity, election.type);
    const later = written.find((row) => row.benefitId === benefitId)?.versions ?? [];
    return { ...person, benefitId, versions: [electionVersion(election), ...later] };
  });
  const standing = new Set(enrollments.map((row) => row.benefitId));
  const startOf = (row: Enrollment) => row.versions[0]?.recordedAt ?? "";
  const added = written.filter((row) => !standing.has(row.benefitId));
  added.sort((a, b) => startOf(a).localeCompare(startOf(b)) || a.benefitId.localeCompare(b.benefitId));
  enrollments.push(...added);
  return enrollments.flatMap((enrollment) => {
    const benefit = findBenefit(world, connection, entity, enrollment.benefitId);
    return benefit ? [{ enrollment, benefit }] : [];
  });
}

/** Adds a state to an enrollment; what earlier payments followed stays as it was. */
export function recordVersion(
  world: World,
  benefit: Benefit,
  individualId: string,
  version: EnrollmentVersion,
): Enrollment {
  const key = enrollmentKey(benefit.id, individualId);
  const known = world.store.enrollments.get(key);
  return world.store.enrollments.set(key, {
    connectionId: benefit.connectionId,
    entityId: benefit.entityId,
    benefitId: benefit.id,
    individualId,
    versions: [...(known?.versions ?? []), version],
  });
}

/** What a person is enrolled with now; null where it is not. */
export function currentConfiguration(
  world: World,
  connection: Connection,
  entity: Entity,
  benefit: Benefit,
  individualId: string,
): Configuration | null {
  const written = world.store.enrollments.get(enrollmentKey(benefit.id, individualId))?.versions.at(-1);
  if (written) return written.configuration;
  const type = standingTypeOf(connection, entity, benefit.id);
  if (!type) return null;
  const plan = planOf(world, connection, entity);
  const index = indexOfIndividual(plan.idKey, individualId, plan.size);
  if (index === null) return null;
  const { person, coverage } = coveredAt(plan, index);
  const chosen = coverage?.elections.find((election) => election.type === type);
  return person.end_date === null ? (chosen?.configuration ?? null) : null;
}

/** Everybody enrolled in a deduction now, in the directory's order; people who were added come last. */
export function enrolledIn(
  world: World,
  connection: Connection,
  entity: Entity,
  benefit: Benefit,
): Map<string, Configuration> {
  const plan = planOf(world, connection, entity);
  const enrolled = new Map<string, Configuration>();
  const type = standingTypeOf(connection, entity, benefit.id);
  const holders = type && rollOf(plan).holders.get(type);
  holders?.places.forEach((place, i) => {
    const configuration = holders.configurations[i];
    if (configuration) enrolled.set(individualIdAt(plan.idKey, place), configuration);
  });
  const written = world.store.enrollments.where((row) => row.benefitId === benefit.id);
  if (written.length === 0) return enrolled;
  for (const row of written) {
    const configuration = row.versions.at(-1)?.configuration;
    if (configuration) enrolled.set(row.individualId, configuration);
    else enrolled.delete(row.individualId);
  }
  const placeOf = (id: string) => indexOfIndividual(plan.idKey, id, plan.size) ?? plan.size;
  const placed = [...enrolled].map(([id, configuration]) => ({ id, place: placeOf(id), configuration }));
  placed.sort((a, b) => a.place - b.place || a.id.localeCompare(b.id));
  return new Map(placed.map(({ id, configuration }) => [id, configuration]));
}
