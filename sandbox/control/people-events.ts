import type { World } from "@/sandbox/call";
import { planOf } from "@/sandbox/company-plan";
import { invalidRequest, notFound } from "@/sandbox/errors";
import { payrollEdits } from "@/sandbox/payroll";
import { addPerson, People, writePerson } from "@/sandbox/people";
import type { Connection, Entity } from "@/sandbox/records";
import { stableUuid } from "@/sandbox/seed/ids";
import { generatePerson } from "@/sandbox/seed/people";
import type { Income, Person } from "@/sandbox/seed/types";

/** What has happened, in words and in ids. */
export interface Told {
  message: string;
  entity_id?: string;
  individual_id?: string;
  payment_id?: string;
}

const today = (world: World): string => world.clock.iso().slice(0, 10);
const nameOf = (person: Person): string =>
  [person.first_name, person.last_name].filter(Boolean).join(" ") || "Somebody without a name";

/** Hired people are looked for among those that a larger company would have had. */
const maxTries = 50;

function newcomer(world: World, connection: Connection, entity: Entity, ordinal: number): Person {
  const plan = planOf(world, connection, entity);
  for (let place = 0; place < maxTries; place++) {
    const person = generatePerson(plan, plan.size + ordinal + place);
    if (person.employment?.type === "employee" && person.employment.subtype === "full_time") return person;
  }
  throw new Error("no employee was generated");
}

/** Somebody starts today, unless said otherwise with a name and a job that fit the company. */
export function hire(
  world: World,
  connection: Connection,
  entity: Entity,
  wish: { first_name?: string; last_name?: string; title?: string },
): Told {
  const ordinal = world.store.overlays.group(connection.id).filter((row) => row.added !== null).length;
  const generated = newcomer(world, connection, entity, ordinal);
  const id = stableUuid("hired", connection.id, ordinal);
  const start = today(world);
  const income: Income | null = generated.income && { ...generated.income, effective_date: start };
  const person: Person = {
    ...generated,
    id,
    first_name: wish.first_name ?? generated.first_name,
    last_name: wish.last_name ?? generated.last_name,
    title: wish.title ?? generated.title,
    start_date: start,
    end_date: null,
    latest_rehire_date: null,
    is_active: true,
    employment_status: "active",
    income,
    income_history: income && [income],
  };
  const { id: _id, ...values } = person;
  addPerson(world, { connection, entity }, id, values);
  return {
    message: `${nameOf(person)} was hired as ${person.title ?? "an employee"}.`,
    entity_id: entity.id,
    individual_id: id,
  };
}

const isActive = (person: Person): boolean =>
  person.is_active === true && person.employment_status === "active";

/** The person that is named, or the next one to whom it can happen and has not yet. */
function personFor(
  world: World,
  connection: Connection,
  entity: Entity,
  id: string | undefined,
  fits: (person: Person) => boolean,
): Person {
  const people = new People(world, connection, entity, "working");
  if (id !== undefined) {
    const person = people.find(id);
    if (!person) throw notFound(`No individual with id ${id} found`, "individual_not_found");
    return person;
  }
  const written = new Set(world.store.overlays.group(connection.id).map((row) => row.individualId));
  let second: Person | null = null;
  // The first few lead the company.
  for (let offset = Math.min(8, people.count - 1); offset < people.count; offset += 50) {
    const fitting = people.page(offset, 50).filter(fits);
    const fresh = fitting.find((person) => !written.has(person.id));
    if (fresh) return fresh;
    second ??= fitting[0] ?? null;
  }
  if (!second) throw invalidRequest("Nobody of this company fits");
  return second;
}

const money = (income: Income): string => {
  const amount = ((income.amount ?? 0) / 100).toLocaleString("en-US", { style: "currency", currency: "USD" });
  return `${amount} ${income.unit ?? ""}`.trim();
};

/** Somebody earns more from today on, by a percentage (less where it is negative). */
export function raise(
  world: World,
  connection: Connection,
  entity: Entity,
  wish: { individual_id?: string; percent: number },
): Told {
  const earns = (candidate: Person) => isActive(candidate) && (candidate.income?.amount ?? 0) > 0;
  const person = personFor(world, connection, entity, wish.individual_id, earns);
  const before = person.income;
  if (!before || before.amount === null) throw invalidRequest("This person has no income to raise");
  const amount = Math.round((before.amount * (100 + wish.percent)) / 100);
  const income: Income = { ...before, amount, effective_date: today(world) };
  writePerson(world, connection, person.id, {
    income,
    income_history: [income, ...(person.income_history ?? [before])],
  });
  return {
    message: `${nameOf(person)} now earns ${money(income)}, before ${money(before)}.`,
    entity_id: entity.id,
    individual_id: person.id,
  };
}

/** Somebody's employment ends today. */
export function dismiss(world: World, connection: Connection, entity: Entity, id: string | undefined): Told {
  const person = personFor(world, connection, entity, id, isActive);
  if (person.employment_status === "terminated") throw invalidRequest(`${nameOf(person)} has left already`);
  writePerson(world, connection, person.id, {
    end_date: today(world),
    is_active: false,
    employment_status: "terminated",
  });
  return { message: `${nameOf(person)} left today.`, entity_id: entity.id, individual_id: person.id };
}

/** Everybody on the payroll is paid, beside the regular runs. */
export function runPayroll(
  world: World,
  connection: Connection,
  entity: Entity,
  payDate = today(world),
): Told {
  const edits = payrollEdits(world, connection, entity);
  const { payment_id } = edits.addPayment({ pay_date: payDate, complete: true });
  return { message: `A payroll was run for ${payDate}.`, entity_id: entity.id, payment_id };
}
