import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { addDays } from "./period";
import { testContext } from "@/lib/domain/testing";
import { getYtdPerson } from "./get-ytd-person";
import { listYtd } from "./list-ytd";
import { PayWorld, wages, type TestSlip } from "./testing";
import { YtdFilterInput, type YtdQuery } from "./ytd-query";

/** What employers say themselves counts in lists, totals and orders: own types, opening balances, runs of long ago. */

const database = useTestDatabase();
beforeAll(() => configureDatabase({ url: database().urls.app, max: 4 }));
afterAll(closeDatabase);

const asAdmin = (world: PayWorld, query: Partial<YtdQuery> = {}) =>
  listYtd(testContext("employer_admin", world.customerId), { year: 2026, asOf: "2026-12-31", ...query });

/** A slip of one earning. */
const slipOf = (
  person: string,
  payDate: string,
  cents: bigint,
  line: { type: string; name: string },
): TestSlip => ({
  ...wages(person, payDate, cents),
  netCents: cents,
  lines: [{ category: "earning", cents, currency: "usd", ...line }],
});

function classifyAs(
  world: PayWorld,
  connectionId: string,
  item: { name: string; finchType: string; mappedType: string; from?: string },
) {
  return world.sql`insert into item_classifications (customer_id, id, connection_id, category, name, finch_type, mapped_type, effective_from)
    values (${world.customerId}, ${randomUUID()}, ${connectionId}, 'earning', ${item.name}, ${item.finchType}, ${item.mappedType}, ${item.from ?? null})`;
}

/** Ada is paid wages and on "Advice", half of it before July; nothing else. */
async function advised(finchType: string) {
  const world = await PayWorld.open(database());
  const connectionId = await world.connect();
  const { id } = await world.person(connectionId);
  for (const day of ["2026-03-13", "2026-09-11"]) {
    await world.run(connectionId, day, [wages(id, day, 1_000n)]);
    await world.run(connectionId, addDays(day, 7), [
      slipOf(id, addDays(day, 7), 70n, { type: finchType, name: "Advice" }),
    ]);
  }
  await world.keepTotals();
  const gross = async (query: Partial<YtdQuery> = {}) => {
    const view = await asAdmin(world, query);
    const row = view.rows.find(({ individualId }) => individualId === id);
    const person = row
      ? await getYtdPerson(testContext("employer_admin", world.customerId), {
          individualId: id,
          query: YtdFilterInput.parse({ year: 2026, asOf: "2026-12-31", ...query }),
        })
      : null;
    return [view.totals[0]?.grossCents, row?.figures[0]?.grossCents, person?.drill.cents];
  };
  return { world, connectionId, gross };
}
const thrice = (cents: bigint) => [cents, cents, cents];

describe("an employer's own type", () => {
  it("makes whole slips 1099 pay, and takes them out of wages", async () => {
    const { world, connectionId, gross } = await advised("other");
    expect(await gross()).toEqual(thrice(2_140n));
    expect((await asAdmin(world, { pay: "nonemployee" })).rows).toEqual([]);
    await classifyAs(world, connectionId, { name: "Advice", finchType: "other", mappedType: "1099" });
    expect(await gross()).toEqual(thrice(2_000n));
    expect(await gross({ pay: "nonemployee" })).toEqual(thrice(140n));
    expect(await gross({ asOf: "2026-06-30" })).toEqual(thrice(1_000n));
  });

  it("makes what Finch calls 1099 wages, from its first day on", async () => {
    const { world, connectionId, gross } = await advised("1099");
    expect(await gross()).toEqual(thrice(2_000n));
    await classifyAs(world, connectionId, {
      ...{ name: "Advice", finchType: "1099", mappedType: "salary", from: "2026-07-01" },
    });
    expect(await gross()).toEqual(thrice(2_070n));
    expect(await gross({ pay: "nonemployee" })).toEqual(thrice(70n));
  });

  it("is the type under which totals of earnings stand, by pay date", async () => {
    const { world, connectionId } = await advised("other");
    await classifyAs(world, connectionId, {
      ...{ name: "Advice", finchType: "other", mappedType: "bonus", from: "2026-07-01" },
    });
    const { totals } = await asAdmin(world);
    expect(
      Object.fromEntries(totals[0]?.earnings.map((each) => [each.type, each.amountCents]) ?? []),
    ).toEqual({
      salary: 2_000n,
      other: 70n,
      bonus: 70n,
    });
  });

  it("counts in the order of gross pay", async () => {
    const world = await PayWorld.open(database());
    const connectionId = await world.connect();
    const names = ["Ames", "Boyd", "Cole"];
    const people = [];
    for (const last of names) people.push(await world.person(connectionId, { last }));
    const [ames, boyd, cole] = people.map(({ id }) => id);
    const day = "2026-03-13";
    const advice = {
      category: "earning" as const,
      type: "other",
      name: "Advice",
      cents: 500n,
      currency: "usd",
    };
    const both = wages(ames ?? "", day, 900n);
    await world.run(connectionId, day, [
      { ...both, lines: [...both.lines, advice] },
      wages(boyd ?? "", day, 700n),
      wages(cole ?? "", day, 800n),
    ]);
    await world.keepTotals();
    const order = async () =>
      (await asAdmin(world, { sort: "gross", descending: true })).rows.map(({ name }) => name?.split(",")[0]);
    expect(await order()).toEqual(["Ames", "Cole", "Boyd"]);
    await classifyAs(world, connectionId, { name: "Advice", finchType: "other", mappedType: "1099" });
    expect(await order()).toEqual(["Cole", "Boyd", "Ames"]);
  });
});

describe("an opening balance", () => {
  it("counts in the order of the amount that it is added to", async () => {
    const world = await PayWorld.open(database());
    const connectionId = await world.connect();
    const [ames, boyd] = [
      await world.person(connectionId, { last: "Ames" }),
      await world.person(connectionId, { last: "Boyd" }),
    ];
    await world.run(connectionId, "2026-03-13", [
      wages(ames.id, "2026-03-13", 900n),
      wages(boyd.id, "2026-03-13", 800n),
    ]);
    await world.keepTotals();
    for (const [category, cents] of [
      ["gross", 200],
      ["deduction", 10],
    ] as const)
      await world.sql`insert into opening_balances (customer_id, id, connection_id, individual_id, year, currency, category, amount_cents, through_date)
        values (${world.customerId}, ${randomUUID()}, ${connectionId}, ${boyd.id}, 2026, 'usd', ${category}, ${cents}, '2026-02-27')`;
    for (const sort of ["gross", "deductions"] as const) {
      const { rows } = await asAdmin(world, { sort, descending: true });
      expect(
        rows.map(({ individualId }) => individualId),
        sort,
      ).toEqual([boyd.id, ames.id]);
    }
    expect((await asAdmin(world, { sort: "net", descending: true })).rows[0]?.individualId).toBe(ames.id);
  });
});

describe("a missing run", () => {
  it("is found in a year that lies further back than the latest runs", async () => {
    const world = await PayWorld.open(database());
    const connectionId = await world.connect({ dataRetrievedAt: new Date() });
    const { id } = await world.person(connectionId);
    const fridays = Array.from({ length: 100 }, (_, n) => addDays("2024-01-05", n * 14)).filter(
      (day) => day <= "2026-11-20",
    );
    for (const day of fridays)
      if (day !== "2024-06-07") await world.run(connectionId, day, [wages(id, day, 100n)]);
    await world.keepTotals();
    const { units } = await asAdmin(world, { year: 2024, asOf: null });
    expect(units[0]?.missing).toEqual(["2024-06-07"]);
  });
});
