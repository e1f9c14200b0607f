import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { createTestIndividuals } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { testContext } from "@/lib/domain/testing";
import { getYtdTotals, listYtd } from "./list-ytd";
import { PayWorld, wages, type TestLine } from "./testing";
import type { YtdQuery } from "./ytd-query";

const database = useTestDatabase();
beforeAll(() => configureDatabase({ url: database().urls.app, max: 4 }));
afterAll(closeDatabase);

const asked = { year: 2025, asOf: "2025-12-31" } as const;
const list = (world: PayWorld, query: Partial<YtdQuery>) =>
  listYtd(testContext("employer_admin", world.customerId), { ...asked, ...query });

const line = (category: TestLine["category"], cents: bigint, values: Partial<TestLine>): TestLine => ({
  ...{ category, cents, type: null, name: null, currency: "usd" },
  ...values,
});

/** Two EINs: Ada above the cap of 350,000 at both of them, Ben below it; Cem without an EIN. */
async function threePeople() {
  const world = await PayWorld.open(database());
  const connectionId = await world.connect();
  await world.entity(connectionId, "a", "Acme East", "11-1111111");
  await world.entity(connectionId, "b", "Acme West", "22-2222222");
  await world.entity(connectionId, "c", "Acme South", null);
  const pay = async (first: string, entityId: string, cents: bigint, lines: TestLine[] = []) => {
    const person = await world.person(connectionId, { first, entityId });
    for (const day of ["2025-01-10", "2025-02-14"]) {
      const slip = wages(person.id, day, cents / 2n);
      await world.run(connectionId, day, [{ ...slip, lines: [...slip.lines, ...lines] }], { entityId });
    }
    return person;
  };
  const ada = await pay("Ada", "a", 40_000_000n);
  const again = await pay("Ada", "b", 40_000_000n);
  await pay("Ben", "a", 10_000_000n, [
    line("earning", 7_000n, { type: "other", name: "Prize" }),
    line("deduction", 50_000n, { type: "commuter", name: "Bus", preTax: true }),
    line("earning", 3n, { type: "salary", name: "Salary", currency: "cad" }),
  ]);
  await pay("Cem", "c", 1_000n);
  await world.keepTotals();
  return { world, connectionId, ada, again };
}

describe("totals of plan compensation", () => {
  it("cut each person at the cap, and a person of two records once where these count together", async () => {
    const { world, ada, again } = await threePeople();
    const sums = async (query: Partial<YtdQuery>) =>
      (await list(world, { definition: "plan", ...query })).totals.map(({ currency, compensation }) => [
        currency,
        compensation?.cents,
        compensation?.uncappedCents,
      ]);
    expect(await sums({})).toEqual([
      ["usd", 2n * 35_000_000n + 10_014_000n + 1_000n, 90_015_000n],
      ["cad", 6n, 6n],
    ]);
    expect((await sums({ names: ["Prize"] }))[0]).toEqual(["usd", 14_000n, 14_000n]);
    await world.link(ada.id, again.id);
    expect((await sums({ together: "together" }))[0]).toEqual([
      "usd",
      35_000_000n + 10_014_000n + 1_000n,
      90_015_000n,
    ]);
    const { byEin } = await list(world, { definition: "plan", together: "together" });
    expect(byEin.map(({ ein, totals }) => [ein, totals[0]?.compensation?.cents])).toEqual([
      ["11-1111111", 45_014_000n],
      [null, 1_000n],
      ["22-2222222", 35_000_000n],
    ]);
  });

  it("leave out what the employer itself calls 1099 pay from some day on", async () => {
    const { world, connectionId } = await threePeople();
    await world.sql`insert into item_classifications (customer_id, id, connection_id, category, name, finch_type, mapped_type, effective_from)
      values (${world.customerId}, ${randomUUID()}, ${connectionId}, 'earning', 'Prize', 'other', '1099', '2025-02-01')`;
    const view = await list(world, { definition: "plan" });
    expect(view.totals[0]?.compensation?.uncappedCents).toBe(90_015_000n - 7_000n);
    const rows = view.rows.flatMap(({ figures }) => figures.filter(({ currency }) => currency === "usd"));
    expect(rows.reduce((sum, { compensation }) => sum + (compensation?.cents ?? 0n), 0n)).toBe(
      view.totals[0]?.compensation?.cents,
    );
  });
});

describe("totals of box 1", () => {
  it("add up both ends of everybody who has an estimate, and say how many have none", async () => {
    const { world, ada, again } = await threePeople();
    const view = await list(world, { definition: "box1" });
    const [low, high] = [view.rows, view.rows].map((rows, end) =>
      rows.reduce(
        (sum, { box1 }) => sum + (box1?.kind === "range" ? (end === 0 ? box1.lowCents : box1.highCents) : 0n),
        0n,
      ),
    );
    // In each of two months 500 went to the bus, of which 325 are surely out, and 500 at most.
    expect([low, high]).toEqual([90_000_000n - 100_000n, 90_000_000n + 14_000n - 65_000n]);
    expect(view.totals[0]?.box1).toEqual({
      kind: "range",
      ...{ lowCents: low, highCents: high, people: 3, without: 1, withoutAmount: 0 },
    });
    expect(view.totals[1]?.box1).toBeNull();
    await world.link(ada.id, again.id);
    const together = await list(world, { definition: "box1", together: "together" });
    expect(together.totals[0]?.box1).toMatchObject({ people: 1, without: 2 });
    const ranges = together.byEin.map(({ ein, totals }) => {
      const [{ box1 } = { box1: null }] = totals;
      return box1?.kind === "range" ? [ein, box1.people, box1.lowCents] : [ein, box1?.reason];
    });
    expect(ranges).toEqual([
      ["11-1111111", 2, 50_000_000n - 100_000n],
      [null, "No EIN is known, and without one there is no W-2."],
      ["22-2222222", 1, 40_000_000n],
    ]);
  });

  it("of more than a thousand people come after the list, and are the sum of every row of it", async () => {
    const world = await PayWorld.open(database());
    const connectionId = await world.connect();
    const count = 1_001;
    await world.entity(connectionId, "", "Acme", "11-1111111");
    const ids = await createTestIndividuals(world.sql, { customerId: world.customerId, connectionId, count });
    const slips = ids.map((id, at) => ({
      ...wages(id, "2025-01-10", BigInt(100_000 + at)),
      lines: [
        line("earning", BigInt(100_000 + at), { type: "salary", name: "Salary" }),
        line("earning", 7n, { type: "other", name: "Prize" }),
        ...(at % 2 === 0
          ? [line("deduction", 50_000n, { type: "commuter", name: "Bus", preTax: true })]
          : [line("deduction", 1_000n, { type: "401k", name: "401(k)", preTax: true })]),
      ],
    }));
    await world.run(connectionId, "2025-01-10", slips);
    await world.keepTotals();
    // The first one and the last one are one person: they are in different batches.
    await world.link(ids[0] ?? "", ids.at(-1) ?? "");
    const ctx = testContext("employer_admin", world.customerId);
    const query = { ...asked, definition: "box1" } as const;
    for (const [together, people] of [
      ["apart", count],
      ["together", count - 1],
    ] as const) {
      const ends = { lowCents: 0n, highCents: 0n };
      for (let after: string | null = null; ;) {
        const view = await listYtd(ctx, { ...query, together, after });
        expect(view.totalsFollow).toBe(people > 1_000);
        for (const { box1 } of view.rows) {
          if (box1?.kind !== "range") throw new Error("everybody has an estimate");
          ends.lowCents += box1.lowCents;
          ends.highCents += box1.highCents;
        }
        if (!view.next) break;
        after = view.next.after;
      }
      const { totals } = await getYtdTotals(ctx, { ...query, together });
      expect(totals[0]?.box1).toEqual({ kind: "range", ...ends, people, without: 0, withoutAmount: 0 });
      expect(ends.lowCents).toBeLessThan(ends.highCents);
    }
    const [first] = (await listYtd(ctx, query)).totals;
    expect(first?.box1?.kind).toBe("none");
    expect((await getYtdTotals(ctx, { ...query, definition: "gross" })).totals[0]?.box1).toBeNull();
    const [one, other, limited] = await Promise.all([
      getYtdTotals(ctx, query),
      getYtdTotals(ctx, { ...query, search: "nobody", sort: "gross" }),
      getYtdTotals({ ...ctx, permissions: new Set(["payroll:read"]) }, query),
    ]);
    expect(other).toBe(one);
    expect(limited).not.toBe(one);
    expect(limited.totals).toEqual(one.totals);
    const viewer = testContext("hr_viewer", world.customerId);
    await expect(getYtdTotals(viewer, query)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("are none of a period that is no calendar year", async () => {
    const { world } = await threePeople();
    const { totals } = await list(world, { definition: "box1", period: "range", from: "2025-01-01" });
    expect(totals[0]?.box1).toEqual({ kind: "none", reason: "Box 1 is of a calendar year." });
  });
});
