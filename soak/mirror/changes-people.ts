import { addPerson, removePerson, writePerson } from "@/sandbox/people";
import type { Income, Person } from "@/sandbox/seed/types";
import type { Ground } from "./ground";

/** Things that happen to the people and the company of an employer. Each changes something, or does nothing. */

const texts = ["Ada", "Zoë", "O’Neill", "李", "  ", "=HYPERLINK(1)", "x".repeat(200), null] as const;

const income = (ground: Ground): Income => ({
  unit: ground.pick(["yearly", "hourly", "fixed", null]),
  amount: ground.pick([0, 1, ground.number(1_000, 9_000_000), null]),
  currency: ground.pick(["usd", "USD", "jpy", "kwd", null]),
  effective_date: ground.pick([ground.day(), null]),
});

function somebody(ground: Ground): Person | null {
  const people = ground.people(ground.entity());
  return people.length === 0 ? null : ground.pick(people);
}

function personal(ground: Ground): Partial<Person> {
  const contact = () => ({
    data: `p${ground.number(1, 999)}@example.test`,
    type: ground.pick(["work", "personal", null] as const),
  });
  return ground.pick<Partial<Person>>([
    { first_name: ground.pick(texts), preferred_name: ground.pick(texts) },
    { last_name: ground.pick(texts), middle_name: ground.pick(texts) },
    { emails: ground.pick([null, [], [contact()], [contact(), contact()]]) },
    { phone_numbers: ground.pick([null, [], [{ data: "555-0100", type: "work" }]]) },
    { gender: ground.pick(["female", "other", null] as const), ethnicity: null },
    { dob: ground.pick([null, "2000-02-29", "1961-12-31"]) },
    { ssn: ground.pick([null, `900${ground.number(100_000, 999_999)}`]) },
    { residence: null },
    { marital_status: ground.pick(["single", null] as const) },
  ]);
}

function employed(ground: Ground): Partial<Person> {
  return ground.pick<Partial<Person>>([
    { title: ground.pick(texts), department: ground.pick([null, { name: "Ops" }, { name: null }]) },
    { employment: ground.pick([null, { type: "contractor", subtype: "individual_contractor" } as const]) },
    { start_date: ground.pick([null, ground.day()]), end_date: ground.pick([null, ground.day()]) },
    { latest_rehire_date: ground.pick([null, ground.day()]), flsa_status: null, class_code: "8810" },
    {
      is_active: ground.pick([true, false, null]),
      employment_status: ground.pick(["leave", "active", null]),
    },
    { income: ground.pick([null, income(ground)]) },
    { income_history: ground.pick([null, [], [income(ground)], [income(ground), income(ground)]]) },
    {
      custom_fields: ground.pick([
        null,
        [],
        [{ name: "badge", value: { of: [1, null, "x"] } }],
        [{ name: "id", value: "900-12-3456" }],
      ]),
    },
    { highly_compensated_employee: ground.pick([true, null]), key_employee: ground.pick([false, null]) },
    { location: null, source_id: ground.pick([null, "W-1"]) },
    { manager: ground.pick([null, { id: somebody(ground)?.id ?? "" }]) },
  ]);
}

export function changePerson(ground: Ground): void {
  const person = somebody(ground);
  if (!person) return;
  const values = ground.chance(0.5) ? personal(ground) : employed(ground);
  writePerson(ground.world, ground.connection, person.id, values);
  ground.tell(`${Object.keys(values).join(", ")} of ${person.id} change`);
}

/** Generated ids come from the seed, so that a history is the same again. */
function newId(ground: Ground): string {
  const hex = () => ground.number(0, 0xffff).toString(16).padStart(4, "0");
  return `${hex()}${hex()}-${hex()}-4${hex().slice(1)}-8${hex().slice(1)}-${hex()}${hex()}${hex()}`;
}

export function hire(ground: Ground): void {
  const entity = ground.entity();
  const place = { connection: ground.connection, entity };
  const model = somebody(ground);
  const { id: _id, ...values } = model ?? { id: "" };
  const id = newId(ground);
  addPerson(ground.world, place, id, {
    ...values,
    ...personal(ground),
    start_date: ground.day(),
    end_date: null,
    is_active: true,
    employment_status: "active",
  });
  ground.tell(`${id} is hired`);
}

/** Leaves the directory altogether, as a duplicate that the provider merged. */
export function removeFromDirectory(ground: Ground): void {
  const entity = ground.entity();
  const people = ground.people(entity);
  // A directory that becomes empty is held, not believed.
  if (people.length < 3) return;
  const { id } = ground.pick(people);
  // Who is gone is on no coming payment any more; one that becomes empty is held, too.
  const isAlone = ({ individual_ids: paid }: { individual_ids: string[] | null }) =>
    paid !== null && paid.length > 0 && paid.every((each) => each === id);
  if (ground.payments(entity).some(isAlone)) return;
  removePerson(ground.world, ground.connection, id, { is_active: false });
  ground.tell(`${id} is taken out of the directory`);
}

/** Somebody who was taken out is there again under the same id. */
export function returnToDirectory(ground: Ground): void {
  const { overlays } = ground.world.store;
  const gone = overlays.group(ground.connection.id).filter(({ removed }) => removed?.working === true);
  if (gone.length === 0) return;
  const row = ground.pick(gone);
  const working = { ...row.working, is_active: true, end_date: null, latest_rehire_date: ground.day() };
  const removed = { working: false, published: row.removed?.published ?? false };
  overlays.set(`${row.connectionId}/${row.individualId}`, { ...row, working, removed });
  ground.tell(`${row.individualId} is back`);
}

const events = ["employee_hired", "raise", "termination", "payroll_run"] as const;

export async function letEventHappen(ground: Ground): Promise<void> {
  const event = ground.pick(events);
  const body = { event, entity_id: ground.entity().id, sync: ground.chance(0.5) };
  const path = `/connections/${ground.employer.finchConnectionId}/events`;
  await ground.control("POST", path, body);
  ground.tell(event);
}

export async function changeCompany(ground: Ground): Promise<void> {
  const entity = ground.entity();
  const account = () => ({
    routing_number: ground.pick([null, "021000021"]),
    account_name: ground.pick([null, "Payroll"]),
    institution_name: ground.pick([null, "Bank"]),
    account_type: ground.pick([null, "checking", "savings"]),
    account_number: ground.pick([null, String(ground.number(1, 99_999_999))]),
  });
  await ground.ask("PUT", `/sandbox/company?entity_ids=${entity.id}`, {
    legal_name: ground.pick(["Acme", "Äcme & Söhne", null]),
    entity: ground.pick([null, { type: "llc", subtype: null }]),
    primary_email: null,
    primary_phone_number: ground.pick([null, "+15550100"]),
    departments: ground.pick([
      null,
      [],
      [
        { name: "Ops", parent: { name: "All" } },
        { name: "All", parent: null },
      ],
    ]),
    ein: ground.pick([null, "12-3456789"]),
    locations: ground.pick([null, []]),
    accounts: ground.pick([null, [], [account()], [account(), account()]]),
  });
  ground.tell("the company changes");
}
