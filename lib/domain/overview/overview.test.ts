import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { createTestConnection, createTestCustomer, createTestIndividuals } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { testContext, testPlatformContext } from "@/lib/domain/testing";
import { getOverview } from "./get-overview";

const database = useTestDatabase();
beforeAll(() => configureDatabase({ url: database().urls.app }));
afterAll(closeDatabase);

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
