import { findBenefit } from "@/sandbox/benefits/catalog";
import { currentConfiguration, recordVersion } from "@/sandbox/benefits/enrollments";
import { orderedItem, peopleOf, takeOrder } from "@/sandbox/benefits/orders";
import type {
  Benefit,
  BenefitJob,
  Configuration,
  EnrollItem,
  JobItem,
  OutcomeOrder,
} from "@/sandbox/benefits/records";
import type { World } from "@/sandbox/call";
import { People } from "@/sandbox/people";
import type { Connection, Entity } from "@/sandbox/records";
import type { Person } from "@/sandbox/seed/types";

interface Site {
  world: World;
  job: BenefitJob;
  connection: Connection;
  entity: Entity;
  benefit: Benefit;
  people: People;
}

const sameJson = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Why the provider does not take an enrollment; null where it does. */
function constraintOf(person: Person, item: EnrollItem): string | null {
  if (person.employment?.type === "contractor") return "Contractors cannot be enrolled";
  if (person.is_active === false || person.employment_status === "terminated")
    return "The individual is no longer employed";
  if (!item.configuration.employeeDeduction && !item.configuration.companyContribution)
    return "employee_deduction or company_contribution is required by the provider";
  return null;
}

const setsSomething = (before: Configuration | null, item: EnrollItem, benefit: Benefit) =>
  benefit.frequency === "one_time" || item.effectiveDate !== null || !sameJson(before, item.configuration);

function enroll(site: Site, item: EnrollItem): JobItem {
  const { world, job, benefit } = site;
  const individual_id = item.individualId;
  const person = site.people.find(individual_id);
  if (!person) return { individual_id, code: 404, message: "Individual not found" };
  const constraint = constraintOf(person, item);
  if (constraint !== null) return { individual_id, code: 422, message: constraint };
  const before = currentConfiguration(world, site.connection, site.entity, benefit, individual_id);
  if (setsSomething(before, item, benefit)) {
    const { configuration, effectiveDate } = item;
    recordVersion(world, benefit, individual_id, { recordedAt: job.endsAt, effectiveDate, configuration });
  }
  return before === null
    ? { individual_id, code: 201, message: "Enrolled in the deduction" }
    : { individual_id, code: 200, message: "Enrollment updated" };
}

function unenroll(site: Site, individual_id: string): JobItem {
  const { world, job, benefit } = site;
  if (!site.people.find(individual_id)) return { individual_id, code: 404, message: "Individual not found" };
  if (!currentConfiguration(world, site.connection, site.entity, benefit, individual_id))
    return { individual_id, code: 404, message: "Enrollment not found" };
  const ended = { recordedAt: job.endsAt, effectiveDate: null, configuration: null };
  recordVersion(world, benefit, individual_id, ended);
  return { individual_id, code: 200, message: "Unenrolled from the deduction" };
}

function runForPeople(site: Site, order: OutcomeOrder | null): JobItem[] {
  const { task } = site.job;
  const people = peopleOf(site.job);
  return people.flatMap((id, place): JobItem[] => {
    const ordered = orderedItem(order, people, id);
    if (ordered && !ordered.applied) return ordered.item ? [ordered.item] : [];
    const item = task.kind === "enroll" ? task.items[place] : null;
    const done = item ? enroll(site, item) : unenroll(site, id);
    return ordered ? [] : [done];
  });
}

function runForBenefit({ world, job, benefit }: Site): JobItem[] {
  const { task } = job;
  if (task.kind === "update")
    world.store.benefits.set(benefit.id, { ...benefit, description: task.description });
  const fresh = (task.kind === "create" || task.kind === "register") && task.isNew;
  const messages = { create: "Deduction created", register: "Deduction registered" };
  const message = fresh ? messages[task.kind] : "Deduction is up to date";
  return [{ benefit_id: benefit.id, code: fresh ? 201 : 200, message }];
}

/** A job that fails as a whole leaves nothing behind, not even the deduction it should have made. */
function fail(world: World, { task }: BenefitJob, benefit: Benefit | null): null {
  if (benefit && (task.kind === "create" || task.kind === "register") && task.isNew)
    world.store.benefits.set(benefit.id, { ...benefit, setUp: false });
  return null;
}

/** Does at the provider what a job was asked for. @returns what became of each part, null where all failed */
export function runJob(world: World, job: BenefitJob): JobItem[] | null {
  const connection = world.store.connections.get(job.connectionId);
  const entity = connection?.entities.find((row) => row.id === job.entityId);
  if (!connection || !entity) return null;
  const benefit = findBenefit(world, connection, entity, job.benefitId);
  // A login that no longer works cannot write, whatever the job is about.
  const reachable = world.store.accounts.get(job.accountId)?.status === "connected";
  const isForPeople = job.task.kind === "enroll" || job.task.kind === "unenroll";
  const order = takeOrder(world, job);
  if (!benefit || !reachable || order?.kind === "job") return fail(world, job, benefit);
  const people = new People(world, connection, entity, "working");
  const site = { world, job, connection, entity, benefit, people };
  return isForPeople ? runForPeople(site, order) : runForBenefit(site);
}
