import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { createTestConnection, createTestCustomer, createTestIndividuals } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import type { Role } from "@/lib/auth/permissions";
import { testContext, testPlatformContext } from "@/lib/domain/testing";
import { listPayCalendars } from "./list-pay-calendars";
import { listPayments } from "./list-payments";
import { toPaymentSums } from "./to-payment-sums";
import { plantPayGroup, plantPayment, plantStatement, type TestPayment } from "./testing";

const database = useTestDatabase();
const sql = () => database().sql("superuser");
const products = ["company", "directory", "individual", "employment", "payment", "pay_statement"];

beforeAll(() => configureDatabase({ url: database().urls.app }));
afterAll(closeDatabase);

/** An employer of its own with one connection of so many people. */
async function employer(people = 6) {
  const { id: customerId } = await createTestCustomer(sql());
  const { id: connectionId } = await createTestConnection(sql(), { customerId, products });
  const place = { customerId, connectionId };
  await createTestIndividuals(sql(), { ...place, count: people });
  const as = (role: Role = "payroll_manager", connectionIds: "all" | string[] = "all") =>
    testContext(role, customerId, { connectionIds });
  return { place, as, pay: (payment: TestPayment) => plantPayment(sql(), place, payment) };
}

/** Days before today (UTC is near enough for what is weeks ago). */
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

describe("the payments", () => {
  it("are those of a year by pay date; scheduled and undated ones stand apart and in no sum", async () => {
    const { as, pay } = await employer();
    const old = await pay({ payDate: "2024-12-31" });
    const later = await pay({ payDate: "2025-01-02", gross: 5 });
    const ahead = await pay({ payDate: daysAgo(-20) });
    const undated = await pay({ payDate: null });
    const view = await listPayments(as(), {});
    expect(view).toMatchObject({ year: 2025, total: 4, matching: 1, scheduledCount: 1, undatedCount: 1 });
    expect([ids(view.rows), ids(view.scheduled), ids(view.undated)]).toEqual([[later], [ahead], [undated]]);
    expect(view.sums[0]?.total.gross).toEqual({ cents: 5n, missing: 0 });
    const all = await listPayments(as(), { year: "all" });
    expect(ids(all.rows)).toEqual([later, old]);
    expect(all.sums[0]?.buckets.map(({ period }) => period)).toEqual(["2024", "2025"]);
    expect(ids((await listPayments(as(), { year: "all", ascending: true })).rows)).toEqual([old, later]);
  });

  it("are off-cycle where their statements say so, and regular where one of them does", async () => {
    const { as, pay, place } = await employer();
    const bonus = await pay({ payDate: "2025-03-14", frequencies: ["other"] });
    await plantStatement(sql(), place, bonus, { person: 1, type: "off_cycle_payroll" });
    const mixed = await pay({ payDate: "2025-03-07" });
    await plantStatement(sql(), place, mixed, { person: 1, type: "one_time_payment" });
    await plantStatement(sql(), place, mixed, { person: 2 });
    const unread = await pay({ payDate: "2025-02-21", state: "unread" });
    const unknown = await pay({ payDate: "2025-02-20", state: "unread", frequencies: ["other"] });
    const kinds = (await listPayments(as(), {})).rows.map(({ id, kind }) => [id, kind]);
    expect(kinds).toEqual([
      [bonus, "off_cycle"],
      [mixed, "regular"],
      [unread, "regular"],
      [unknown, "unclear"],
    ]);
    expect(ids((await listPayments(as(), { kind: "off_cycle" })).rows)).toEqual([bonus]);
  });

  it("are found by pay group, frequency and completeness, 'none' included", async () => {
    const { as, pay, place } = await employer();
    const group = await plantPayGroup(sql(), place, { name: "Hourly", frequency: "weekly" });
    const weekly = await pay({ payDate: "2025-05-02", group: group.finchId, frequencies: ["weekly"] });
    const bare = await pay({ payDate: "2025-05-09", frequencies: null, state: "pending" });
    const found = async (query: Parameters<typeof listPayments>[1]) =>
      ids((await listPayments(as(), query)).rows);
    expect(await found({ groups: [group.id] })).toEqual([weekly]);
    expect(await found({ groups: [null] })).toEqual([bare]);
    expect(await found({ groups: [crypto.randomUUID()] })).toEqual([]);
    expect(await found({ frequencies: ["weekly"] })).toEqual([weekly]);
    expect(await found({ frequencies: [null] })).toEqual([bare]);
    expect(await found({ states: ["pending", "failed"] })).toEqual([bare]);
    expect((await listPayments(as(), {})).rows[1]?.groups).toEqual([{ id: group.id, name: "Hourly" }]);
  });

  it("walk forwards and back through the same pages, each payment once", async () => {
    const { as, pay } = await employer();
    const currencies = ["usd", "EUR", null, "jpy"];
    for (let at = 0; at < 120; at += 1)
      await pay({
        payDate: `2025-0${1 + (at % 9)}-15`,
        gross: at % 11 === 0 ? null : at * 7 - 50,
        currency: currencies[at % 4] ?? null,
      });
    const first = await listPayments(as(), {});
    const second = await listPayments(as(), { ...first.next });
    const third = await listPayments(as(), { ...second.next });
    const seen = [first, second, third].flatMap(({ rows }) => ids(rows));
    expect([seen.length, new Set(seen).size, third.next]).toEqual([120, 120, null]);
    for (const { currency, total } of first.sums) {
      const those = [first, second, third]
        .flatMap(({ rows }) => rows)
        .flatMap(({ amounts: { gross } }) =>
          gross && (gross.currency ?? "").toLowerCase() === currency ? [gross.amountCents] : [],
        );
      expect(total.gross.cents, currency).toBe(those.reduce((sum, cents) => sum + cents, 0n));
    }
    expect(ids((await listPayments(as(), { ...third.previous })).rows)).toEqual(ids(second.rows));
    expect((await listPayments(as(), { ...second.previous })).previous).toBeNull();
  });

  it("are never added across currencies, and a missing amount makes a sum a lower bound", async () => {
    const { as, pay } = await employer();
    await pay({ payDate: "2025-06-06", gross: 1_000, employerTaxes: 76 });
    await pay({ payDate: "2025-06-20", gross: 2_000, currency: "USD", employerTaxes: null });
    await pay({ payDate: "2025-06-27", gross: 500, currency: "jpy" });
    const { sums } = await listPayments(as(), {});
    expect(sums.map(({ currency, runs }) => [currency, runs])).toEqual([
      ["usd", 2],
      ["jpy", 1],
    ]);
    expect(sums[0]?.total).toMatchObject({
      gross: { cents: 3_000n, missing: 0 },
      employerTaxes: { cents: 76n, missing: 1 },
      employerCost: { cents: 3_076n, missing: 1 },
    });
  });

  it("of a connection outside the reader's own, a disconnected one or another employer are not there", async () => {
    const { as, pay, place } = await employer();
    await pay({ payDate: "2025-06-06" });
    const other = await createTestConnection(sql(), { customerId: place.customerId, products });
    const gone = await createTestConnection(sql(), {
      customerId: place.customerId,
      products,
      disconnected: true,
    });
    for (const { id } of [other, gone])
      await plantPayment(sql(), { ...place, connectionId: id }, { payDate: "2025-06-13" });
    expect((await listPayments(as(), {})).total).toBe(2);
    expect((await listPayments(as("payroll_manager", [other.id]), {})).total).toBe(1);
    expect((await listPayments((await employer(1)).as(), {})).total).toBe(0);
  });

  it("are for nobody without the right to pay", async () => {
    const { as } = await employer(1);
    const refused = [
      as("hr_viewer"),
      as("employee"),
      as("staff_support"),
      testPlatformContext("staff_admin"),
    ];
    for (const ctx of refused) {
      await expect(listPayments(ctx, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
      await expect(listPayCalendars(ctx)).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
  });
});

describe("sums of payments", () => {
  it("of buckets add up to the total, whatever the rows", () => {
    const figure = fc.constantFrom("gross", "net", "employerTaxes", "employeeTaxes", "companyDebit");
    const row = fc.record({
      month: fc.constantFrom("2025-01", "2025-02", "2026-01"),
      figure,
      currency: fc.constantFrom("usd", "eur", ""),
      cents: fc.bigInt({ min: -1_000_000_000_000n, max: 1_000_000_000_000n }),
      runs: fc.nat(9),
      missing: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(row), fc.constantFrom("month", "year"), (rows, by) => {
        const sums = toPaymentSums(rows, by);
        const all = (of: string) =>
          rows.filter((each) => each.figure === of).reduce((sum, each) => sum + each.cents, 0n);
        const added = sums.reduce(
          (sum, { buckets }) => buckets.reduce((part, each) => part + each.sums.gross.cents, sum),
          0n,
        );
        expect(added).toBe(all("gross"));
        const cost = sums.reduce((sum, { total }) => sum + total.employerCost.cents, 0n);
        expect(cost).toBe(all("gross") + all("employerTaxes"));
      }),
    );
  });
});

describe("the calendar of a pay group", () => {
  it("compares the last regular run with the one before, per head and in total, off-cycle ones aside", async () => {
    const { as, pay, place } = await employer();
    const { finchId, id } = await plantPayGroup(sql(), place, { name: "Hourly", frequency: "bi_weekly" });
    const run = (days: number, more: Partial<TestPayment>) =>
      pay({
        payDate: daysAgo(days),
        period: [daysAgo(days + 20), daysAgo(days + 7)],
        group: finchId,
        ...more,
      });
    await run(38, { gross: 300_000, people: [1, 2, 3] });
    const before = await run(24, { gross: 300_000, people: [1, 2, 3] });
    const last = await run(10, { gross: 390_000, people: [2, 3, 4, 5] });
    // A correction of the same period, with fewer people, is no run of its own.
    await pay({ payDate: daysAgo(8), period: [daysAgo(30), daysAgo(17)], group: finchId, people: [2] });
    const bonus = await run(3, { people: [1], frequencies: ["bi_weekly"] });
    await plantStatement(sql(), place, bonus, { person: 1, type: "off_cycle_payroll" });
    const [calendar] = await listPayCalendars(as());
    expect(calendar).toMatchObject({
      group: { id, name: "Hourly" },
      last: {
        id: last,
        earlier: { id: before },
        joined: 2,
        left: 1,
        gross: { amount: { amountCents: 390_000n }, changeCents: 90_000n },
        perHead: { amount: { amountCents: 97_500n }, changeCents: -2_500n },
      },
      calendar: { confidence: "medium", missing: [] },
    });
    expect(calendar?.coming[0]).toMatchObject({ source: "expected", close: { estimated: true } });
  });

  it("takes the employer's own date, misses a run that did not come, and knows no date of two runs", async () => {
    const { as, pay, place } = await employer();
    const hourly = await plantPayGroup(sql(), place, { name: "Hourly", frequency: "weekly" });
    const salaried = await plantPayGroup(sql(), place, { name: "Salaried", frequency: "monthly" });
    // Weekdays only, so that no holiday of the year of the test moves one: each lies within a run's tolerance.
    for (const days of [64, 57, 50, 36, 29, 22])
      await pay({ payDate: daysAgo(days), group: hourly.finchId, frequencies: ["weekly"] });
    for (const days of [50, 20])
      await pay({ payDate: daysAgo(days), group: salaried.finchId, frequencies: ["monthly"] });
    const entered = daysAgo(-9);
    await sql()`insert into pay_calendar_entries (customer_id, connection_id, pay_group_id, pay_date, source)
      values (${place.customerId}, ${place.connectionId}, ${salaried.id}, ${entered}, 'entered')`;
    const calendars = await listPayCalendars(as());
    const of = (name: string) => calendars.find(({ group }) => group?.name === name);
    expect(of("Salaried")?.coming).toMatchObject([{ payDate: entered, source: "entered" }]);
    expect(of("Salaried")?.calendar).toMatchObject({ reason: "too_few_runs", confidence: null });
    expect(of("Hourly")?.calendar.missing.length).toBeGreaterThanOrEqual(2);
  });
});
