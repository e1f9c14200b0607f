import { randomUUID } from "node:crypto";
import { createTestUser, grantTestRole } from "@/db/seed/factories";
import { clientWith, createSession, database, type Client } from "@/e2e/support";
import { roleTable, type Permission } from "@/lib/auth/permissions";
import { createWorld, type Person, type World } from "@/lib/domain/rights/world/testing";

/** One employer with two connections, another one, and everybody who could knock. */

/** What an address or an input names. */
export interface Target {
  customerId: string;
  connectionId: string;
  individualId: string;
  companyId: string;
  /** The payment of the connection, and this person's statement in it. */
  paymentId: string;
  statementId: string;
  /** This person's W-4, and the connection's pay group. */
  documentId: string;
  payGroupId: string;
  /** A member of the employer. */
  userId: string;
  /** Of the world's lists, to ask the model; -1 where nothing fits together. */
  customer: number;
  connection: number;
}

interface Right {
  /** Of the world's employers; null for the platform. */
  customer: number | null;
  /** Null for all connections. */
  connection: number | null;
  permissions: readonly Permission[];
}

export interface Subject {
  name: string;
  get: Client;
  cookie: string | null;
  userId: string | null;
  /** Nobody and the disabled have none, whatever their rows say. */
  signedIn: boolean;
  rights: readonly Right[];
  /** The own person, of an employee. */
  self: Person | null;
}

export interface HttpWorld extends World {
  subjects: Subject[];
  targets: Record<string, Target>;
}

const limitedTo: readonly Permission[] = [
  ...(["connection:read", "individual:read", "individual:income"] as const),
  ...(["payroll:read", "payroll:export", "payroll:manage", "document:read"] as const),
];

interface Asked {
  name: string;
  grants: {
    role: string;
    customer: number | null;
    connection?: number;
    person?: Person;
    permissions?: readonly Permission[];
  }[];
  disabled?: true;
}

function askedOf(world: World, ownRole: string): Asked[] {
  const [person] = world.people;
  if (!person) throw new Error("The world has no people.");
  return [
    { name: "admin", grants: [{ role: "employer_admin", customer: 0 }] },
    { name: "payroll", grants: [{ role: "payroll_manager", customer: 0 }] },
    { name: "hr", grants: [{ role: "hr_viewer", customer: 0 }] },
    { name: "limited", grants: [{ role: ownRole, customer: 0, connection: 0, permissions: limitedTo }] },
    { name: "employee", grants: [{ role: "employee", customer: 0, connection: 0, person }] },
    {
      name: "peo",
      grants: [
        { role: "payroll_manager", customer: 0 },
        { role: "hr_viewer", customer: 1 },
      ],
    },
    { name: "staff", grants: [{ role: "staff_admin", customer: null }] },
    { name: "support", grants: [{ role: "staff_support", customer: null }] },
    { name: "disabled", grants: [{ role: "employer_admin", customer: 0 }], disabled: true },
  ];
}

const builtIn = (role: string): readonly Permission[] =>
  Object.hasOwn(roleTable, role) ? roleTable[role as keyof typeof roleTable].permissions : [];

async function createSubject(world: World, { name, grants, disabled }: Asked): Promise<Subject> {
  const sql = database();
  const user = await createTestUser(sql, {
    name: null,
    email: `${name}-${randomUUID().slice(0, 8)}@matrix.test`,
  });
  for (const { role, customer, connection, person } of grants) {
    await grantTestRole(sql, {
      userId: user.id,
      role,
      ...(customer === null ? {} : { customerId: world.customers[customer] ?? "" }),
      connectionId: connection === undefined ? null : (world.connections[connection]?.id ?? ""),
      individualId: person?.individualId ?? null,
    });
  }
  const session = await createSession(user.id);
  const cookie = `${session.name}=${session.value}`;
  if (disabled) await sql`update users set disabled_at = now() where id = ${user.id}`;
  return {
    name,
    get: clientWith(cookie),
    cookie,
    userId: user.id,
    signedIn: !disabled,
    rights: grants
      .filter(({ role }) => role !== "employee")
      .map(({ role, customer, connection, permissions }) => ({
        customer,
        connection: connection ?? null,
        permissions: permissions ?? builtIn(role),
      })),
    self: grants.find(({ person }) => person)?.person ?? null,
  };
}

export async function createHttpWorld(): Promise<HttpWorld> {
  const sql = database();
  const world = await createWorld(sql);
  const ownRole = `payroll-${randomUUID().slice(0, 8)}`;
  await sql`insert into roles (customer_id, name, label, database_role) values (${world.customers[0] ?? ""}, ${ownRole}, 'Payroll of one', 'perch_tenant')`;
  for (const permission of limitedTo)
    await sql`insert into role_permissions (customer_id, role, permission) values (${world.customers[0] ?? ""}, ${ownRole}, ${permission})`;
  const subjects = await Promise.all(askedOf(world, ownRole).map((asked) => createSubject(world, asked)));
  const nobody: Subject = {
    name: "nobody",
    get: clientWith(null),
    cookie: null,
    userId: null,
    signedIn: false,
    rights: [],
    self: null,
  };
  const liar: Subject = { ...nobody, name: "a made-up session", get: clientWith(await madeUpCookie()) };
  const members = await sql<{ customer: string; user: string }[]>`
    select customer_id as customer, min(user_id) as user from user_roles where customer_id = any (${world.customers}::uuid[]) group by 1`;
  const target = (customer: number, connection: number): Target => {
    const person = world.people.find((each) => each.connection === connection);
    const pay = person && world.pay.get(person);
    return {
      customerId: world.customers[customer] ?? "",
      connectionId: world.connections[connection]?.id ?? "",
      individualId: person?.individualId ?? "",
      companyId: randomUUID(),
      paymentId: pay?.paymentId ?? "",
      statementId: pay?.statementId ?? "",
      documentId: (person && world.forms.get(person)) ?? "",
      payGroupId: world.groups[connection] ?? "",
      userId: members.find((row) => row.customer === world.customers[customer])?.user ?? randomUUID(),
      customer,
      connection: Math.floor(connection / 2) === customer ? connection : -1,
    };
  };
  return {
    ...world,
    subjects: [...subjects, nobody, liar],
    targets: {
      own: target(0, 0),
      "own, another connection": target(0, 1),
      foreign: target(1, 2),
      "own, with a foreign connection": target(0, 2),
      "foreign, with an own connection": target(1, 0),
    },
  };
}

async function madeUpCookie(): Promise<string> {
  const { id } = await createTestUser(database());
  const { name, value } = await createSession(id);
  return `${name}=${value.split("").reverse().join("")}`;
}

/** Whether a subject holds a permission at the target's employer (staff: anywhere), for its connection where it matters. */
export function holds(
  { signedIn, rights }: Subject,
  permission: Permission | undefined,
  at: Pick<Target, "customer" | "connection">,
  byConnection: boolean,
): boolean {
  if (!signedIn) return false;
  return rights.some(
    (right) =>
      right.customer === at.customer &&
      (permission === undefined || right.permissions.includes(permission)) &&
      (!byConnection ||
        (at.connection >= 0 && (right.connection === null || right.connection === at.connection))),
  );
}

export const staffHolds = ({ signedIn, rights }: Subject, permission: Permission | undefined): boolean =>
  signedIn &&
  rights.some(
    (right) =>
      right.customer === null && (permission === undefined || right.permissions.includes(permission)),
  );
