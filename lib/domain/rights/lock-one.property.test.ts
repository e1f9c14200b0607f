import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { roleTable } from "@/lib/auth/permissions";
import { acceptHold } from "@/lib/domain/connections/accept-hold";
import { cancelSync } from "@/lib/domain/connections/cancel-sync";
import { disconnectConnection } from "@/lib/domain/connections/disconnect-connection";
import { requestSync } from "@/lib/domain/connections/request-sync";
import { DomainError } from "@/lib/domain/errors";
import { breakGlassSsn } from "@/lib/domain/reveal/break-glass-ssn";
import { revealSsn } from "@/lib/domain/reveal/reveal-ssn";
import { grantRole } from "@/lib/domain/team/grant-role";
import { readingFiles, readingVerbs, verbsThatRead } from "./reading/testing";
import {
  checkHolders,
  contextsOf,
  createHolder,
  modelCovers,
  modelIsStaff,
  modelMay,
  modelMayRead,
  type Assignment,
  type HolderCheck,
} from "./testing";
import { createWorld, searchOf, type World } from "./world/testing";

/**
 * Lock 2 switched off: no row-level security, and every role may read and write every table. What the domain's verbs
 * give and do is what their own permissions and conditions alone allow, for random people with random roles.
 */

/** The code of the error that a verb ended with; null where it went through. */
async function refusalOf(verb: Promise<unknown>): Promise<string | null> {
  try {
    await verb;
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}
const textOf = (answer: unknown) =>
  JSON.stringify(answer, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
const kept = new Set(["FORBIDDEN", "NOT_FOUND"]);
const isPassed = async (verb: Promise<unknown>) => !kept.has((await refusalOf(verb)) ?? "");

describe("the domain's own checks alone", () => {
  const database = useTestDatabase();
  let world: World;

  beforeAll(async () => {
    const owner = database().sql("owner");
    world = await createWorld(database().sql("superuser"));
    const tables = await owner<{ name: string }[]>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relrowsecurity`;
    expect(tables.length).toBeGreaterThan(20);
    for (const { name } of tables) await owner`alter table ${owner(name)} disable row level security`;
    await owner`grant select, insert, update, delete on all tables in schema public
      to perch_tenant, perch_employee, perch_staff, perch_support, perch_sync`;
    await configureDatabase({ url: database().urls.app });
  });
  afterAll(closeDatabase);

  /** What none of the own roles opens, by its value. */
  function forbiddenValues(held: readonly Assignment[]): Map<string, string> {
    const found = new Map<string, string>();
    for (const planted of world.planted) {
      if (modelMayRead(held, world, planted)) continue;
      // Break-glass names the person whose SSN is asked for.
      if (planted.kind === "name" && modelIsStaff(held)) continue;
      // What people wrote into an employer's audit is kept from staff by row-level security, which is off here.
      if (planted.kind === "audit" && modelIsStaff(held, "staff_admin")) continue;
      found.set(planted.value, `${planted.what} at connection ${planted.connection}`);
    }
    for (const [index, { name, customer }] of world.connections.entries()) {
      const isOwn = held.some((each) => each.kind === "employee" && each.connection === index);
      if (!modelCovers(held, index, customer) && !modelIsStaff(held) && !isOwn)
        found.set(name, `connection ${index}`);
    }
    return found;
  }

  const forAll = (check: HolderCheck, numRuns: number) =>
    checkHolders(database().sql("superuser"), world, check, { numRuns });

  it("row-level security is really off: a query without a condition reads both employers", async () => {
    const rows = await database()
      .sql("app")
      .begin(async (tx) => {
        await tx`select set_config('role', 'perch_tenant', true)`;
        return tx`select distinct customer_id from income_history`;
      });
    expect(rows).toHaveLength(2);
  });

  it("every verb that reads for somebody is among those that are asked here", () => {
    const { found, asked } = verbsThatRead();
    expect(found.length).toBeGreaterThan(20);
    expect(found.filter((name) => !asked.includes(name))).toEqual([]);
  });

  /** Asks for everything, and looks for what nobody of these roles may have in what comes. */
  const givesNothingForbidden = (reading: typeof readingVerbs, numRuns: number) =>
    forAll(async (held, contexts) => {
      const forbidden = forbiddenValues(held);
      const search = searchOf([...forbidden.keys()]);
      for (const ctx of contexts) {
        for (const [name, read] of reading(world, ctx)) {
          let text = "";
          const code = await refusalOf(read().then((answer) => (text = textOf(answer))));
          if (code !== null) continue;
          const leaked = search(text).map((value) => forbidden.get(value));
          expect(leaked, `${name} as ${ctx.role}`).toEqual([]);
        }
      }
    }, numRuns);

  it("give nobody a value that none of the own roles allows, whatever is asked for", async () => {
    await givesNothingForbidden(readingVerbs, 25);
  }, 180_000);

  it("write nobody such a value into a file", async () => {
    await givesNothingForbidden(readingFiles, 12);
  }, 180_000);

  it("give an administrator every value of the own employer", async () => {
    const admin: Assignment = {
      kind: "employer",
      customer: 0,
      connection: null,
      person: -1,
      role: "employer_admin",
      permissions: roleTable.employer_admin.permissions,
    };
    const [ctx] = await contextsOf(world, await createHolder(database().sql("superuser"), world, [admin]));
    if (!ctx) throw new Error("no context");
    const texts: string[] = [];
    for (const [, read] of readingVerbs(world, ctx))
      await refusalOf(read().then((answer) => texts.push(textOf(answer))));
    const all = new Set(searchOf(world.planted.map(({ value }) => value))(texts.join("\n")));
    for (const { what, value, customer } of world.planted)
      expect.soft(all.has(value), `${what} ${value}`).toBe(customer === 0);
  });

  it("change nothing that none of the own roles allows, wherever it is", async () => {
    const sql = database().sql("superuser");
    const idOf = (rows: { id?: unknown }[]) => String(rows[0]?.id);
    const openRun = async (id: string) =>
      idOf(
        await sql`insert into sync_runs (customer_id, connection_id, reason)
        select customer_id, id, 'scheduled' from connections where id = ${id}
        on conflict (customer_id, connection_id) where status in ('queued', 'running', 'waiting')
        do update set reason = 'scheduled' returning id`,
      );
    const openHold = async (id: string) =>
      idOf(
        await sql`insert into sync_holds (customer_id, connection_id, product, rows)
        select customer_id, id, 'payments', 1 from connections where id = ${id}
        on conflict (customer_id, connection_id, entity_id, product, finch_id) where resolved_at is null
        do update set accepted_at = null returning id`,
      );
    await forAll(async (held, contexts) => {
      const staffAdmin = modelIsStaff(held, "staff_admin");
      for (const ctx of contexts.filter(({ scope }) => scope.kind === "customer")) {
        for (const [index, { id: connectionId, customer }] of world.connections.entries()) {
          if (await isPassed(requestSync(ctx, { connectionId })))
            expect(modelMay(held, "connection:sync", index, customer) || modelIsStaff(held), "sync").toBe(
              true,
            );
          if (await isPassed(cancelSync(ctx, { connectionId, runId: await openRun(connectionId) })))
            expect(modelMay(held, "connection:sync", index, customer) || modelIsStaff(held), "cancel").toBe(
              true,
            );
          if (await isPassed(acceptHold(ctx, { connectionId, holdId: await openHold(connectionId) })))
            expect(modelMay(held, "connection:sync", index, customer) || modelIsStaff(held), "accept").toBe(
              true,
            );
          // A wrong name is told only to those who may disconnect.
          if (await isPassed(disconnectConnection(ctx, { connectionId, name: "another" })))
            expect(modelMay(held, "connection:disconnect", index, customer) || staffAdmin, "disconnect").toBe(
              true,
            );
        }
        for (const { connection, customer, individualId } of world.people) {
          const asked = { individualId, reason: "because of a test" };
          // The second factor is asked for last, so that a refusal without one says that all else was right.
          if ((await refusalOf(revealSsn({ ...ctx, steppedUpAt: null }, asked))) === "STEP_UP_REQUIRED")
            expect(modelMay(held, "individual:reveal_ssn", connection, customer), "reveal").toBe(true);
          const glass = { ...asked, reason: "because of a test that says why", name: "nobody" };
          if (await isPassed(breakGlassSsn(ctx, { ...glass, customerId: world.customers[customer] ?? "" })))
            expect(staffAdmin, "break-glass").toBe(true);
        }
      }
      await sql`delete from sync_runs`;
      await sql`delete from sync_holds`;
    }, 20);
  }, 180_000);

  it("give a role only to those who may, at their employer, and never more than they hold", async () => {
    const sql = database().sql("superuser");
    await forAll(async (held, contexts) => {
      for (const ctx of contexts) {
        for (const [customer, customerId] of world.customers.entries()) {
          for (const half of [null, 0, 1]) {
            for (const role of ["hr_viewer", "payroll_manager"] as const) {
              const connection = half === null ? null : customer * 2 + half;
              const connectionId = connection === null ? null : (world.connections[connection]?.id ?? null);
              const input = { customerId, email: "given@example.test", role, connectionId };
              if ((await refusalOf(grantRole(ctx, input, { mail: false }))) !== null) continue;
              await sql`delete from user_roles where user_id = (select id from users where email = 'given@example.test')`;
              const wanted = [...roleTable[role].permissions, "team:manage" as const];
              const reach = connection === null ? [customer * 2, customer * 2 + 1] : [connection];
              const holds = reach.every((at) => wanted.every((name) => modelMay(held, name, at, customer)));
              const everywhere = held.some((each) => each.connection === null && each.customer === customer);
              const allowed = holds && (connection !== null || everywhere);
              expect(
                allowed || modelIsStaff(held, "staff_admin"),
                `${role} at ${customer}/${connection}`,
              ).toBe(true);
            }
          }
        }
      }
    }, 20);
  }, 180_000);
});
