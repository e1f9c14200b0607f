import { sql, type SQL } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase, inScope, type Tx } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { permissions, roleTable, type Permission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/domain/context";
import {
  assignments,
  checkHolders,
  contextsOf,
  createHolder,
  modelCovers,
  modelIsSelf,
  modelIsStaff,
  modelMay,
  type Assignment,
  type HolderCheck,
} from "./testing";
import { createWorld, type PersonClass, type World } from "./world/testing";

/**
 * Lock 1 switched off: every permission is held and no query has a condition. What comes back is what row-level
 * security alone lets through, for random people with random roles.
 */

const everything = new Set(Object.keys(permissions) as Permission[]);
const withoutLockOne = (ctx: Context): Context => ({ ...ctx, permissions: everything });

class Undo extends Error {}

/** The rows of a statement, none where the role may not at all; nothing of it stays. */
async function rowsOf(ctx: Context, statement: SQL): Promise<Record<string, string | null>[]> {
  const found: Record<string, string | null>[] = [];
  try {
    await inScope(withoutLockOne(ctx), async (tx: Tx) => {
      found.push(...(await tx.execute<Record<string, string | null>>(statement)));
      throw new Undo();
    });
  } catch (error) {
    const text = String(error instanceof Error && error.cause ? error.cause : error);
    if (!(error instanceof Undo) && !/permission denied|row-level security/.test(text)) throw error;
  }
  return found;
}

const readsOf: Record<PersonClass, SQL> = {
  name: sql`select id, last_name as value from individuals`,
  pii: sql`select individual_id as id, residence->>'line1' as value from individual_profiles`,
  traits: sql`select individual_id as id, ethnicity as value from individual_traits`,
  income: sql`select individual_id as id, amount_cents::text as value from income_history where is_current`,
  pay: sql`select individual_id as id, name as value from pay_statement_lines`,
  document: sql`select individual_id as id, content->>'deductions' as value from documents`,
  ssn: sql`select owner_id as id, last_four as value from sealed_values where kind = 'ssn'`,
};
const grantOf: Record<Exclude<PersonClass, "name">, readonly Permission[]> = {
  pii: ["individual:pii"],
  traits: ["individual:traits"],
  income: ["individual:income"],
  pay: ["payroll:read"],
  document: ["document:read"],
  // One grant for what is sealed: numbers of people and of accounts.
  ssn: ["individual:ssn", "company:bank"],
};

/** One grant for who knows the team, whoever gives which role: what may be given is the first lock's. */
const teamPermissions: readonly Permission[] = ["team:read", "team:manage", "employee:invite"];

describe("row-level security alone", () => {
  const database = useTestDatabase();
  let world: World;

  beforeAll(async () => {
    world = await createWorld(database().sql("superuser"));
    await configureDatabase({ url: database().urls.app });
  });
  afterAll(closeDatabase);

  function mayRead(held: readonly Assignment[], kind: PersonClass, individualId: string): boolean {
    const person = world.people.find((each) => each.individualId === individualId);
    if (!person) return false;
    if (modelIsSelf(held, world, person)) return true;
    const { connection, customer } = person;
    if (kind === "name") return modelIsStaff(held) || modelCovers(held, connection, customer);
    return grantOf[kind].some((permission) => modelMay(held, permission, connection, customer));
  }

  const forAll = (check: HolderCheck, numRuns: number) =>
    checkHolders(database().sql("superuser"), world, check, { numRuns });

  it("gives nobody a value of a person that none of the own roles allows", async () => {
    await forAll(async (held, contexts) => {
      for (const ctx of contexts) {
        for (const kind of Object.keys(readsOf) as PersonClass[]) {
          const rows = await rowsOf(ctx, readsOf[kind]);
          const wrong = rows.filter(({ id }) => !mayRead(held, kind, id ?? ""));
          expect(wrong, `${kind} for ${ctx.role}`).toEqual([]);
          // In one scope at a time: nobody reads two employers at once, staff's names aside.
          const scope = ctx.scope;
          if (scope.kind === "customer" && !modelIsStaff(held)) {
            const elsewhere = rows.filter(({ id }) => {
              const person = world.people.find((each) => each.individualId === id);
              return world.customers[person?.customer ?? -1] !== scope.customerId;
            });
            expect(elsewhere).toEqual([]);
          }
        }
      }
    }, 40);
  }, 240_000);

  it("gives somebody with pay at one employer none at the other", async () => {
    const role = (customer: number, name: "payroll_manager" | "hr_viewer"): Assignment => ({
      kind: "employer",
      customer,
      connection: null,
      person: -1,
      role: name,
      permissions: roleTable[name].permissions,
    });
    const held = [role(0, "payroll_manager"), role(1, "hr_viewer")];
    const contexts = await contextsOf(world, await createHolder(database().sql("superuser"), world, held));
    expect(contexts).toHaveLength(2);
    const counts = await Promise.all(
      contexts.map(async (ctx) => [
        (await rowsOf(ctx, readsOf.name)).length,
        (await rowsOf(ctx, readsOf.income)).length,
      ]),
    );
    expect(counts).toEqual([
      [4, 4],
      [4, 0],
    ]);
  });

  it("gives somebody with one role everything that it allows", async () => {
    const check: HolderCheck = async (held, contexts) => {
      for (const kind of Object.keys(readsOf) as PersonClass[]) {
        const read = new Set<string>();
        for (const ctx of contexts) for (const { id } of await rowsOf(ctx, readsOf[kind])) read.add(id ?? "");
        const allowed = world.people.filter((person) => mayRead(held, kind, person.individualId));
        expect([...read].sort(), kind).toEqual(allowed.map((person) => person.individualId).sort());
      }
    };
    const from = assignments.map((held) => held.slice(0, 1));
    await checkHolders(database().sql("superuser"), world, check, { numRuns: 25, from });
  }, 240_000);

  it("lets nobody change a connection or give a role beyond the own employer, connections and grants", async () => {
    await forAll(async (held, contexts) => {
      for (const ctx of contexts) {
        const touched = await rowsOf(ctx, sql`update connections set updated_at = now() returning id`);
        for (const { id } of touched) {
          const index = world.connections.findIndex((each) => each.id === id);
          const customer = world.connections[index]?.customer ?? -1;
          const atStaffed =
            ctx.role === "staff_admin" &&
            ctx.scope.kind === "customer" &&
            world.customers[customer] === ctx.scope.customerId;
          expect(modelCovers(held, index, customer) || (modelIsStaff(held, "staff_admin") && atStaffed)).toBe(
            true,
          );
        }
        for (const [customer, customerId] of world.customers.entries()) {
          for (const connection of [null, customer * 2, customer * 2 + 1]) {
            const given = await rowsOf(
              ctx,
              sql`insert into user_roles (customer_id, user_id, role, connection_id)
                select ${customerId}::uuid, ${ctx.actor.kind === "user" ? ctx.actor.userId : ""}, 'given', ${connection === null ? null : (world.connections[connection]?.id ?? null)}::uuid
                returning id`,
            );
            if (given.length === 0) continue;
            const allowed = held.some(
              (each) =>
                each.kind === "employer" &&
                each.customer === customer &&
                teamPermissions.some((name) => each.permissions.includes(name)) &&
                (each.connection === null || each.connection === connection),
            );
            expect(allowed || modelIsStaff(held, "staff_admin"), `a role at ${customer}/${connection}`).toBe(
              true,
            );
          }
        }
      }
    }, 25);
  }, 240_000);
});
