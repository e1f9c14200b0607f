import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { createTestUser } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import type { Permission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/domain/context";
import { exportStatements } from "@/lib/domain/export/export-statements";
import { readCsv } from "@/lib/domain/export/testing";
import { testContext } from "@/lib/domain/testing";
import { getPayStatement } from "../statements/get-pay-statement";
import { PayWorld, wages } from "../ytd/testing";
import { listAwaitedStatements } from "./list-awaited-statements";
import { listStatements } from "./list-statements";

/** No order says who is who to whoever may see pay and not people. */

const database = useTestDatabase();
afterAll(closeDatabase);

let world: PayWorld;
let paymentId: string;
/** Statements by id, and people without one by Finch id. */
let slips: string[];
let awaited: string[];
/** Statements by the names of their people. */
let named: string[];

beforeAll(async () => {
  world = await PayWorld.open(database());
  const connectionId = await world.connect();
  const paid = [];
  for (const last of ["Hill", "Ames", "Gray", "Boyd", "Fox"])
    paid.push(await world.person(connectionId, { first: "A", last }));
  // Finch ids and ids run against the names, so that neither order can pass for the other.
  awaited = ["finch-1", "finch-2", "finch-3"];
  for (const [at, last] of ["Ely", "Dunn", "Cole"].entries()) {
    const { id } = await world.person(connectionId, { first: "A", last });
    await world.sql`update individuals set finch_individual_id = ${awaited[at] ?? ""} where id = ${id}`;
  }
  const day = "2026-03-13";
  paymentId = await world.run(
    connectionId,
    day,
    paid.map(({ id }) => wages(id, day, 100n)),
    { state: "partial", names: [...paid.map(({ finchId }) => finchId), ...awaited] },
  );
  const rows = await world.sql<
    { id: string }[]
  >`select s.id from pay_statements s join individuals i on i.id = s.individual_id
    where s.payment_id = ${paymentId} order by i.sort_name desc`;
  named = [];
  for (const [at, { id }] of rows.entries()) {
    const made = `00000000-0000-4000-8000-00000000000${at}`;
    await world.sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`update pay_statement_lines set statement_id = ${made} where statement_id = ${id}`;
      await tx`update pay_statements set id = ${made} where id = ${id}`;
    });
    named.unshift(made);
  }
  slips = named.toSorted();
  await configureDatabase({ url: database().urls.app, max: 4 });
}, 240_000);

async function reader(permissions: readonly Permission[]): Promise<Context> {
  const user = await createTestUser(world.sql, { role: "employer_admin", customerId: world.customerId });
  return {
    ...testContext("employer_admin", world.customerId, { userId: user.id }),
    permissions: new Set(permissions),
  };
}
const payOnly = () => reader(["payroll:read", "payroll:export"]);

it("a payment's statements stand by id, whatever they are sorted by, in the table and in its file", async () => {
  const ctx = await payOnly();
  for (const sort of ["name", "gross", "net", "hours"] as const) {
    const { rows } = await listStatements(ctx, { paymentId, sort });
    expect(
      rows.map(({ id }) => id),
      sort,
    ).toEqual(slips);
  }
  const { rows } = await listStatements(testContext("employer_admin", world.customerId), { paymentId });
  expect(rows.map(({ id }) => id)).toEqual(named);
  const inTable = (await listStatements(ctx, { paymentId })).rows.map(({ person }) => person.id);
  const file = await readCsv(await exportStatements(ctx, { paymentId }, {}));
  expect(file.rows.map((row) => row["Person id"])).toEqual(inTable);
});

it("a payslip's place and neighbours are those of that table", async () => {
  const ctx = await payOnly();
  for (const [at, statementId] of slips.entries()) {
    const { payment } = await getPayStatement(ctx, { paymentId, statementId });
    expect([payment?.place, payment?.before?.id, payment?.after?.id]).toEqual([
      at + 1,
      slips[at - 1],
      slips[at + 1],
    ]);
  }
  const admin = testContext("employer_admin", world.customerId);
  const { payment } = await getPayStatement(admin, { paymentId, statementId: named[1] ?? "" });
  expect([payment?.place, payment?.before?.id, payment?.after?.id]).toEqual([2, named[0], named[2]]);
});

it("who has no statement yet stands by Finch id", async () => {
  const { people } = await listAwaitedStatements(await payOnly(), { paymentId });
  expect(people.map(({ finchIndividualId }) => finchIndividualId)).toEqual(awaited);
  const after = awaited[0] ?? null;
  const rest = await listAwaitedStatements(await payOnly(), { paymentId, after });
  expect(rest.people.map(({ finchIndividualId }) => finchIndividualId)).toEqual(awaited.slice(1));
});
