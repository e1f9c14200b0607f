import { describe, expect, it } from "vitest";
import { control, createTestConnection, bearerClient, startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox();
const { clock } = sandbox.sandbox.world;
clock.adjust({ now: Date.parse("2026-09-10T12:00:00Z") });

const paymentsOf = async (client: ReturnType<typeof bearerClient>, until = "2099-12-31") =>
  (await client.hris.payments.list({ start_date: "2000-01-01", end_date: until })).items;

describe("a sandbox connection", () => {
  it("of up to 100 people has years of payroll", async () => {
    const { client } = await createTestConnection(sandbox, { employee_size: 100 });
    const payments = await paymentsOf(client);
    expect(payments.length).toBeGreaterThan(150);
    expect(payments[0]?.pay_date).toBe("2025-01-03");
  });

  it("of more than 100 has one pay period, the one that each pay group was paid for last", async () => {
    const { client } = await createTestConnection(sandbox, { employee_size: 101 });
    const groups = await client.payroll.payGroups.list();
    const payments = await paymentsOf(client);
    expect(groups.items.map(({ name }) => name)).toEqual([
      "Salaried",
      "Hourly",
      "Part-Time and Interns",
      "Contractors",
    ]);
    expect(payments.map((row) => [row.pay_frequencies, row.pay_date])).toEqual([
      [["bi_weekly"], "2026-08-28"],
      [["semi_monthly"], "2026-09-04"],
      [["weekly"], "2026-09-04"],
      [["monthly"], "2026-09-08"],
    ]);
    expect(new Set(payments.flatMap((row) => row.pay_group_ids)).size).toBe(4);
    expect(payments.every((row) => (row.individual_ids ?? []).length > 3)).toBe(true);
    const requests = payments.map(({ id }) => ({ payment_id: id }));
    const statements = await client.hris.payStatements.retrieveMany({ requests });
    expect(statements.responses.map(({ code }) => code)).toEqual([200, 200, 200, 200]);
  });

  it("of more than 100 is paid as time goes on", async () => {
    const { client } = await createTestConnection(sandbox, { employee_size: 150 });
    const before = await paymentsOf(client);
    clock.adjust({ now: Date.parse("2026-10-10T12:00:00Z") });
    await client.sandbox.jobs.create({ type: "data_sync_all" });
    const after = await paymentsOf(client);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.length).toBeGreaterThan(before.length + 6);
    clock.adjust({ now: Date.parse("2026-09-10T12:00:00Z") });
  });

  it("made for a test has as much payroll as asked for, whatever its size", async () => {
    const made = await control(sandbox.url, "POST", "/companies", { provider_id: "gusto", people: 150 });
    const client = bearerClient(sandbox.url, (made as { access_token: string }).access_token);
    expect((await paymentsOf(client)).length).toBeGreaterThan(150);
  });
});
