import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { createTestConnection, createTestCustomer, createTestIndividuals } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { testContext, testPlatformContext } from "@/lib/domain/testing";
import type { CustomerContext } from "@/lib/domain/context";
import { getPayGroup } from "@/lib/domain/pay-groups/get-pay-group";
import { biweeklyBefore } from "@/lib/domain/pay-groups/testing";
import { plantPayGroup, plantPayment } from "@/lib/domain/payroll/payments/testing";
import { addDays } from "@/lib/domain/payroll/ytd/period";
import { formatDate } from "@/lib/format/dates";
import { getOverview } from "./get-overview";

const database = useTestDatabase();
beforeAll(() => configureDatabase({ url: database().urls.app }));
afterAll(closeDatabase);

const sql = () => database().sql("superuser");
const [latest = ""] = biweeklyBefore(new Date().toISOString().slice(0, 10), 1);
/** So many pay days of two weeks from the latest one on. */
const day = (runs: number) => addDays(latest, runs * 14);

/** An employer with one bi-weekly group that lacks nothing. */
async function employerWithRuns() {
  const { id: customerId } = await createTestCustomer(sql());
  const { id: connectionId } = await createTestConnection(sql(), { customerId, products: ["payment"] });
  const place = { customerId, connectionId };
  const hourly = await plantPayGroup(sql(), place, { name: "Hourly", frequency: "bi_weekly" });
  for (let run = -7; run <= 0; run += 1)
    await plantPayment(sql(), place, { payDate: day(run), group: hourly.finchId });
  return { place, hourly, ctx: () => testContext("payroll_manager", customerId) };
}

const missing = async (ctx: CustomerContext) =>
  (await getOverview(ctx)).attention.filter(({ status }) => status === "missing_runs");

describe("an employer's overview", () => {
  it("of a new employer asks to connect and claims nothing", async () => {
    const { id } = await createTestCustomer(database().sql("superuser"));
    const view = await getOverview(testContext("employer_admin", id));
    expect(view).toMatchObject({
      connections: [],
      headcount: { total: 0 },
      attention: [],
      activity: [],
      mayConnect: true,
    });
    expect(view.setup.map((step) => step.done)).toEqual([false, false, false]);
  });

  it("counts the people of connected providers, and puts troubles first", async () => {
    const sql = database().sql("superuser");
    const { id } = await createTestCustomer(sql);
    const gusto = await createTestConnection(sql, { customerId: id });
    const adp = await createTestConnection(sql, { customerId: id, providerName: "ADP Run" });
    const gone = await createTestConnection(sql, { customerId: id, disconnected: true });
    await createTestIndividuals(sql, { customerId: id, connectionId: gusto.id, count: 22 });
    await createTestIndividuals(sql, { customerId: id, connectionId: gone.id, count: 4, offset: 100 });
    await sql`update connections set action_needed_at = now(), action_needed_reason = 'reauthenticate_user' where id = ${adp.id}`;
    await sql`update individuals set employment_error = '{"code": 404}' where connection_id = ${gusto.id} and finch_individual_id in ('finch-1', 'finch-2')`;
    await sql`insert into connection_events (customer_id, connection_id, kind, actor_kind) values (${id}, ${gusto.id}, 'sync_succeeded', 'worker')`;
    const view = await getOverview(testContext("payroll_manager", id));
    expect(view.headcount).toMatchObject({ total: 22, active: 20, inactive: 2 });
    expect(view.attention.map((item) => item.status)).toEqual(["action_needed", "unread_people"]);
    expect(view.attention[1]?.title).toContain("2 people");
    expect(view.activity).toMatchObject([{ kind: "sync_succeeded", providerName: "Gusto" }]);
    expect(view.mayConnect).toBe(false);
    const limited = await getOverview(testContext("hr_viewer", id, { connectionIds: [adp.id] }));
    expect(limited).toMatchObject({ headcount: { total: 0 }, activity: [] });
    expect(limited.connections.map((connection) => connection.id)).toEqual([adp.id]);
  });

  it("names each pay group whose run did not come, with the day and where its calendar is", async () => {
    const { place, hourly, ctx } = await employerWithRuns();
    expect((await getOverview(ctx())).attention).toEqual([]);
    await sql()`delete from payments where connection_id = ${place.connectionId} and pay_date = ${day(-2)}`;
    const [item, ...others] = (await getOverview(ctx())).attention;
    expect(others).toEqual([]);
    expect(item).toMatchObject({
      status: "missing_runs",
      title: "An expected payment of Hourly is missing",
      place: { kind: "pay_group", payGroupId: hourly.id },
      todo: "Look for it at the provider. Where no payroll was run that day, say so in the calendar.",
    });
    expect(item?.means).toContain(`due on ${formatDate(day(-2))}.`);
    // Its calendar is there, and lacks the same day.
    const group = await getPayGroup(ctx(), { id: hourly.id });
    expect(group.missing.map(({ payDate }) => payDate)).toEqual([day(-2)]);
  });

  it("says nothing of missing runs to who may not see pay, or not that connection, or once they are settled", async () => {
    const { place, hourly, ctx } = await employerWithRuns();
    await sql()`delete from payments where connection_id = ${place.connectionId} and pay_date = ${day(-2)}`;
    const other = await createTestConnection(sql(), { customerId: place.customerId });
    const limited = testContext("payroll_manager", place.customerId, { connectionIds: [other.id] });
    const viewer = testContext("hr_viewer", place.customerId);
    for (const reader of [limited, viewer]) expect((await getOverview(reader)).attention).toEqual([]);
    expect((await getOverview(ctx())).attention).toMatchObject([
      { title: "An expected payment of Hourly at Gusto is missing" },
    ]);
    // A connection that no longer shares payments shows no calendars.
    await sql()`update connections set products = array['directory'] where id = ${place.connectionId}`;
    expect(await missing(ctx())).toMatchObject([
      { place: { kind: "payroll" }, todo: "Look for it at the provider." },
    ]);
    await sql()`insert into pay_calendar_entries (customer_id, connection_id, pay_group_id, pay_date, source)
      values (${place.customerId}, ${place.connectionId}, ${hourly.id}, ${day(-2)}, 'skipped')`;
    expect(await missing(ctx())).toEqual([]);
  });

  it("is not for staff or employees, and another employer is NOT_FOUND", async () => {
    const { id } = await createTestCustomer(database().sql("superuser"));
    for (const ctx of [
      testContext("employee", id),
      testContext("staff_admin", id),
      testPlatformContext("staff_support"),
    ])
      await expect(getOverview(ctx)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(getOverview(testContext("employer_admin", crypto.randomUUID()))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
