import type Finch from "@tryfinch/finch-api";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { control, createTestConnection, failureOf, startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox();
const { store, clock } = sandbox.sandbox.world;

interface Answer {
  message: string;
  job_id: string | null;
  individual_id: string;
  payment_id: string;
}

const happen = (connectionId: string, body: object) =>
  control(sandbox.url, "POST", `/connections/${connectionId}/events`, body) as Promise<Answer>;

/** A connection whose first sync is done. */
async function synced(wanted = {}) {
  const made = await createTestConnection(sandbox, wanted);
  await made.client.hris.company.retrieve();
  return { ...made, id: made.created.connection_id };
}

const Employment = z.looseObject({
  income: z.looseObject({ amount: z.number() }),
  income_history: z.array(z.unknown()),
});

async function employmentOf(client: Finch, individualId: string) {
  const requests = [{ individual_id: individualId }];
  const { responses } = await client.hris.employments.retrieveMany({ requests });
  return Employment.parse(responses[0]?.body);
}

describe("an event", () => {
  it("hires somebody who starts today and is in the directory after the sync that comes with it", async () => {
    const { client, id } = await synced();
    const { individual_id, message } = await happen(id, { event: "employee_hired" });
    expect(message).toMatch(/^.+ was hired as .+\.$/);
    const directory = await client.hris.directory.list();
    expect(directory.individuals.at(-1)?.id).toBe(individual_id);
    expect(await employmentOf(client, individual_id)).toMatchObject({
      start_date: clock.iso().slice(0, 10),
      is_active: true,
      employment: { type: "employee", subtype: "full_time" },
    });
  });

  it("hires whom it is told, in the job it is told", async () => {
    const { id } = await synced();
    const answer = await happen(id, {
      event: "employee_hired",
      first_name: "Ada",
      last_name: "Lovelace",
      title: "Engineer",
    });
    expect(answer.message).toBe("Ada Lovelace was hired as Engineer.");
  });

  it("gives a raise by a percentage from today on, and keeps what was before", async () => {
    const { client, id } = await synced();
    const [person] = (await client.hris.directory.list()).individuals;
    const before = await employmentOf(client, person?.id ?? "");
    await happen(id, { event: "raise", individual_id: person?.id, percent: 10 });
    const after = await employmentOf(client, person?.id ?? "");
    expect(after.income).toMatchObject({
      amount: Math.round(before.income.amount * 1.1),
      effective_date: clock.iso().slice(0, 10),
    });
    expect(after.income_history).toEqual([after.income, ...before.income_history]);
  });

  it("ends an employment, of another person each time", async () => {
    const { client, id } = await synced();
    const first = await happen(id, { event: "termination" });
    const second = await happen(id, { event: "termination" });
    expect(first.individual_id).not.toBe(second.individual_id);
    expect(await employmentOf(client, first.individual_id)).toMatchObject({
      employment_status: "terminated",
      end_date: clock.iso().slice(0, 10),
    });
    await expect(happen(id, { event: "termination", individual_id: first.individual_id })).rejects.toThrow(
      /400.*has left already/,
    );
  });

  it("runs a payroll that pays people today", async () => {
    const { client, id } = await synced();
    const { payment_id: paymentId } = await happen(id, { event: "payroll_run" });
    const today = clock.iso().slice(0, 10);
    const payments = await client.hris.payments.list({ start_date: today, end_date: today });
    const payment = payments.items.find((row) => row.id === paymentId);
    expect(payment?.individual_ids?.length).toBeGreaterThan(0);
    expect(payment?.gross_pay?.amount).toBeGreaterThan(0);
  });

  it("without its sync is not seen yet", async () => {
    const { client, id } = await synced();
    const before = (await client.hris.directory.list()).paging.count;
    expect((await happen(id, { event: "employee_hired", sync: false })).job_id).toBeNull();
    expect((await client.hris.directory.list()).paging.count).toBe(before);
    await happen(id, { event: "sync" });
    expect((await client.hris.directory.list()).paging.count).toBe(Number(before) + 1);
  });

  it.each([
    ["reauth", "reauthenticate_user"],
    ["error_permissions", "insufficient_account_permissions"],
    ["error_no_account_setup", "account_setup_required"],
  ])("breaks a connection with %s, and mends it", async (status, code) => {
    const { client, id } = await synced();
    await happen(id, { event: "breaks", status });
    expect((await failureOf(client.hris.company.retrieve())).body["finch_code"]).toBe(code);
    await happen(id, { event: "mended" });
    await expect(client.hris.company.retrieve()).resolves.toHaveProperty("legal_name");
  });

  it("finishes the setup of an assisted connection, which then has data", async () => {
    const { client, created } = await createTestConnection(sandbox, { provider_id: "adp_total_source" });
    expect((await client.hris.company.retrieve().withResponse()).response.status).toBe(202);
    await happen(created.connection_id, { event: "setup_finished" });
    expect((await client.hris.company.retrieve().withResponse()).response.status).toBe(200);
    await expect(happen(created.connection_id, { event: "setup_finished" })).rejects.toThrow(/400.*set up/);
  });

  it("is refused for connections that are unknown or ended, and where it is not known itself", async () => {
    const { client, id } = await synced();
    await expect(happen("nobody", { event: "sync" })).rejects.toThrow(/404/);
    await expect(happen(id, { event: "earthquake" })).rejects.toThrow(/400/);
    await expect(happen(id, { event: "raise", percent: "much" })).rejects.toThrow(/400.*percent/);
    await client.account.disconnect();
    await expect(happen(id, { event: "sync" })).rejects.toThrow(/400.*disconnected/);
  });

  it("happens in the entity that is named", async () => {
    const { id } = await synced();
    const entity = store.connections.get(id)?.entities[0]?.id;
    expect(await happen(id, { event: "employee_hired", entity_id: entity })).toMatchObject({
      entity_id: entity,
    });
    await expect(happen(id, { event: "employee_hired", entity_id: "other" })).rejects.toThrow(/404/);
  });
});
