import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { testContext } from "@/lib/domain/testing";
import { getYtdPerson } from "./get-ytd-person";
import { PayWorld, wages, type TestSlip } from "./testing";
import { YtdFilterInput } from "./ytd-query";

const database = useTestDatabase();
let world: PayWorld;
beforeAll(async () => {
  await configureDatabase({ url: database().urls.app, max: 4 });
  world = await PayWorld.open(database());
});
afterAll(closeDatabase);

const read = (individualId: string, query: Partial<YtdFilterInput>) =>
  getYtdPerson(testContext("employer_admin", world.customerId), {
    individualId,
    query: YtdFilterInput.parse(query),
  });
const bonus = (person: string, payDate: string, cents: bigint): TestSlip => ({
  ...wages(person, payDate, cents),
  lines: [{ category: "earning", type: "bonus", name: "Bonus", cents, currency: "usd" }],
});

describe("a line of a closed year that is taken back", () => {
  it("is said in both years, and not before it happened", async () => {
    const connectionId = await world.connect();
    const { id } = await world.person(connectionId);
    await world.run(connectionId, "2025-12-19", [bonus(id, "2025-12-19", 50_000n)]);
    await world.run(connectionId, "2026-01-09", [bonus(id, "2026-01-09", -50_000n)]);
    await world.keepTotals();
    const reversal = {
      ...{ name: "Bonus", cents: 50_000n, currency: "usd", closedYear: 2025 },
      ...{ paid: { payDate: "2025-12-19" }, takenBack: { payDate: "2026-01-09" } },
    };
    expect((await read(id, { year: 2025 })).reversals).toMatchObject([reversal]);
    expect((await read(id, { year: 2026, asOf: "2026-02-01" })).reversals).toMatchObject([reversal]);
    expect((await read(id, { year: 2025, asOf: "2025-12-31" })).reversals).toEqual([]);
    expect((await read(id, { year: 2024 })).reversals).toEqual([]);
  });

  it("within one year is nobody's W-2c", async () => {
    const connectionId = await world.connect();
    const { id } = await world.person(connectionId);
    await world.run(connectionId, "2025-03-07", [bonus(id, "2025-03-07", 800n)]);
    await world.run(connectionId, "2025-03-21", [bonus(id, "2025-03-21", -800n)]);
    await world.keepTotals();
    expect((await read(id, { year: 2025 })).reversals).toEqual([]);
  });
});

describe("records that count together", () => {
  it("say where one ends and the other begins, or that both were paid", async () => {
    const [old, young] = [await world.connect(), await world.connect()];
    const people = [await world.person(old), await world.person(young), await world.person(old)];
    const [before, after, beside] = people.map(({ id }) => id) as [string, string, string];
    await world.run(old, "2025-03-07", [wages(before, "2025-03-07", 1n), wages(beside, "2025-03-07", 1n)]);
    await world.run(old, "2025-06-20", [wages(before, "2025-06-20", 1n)]);
    await world.run(young, "2025-07-04", [wages(after, "2025-07-04", 1n)]);
    await world.run(old, "2025-08-15", [wages(beside, "2025-08-15", 1n)]);
    await world.keepTotals();
    await world.link(before, after);
    const seams = async (id: string, together: "apart" | "together") =>
      (await read(id, { year: 2025, together })).seams.map(({ seam }) => seam);
    expect(await seams(before, "apart")).toEqual([]);
    expect(await seams(after, "together")).toEqual([
      { kind: "seam", until: "2025-06-20", from: "2025-07-04" },
    ]);
    await world.link(after, beside);
    expect(await seams(before, "together")).toEqual([
      { kind: "overlap", from: "2025-03-07", to: "2025-06-20" },
      { kind: "overlap", from: "2025-07-04", to: "2025-07-04" },
    ]);
  });
});
