import type { Caller, World } from "@/sandbox/call";
import { planOf } from "@/sandbox/company-plan";
import type { Connection, Entity, Overlay } from "@/sandbox/records";
import { emailDomain, generateCompany, officesOf } from "@/sandbox/seed/company";
import { indexOfIndividual } from "@/sandbox/seed/ids";
import { generatePerson } from "@/sandbox/seed/people";
import type { Company, Person } from "@/sandbox/seed/types";

type Version = "working" | "published";

const overlayKey = (connection: Connection, id: string) => `${connection.id}/${id}`;

/** The people of one entity of a connection: generated ones with what was written on top. */
export class People {
  private readonly plan;
  /** Those added without an entity belong to the first one. */
  private readonly isFirst: boolean;

  constructor(
    private readonly world: World,
    private readonly connection: Connection,
    private readonly entity: Entity,
    private readonly version: Version,
  ) {
    const plan = planOf(world, connection, entity);
    this.plan = { ...plan, domain: emailDomain(plan.legalName), offices: officesOf(plan) };
    this.isFirst = connection.entities[0]?.id === entity.id;
  }

  private overlayOf(id: string): Overlay | undefined {
    return this.world.store.overlays.get(overlayKey(this.connection, id));
  }

  private holds(row: Overlay): boolean {
    return row.entityId === undefined ? this.isFirst : row.entityId === this.entity.id;
  }

  private isGone(row: Overlay | undefined): boolean {
    return row?.removed?.[this.version] === true;
  }

  /** The places of generated people who were taken out, in order. */
  private gone(): number[] {
    const { idKey, size } = this.plan;
    return this.world.store.overlays
      .group(this.connection.id)
      .filter((row) => row.added === null && this.isGone(row))
      .flatMap((row) => indexOfIndividual(idKey, row.individualId, size) ?? [])
      .sort((a, b) => a - b);
  }

  private added(): Overlay[] {
    const shown = (row: Overlay) =>
      row.added !== null && row[this.version] !== null && !this.isGone(row) && this.holds(row);
    return this.world.store.overlays
      .group(this.connection.id)
      .filter(shown)
      .sort((a, b) => (a.added ?? 0) - (b.added ?? 0));
  }

  private at(index: number): Person {
    const person = generatePerson(this.plan, index);
    return { ...person, ...this.overlayOf(person.id)?.[this.version] };
  }

  get count(): number {
    return this.plan.size - this.gone().length + this.added().length;
  }

  /** A page in the directory's order. */
  page(offset: number, limit: number): Person[] {
    const page: Person[] = [];
    const gone = this.gone();
    const missing = new Set(gone);
    let index = offset;
    for (const place of gone) if (place <= index) index += 1;
    for (; index < this.plan.size && page.length < limit; index++)
      if (!missing.has(index)) page.push(this.at(index));
    const first = Math.max(0, offset - this.plan.size + gone.length);
    for (const overlay of this.added().slice(first, first + limit - page.length)) {
      page.push({ ...blankPerson(overlay.individualId), ...overlay[this.version] });
    }
    return page;
  }

  find(id: string): Person | null {
    const index = indexOfIndividual(this.plan.idKey, id, this.plan.size);
    const overlay = this.overlayOf(id);
    if (this.isGone(overlay)) return null;
    if (index !== null) return this.at(index);
    if (!overlay || overlay.added === null || overlay[this.version] === null || !this.holds(overlay))
      return null;
    return { ...blankPerson(id), ...overlay[this.version] };
  }
}

/** What a caller sees: the state of the last sync. */
export const publishedPeople = (world: World, caller: Caller) =>
  new People(world, caller.connection, caller.entity, "published");

/** What was written, synced or not. */
export const workingPeople = (world: World, caller: Caller) =>
  new People(world, caller.connection, caller.entity, "working");

/** A person of whom nothing is known yet. */
export function blankPerson(id: string): Person {
  return {
    id,
    first_name: null,
    middle_name: null,
    last_name: null,
    preferred_name: null,
    emails: null,
    phone_numbers: null,
    gender: null,
    ethnicity: null,
    marital_status: null,
    dob: null,
    ssn: null,
    encrypted_ssn: null,
    residence: null,
    title: null,
    manager: null,
    department: null,
    employment: { type: "employee", subtype: "full_time" },
    start_date: null,
    end_date: null,
    latest_rehire_date: null,
    is_active: true,
    employment_status: "active",
    flsa_status: null,
    class_code: null,
    location: null,
    income: null,
    income_history: null,
    custom_fields: null,
    union_code: null,
    union_local: null,
    highly_compensated_employee: null,
    key_employee: null,
    source_id: null,
  };
}

/** Changes a person; a sync makes it visible. */
export function writePerson(world: World, connection: Connection, id: string, values: Partial<Person>): void {
  const overlay = world.store.overlays.get(overlayKey(connection, id));
  world.store.overlays.set(overlayKey(connection, id), {
    connectionId: connection.id,
    individualId: id,
    added: overlay?.added ?? null,
    working: { ...overlay?.working, ...values },
    published: overlay?.published ?? null,
    ...(overlay?.entityId ? { entityId: overlay.entityId } : {}),
    ...(overlay?.removed ? { removed: overlay.removed } : {}),
  });
}

/** Takes a person out of the directory, as a provider does with a duplicate; a sync shows it. */
export function removePerson(
  world: World,
  connection: Connection,
  id: string,
  values: Partial<Person>,
): void {
  writePerson(world, connection, id, values);
  const key = overlayKey(connection, id);
  const overlay = world.store.overlays.get(key);
  const published = overlay?.removed?.published ?? false;
  if (overlay) world.store.overlays.set(key, { ...overlay, removed: { working: true, published } });
}

type Place = Pick<Caller, "connection" | "entity">;

/** Adds people at the end of an entity's directory; a sync makes it visible. */
export function addPeople(
  world: World,
  { connection, entity }: Place,
  people: readonly { id: string; values: Partial<Person> }[],
): void {
  const first = world.store.overlays.group(connection.id).filter((row) => row.added !== null).length;
  for (const [place, { id, values }] of people.entries()) {
    world.store.overlays.set(overlayKey(connection, id), {
      connectionId: connection.id,
      individualId: id,
      entityId: entity.id,
      added: first + place,
      working: values,
      published: null,
    });
  }
}

export const addPerson = (world: World, place: Place, id: string, values: Partial<Person>): void =>
  addPeople(world, place, [{ id, values }]);

/** The company of an entity, as written or as last synced. */
export function companyOf(world: World, connection: Connection, entity: Entity, version: Version): Company {
  return entity.company?.[version] ?? generateCompany(planOf(world, connection, entity));
}
