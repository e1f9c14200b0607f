import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { testContext } from "@/lib/domain/testing";
import { listYtd } from "./list-ytd";
import { PayWorld, wages } from "./testing";

const database = useTestDatabase();

beforeAll(() => configureDatabase({ url: database().urls.app, max: 4 }));
afterAll(closeDatabase);

/** Two entities of one EIN at two connections, one of another, and one that gives none. */
async function severalEins() {
  const world = await PayWorld.open(database());
  const [first, second] = [await world.connect(), await world.connect()];
  const places = [
    [first, "a", "Acme East", "11-1111111", 1_000n],
    [first, "b", "Acme West", "22-2222222", 200n],
    [second, "a", "Acme North", "11-1111111", 30n],
    [second, "b", "Acme South", null, 4n],
  ] as const;
  for (const [connectionId, entityId, name, ein, cents] of places) {
    await world.entity(connectionId, entityId, name, ein);
    const { id } = await world.person(connectionId, { entityId });
    await world.run(connectionId, "2026-01-09", [wages(id, "2026-01-09", cents)], { entityId });
  }
  await world.keepTotals();
  return world;
}

const asked = { year: 2026, asOf: "2026-02-01" };

describe("totals by EIN", () => {
  it("add up the entities of each EIN, and leave one without an EIN by itself", async () => {
    const world = await severalEins();
    const view = await listYtd(testContext("employer_admin", world.customerId), asked);
    const found = view.byEin.map(({ ein, names, totals }) => [
      ein,
      [...names].sort(),
      totals.map(({ currency, grossCents, statements }) => [currency, grossCents, statements]),
    ]);
    expect(found.sort((a, b) => String(a[0]).localeCompare(String(b[0])))).toEqual([
      ["11-1111111", ["Acme East", "Acme North"], [["usd", 1_030n, 2]]],
      ["22-2222222", ["Acme West"], [["usd", 200n, 1]]],
      [null, ["Acme South"], [["usd", 4n, 1]]],
    ]);
    const sum = view.byEin.reduce((all, { totals }) => all + (totals[0]?.grossCents ?? 0n), 0n);
    expect(sum).toBe(view.totals[0]?.grossCents);
  });

  it("lead to the people whom they add up, and are none for one EIN alone", async () => {
    const world = await severalEins();
    const admin = testContext("employer_admin", world.customerId);
    for (const { entities, totals } of (await listYtd(admin, asked)).byEin) {
      const view = await listYtd(admin, { ...asked, entities });
      expect(view.totals.map(({ grossCents }) => grossCents)).toEqual(
        totals.map(({ grossCents }) => grossCents),
      );
      expect(view.matching).toBe(totals[0]?.statements);
      expect(view.byEin).toEqual([]);
    }
  });
});
