import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { testContext } from "@/lib/domain/testing";
import { getYtdPerson } from "./get-ytd-person";
import { listYtd } from "./list-ytd";
import { PayWorld, wages, type TestLine } from "./testing";
import { YtdFilterInput } from "./ytd-query";

const database = useTestDatabase();

beforeAll(() => configureDatabase({ url: database().urls.app, max: 4 }));
afterAll(closeDatabase);

const unknown = (category: TestLine["category"], values: Partial<TestLine>): TestLine => ({
  category,
  type: null,
  name: null,
  cents: null,
  currency: "usd",
  ...values,
});

/** Two runs: an ordinary one, and one with no gross, a salary, a tax and a 401(k) without amounts. */
async function withUnknowns() {
  const world = await PayWorld.open(database());
  const connectionId = await world.connect();
  await world.entity(connectionId, "", "Acme", "11-1111111");
  const { id } = await world.person(connectionId);
  await world.run(connectionId, "2026-01-09", [wages(id, "2026-01-09", 1_000n)]);
  await world.run(connectionId, "2026-01-23", [
    {
      ...wages(id, "2026-01-23", 2_000n),
      grossCents: null,
      lines: [
        unknown("earning", { type: "salary", name: "Salary" }),
        unknown("tax", { type: "federal", name: "Federal Income Tax", employer: false }),
        unknown("deduction", { type: "401k", name: "401(k)", preTax: true }),
      ],
    },
  ]);
  await world.keepTotals();
  return { world, individualId: id, admin: testContext("employer_admin", world.customerId) };
}

const year = YtdFilterInput.parse({ year: 2026, asOf: "2026-02-01" });

describe("amounts that Finch gave as null", () => {
  it("are counted at each figure that lacks them, of a person and of everybody", async () => {
    const { admin } = await withUnknowns();
    const view = await listYtd(admin, { year: 2026, asOf: "2026-02-01" });
    const without = {
      gross: 1,
      net: 0,
      earnings: 1,
      taxes: 1,
      employerTaxes: 0,
      unknownTaxes: 0,
      deductions: 1,
      contributions: 0,
      amounts: 3,
    };
    expect(view.totals).toMatchObject([{ grossCents: 1_000n, without }]);
    expect(view.rows[0]?.figures).toMatchObject([
      {
        grossCents: 1_000n,
        without: { ...without, hours: 0 },
        earnings: [{ type: "salary", amountCents: 1_000n, lines: 2, withoutAmount: 1 }],
      },
    ]);
    const plan = await listYtd(admin, { year: 2026, asOf: "2026-02-01", definition: "plan" });
    expect(plan.rows[0]?.figures[0]?.compensation).toMatchObject({ uncappedCents: 1_000n, withoutAmount: 1 });
  });

  it("are counted in the lines behind a figure", async () => {
    const { admin, individualId } = await withUnknowns();
    const { drill } = await getYtdPerson(admin, { individualId, query: year, of: "taxes" });
    expect(drill).toMatchObject({ cents: 100n, withoutAmount: 1, statements: 2 });
  });

  it("are in neither end of box 1, and are said to be", async () => {
    const { admin, individualId } = await withUnknowns();
    const { box1, drill } = await getYtdPerson(admin, { individualId, query: year, of: "box1" });
    expect(box1).toMatchObject({ estimate: { lowCents: 1_000n, highCents: 1_000n, withoutAmount: 3 } });
    const counts = ("estimate" in box1 ? box1.estimate.lines : []).map(({ line, count, withoutAmount }) => [
      line.category,
      count,
      withoutAmount,
      line.amountCents,
    ]);
    expect(counts).toEqual(
      expect.arrayContaining([
        ["earning", 2, 1, 1_000n],
        ["tax", 2, 1, 100n],
        ["deduction", 1, 1, null],
      ]),
    );
    // Lines of all kinds have no sum.
    expect(drill.cents).toBeNull();
    const [row] = (await listYtd(admin, { year: 2026, asOf: "2026-02-01", definition: "box1" })).rows;
    expect(row?.box1).toMatchObject({ kind: "range", lowCents: 1_000n, withoutAmount: 3 });
  });
});
