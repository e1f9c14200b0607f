import { randomUUID } from "node:crypto";
import { sql as text } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, configureDatabase, inScope } from "@/db/client";
import { createTestUser } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import type { Context } from "@/lib/domain/context";
import { exportOwnStatements } from "@/lib/domain/export/export-own-statements";
import { readCsv } from "@/lib/domain/export/testing";
import { testContext } from "@/lib/domain/testing";
import { PayWorld, wages, type TestPerson } from "../ytd/testing";
import { listOwnPayStatements } from "./list-own-pay-statements";

/** What an employee is told of statements that are still on their way: days, and of the own pay alone. */

const database = useTestDatabase();
afterAll(closeDatabase);

let world: PayWorld;
let connectionId: string;
let ada: TestPerson;
let ben: TestPerson;

beforeAll(async () => {
  world = await PayWorld.open(database());
  connectionId = await world.connect();
  ada = await world.person(connectionId, { startDate: "2025-02-03" });
  ben = await world.person(connectionId, { first: "Ben", startDate: "2020-01-01" });
  const run = (day: string | null, state: string, names: string[] | null, paid: string[] = []) =>
    world
      .run(
        connectionId,
        day,
        paid.map((person) => wages(person, day, 100_000n)),
        { state, names: names ?? [] },
      )
      .then(async (id) => {
        if (names === null) await world.sql`update payments set individual_ids = null where id = ${id}`;
        return id;
      });
  await run("2025-03-07", "complete", [ada.finchId, ben.finchId], [ada.id, ben.id]);
  await run("2025-03-21", "pending", [ada.finchId, ben.finchId]);
  await run("2025-04-04", "partial", [ada.finchId, ben.finchId], [ada.id]);
  await run("2025-04-18", "unread", [ben.finchId]);
  await run("2025-05-02", "failed", null);
  // Before Ada was hired, and after today.
  await run("2025-01-10", "held", null);
  await run("2999-01-02", "unread", [ada.finchId, ben.finchId]);
  await run(null, "pending", [ada.finchId]);
  const gone = await run("2025-05-16", "pending", [ada.finchId]);
  await world.sql`update payments set deleted_at = now() where id = ${gone}`;
  await configureDatabase({ url: database().urls.app, max: 4 });
}, 240_000);

const employee = (
  person: TestPerson,
  more: { connectionId?: string; customerId?: string; userId?: string } = {},
) =>
  testContext("employee", more.customerId ?? world.customerId, {
    connectionIds: [more.connectionId ?? connectionId],
    individualId: person.id,
    ...(more.userId ? { userId: more.userId } : {}),
  });
const awaited = async (person: TestPerson) => (await listOwnPayStatements(employee(person), {})).awaited;
const asked = (ctx: Context) =>
  inScope(ctx, (tx) => tx.execute(text`select * from list_own_awaited_pay('2026-01-01')`));

it("an employee is told the days whose own pay may be missing, and no day that is somebody else's", async () => {
  expect(await awaited(ada)).toEqual(["2025-05-02", "2025-03-21", null]);
  expect(await awaited(ben)).toEqual(["2025-05-02", "2025-04-18", "2025-04-04", "2025-03-21", "2025-01-10"]);
});

it("once a payment is read in whole its day is named no more", async () => {
  await world.sql`update payments set statements_state = 'complete' where pay_date = '2025-03-21'
    and customer_id = ${world.customerId}`;
  expect(await awaited(ada)).toEqual(["2025-05-02", null]);
  await world.sql`update payments set statements_state = 'pending' where pay_date = '2025-03-21'
    and customer_id = ${world.customerId}`;
});

it("another employer's, another connection's and no person of the scope get no day", async () => {
  const other = await PayWorld.open(database());
  const beside = await world.connect();
  expect(await asked(employee(ada))).toHaveLength(3);
  expect(await asked(employee(ada, { customerId: other.customerId }))).toEqual([]);
  expect(await asked(employee(ada, { connectionId: beside }))).toEqual([]);
  expect(await asked(employee({ ...ada, id: randomUUID() }))).toEqual([]);
});

it("answers with pay dates only, and to employees alone", async () => {
  const rows = await asked(employee(ada));
  expect(rows.map((row) => Object.keys(row))).toEqual([["pay_date"], ["pay_date"], ["pay_date"]]);
  for (const role of ["employer_admin", "payroll_manager", "hr_viewer"] as const)
    await expect(asked(testContext(role, world.customerId, { individualId: ada.id }))).rejects.toMatchObject({
      cause: { code: "42501" },
    });
});

it("the own file names the days as well", async () => {
  const user = await createTestUser(world.sql, {
    ...{ role: "employee", customerId: world.customerId, connectionId, individualId: ada.id },
  });
  const own = employee(ada, { userId: user.id });
  const { head } = await readCsv(await exportOwnStatements(own, { year: 2025 }, { format: "csv" }));
  expect(head).toContainEqual(["May be missing", "2025-05-02, 2025-03-21, without a pay date"]);
});
