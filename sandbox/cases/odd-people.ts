import type { Case, CasePlace } from "@/sandbox/cases/case";
import { editsAt } from "@/sandbox/cases/dates";
import type { Ground, Seedbed } from "@/sandbox/cases/seedbed";
import { yearOf } from "@/sandbox/cases/slips";
import { dismiss } from "@/sandbox/control/people-events";
import { changeEntity } from "@/sandbox/entities";
import { addPerson, companyOf, writePerson } from "@/sandbox/people";
import { stableUuid } from "@/sandbox/seed/ids";
import type { Person } from "@/sandbox/seed/types";

const people = (bed: Seedbed): Ground => bed.ground("Odd People");
const joined = { first_name: "Alex", middle_name: null, last_name: "Okafor", preferred_name: null };
// Area 900 and group 10: never issued.
const sharedSsn = "900101234";

const at = (ground: Ground, individual_id: string): CasePlace => ({ ...ground.found, individual_id });

/** Writes what a case is about into the person at a place. */
const written =
  (index: number, values: (person: Person, ground: Ground) => Partial<Person>) =>
  (bed: Seedbed): CasePlace => {
    const ground = people(bed);
    const person = ground.person(index);
    ground.write(person.id, values(person, ground));
    return at(ground, person.id);
  };

/** One person left and came back under a new id; another came back under the old one. */
function plantRehires(bed: Seedbed): CasePlace {
  const ground = people(bed);
  const year = yearOf(ground, -1);
  const same = ground.person(9);
  ground.write(same.id, {
    start_date: `${year - 3}-02-01`,
    latest_rehire_date: `${year}-03-03`,
    end_date: null,
  });
  const old = ground.person(12);
  ground.write(old.id, { end_date: `${year}-04-30`, is_active: false, employment_status: "terminated" });
  const id = stableUuid("rehired", ground.found.connection_id);
  const { id: _id, ...values } = ground.person(12);
  const income = values.income && { ...values.income, effective_date: `${year}-09-02` };
  addPerson(bed.world, { connection: ground.connection, entity: ground.entity }, id, {
    ...values,
    start_date: `${year}-09-02`,
    end_date: null,
    latest_rehire_date: null,
    is_active: true,
    employment_status: "active",
    income,
    income_history: income && [income],
  });
  return at(ground, id);
}

/** Paid as a contractor until the end of June, as an employee after. */
function plantConvert(bed: Seedbed): CasePlace {
  const ground = people(bed);
  const person = ground.person(10);
  const contractor = { type: "contractor", subtype: "individual_contractor" } as const;
  const employee = { type: "employee", subtype: "full_time" } as const;
  const change = `${yearOf(ground)}-06-30`;
  const still = { is_active: true, employment_status: "active", end_date: null } as const;
  const from = { ...still, start_date: `${yearOf(ground, -1)}-02-01`, latest_rehire_date: null };
  ground.write(person.id, { ...from, employment: employee, flsa_status: "exempt" });
  ground.edits.employ(person.id, null, { ...from, employment: contractor });
  ground.edits.employ(person.id, change, { ...from, employment: employee });
  return at(ground, person.id);
}

function plantTwoConnections(bed: Seedbed): CasePlace {
  const here = people(bed);
  const there = bed.ground("Odd People Elsewhere", { provider: "bamboo_hr" });
  const known = here.person(13);
  const person = there.person(13);
  here.write(known.id, { ...joined, dob: "1988-03-12", ssn: sharedSsn });
  there.write(person.id, { ...joined, dob: "1988-12-03", ssn: sharedSsn });
  return at(there, person.id);
}

function plantBirthDays(bed: Seedbed): CasePlace {
  const ground = people(bed);
  const year = yearOf(ground);
  const births = ["1988-02-29", `${year - 50}-12-31`, `${year - 60}-12-31`, `${year - 64}-12-31`, null];
  const ids = births.map((dob, place) => {
    const { id } = ground.person(1 + place);
    ground.write(id, { dob });
    return id;
  });
  return at(ground, ids[0] ?? "");
}

/** Three employers behind one login: one without an EIN, and a person who is paid by two of them. */
function plantEntities(bed: Seedbed): CasePlace {
  const ground = bed.ground("Several Employers", {
    entities: [
      { name: "Several Employers Retail, LLC", people: 12 },
      { name: "Several Employers Logistics, LLC", people: 12 },
      { name: "Several Employers Studio", people: 8 },
    ],
  });
  const studio = ground.at(2);
  const company = { ...companyOf(bed.world, studio.connection, studio.entity, "working"), ein: null };
  changeEntity(bed.world, studio.connection, studio.entity.id, {
    company: { working: company, published: company },
  });
  const first = ground.person(11);
  const second = ground.at(1).person(11);
  for (const person of [first, second]) {
    ground.write(person.id, { ...joined, first_name: "Noor", dob: "1990-05-06", ssn: "900201234" });
  }
  return at(ground, first.id);
}

function plantManagerCycle(bed: Seedbed): CasePlace {
  const ground = people(bed);
  const [one, two, own] = [ground.person(6), ground.person(7), ground.person(8)];
  ground.write(one.id, { manager: { id: two.id } });
  ground.write(two.id, { manager: { id: one.id } });
  ground.write(own.id, { manager: { id: own.id } });
  return at(ground, one.id);
}

/** People who do not fit the forms. */
export const oddPeople: readonly Case[] = [
  { number: 32, title: "Rehired under the same id, and under a new one", plant: plantRehires },
  { number: 33, title: "A contractor becomes an employee in the middle of the year", plant: plantConvert },
  {
    number: 34,
    title: "One person in two connections, the birth date typed wrong",
    plant: plantTwoConnections,
  },
  {
    number: 35,
    title: "Two people of one name and birth date",
    plant: (bed) => {
      const ground = people(bed);
      const twin = { first_name: "Sam", middle_name: null, last_name: "Rivera", dob: "1991-07-14" };
      const [one, two] = [ground.person(14), ground.person(15)];
      ground.write(one.id, twin);
      ground.write(two.id, twin);
      return at(ground, one.id);
    },
  },
  { number: 37, title: "An employer without an EIN, and a person under two of them", plant: plantEntities },
  {
    number: 39,
    title: "Born on 29 February; 50, 60 and 64 on 31 December; no birth date",
    plant: plantBirthDays,
  },
  {
    number: 47,
    title: "Somebody leaves between approval and submission",
    plant: (bed) => at(people(bed), people(bed).person(16).id),
    trigger: ({ world, place }) => {
      const { connection, entity } = editsAt(world, place.connection_id);
      dismiss(world, connection, entity, place.individual_id);
    },
  },
  { number: 48, title: "Managers in a circle, and somebody who is their own", plant: plantManagerCycle },
  {
    number: 49,
    title: "A name that a spreadsheet would run",
    plant: written(17, () => ({
      first_name: '=HYPERLINK("http://evil.example","Click")',
      last_name: "+1+1",
      title: "@SUM(A1:A9)",
    })),
  },
  {
    number: 50,
    title: "A custom field that holds an SSN",
    plant: written(18, () => ({ custom_fields: [{ name: "Notes", value: "SSN on file: 900-12-3456" }] })),
  },
  {
    number: 51,
    title: "Somebody whom you erased is in the next sync",
    plant: (bed) => at(people(bed), people(bed).person(19).id),
    trigger: ({ world, place }) => {
      const { connection } = editsAt(world, place.connection_id);
      writePerson(world, connection, place.individual_id ?? "", { title: "Office Coordinator" });
    },
  },
];
