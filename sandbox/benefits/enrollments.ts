import type { Benefit, Enrollment, EnrollmentVersion } from "@/sandbox/benefits/records";
import { findBenefit, standingBenefitId } from "@/sandbox/benefits/catalog";
import type { World } from "@/sandbox/call";
import type { Connection, Entity } from "@/sandbox/records";
import type { Election } from "@/sandbox/seed/coverage";

/** What the enrollments of one person are grouped under in the store. */
export const personKey = (row: { connectionId: string; entityId: string; individualId: string }) =>
  `${row.connectionId}/${row.entityId}/${row.individualId}`;

const enrollmentKey = (benefitId: string, individualId: string) => `${benefitId}/${individualId}`;

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
  enrollments.push(...written.filter((row) => !standing.has(row.benefitId)));
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
