import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { testContext } from "@/lib/domain/testing";
import { listYtd } from "./list-ytd";
import { PayWorld, wages, type TestSlip } from "./testing";
import type { YtdQuery } from "./ytd-query";

/** What is beside a page's sums is of the same entities, people and kind of pay as the sums. */

const database = useTestDatabase();

beforeAll(() => configureDatabase({ url: database().urls.app, max: 4 }));
afterAll(closeDatabase);

const asAdmin = (world: PayWorld, query: Partial<YtdQuery>) =>
  listYtd(testContext("employer_admin", world.customerId), { year: 2026, ...query });

const contract = (person: string, payDate: string | null, cents: bigint): TestSlip => ({
  ...wages(person, payDate, cents),
  netCents: cents,
  lines: [{ category: "earning", type: "1099", name: "Contractor Payment", cents, currency: "usd" }],
});

it("shows scheduled and undated pay of the chosen entity alone", async () => {
  const world = await PayWorld.open(database());
  const connectionId = await world.connect();
  for (const entityId of ["east", "west"]) {
    const { id } = await world.person(connectionId, { entityId });
    for (const day of ["2026-01-09", "2026-12-31", null])
      await world.run(connectionId, day, [wages(id, day, entityId === "east" ? 100n : 70n)], { entityId });
  }
  await world.keepTotals();
  const view = await asAdmin(world, { asOf: "2026-06-30", entities: [`${connectionId}.east`] });
  expect(view.scheduled).toMatchObject([{ statements: 1, grossCents: 100n }]);
  expect(view.undated).toMatchObject([{ statements: 1, grossCents: 100n }]);
});

it("keeps what is scheduled for contractors apart from wages, and their pay dates too", async () => {
  const world = await PayWorld.open(database());
  const connectionId = await world.connect();
  const { id } = await world.person(connectionId);
  await world.run(connectionId, "2026-01-09", [contract(id, "2026-01-09", 900n)]);
  await world.run(connectionId, "2026-03-13", [wages(id, "2026-03-13", 100n)]);
  await world.run(connectionId, "2026-12-24", [contract(id, "2026-12-24", 900n)]);
  await world.run(connectionId, "2026-12-31", [wages(id, "2026-12-31", 100n)]);
  await world.keepTotals();
  const employees = await asAdmin(world, { asOf: "2026-06-30" });
  expect(employees.scheduled).toMatchObject([{ statements: 1, grossCents: 100n }]);
  expect(employees.rows[0]?.coverage).toMatchObject({
    firstPayDate: "2026-03-13",
    lastPayDate: "2026-03-13",
  });
  const others = await asAdmin(world, { asOf: "2026-06-30", pay: "nonemployee" });
  expect(others.scheduled).toMatchObject([{ statements: 1, grossCents: 900n }]);
  expect(others.rows[0]?.coverage).toMatchObject({ firstPayDate: "2026-01-09", lastPayDate: "2026-01-09" });
});

it("says in the total too that a net pay is missing, where a currency has no other", async () => {
  const world = await PayWorld.open(database());
  const connectionId = await world.connect();
  const { id } = await world.person(connectionId);
  const slip = wages(id, "2026-03-13", 100n);
  await world.run(connectionId, "2026-03-13", [{ ...slip, netCents: null, netCurrency: null }]);
  await world.keepTotals();
  expect((await asAdmin(world, { asOf: "2026-06-30" })).totals).toMatchObject([{ without: { net: 1 } }]);
});

it("misses no amount of 1099 lines in wages, neither of a person nor in total", async () => {
  const world = await PayWorld.open(database());
  const connectionId = await world.connect();
  const { id } = await world.person(connectionId);
  const slip = wages(id, "2026-03-13", 100n);
  const lines = [...contract(id, null, 1n).lines.map((line) => ({ ...line, cents: null })), ...slip.lines];
  await world.run(connectionId, "2026-03-13", [{ ...slip, lines }]);
  await world.keepTotals();
  const view = await asAdmin(world, { asOf: "2026-06-30" });
  expect(view.rows[0]?.figures).toMatchObject([{ without: { amounts: 0 } }]);
  expect(view.totals).toMatchObject([{ without: { amounts: 0 } }]);
});

it("calls nothing scheduled that was paid before the period begins", async () => {
  const world = await PayWorld.open(database());
  const connectionId = await world.connect();
  const { id } = await world.person(connectionId);
  for (const day of ["2026-09-11", "2026-12-24"]) await world.run(connectionId, day, [wages(id, day, 100n)]);
  await world.keepTotals();
  const view = await asAdmin(world, { period: "plan", planStart: 12, asOf: "2026-06-30" });
  expect(view.scheduled).toMatchObject([{ statements: 1, from: "2026-12-24" }]);
});
