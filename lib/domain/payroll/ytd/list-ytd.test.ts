import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase, inScope } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { testContext } from "@/lib/domain/testing";
import { listYtd } from "./list-ytd";
import { openYtd, YtdListInput } from "./open-ytd";
import { PayWorld, wages, type TestSlip } from "./testing";
import type { YtdQuery } from "./ytd-query";

const database = useTestDatabase();
const open = () => PayWorld.open(database());
const asAdmin = (world: PayWorld, query: Partial<YtdQuery> = {}) =>
  listYtd(testContext("employer_admin", world.customerId), query);

beforeAll(() => configureDatabase({ url: database().urls.app, max: 4 }));
afterAll(closeDatabase);

describe("the list", () => {
  it("shows 50 people a page in any order, and each person once", async () => {
    const world = await open();
    const connectionId = await world.connect();
    const slips: TestSlip[] = [];
    for (let n = 0; n < 120; n += 1) {
      const person = await world.person(connectionId, { last: `Last${String(n % 40).padStart(3, "0")}` });
      slips.push(wages(person.id, "2026-03-13", BigInt(100_000 + (n % 60) * 100)));
    }
    await world.run(connectionId, "2026-03-13", slips);
    await world.keepTotals();
    for (const sort of ["name", "gross", "taxes", "hours"] as const)
      for (const descending of [false, true]) {
        const seen: string[] = [];
        let after: string | null = null;
        for (;;) {
          const view = await asAdmin(world, { year: 2026, sort, descending, after });
          seen.push(...view.rows.map(({ individualId }) => individualId));
          expect(view.matching).toBe(120);
          if (!view.next) {
            expect(view.to).toBe(120);
            break;
          }
          after = view.next.after;
        }
        expect(new Set(seen).size, `${sort} ${descending}`).toBe(120);
        expect(seen.length).toBe(120);
      }
    const second = await asAdmin(world, {
      year: 2026,
      after: (await asAdmin(world, { year: 2026 })).next?.after ?? null,
    });
    const back = await asAdmin(world, { year: 2026, before: second.previous?.before ?? null });
    expect(back.rows.length).toBe(50);
    expect(back.from).toBe(1);
  });

  it("is the same batch by batch, with the lines behind it", async () => {
    const world = await open();
    const connectionId = await world.connect();
    const slips: TestSlip[] = [];
    for (let n = 0; n < 60; n += 1) {
      const person = await world.person(connectionId, { last: `Last${n}` });
      slips.push(wages(person.id, "2026-03-13", BigInt(1_000 + n)));
    }
    await world.run(connectionId, "2026-03-13", slips);
    await world.keepTotals();
    const query = { year: 2026, sort: "gross" as const, descending: true };
    const pages = [await asAdmin(world, query)];
    pages.push(await asAdmin(world, { ...query, after: pages[0]?.next?.after ?? null }));
    const ctx = testContext("employer_admin", world.customerId);
    await inScope(ctx, async (tx) => {
      const list = await openYtd(tx, ctx, YtdListInput.parse(query));
      const rows = (await Array.fromAsync(list.rows())).flat();
      const lines = (await Array.fromAsync(list.lines())).flat();
      expect(list.count).toBe(60);
      expect(rows).toEqual(pages.flatMap((page) => page.rows));
      expect(lines.map(({ individualId }) => individualId)).toEqual(rows.map((row) => row.individualId));
      expect(lines.every((person) => person.lines.length === 2)).toBe(true);
    });
  });

  it("counts up to the as-of date, names what is scheduled and keeps the undated apart", async () => {
    const world = await open();
    const connectionId = await world.connect();
    const { id } = await world.person(connectionId);
    for (const [day, gross] of [
      ["2026-01-09", 100n],
      ["2026-12-31", 40n],
      [null, 7n],
    ] as const)
      await world.run(connectionId, day, [wages(id, day, gross)]);
    await world.keepTotals();
    const view = await asAdmin(world, { year: 2026, asOf: "2026-06-30" });
    expect(view.totals).toMatchObject([{ currency: "usd", grossCents: 100n, statements: 1 }]);
    expect(view.scheduled).toMatchObject([
      { currency: "usd", statements: 1, grossCents: 40n, from: "2026-12-31" },
    ]);
    expect(view.undated).toMatchObject([{ statements: 1, grossCents: 7n }]);
    const undated = await asAdmin(world, { period: "undated" });
    expect(undated.totals).toMatchObject([{ grossCents: 7n, statements: 1 }]);
    expect((await asAdmin(world, { year: 2026, asOf: "2026-12-31" })).totals).toMatchObject([
      { grossCents: 140n },
    ]);
  });

  it("has the same totals after statements go, come and move to another year", async () => {
    const world = await open();
    const connectionId = await world.connect();
    const { id } = await world.person(connectionId);
    await world.run(connectionId, "2026-01-09", [wages(id, "2026-01-09", 100n)]);
    const moved = await world.run(connectionId, "2025-12-31", [wages(id, "2025-12-31", 40n)]);
    await world.keepTotals();
    const gross = async (year: number) =>
      (await asAdmin(world, { year, asOf: "2026-12-31" })).totals[0]?.grossCents;
    expect([await gross(2025), await gross(2026)]).toEqual([40n, 100n]);
    await world.sql`update pay_statements set pay_date = '2026-01-02' where payment_id = ${moved}`;
    await world.sql`update payments set pay_date = '2026-01-02' where id = ${moved}`;
    await world.keepTotals([2025]);
    expect([await gross(2025), await gross(2026)]).toEqual([undefined, 140n]);
    await world.sql`update pay_statements set deleted_at = now() where payment_id = ${moved}`;
    await world.keepTotals();
    expect(await gross(2026)).toBe(100n);
    const [kept] =
      await world.sql`select count(*)::int as n from wage_day_sums where customer_id = ${world.customerId}
      and day <= '2025-12-31' and (amount_cents <> 0 or count <> 0)`;
    expect(kept).toEqual({ n: 0 });
  });

  it("says who lacks statements of a run that was read in part, and since when a year is there", async () => {
    const world = await open();
    const connectionId = await world.connect();
    const ada = await world.person(connectionId, { last: "Ames" });
    const ben = await world.person(connectionId, { last: "Boyd", startDate: "2026-09-01" });
    await world.run(connectionId, "2026-09-11", [
      wages(ada.id, "2026-09-11", 100n),
      wages(ben.id, "2026-09-11", 100n),
    ]);
    await world.run(connectionId, "2026-09-25", [wages(ada.id, "2026-09-25", 100n)], {
      state: "pending",
      names: [ada.finchId, ben.finchId],
    });
    await world.keepTotals();
    const view = await asAdmin(world, { year: 2026, asOf: "2026-09-30" });
    const coverage = Object.fromEntries(view.rows.map((row) => [row.name, row.coverage]));
    expect(coverage["Ames, Ada"]).toMatchObject({
      state: "since",
      since: "2026-09-11",
      found: 2,
      expected: 2,
    });
    expect(coverage["Boyd, Ada"]).toMatchObject({ state: "waiting", found: 1, expected: 2, pending: 1 });
    expect(view.lacking).toEqual({ people: 1, pending: 1 });
    expect((await asAdmin(world, { year: 2026, incomplete: true, asOf: "2026-09-30" })).rows.length).toBe(1);
  });

  it("is for whoever may see pay, and shows one employer's", async () => {
    const world = await open();
    const other = await open();
    const connectionId = await world.connect();
    const { id } = await world.person(connectionId);
    await world.run(connectionId, "2026-03-13", [wages(id, "2026-03-13", 100n)]);
    await world.keepTotals();
    await expect(listYtd(testContext("hr_viewer", world.customerId), {})).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect((await listYtd(testContext("employer_admin", other.customerId), { year: 2026 })).rows).toEqual([]);
    const limited = testContext("payroll_manager", world.customerId, {
      connectionIds: [await world.connect()],
    });
    expect((await listYtd(limited, { year: 2026 })).rows).toEqual([]);
  });
});
