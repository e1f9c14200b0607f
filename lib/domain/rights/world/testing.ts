import type { Sql } from "postgres";
import {
  createTestConnection,
  createTestCustomer,
  createTestIndividuals,
  createTestUser,
} from "@/db/seed/factories";
import type { Permission } from "@/lib/auth/permissions";
import { plantPay, type PaidPlace } from "./plant-pay";
import { plantForm, plantGroup } from "./plant-work";

/**
 * Two employers with two connections of two people each. Every column that a screen or a file shows of them holds a
 * value of its own, which nobody else has: found in an answer, it says whose it is and what it took to read it.
 */

export interface Person {
  customer: number;
  connection: number;
  individualId: string;
}

/** What people are told apart by in row-level security. */
export type PersonClass = "name" | "pii" | "traits" | "income" | "pay" | "document" | "ssn";
export type DataClass = PersonClass | "profile" | "company" | "bank" | "audit";

export interface Planted {
  kind: DataClass;
  /** What it is, for whoever reads a failure. */
  what: string;
  value: string;
  customer: number;
  /** Null for what is of the employer as a whole. */
  connection: number | null;
  person: Person | null;
}

export interface World {
  customers: string[];
  /** Four: two of each employer. */
  connections: { id: string; customer: number; name: string }[];
  people: Person[];
  /** Each person's pay statement. */
  pay: Map<Person, PaidPlace>;
  /** Each person's W-4, and each connection's pay group. */
  forms: Map<Person, string>;
  groups: string[];
  planted: Planted[];
}

export const permissionOf: Record<DataClass, Permission> = {
  name: "individual:read",
  profile: "individual:read",
  pii: "individual:pii",
  traits: "individual:traits",
  income: "individual:income",
  pay: "payroll:read",
  ssn: "individual:ssn",
  company: "individual:read",
  bank: "company:bank",
  document: "document:read",
  audit: "audit:read",
};

const products = [
  ...["company", "directory", "individual", "ssn", "employment"],
  ...["payment", "pay_statement", "documents"],
];

export async function createWorld(sql: Sql): Promise<World> {
  const world: World = {
    customers: [],
    connections: [],
    people: [],
    pay: new Map(),
    forms: new Map(),
    groups: [],
    planted: [],
  };
  for (const customer of [0, 1]) {
    const { id: customerId } = await createTestCustomer(sql);
    world.customers.push(customerId);
    await plantAudit(sql, world, customer);
    for (const half of [0, 1]) {
      const connection = customer * 2 + half;
      const name = `Provider${connection}x`;
      const { id } = await createTestConnection(sql, { customerId, providerName: name, products });
      world.connections.push({ id, customer, name });
      await plantCompany(sql, world, customer, connection);
      const group = plant(
        world,
        "pay",
        { customer, connection, person: null },
        { "pay group": `Group${connection}x` },
      );
      world.groups.push(await plantGroup(sql, { customerId, connectionId: id }, group["pay group"]));
      const ids = await createTestIndividuals(sql, {
        customerId,
        connectionId: id,
        count: 2,
        offset: connection * 2,
      });
      for (const individualId of ids) await plantPerson(sql, world, { customer, connection, individualId });
      const [manager = "", report = ""] = ids;
      await sql`update individuals set manager_finch_id = (select finch_individual_id from individuals where id = ${manager})
        where id = ${report}`;
    }
  }
  return world;
}

/** Notes values of one kind, and gives them back to be written. */
function plant<T extends Record<string, string>>(
  world: World,
  kind: DataClass,
  place: { customer: number; connection: number | null; person: Person | null },
  values: T,
): T {
  for (const [what, value] of Object.entries(values)) world.planted.push({ kind, what, value, ...place });
  return values;
}

/** A reason as somebody wrote it, in the employer's audit. */
async function plantAudit(sql: Sql, world: World, customer: number): Promise<void> {
  const customerId = world.customers[customer] ?? "";
  const place = { customer, connection: null, person: null };
  const details = plant(world, "audit", place, { reason: `Reason${customer}x` });
  const user = await createTestUser(sql, { name: null });
  await sql.begin(async (tx) => {
    await tx`select set_config('app.customer_id', ${customerId}, true)`;
    await tx`select audit_append('user', ${user.id}, 'role.grant', 'user', ${user.id}, ${tx.json(details)})`;
  });
}

async function plantCompany(sql: Sql, world: World, customer: number, connection: number): Promise<void> {
  const place = { customer, connection, person: null };
  const n = connection + 1;
  const company = plant(world, "company", place, {
    "legal name": `Legal${n}x`,
    ein: `ein${n}x`,
    "company's mail": `desk${n}x@work.test`,
    "company's phone": `+1217555020${n}`,
    location: `Plant${n}x`,
  });
  const bank = plant(world, "bank", place, {
    "account's name": `Account${n}x`,
    institution: `Bank${n}x`,
    "account's last four": `a${n}x8`,
    "routing's last four": `r${n}x7`,
  });
  const customerId = world.customers[customer] ?? "";
  const connectionId = world.connections[connection]?.id ?? "";
  const accounts = [
    { accountName: bank["account's name"], institutionName: bank.institution, accountType: "checking" },
  ];
  const [row] = await sql<{ id: string }[]>`
    insert into companies (customer_id, connection_id, finch_company_id, legal_name, ein, primary_email,
      primary_phone_number, locations, accounts, fetched_at)
    values (${customerId}, ${connectionId}, ${`company-${n}`}, ${company["legal name"]}, ${company.ein},
      ${company["company's mail"]}, ${company["company's phone"]}, ${sql.json([{ line1: company.location }])},
      ${sql.json(accounts)}, now()) returning id`;
  for (const kind of ["account", "routing"] as const)
    await sql`
      insert into sealed_values (customer_id, connection_id, owner_table, owner_id, kind, ciphertext, key_id, hmac, last_four)
      values (${customerId}, ${connectionId}, 'companies', ${row?.id ?? ""}, ${kind}, 'not-a-ciphertext', 'test',
        ${`${kind}-${n}`}, ${bank[`${kind}'s last four`]})`;
}

async function plantPerson(sql: Sql, world: World, person: Person): Promise<void> {
  const n = world.people.push(person);
  const { individualId: id, customer, connection } = person;
  const place = { customer, connection, person };
  const name = plant(world, "name", place, { "first name": `First${n}x`, "last name": `Last${n}x` });
  const profile = plant(world, "profile", place, {
    "middle name": `Middle${n}x`,
    title: `Title${n}x`,
    department: `Department${n}x`,
    "class code": `class${n}x`,
    "union code": `union${n}x`,
    "union's local": `local${n}x`,
    "id at the provider": `source${n}x`,
    "work mail": `work${n}x@work.test`,
    "place of work": `Office${n}x`,
    "custom field's name": `Field${n}x`,
    "custom field": `custom${n}x`,
  });
  await sql`
    update individuals set first_name = ${name["first name"]}, last_name = ${name["last name"]},
      sort_name = ${name["last name"]}, search_text = ${name["last name"].toLowerCase()},
      middle_name = ${profile["middle name"]}, title = ${profile.title}, department = ${profile.department},
      class_code = ${profile["class code"]}, union_code = ${profile["union code"]},
      union_local = ${profile["union's local"]}, source_id = ${profile["id at the provider"]},
      work_email = ${profile["work mail"]}, location = ${sql.json({ line1: profile["place of work"] })},
      custom_fields = ${sql.json([{ name: profile["custom field's name"], value: profile["custom field"] }])}
    where id = ${id}`;
  await plantDetails(sql, world, n, place);
}

/** What stands in tables of its own, because fewer may read it. */
async function plantDetails(
  sql: Sql,
  world: World,
  n: number,
  place: { customer: number; connection: number; person: Person },
): Promise<void> {
  const id = place.person.individualId;
  const pii = plant(world, "pii", place, {
    "birth date": `19${50 + n}-03-${10 + n}`,
    street: `Home${n}x`,
    "second line": `Flat${n}x`,
    city: `City${n}x`,
    "postal code": `post${n}x`,
    "personal mail": `private${n}x@home.test`,
    "personal phone": `+1217555010${n}`,
  });
  const residence = {
    line1: pii.street,
    line2: pii["second line"],
    city: pii.city,
    postalCode: pii["postal code"],
  };
  await sql`update individual_profiles set dob = ${pii["birth date"]}, residence = ${sql.json(residence)},
    emails = ${sql.json([{ data: pii["personal mail"], type: "personal" }])},
    phone_numbers = ${sql.json([{ data: pii["personal phone"], type: "personal" }])} where individual_id = ${id}`;
  const traits = plant(world, "traits", place, {
    gender: `gender${n}x`,
    ethnicity: `ethnicity${n}x`,
    "marital status": `married${n}x`,
  });
  await sql`update individual_traits set gender = ${traits.gender}, ethnicity = ${traits.ethnicity},
    marital_status = ${traits["marital status"]} where individual_id = ${id}`;
  const income = plant(world, "income", place, {
    income: String(7_100_000 + n * 1_357),
    "income before": String(6_200_000 + n * 1_357),
    "income's date": `200${n}-02-03`,
    "date before": `199${n}-02-04`,
  });
  await sql`update income_history set amount_cents = ${income.income}, effective_date = ${income["income's date"]}
    where individual_id = ${id} and is_current`;
  await sql`update income_history set amount_cents = ${income["income before"]}, effective_date = ${income["date before"]}
    where individual_id = ${id} and not is_current`;
  const pay = plant(world, "pay", place, {
    gross: String(5_300_000 + n * 2_468),
    net: String(3_300_000 + n * 1_234),
    "wage's name": `Wage${n}x`,
    "tax's name": `Levy${n}x`,
    tax: String(2_000_000 + n * 1_234),
  });
  const { customer, connection, person } = place;
  const where = {
    customerId: world.customers[customer] ?? "",
    connectionId: world.connections[connection]?.id ?? "",
    individualId: id,
  };
  world.pay.set(person, await plantPay(sql, where, pay));
  const form = plant(world, "document", place, { "form's deductions": String(8_400_000 + n * 1_579) });
  const { ssn } = plant(world, "ssn", place, { ssn: `s${n}x9` });
  world.forms.set(
    person,
    await plantForm(sql, where, { deductions: form["form's deductions"], number: ssn }),
  );
  await sql`update sealed_values set last_four = ${ssn} where owner_id = ${id}`;
}

/**
 * How a value may stand in a text: dates as pages write them, amounts in cents, and in dollars with or without cents
 * and commas.
 */
export function shapesOf(value: string): string[] {
  if (/^\d{7}$/.test(value)) {
    const dollars = value.slice(0, -2);
    return [value, dollars, `${dollars.slice(0, 2)},${dollars.slice(2)}`];
  }
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return [value, formatDate(value)];
  return [value];
}

const formatDate = (date: string) =>
  new Date(date).toLocaleDateString("en-US", {
    timeZone: "UTC",
    month: "short",
    day: "numeric",
    year: "numeric",
  });

/** One expression for all values, in any of their shapes, each where it stands alone. Gives the ones that are there. */
export function searchOf(values: readonly string[]): (text: string) => string[] {
  if (values.length === 0) return () => [];
  const valueOf = new Map(
    values.flatMap((value) => shapesOf(value).map((shape) => [shape.toLowerCase(), value] as const)),
  );
  const shapes = [...valueOf.keys()].map((shape) => RegExp.escape(shape));
  const pattern = new RegExp(`(?<![\\w-])(?:${shapes.join("|")})(?![\\w-])`, "gi");
  return (text) => [
    ...new Set([...text.matchAll(pattern)].map(([hit]) => valueOf.get(hit.toLowerCase()) ?? hit)),
  ];
}
