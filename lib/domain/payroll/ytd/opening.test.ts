import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { testContext } from "@/lib/domain/testing";
import { changeOpeningBalance, createOpeningBalance, removeOpeningBalance } from "./enter-opening";
import { getYtdPerson } from "./get-ytd-person";
import { listYtd } from "./list-ytd";
import { PayWorld, wages } from "./testing";
import { YtdFilterInput } from "./ytd-query";

const database = useTestDatabase();

beforeAll(() => configureDatabase({ url: database().urls.app, max: 4 }));
afterAll(closeDatabase);

/** Somebody whose statements begin in September. */
async function somebody() {
  const world = await PayWorld.open(database());
  const connectionId = await world.connect();
  const { id } = await world.person(connectionId);
  await world.run(connectionId, "2026-09-11", [wages(id, "2026-09-11", 1_000n)]);
  await world.keepTotals();
  const admin = testContext("employer_admin", world.customerId);
  return { world, connectionId, individualId: id, admin };
}

const balance = (individualId: string) => ({
  individualId,
  kind: "gross" as const,
  currency: "USD",
  year: 2026,
  amountCents: "5000000",
  throughDate: "2026-08-28",
  note: "Final register of the provider before",
});
const asked = { query: YtdFilterInput.parse({ year: 2026, asOf: "2026-10-01" }) };

describe("an opening balance", () => {
  it("stands beside the figures, marked, and in no sum of lines", async () => {
    const { individualId, admin, world } = await somebody();
    const { id } = await createOpeningBalance(admin, balance(individualId));
    const [row] = (await listYtd(admin, { year: 2026, asOf: "2026-10-01" })).rows;
    expect(row?.figures).toMatchObject([
      { currency: "usd", grossCents: 1_000n, opening: { grossCents: 5_000_000n, overlaps: false } },
    ]);
    const view = await getYtdPerson(admin, { individualId, ...asked });
    expect(view.drill.cents).toBe(1_000n);
    expect(view.openings).toMatchObject([{ id, amountCents: 5_000_000n, version: 1 }]);
    const [audited] = await world.sql<{ action: string }[]>`
      select action from audit_log where customer_id = ${world.customerId} and target_id = ${individualId}`;
    expect(audited).toEqual({ action: "opening_balance.enter" });
  });

  it("is entered once, also by several at once", async () => {
    const { individualId, admin, world } = await somebody();
    // So that each has a connection of its own at once.
    await Promise.all([1, 2, 3, 4].map(() => listYtd(admin, {})));
    const entered = await Promise.allSettled(
      [1, 2, 3, 4].map(() => createOpeningBalance(admin, balance(individualId))),
    );
    expect(entered.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const rows = await world.sql`select 1 from opening_balances where individual_id = ${individualId}`;
    expect(rows).toHaveLength(1);
  });

  it("is not counted before the as-of date reaches it, and lists a person without any statement", async () => {
    const { connectionId, world, admin } = await somebody();
    const { id } = await world.person(connectionId, { last: "Zed" });
    await createOpeningBalance(admin, balance(id));
    const names = async (asOf: string) =>
      (await listYtd(admin, { year: 2026, asOf })).rows.map(({ name }) => name);
    expect(await names("2026-08-27")).toEqual([]);
    expect(await names("2026-10-01")).toEqual(["Marsh, Ada", "Zed, Ada"]);
  });

  it("is in no total of another entity", async () => {
    const { world, connectionId, admin } = await somebody();
    await world.entity(connectionId, "birch", "Birch", null);
    const other = await world.person(connectionId, { last: "Zed", entityId: "birch" });
    await world.run(connectionId, "2026-09-11", [wages(other.id, "2026-09-11", 7n)], { entityId: "birch" });
    await world.keepTotals();
    await createOpeningBalance(admin, balance(other.id));
    const of = async (entity: string) => {
      const entities = [`${connectionId}.${entity}`];
      const { totals, rows } = await listYtd(admin, { year: 2026, asOf: "2026-10-01", entities });
      return [totals.map(({ openingGrossCents }) => openingGrossCents), rows.map(({ name }) => name)];
    };
    expect(await of("")).toEqual([[null], ["Marsh, Ada"]]);
    expect(await of("birch")).toEqual([[5_000_000n], ["Zed, Ada"]]);
  });

  it("never reaches into days of which statements are here, other years or the future", async () => {
    const { individualId, admin } = await somebody();
    const enter = (change: object) => createOpeningBalance(admin, { ...balance(individualId), ...change });
    for (const throughDate of ["2026-09-11", "2025-12-31"])
      await expect(enter({ throughDate })).rejects.toMatchObject({ code: "INVALID", field: "throughDate" });
    await expect(enter({ year: 2099, throughDate: "2099-01-31" })).rejects.toMatchObject({ code: "INVALID" });
    await enter({});
    await expect(enter({})).rejects.toMatchObject({ code: "CONFLICT", field: "kind" });
  });

  it("is said to overlap where statements of its days came later", async () => {
    const { world, connectionId, individualId, admin } = await somebody();
    await createOpeningBalance(admin, balance(individualId));
    await world.run(connectionId, "2026-08-14", [wages(individualId, "2026-08-14", 10n)]);
    await world.keepTotals();
    const [row] = (await listYtd(admin, { year: 2026, asOf: "2026-10-01" })).rows;
    expect(row?.figures[0]?.opening?.overlaps).toBe(true);
  });

  it("is changed and taken out by whoever saw its present state alone", async () => {
    const { individualId, admin } = await somebody();
    const { id } = await createOpeningBalance(admin, balance(individualId));
    const change = { id, version: 1, amountCents: "4000000", throughDate: "2026-08-28", note: null };
    await changeOpeningBalance(admin, change);
    await expect(changeOpeningBalance(admin, change)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(removeOpeningBalance(admin, { id, version: 1 })).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await getYtdPerson(admin, { individualId, ...asked })).openings).toMatchObject([
      { amountCents: 4_000_000n, version: 2 },
    ]);
    await removeOpeningBalance(admin, { id, version: 2 });
    expect((await getYtdPerson(admin, { individualId, ...asked })).openings).toEqual([]);
    await expect(removeOpeningBalance(admin, { id, version: 3 })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("is entered by administrators, for people of their own employer", async () => {
    const { individualId, admin, world } = await somebody();
    const { id } = await createOpeningBalance(admin, balance(individualId));
    const manager = testContext("payroll_manager", world.customerId);
    const stranger = (await somebody()).admin;
    const change = { id, version: 1, amountCents: "1", throughDate: "2026-08-28", note: null };
    for (const [ctx, code] of [
      [manager, "FORBIDDEN"],
      [stranger, "NOT_FOUND"],
    ] as const) {
      await expect(createOpeningBalance(ctx, balance(individualId))).rejects.toMatchObject({ code });
      await expect(changeOpeningBalance(ctx, change)).rejects.toMatchObject({ code });
      await expect(removeOpeningBalance(ctx, { id, version: 1 })).rejects.toMatchObject({ code });
    }
    const nobody = { ...balance(randomUUID()) };
    await expect(createOpeningBalance(admin, nobody)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
