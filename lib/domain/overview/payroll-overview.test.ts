import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { createTestConnection, createTestCustomer, createTestIndividuals } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { plantPayGroup, plantPayment } from "@/lib/domain/payroll/payments/testing";
import { testContext } from "@/lib/domain/testing";
import { getHeadcountTrend } from "./get-headcount-trend";
import { getPayrollOverview } from "./get-payroll-overview";

const database = useTestDatabase();
const sql = () => database().sql("superuser");
beforeAll(() => configureDatabase({ url: database().urls.app }));
afterAll(closeDatabase);

async function employer(people = 4) {
  const { id: customerId } = await createTestCustomer(sql());
  const { id: connectionId } = await createTestConnection(sql(), { customerId, products: ["payment"] });
  const place = { customerId, connectionId };
  await createTestIndividuals(sql(), { ...place, count: people });
  return place;
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

describe("pay on the overview", () => {
  it("is the last payroll of all groups together, currencies apart, and the nearest next date", async () => {
    const place = await employer();
    const hourly = await plantPayGroup(sql(), place, { name: "Hourly", frequency: "bi_weekly" });
    const monthly = await plantPayGroup(sql(), place, { name: "Monthly", frequency: "monthly" });
    const day = daysAgo(3);
    await plantPayment(sql(), place, { payDate: daysAgo(17), group: hourly.finchId, gross: 9 });
    await plantPayment(sql(), place, { payDate: day, group: hourly.finchId, gross: 100 });
    await plantPayment(sql(), place, {
      payDate: day,
      group: monthly.finchId,
      frequencies: ["monthly"],
      gross: 20,
      state: "pending",
    });
    await plantPayment(sql(), place, {
      payDate: day,
      group: null,
      frequencies: null,
      gross: 7,
      currency: "eur",
    });
    const ahead = daysAgo(-11);
    await plantPayment(sql(), place, { payDate: ahead, group: hourly.finchId, gross: 100 });
    const view = await getPayrollOverview(testContext("payroll_manager", place.customerId));
    expect(view.last).toMatchObject({ payDate: day, payments: 3, incomplete: 1, withoutGross: 0 });
    const gross = view.last?.gross.map(({ amountCents, currency }) => [currency, amountCents]);
    expect(new Map(gross as [string, bigint][])).toEqual(
      new Map([
        ["usd", 120n],
        ["eur", 7n],
      ]),
    );
    expect(view.next).toMatchObject({ payDate: ahead, source: "scheduled", groups: ["Hourly"] });
    expect(view.unknownGroups).toBe(1);
    expect(view.sums.map(({ currency }) => currency)).toEqual(["usd", "eur"]);
  });

  it("holds every payment of the last pay day, however many there are", async () => {
    const place = await employer();
    const day = daysAgo(3);
    await plantPayment(sql(), place, { payDate: daysAgo(4), gross: 9 });
    for (let run = 0; run < 43; run += 1) await plantPayment(sql(), place, { payDate: day, gross: 10 });
    await plantPayment(sql(), place, { payDate: day, gross: null });
    const { last, recent } = await getPayrollOverview(testContext("payroll_manager", place.customerId));
    expect(last).toMatchObject({
      ...{ payDate: day, payments: 44, withoutGross: 1, incomplete: 0 },
      gross: [{ amountCents: 430n, currency: "usd" }],
    });
    expect(recent).toHaveLength(5);
  });

  it("of an employer without payments claims nothing, and is not for who may not see pay", async () => {
    const place = await employer();
    const view = await getPayrollOverview(testContext("employer_admin", place.customerId));
    expect(view).toMatchObject({ last: null, next: null, groups: 0, recent: [], sums: [] });
    for (const role of ["hr_viewer", "employee", "staff_admin"] as const)
      await expect(getPayrollOverview(testContext(role, place.customerId))).rejects.toMatchObject({
        code: "FORBIDDEN",
      });
  });
});

describe("the headcount trend", () => {
  it("counts who was employed on each day by start, end and rehire, and says who has no dates", async () => {
    const place = await employer(5);
    const set = (person: number, values: Record<string, string | boolean | null>) =>
      sql()`update individuals set ${sql()(values)} where connection_id = ${place.connectionId}
        and finch_individual_id = ${`finch-${person}`}`;
    const none = { end_date: null, latest_rehire_date: null, is_active: true };
    await set(1, { ...none, start_date: daysAgo(1_000) });
    await set(2, { ...none, start_date: daysAgo(2) });
    await set(3, { ...none, start_date: daysAgo(1_000), end_date: daysAgo(100), is_active: false });
    await set(4, {
      ...none,
      start_date: daysAgo(1_000),
      end_date: daysAgo(200),
      latest_rehire_date: daysAgo(3),
    });
    await set(5, { ...none, start_date: null });
    const { days, undated } = await getHeadcountTrend(testContext("hr_viewer", place.customerId));
    expect([days.length, undated]).toEqual([13, 1]);
    expect(days[0]?.people).toBe(3);
    expect(days.at(-1)?.people).toBe(3);
    const gone = days.find(({ day }) => day > daysAgo(90));
    expect(gone?.people).toBe(1);
    await expect(getHeadcountTrend(testContext("employee", place.customerId))).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });
});
