import fc from "fast-check";
import type { Sql } from "postgres";
import { inSystem } from "@/db/client";
import { listGrants } from "@/db/repositories/grants";
import { createTestUser, grantTestRole } from "@/db/seed/factories";
import { permissions, roleTable, type Permission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/domain/context";
import {
  employerContextOf,
  platformContextOf,
  selfContextOf,
  selfPairsOf,
  staffContextAt,
} from "@/lib/domain/users/grants";
import { permissionOf, type Person, type Planted, type World } from "./world/testing";

/**
 * Two employers with two connections of two people each, and random people with random roles. The model of what they
 * may is written here a second time, without a line of the code that is tested.
 */

export interface Assignment {
  kind: "employer" | "employee" | "staff";
  customer: number;
  /** Of an employer's role; null for all connections. */
  connection: number | null;
  /** Of an employee. */
  person: number;
  permissions: readonly Permission[];
  /** A built-in role, or the employer's own with these permissions. */
  role: string | null;
}

const platformOnly = (name: string) => name.startsWith("platform:") || name === "self:read";
const employerPermissions = (Object.keys(permissions) as Permission[]).filter((name) => !platformOnly(name));

const employerRole = fc.oneof(
  fc
    .constantFrom("employer_admin", "payroll_manager", "hr_viewer")
    .map((role) => ({ role: role, permissions: roleTable[role].permissions })),
  fc.subarray(employerPermissions).map((granted) => ({ role: null, permissions: granted })),
);

const assignment: fc.Arbitrary<Assignment> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({ given: employerRole, customer: fc.nat(1), half: fc.constantFrom(null, null, 0, 1) })
      .map(({ given, customer, half }) => ({
        kind: "employer" as const,
        customer,
        connection: half === null ? null : customer * 2 + half,
        person: -1,
        ...given,
      })),
  },
  {
    weight: 2,
    arbitrary: fc.nat(7).map((person) => ({
      kind: "employee" as const,
      customer: Math.floor(person / 4),
      connection: Math.floor(person / 2),
      person,
      role: "employee",
      permissions: roleTable.employee.permissions,
    })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("staff_admin" as const, "staff_support" as const).map((role) => ({
      kind: "staff" as const,
      customer: -1,
      connection: null,
      person: -1,
      role: role,
      permissions: roleTable[role].permissions,
    })),
  },
);

/** What somebody was given, in any number and mixture. */
export const assignments = fc.array(assignment, { minLength: 1, maxLength: 4 });

let serial = 0;

/** A user who holds them. */
export async function createHolder(sql: Sql, world: World, held: readonly Assignment[]): Promise<string> {
  const user = await createTestUser(sql);
  for (const each of held) {
    const customerId = each.kind === "staff" ? null : (world.customers[each.customer] ?? "");
    const role = each.role ?? `own-${++serial}`;
    if (each.role === null && customerId) {
      await sql`insert into roles (customer_id, name, label, database_role) values (${customerId}, ${role}, ${role}, 'perch_tenant')`;
      for (const permission of each.permissions)
        await sql`insert into role_permissions (customer_id, role, permission) values (${customerId}, ${role}, ${permission})`;
    }
    const isThere = await sql`select from user_roles where user_id = ${user.id} and role = ${role}
      and customer_id = ${customerId ?? "00000000-0000-0000-0000-000000000000"}
      and connection_id is not distinct from ${idOf(world, each)} and individual_id is not distinct from ${personOf(world, each)}`;
    if (isThere.length > 0) continue;
    await grantTestRole(sql, {
      userId: user.id,
      role,
      ...(customerId ? { customerId } : {}),
      connectionId: idOf(world, each),
      individualId: personOf(world, each),
    });
  }
  return user.id;
}

const idOf = (world: World, { connection }: Assignment) =>
  connection === null ? null : (world.connections[connection]?.id ?? null);
const personOf = (world: World, { person }: Assignment) => world.people[person]?.individualId ?? null;

/** Every context that a request of this user could run in, derived as a request derives it. */
export async function contextsOf(world: World, userId: string): Promise<Context[]> {
  const grants = await inSystem((tx) => listGrants(tx, userId));
  const person = { id: userId, email: "holder@example.test", name: "Holder" };
  const own = selfPairsOf(grants).map(({ individualId }) => selfContextOf(person, grants, individualId)?.ctx);
  const at = world.customers.flatMap((id) => [
    employerContextOf(person, grants, id),
    staffContextAt(person, grants, id),
  ]);
  const found = [...at, ...own, platformContextOf(person, grants)].filter(
    (ctx) => ctx !== null && ctx !== undefined,
  );
  return found.map((ctx) => ({ ...ctx, steppedUpAt: new Date() }));
}

export type HolderCheck = (held: Assignment[], contexts: Context[]) => Promise<void>;

/** Checks something for random people with random roles, in every context that a request of theirs could run in. */
export function checkHolders(
  sql: Sql,
  world: World,
  check: HolderCheck,
  { numRuns, from = assignments }: { numRuns: number; from?: fc.Arbitrary<Assignment[]> },
): Promise<void> {
  const property = fc.asyncProperty(from, async (held) => {
    const userId = await createHolder(sql, world, held);
    await check(held, await contextsOf(world, userId));
  });
  return fc.assert(property, { numRuns });
}

const covers = (each: Assignment, connection: number, customer: number) =>
  each.kind === "employer" &&
  each.customer === customer &&
  (each.connection === null || each.connection === connection);

/** Whether one of the roles, by itself, gives the permission for the connection. */
export function modelMay(
  held: readonly Assignment[],
  permission: Permission,
  connection: number,
  customer: number,
): boolean {
  return held.some((each) => covers(each, connection, customer) && each.permissions.includes(permission));
}

/** Whether somebody has any employer's role for the connection. */
export function modelCovers(held: readonly Assignment[], connection: number, customer: number): boolean {
  return held.some((each) => covers(each, connection, customer));
}

export const modelIsStaff = (held: readonly Assignment[], role?: string): boolean =>
  held.some((each) => each.kind === "staff" && (role === undefined || each.role === role));

export const modelIsSelf = (held: readonly Assignment[], world: World, person: Person): boolean =>
  held.some((each) => each.kind === "employee" && world.people[each.person] === person);

/** What one may read of a planted value by an employer's role or as the person; staff are another question. */
export function modelMayRead(held: readonly Assignment[], world: World, planted: Planted): boolean {
  const { kind, person, connection, customer } = planted;
  if (person && modelIsSelf(held, world, person)) return true;
  // The audit is of the whole employer: a role for some of its connections does not open it.
  if (connection === null)
    return held.some((each) => covers(each, -1, customer) && each.permissions.includes(permissionOf[kind]));
  return modelMay(held, permissionOf[kind], connection, customer);
}
