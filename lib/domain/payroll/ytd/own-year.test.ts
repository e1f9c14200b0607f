import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { newPerson } from "@/lib/domain/team/testing";
import { testContext } from "@/lib/domain/testing";
import { classifyItem } from "../items/classify-item";
import { listOwnPayStatements } from "../statements/list-own-pay-statements";
import { createOpeningBalance } from "./enter-opening";
import { listYtd } from "./list-ytd";
import { PayWorld, wages, type TestLine, type TestPerson } from "./testing";

const database = useTestDatabase();
afterAll(closeDatabase);

let world: PayWorld;
let connectionId: string;
let ada: TestPerson;

const line = (category: TestLine["category"], name: string, cents: bigint, more: Partial<TestLine> = {}) => ({
  ...{ category, name, cents, type: null, currency: "usd" },
  ...more,
});

/** Somebody with everything that a plain sum of slips gets wrong, beside a colleague. */
beforeAll(async () => {
  world = await PayWorld.open(database());
  connectionId = await world.connect();
  ada = await world.person(connectionId);
  const ben = await world.person(connectionId, { first: "Ben" });
  const slip = (payDate: string, lines: TestLine[]) => {
    const plain = wages(ada.id, payDate, 500_000n);
    return { ...plain, lines: [...plain.lines, ...lines] };
  };
  await world.run(connectionId, "2025-09-12", [
    slip("2025-09-12", [
      line("tax", "City", 111n),
      line("tax", "FUTA", 42n, { employer: true }),
      line("earning", "Project", 20_000n, { type: "1099" }),
      line("earning", "Stage", 3_000n, { type: "other" }),
    ]),
    wages(ben.id, "2025-09-12", 77_000n),
  ]);
  const only = wages(ada.id, "2025-10-10", 90_000n);
  const contract = line("earning", "Project", 90_000n, { type: "1099" });
  await world.run(connectionId, "2025-10-10", [{ ...only, lines: [contract] }]);
  await world.run(connectionId, "2025-11-07", [
    slip("2025-11-07", [
      line("earning", "Stage", 4_000n, { type: "other" }),
      line("deduction", "Dues", 9n, { currency: "cad" }),
    ]),
  ]);
  await world.keepTotals();
  const { ctx } = await newPerson(world.sql, world.customerId);
  await createOpeningBalance(ctx, {
    ...{ individualId: ada.id, kind: "gross", currency: "USD", year: 2025, amountCents: "1000000" },
    ...{ throughDate: "2025-08-29", note: null },
  });
  // From October on the stage bonus is 1099 pay by the employer's own type.
  await classifyItem(ctx, {
    ...{ connectionId, category: "earning", name: "Stage", finchType: "other", mappedType: "1099" },
    ...{ effectiveFrom: "2025-10-01", acceptClosedYears: true },
  });
  await configureDatabase({ url: database().urls.app, max: 4 });
}, 240_000);

const employee = () =>
  testContext("employee", world.customerId, { connectionIds: [connectionId], individualId: ada.id });

it("an employee's own year is the employer's row of that person, to the cent", async () => {
  const manager = testContext("payroll_manager", world.customerId);
  const { rows } = await listYtd(manager, { year: 2025 });
  const row = rows.find(({ individualId }) => individualId === ada.id);
  const { sums } = await listOwnPayStatements(employee(), { year: 2025 });
  expect(sums?.figures).toEqual(row?.figures);
  expect(sums?.coverage).toEqual({
    firstPayDate: row?.coverage.firstPayDate,
    lastPayDate: row?.coverage.lastPayDate,
    since: row?.coverage.since,
  });
});

it("taxes of unknown payer, 1099 pay and what was entered are in nobody's wages", async () => {
  const { sums } = await listOwnPayStatements(employee(), { year: 2025 });
  const dollars = sums?.figures.find(({ currency }) => currency === "usd");
  expect(dollars).toMatchObject({
    ...{ taxesCents: 100_000n, unknownTaxesCents: 111n, employerTaxesCents: 42n },
    ...{ grossCents: 976_000n, contractCents: 24_000n, hours: "160", statements: 2 },
    opening: { grossCents: 1_000_000n },
  });
  expect(sums?.contract).toEqual([{ currency: "usd", cents: 114_000n }]);
  expect(sums?.coverage).toEqual({
    ...{ firstPayDate: "2025-09-12", lastPayDate: "2025-11-07", since: "2025-09-12" },
  });
});
