import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import {
  createTestConnection,
  createTestCustomer,
  createTestIndividuals,
  createTestUser,
} from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { testContext, testPlatformContext } from "@/lib/domain/testing";
import { createCustomer } from "./create-customer";
import { getFleet } from "./get-fleet";
import { listFleetConnections } from "./list-fleet-connections";
import { listFleetCustomers } from "./list-fleet-customers";

const database = useTestDatabase();
const staff = testPlatformContext("staff_admin");
const support = testPlatformContext("staff_support");

beforeAll(() => configureDatabase({ url: database().urls.app }));
afterAll(closeDatabase);

describe("creating an employer", () => {
  it("works once for an id, and is audited in the employer's own chain", async () => {
    const id = crypto.randomUUID();
    expect(await createCustomer(staff, { id, name: "  Larkspur   Dental " })).toEqual({ id, created: true });
    expect(await createCustomer(staff, { id, name: "Another name" })).toEqual({ id, created: false });
    const rows = await database().sql("superuser")`
      select c.name, l.action, l.seq::int from customers c join audit_log l on l.customer_id = c.id where c.id = ${id}`;
    expect([...rows]).toEqual([{ name: "Larkspur Dental", action: "customer.create", seq: 1 }]);
  });

  it("refuses a zone that does not exist", async () => {
    await expect(createCustomer(staff, { name: "X", timeZone: "Mars/Olympus" })).rejects.toThrow(/IANA/);
  });

  it("is for staff administrators only", async () => {
    for (const ctx of [support, testContext("employer_admin", crypto.randomUUID())])
      await expect(createCustomer(ctx, { name: "X" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("the fleet", () => {
  beforeAll(async () => {
    const sql = database().sql("superuser");
    const alpha = await createTestCustomer(sql, { name: "alpha" });
    const beta = await createTestCustomer(sql, { name: "Beta" });
    const healthy = await createTestConnection(sql, { customerId: alpha.id });
    await createTestIndividuals(sql, { customerId: alpha.id, connectionId: healthy.id, count: 22 });
    const broken = await createTestConnection(sql, {
      customerId: beta.id,
      providerName: "Paychex",
      providerId: "paychex",
    });
    await sql`update connections set action_needed_at = now(), action_needed_reason = 'reauthenticate_user' where id = ${broken.id}`;
    const gone = await createTestConnection(sql, { customerId: beta.id, disconnected: true });
    await createTestIndividuals(sql, { customerId: beta.id, connectionId: gone.id, count: 3 });
    for (let n = 0; n < 60; n++)
      await createTestConnection(sql, { customerId: alpha.id, providerName: `Provider ${n}` });
    await createTestUser(sql, { role: "staff_support" });
  });

  it("support sees counts by status and what is broken, with its cause", async () => {
    const fleet = await getFleet(support);
    expect(fleet.connections).toBe(62);
    expect(fleet.byStatus.action_needed).toBe(1);
    expect(fleet.byStatus.disconnected).toBe(1);
    expect(fleet.broken).toMatchObject([
      { customerName: "Beta", status: "action_needed", code: "reauthenticate_user" },
    ]);
  });

  it("pages of connections add up, and filters by status and provider hold", async () => {
    const first = await listFleetConnections(support, {});
    const second = await listFleetConnections(support, { after: first.next });
    const ids = [...first.connections, ...second.connections].map((each) => each.id);
    expect([ids.length, new Set(ids).size, second.next]).toEqual([63, 63, null]);
    expect((await listFleetConnections(support, { statuses: ["action_needed"] })).connections).toHaveLength(
      1,
    );
    expect((await listFleetConnections(support, { providerId: "paychex" })).connections).toHaveLength(1);
    expect((await listFleetConnections(support, { search: "BETA" })).connections).toHaveLength(2);
  });

  it("employers are listed by name with people of connected providers only", async () => {
    const { customers } = await listFleetCustomers(support, {});
    const names = customers.map((customer) => customer.name);
    expect(names).toEqual([...names].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
    expect(customers.find((each) => each.name === "alpha")).toMatchObject({ people: 22, activePeople: 20 });
    expect(customers.find((each) => each.name === "Beta")).toMatchObject({ people: 0 });
    expect(customers.some((each) => each.id.startsWith("00000000-0000-0000"))).toBe(false);
  });

  it("holds names and health only: nothing of a token, a person or an account", async () => {
    const seen = JSON.stringify([
      await getFleet(support),
      await listFleetConnections(support, {}),
      await listFleetCustomers(support, {}),
    ]);
    expect(seen).not.toMatch(/First000|finchConnectionId|tokenId|username|ciphertext/);
  });

  it("does not exist for employers", async () => {
    const ctx = testContext("employer_admin", crypto.randomUUID());
    for (const read of [getFleet(ctx), listFleetConnections(ctx, {}), listFleetCustomers(ctx, {})])
      await expect(read).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
