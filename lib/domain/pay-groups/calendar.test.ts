import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { RevealWorld, type SealedEmployer } from "@/lib/domain/reveal/testing";
import { changePayDate, removePayDate } from "./change-pay-date";
import { confirmPayDates } from "./confirm-pay-dates";
import { enterPayDate } from "./enter-pay-date";
import { getPayGroup } from "./get-pay-group";
import { skipPayDate } from "./skip-pay-date";
import { biweeklyBefore, createTestPayGroup, createTestRuns } from "./testing";

const world = new RevealWorld(useTestDatabase());
const products = ["directory", "individual", "employment", "payment"];
const today = new Date().toISOString().slice(0, 10);
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

let acme: SealedEmployer;
let place: { connectionId: string; payGroupId: string };

beforeEach(async () => {
  acme = await world.addEmployer(1, products);
  const at = { customerId: acme.customerId, connectionId: acme.connection.id };
  const { id, finchId } = await createTestPayGroup(world.sql(), at);
  await createTestRuns(world.sql(), { ...at, finchPayGroupId: finchId, payDates: biweeklyBefore(today, 8) });
  place = { connectionId: at.connectionId, payGroupId: id };
});
afterAll(closeDatabase);

const admin = () => world.as("employer_admin", acme.customerId);
const coming = async () => (await getPayGroup(await admin(), { id: place.payGroupId })).coming;
const auditOf = async () =>
  (await world.sql()`select action from audit_log where customer_id = ${acme.customerId} order by seq`).map(
    (row) => String(row["action"]),
  );

describe("the employer's calendar", () => {
  it("takes a pay date with its close, which wins over what is expected, and the audit keeps it", async () => {
    const [expected] = await coming();
    const payDate = expected?.payDate ?? "";
    const { id } = await enterPayDate(await admin(), {
      ...place,
      payDate,
      payPeriodStart: inDays(-7),
      payPeriodEnd: inDays(0),
      closesOn: today < payDate ? today : payDate,
      closesTime: "09:30",
    });
    const [entered, next] = await coming();
    expect(entered).toMatchObject({
      payDate,
      source: "entered",
      entry: { id, version: 1, closesTime: "09:30" },
      close: { estimated: false },
    });
    expect(next?.source).toBe("expected");
    expect(await auditOf()).toContain("pay_calendar.enter");
  });

  it("has each date once, and says so", async () => {
    const payDate = inDays(30);
    await enterPayDate(await admin(), { ...place, payDate });
    const again = enterPayDate(await admin(), { ...place, payDate });
    await expect(again).rejects.toMatchObject({ code: "CONFLICT", field: "payDate" });
  });

  it("confirms expected dates, and only those that are expected", async () => {
    const dates = (await coming()).slice(0, 3).map(({ payDate }) => payDate);
    expect(await confirmPayDates(await admin(), { ...place, payDates: dates })).toEqual({ confirmed: 3 });
    expect((await coming()).slice(0, 3)).toMatchObject(
      dates.map((payDate) => ({ payDate, source: "confirmed" })),
    );
    const odd = confirmPayDates(await admin(), { ...place, payDates: [inDays(400)] });
    await expect(odd).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("changes a date that nobody changed meanwhile, and refuses one that somebody did", async () => {
    const { id } = await enterPayDate(await admin(), { ...place, payDate: inDays(30) });
    const changed = await changePayDate(await admin(), { entryId: id, version: 1, payDate: inDays(31) });
    expect(changed).toEqual({ version: 2 });
    const late = changePayDate(await admin(), { entryId: id, version: 1, payDate: inDays(32) });
    await expect(late).rejects.toMatchObject({ code: "CONFLICT" });
    const lateRemoval = removePayDate(await admin(), { entryId: id, version: 1 });
    await expect(lateRemoval).rejects.toMatchObject({ code: "CONFLICT" });
    await removePayDate(await admin(), { entryId: id, version: 2 });
    expect((await coming()).every(({ source }) => source === "expected")).toBe(true);
    expect(await auditOf()).toEqual(
      expect.arrayContaining(["pay_calendar.enter", "pay_calendar.change", "pay_calendar.remove"]),
    );
  });

  it("leaves a date out for which no payroll is run, until that is taken back", async () => {
    const [first, second] = (await coming()).map(({ payDate }) => payDate);
    const { id } = await skipPayDate(await admin(), { ...place, payDate: first ?? "" });
    expect((await coming())[0]?.payDate).toBe(second);
    const { past } = await getPayGroup(await admin(), { id: place.payGroupId });
    expect(past).toEqual([{ id, version: 1, payDate: first, source: "skipped" }]);
    const twice = skipPayDate(await admin(), { ...place, payDate: first ?? "" });
    await expect(twice).rejects.toMatchObject({ code: "CONFLICT" });
    await removePayDate(await admin(), { entryId: id, version: 1 });
    expect((await coming())[0]?.payDate).toBe(first);
    expect(await auditOf()).toEqual(["pay_calendar.skip", "pay_calendar.remove"]);
  });

  it("settles a run that is missing, and no day on which none was due", async () => {
    const gap = biweeklyBefore(today, 8)[3] ?? "";
    await world.sql()`delete from payments where connection_id = ${place.connectionId} and pay_date = ${gap}`;
    const missing = async () => (await getPayGroup(await admin(), { id: place.payGroupId })).missing;
    expect(await missing()).toEqual([{ payDate: gap, source: "expected" }]);
    const odd = skipPayDate(await admin(), { ...place, payDate: inDays(-40) });
    await expect(odd).rejects.toMatchObject({ code: "CONFLICT" });
    await skipPayDate(await admin(), { ...place, payDate: gap });
    expect(await missing()).toEqual([]);
  });

  it.each([
    [{ payDate: "2026-02-30" }, "payDate"],
    [{ payDate: inDays(30), payPeriodStart: inDays(9), payPeriodEnd: inDays(2) }, "payPeriodEnd"],
    [{ payDate: inDays(30), closesOn: inDays(31) }, "closesOn"],
    [{ payDate: inDays(30), closesTime: "17:00" }, "closesOn"],
    [{ payDate: "2090-01-05" }, "payDate"],
  ])("refuses %j and names the field", async (input, field) => {
    const error: unknown = await enterPayDate(await admin(), { ...place, ...input }).catch(
      (cause: unknown) => cause,
    );
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).toContain(field);
  });

  it("is written by who manages payroll, for their own employer and connections alone", async () => {
    const date = { payDate: inDays(30) };
    const viewer = await world.as("hr_viewer", acme.customerId);
    await expect(enterPayDate(viewer, { ...place, ...date })).rejects.toMatchObject({ code: "FORBIDDEN" });
    const { id } = await enterPayDate(await world.as("payroll_manager", acme.customerId), {
      ...place,
      ...date,
    });
    const other = await world.addEmployer(1, products);
    const foreign = await world.as("employer_admin", other.customerId);
    const attempts = [
      () => enterPayDate(foreign, { ...place, ...date }),
      () => confirmPayDates(foreign, { ...place, payDates: [date.payDate] }),
      () => skipPayDate(foreign, { ...place, ...date }),
      () => changePayDate(foreign, { entryId: id, version: 1, ...date }),
      () => removePayDate(foreign, { entryId: id, version: 1 }),
      // A pay group of one connection does not go with another.
      () => enterPayDate(foreign, { ...place, connectionId: other.connection.id, ...date }),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
