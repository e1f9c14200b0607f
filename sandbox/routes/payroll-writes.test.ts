import type Finch from "@tryfinch/finch-api";
import { describe, expect, it } from "vitest";
import { createTestConnection, failureOf, startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox({ refreshQuota: { sandbox: 1_000 } });
const { world } = sandbox.sandbox;
world.clock.adjust({ now: Date.parse("2026-09-10T12:00:00Z") });
const unknownId = "11111111-1111-4111-8111-111111111111";
const recent = { start_date: "2026-06-01", end_date: "2026-12-31" };
const products = ["directory", "employment", "payment", "pay_statement", "benefits"];

type Statement = Finch.HRIS.PayStatement;

async function statementsOf(client: Finch, paymentId: string): Promise<Statement[]> {
  const requests = [{ payment_id: paymentId, limit: 5_000 }];
  const [item] = (await client.hris.payStatements.retrieveMany({ requests })).responses;
  return (item!.body as Finch.HRIS.PayStatementData).pay_statements;
}

const sync = (client: Finch) => client.sandbox.jobs.create({ type: "data_sync_all" });
const paymentsOf = async (client: Finch) => (await client.hris.payments.list(recent)).items;

async function findPayment(client: Finch, id: string) {
  return (await paymentsOf(client)).find((payment) => payment.id === id);
}

async function salariedOf(client: Finch): Promise<string[]> {
  const [group] = (await client.payroll.payGroups.list()).items;
  return (await client.payroll.payGroups.retrieve(group!.id)).individual_ids;
}

describe("pay statement items", async () => {
  const { client } = await createTestConnection(sandbox);
  const list = async (query?: Finch.HRIS.PayStatementItemListParams) =>
    (await client.hris.payStatementItem.list(query)).responses;

  it("are the lines of all statements, each once", async () => {
    const items = await list();
    const keys = items.map(({ name, category, attributes }) =>
      JSON.stringify([name, category, attributes.type, attributes.pre_tax, attributes.employer]),
    );
    expect(new Set(keys).size).toBe(keys.length);
    const known = new Set(items.map(({ name, category }) => `${category}/${name}`));
    for (const payment of await paymentsOf(client)) {
      for (const statement of await statementsOf(client, payment.id)) {
        for (const line of statement.earnings ?? []) expect(known).toContain(`earnings/${line?.name}`);
        for (const line of statement.taxes ?? []) expect(known).toContain(`taxes/${line.name}`);
        for (const line of statement.employee_deductions ?? [])
          expect(known).toContain(`employee_deductions/${line.name}`);
        for (const line of statement.employer_contributions ?? [])
          expect(known).toContain(`employer_contributions/${line.name}`);
      }
    }
    const tax = items.find(({ name }) => name === "Medicare (Employer)");
    expect(tax?.attributes).toEqual({ type: "fica", pre_tax: null, employer: true, metadata: null });
  });

  it("are found by category, part of the name, type and the last pay date", async () => {
    const taxes = await list({ categories: ["taxes"] });
    expect(new Set(taxes.map((item) => item.category))).toEqual(new Set(["taxes"]));
    const some = await client.get("/employer/pay-statement-item?categories=earnings,taxes&name=SALAR");
    expect((some as { responses: { name: string }[] }).responses.map(({ name }) => name)).toEqual(["Salary"]);
    expect((await list({ type: "fica" })).length).toBe(4);
    expect((await list({ type: "fic" })).length).toBe(0);
    expect(
      (await list({ name: "bonus", end_date: "2026-05-31" })).length +
        (await list({ name: "bonus", start_date: "2026-06-01" })).length,
    ).toBe(1);
    expect(await list({ start_date: "2030-01-01" })).toEqual([]);
    for (const query of ["categories=wages", "start_date=yesterday"]) {
      expect((await failureOf(client.get(`/employer/pay-statement-item?${query}`))).status).toBe(400);
    }
  });
});

describe("rules", async () => {
  const { client } = await createTestConnection(sandbox);
  const { rules } = client.hris.payStatementItem;
  const salary = [{ field: "name", operator: "equals" as const, value: "Salary" }];
  const metadataOf = async (paymentId: string) => {
    const lines = (await statementsOf(client, paymentId)).flatMap((row) => row.earnings ?? []);
    return lines.filter((line) => line?.name === "Salary").map((line) => line?.attributes?.metadata);
  };
  const itemMetadata = async () =>
    (await client.hris.payStatementItem.list({ name: "Salary" })).responses[0]?.attributes.metadata;

  it("attach metadata to statements and items while they are in force, the first one before the others", async () => {
    const payments = (await paymentsOf(client)).filter((row) => row.pay_frequencies?.[0] === "semi_monthly");
    const [early, late] = [payments[0]!, payments.at(-1)!];
    const base = await rules.create({
      conditions: salary,
      attributes: { metadata: { label: "Base", plan: 1 } },
      entity_type: "pay_statement_item",
    });
    const second = await rules.create({
      conditions: [...salary, { field: "type", operator: "equals", value: "salary" }],
      effective_start_date: "2026-08-01",
      effective_end_date: null,
      attributes: { metadata: { label: "Other", since: "August" } },
    });
    expect([base.priority, second.priority]).toEqual([1, 2]);
    expect(new Set((await metadataOf(early.id)).map((data) => JSON.stringify(data)))).toEqual(
      new Set(['{"label":"Base","plan":1}']),
    );
    expect((await metadataOf(late.id))[0]).toEqual({ label: "Base", plan: 1, since: "August" });
    expect(await itemMetadata()).toEqual({ label: "Base", plan: 1, since: "August" });
    const others = (await statementsOf(client, late.id)).flatMap((row) => row.taxes ?? []);
    expect(others.some((line) => "attributes" in line)).toBe(false);
    expect((await rules.list()).responses.map((rule) => rule.id)).toEqual([base.id, second.id]);

    const { optionalProperty } = { optionalProperty: { attributes: { metadata: { label: "Changed" } } } };
    expect((await rules.update(base.id!, { optionalProperty })).conditions).toEqual(salary);
    expect((await metadataOf(late.id))[0]).toEqual({ label: "Changed", since: "August" });
    await client.put(`/employer/pay-statement-item/rule/${base.id}`, {
      body: { conditions: [{ field: "name", operator: "equals", value: "salary" }] },
    });
    expect((await metadataOf(late.id))[0]).toEqual({ label: "Other", since: "August" });

    const removed = await rules.delete(second.id!);
    expect(removed).toMatchObject({ id: second.id, deleted_at: world.clock.iso() });
    expect((await metadataOf(late.id))[0]).toBeUndefined();
    expect(await itemMetadata()).toBeNull();
  });

  it("need a condition that Finch knows, and unknown rules are 400", async () => {
    const wrong = [{}, { conditions: [] }, { conditions: [{ ...salary[0], operator: "contains" }] }];
    for (const body of wrong) {
      const { status, body: answer } = await failureOf(
        client.post("/employer/pay-statement-item/rule", { body }),
      );
      expect([status, answer["name"], answer["finch_code"]]).toEqual([
        400,
        "invalid_request_error",
        "invalid_request",
      ]);
    }
    expect((await failureOf(rules.delete(unknownId))).status).toBe(400);
    expect((await failureOf(rules.update(unknownId, { optionalProperty: {} }))).status).toBe(400);
    const { client: stranger } = await createTestConnection(sandbox);
    const rule = await rules.create({ conditions: salary });
    expect((await failureOf(stranger.hris.payStatementItem.rules.delete(rule.id!))).status).toBe(400);
  });
});

describe("a payment that is added", () => {
  it("follows the last one, pays all full-time employees, and is seen after a sync", async () => {
    const { client } = await createTestConnection(sandbox, { products });
    const lastEnd = (await paymentsOf(client))
      .map((row) => row.pay_period?.end_date ?? "")
      .sort()
      .at(-1);
    expect(lastEnd).toBe("2026-09-30");
    const first = await client.sandbox.payment.create({});
    // 14 business days after Thursday 1 October, with Columbus Day in between.
    expect(first.pay_date).toBe("2026-10-22");
    expect(await findPayment(client, first.payment_id)).toBeUndefined();
    const second = await client.sandbox.payment.create({});
    await sync(client);
    expect(await findPayment(client, first.payment_id)).toMatchObject({
      pay_period: { start_date: "2026-10-01", end_date: "2026-10-22" },
      debit_date: "2026-10-23",
    });
    expect((await findPayment(client, second.payment_id))?.pay_period?.start_date).toBe("2026-10-23");
    const statements = await statementsOf(client, first.payment_id);
    expect(statements.length).toBeGreaterThan(10);
    for (const statement of statements) {
      expect(statement).toMatchObject({ type: "regular_payroll", earnings: [], taxes: [] });
      const deducted = (statement.employee_deductions ?? []).reduce(
        (sum, line) => sum + (line.amount ?? 0),
        0,
      );
      expect(statement.net_pay?.amount).toBe((statement.gross_pay?.amount ?? 0) - deducted);
    }
  });

  it("has what is given, and defaults for the rest", async () => {
    const { client } = await createTestConnection(sandbox, { products });
    const [one = "", two = ""] = await salariedOf(client);
    const { payment_id: id, pay_date: payDate } = await client.sandbox.payment.create({
      start_date: "2026-08-03",
      end_date: "2026-08-14",
      pay_statements: [
        {
          individual_id: one,
          type: "off_cycle_payroll",
          payment_method: "check",
          total_hours: 80,
          earnings: [
            { name: "Bonus", type: "bonus", amount: 100_000 },
            { name: "Hours", type: "wage", amount: 50_000, hours: 10 },
          ],
          taxes: [
            { name: "Federal", type: "federal", amount: 15_000 },
            { name: "Share", type: "fica", amount: 9_000, employer: true },
          ],
          employee_deductions: [{ name: "Union", type: "custom_post_tax", amount: 1_000, pre_tax: false }],
        },
        { individual_id: two, gross_pay: 700_000, net_pay: 1 },
      ],
    });
    expect(payDate).toBe("2026-08-14");
    await sync(client);
    const [full, short] = await statementsOf(client, id);
    expect(full).toMatchObject({
      individual_id: one,
      type: "off_cycle_payroll",
      payment_method: "check",
      total_hours: 80,
      gross_pay: { amount: 150_000, currency: "usd" },
      net_pay: { amount: 134_000, currency: "usd" },
      employee_deductions: [{ name: "Union", type: "custom_post_tax", amount: 1_000, pre_tax: false }],
    });
    expect(full?.taxes?.[0]).toMatchObject({ employer: false });
    expect(short).toMatchObject({ gross_pay: { amount: 700_000 }, net_pay: { amount: 1 } });
    expect(await findPayment(client, id)).toMatchObject({
      gross_pay: { amount: 850_000 },
      employer_taxes: { amount: 9_000 },
      employee_taxes: { amount: 15_000 },
      individual_ids: [one, two],
      pay_frequencies: ["semi_monthly"],
    });
  });

  it("takes deductions from enrollments", async () => {
    const { client } = await createTestConnection(sandbox, { products });
    const [person = ""] = await salariedOf(client);
    const created = await client.hris.benefits.create({
      type: "custom_post_tax",
      description: "Gym",
      frequency: "every_paycheck",
    });
    await client.hris.benefits.individuals.enrollMany(created.benefit_id, {
      individuals: [
        { individual_id: person, configuration: { employee_deduction: { type: "fixed", amount: 4_200 } } },
      ],
    });
    world.clock.adjust({ advanceMs: 86_400_000 });
    const { payment_id: id } = await client.sandbox.payment.create({
      pay_statements: [{ individual_id: person }],
    });
    await sync(client);
    const [statement] = await statementsOf(client, id);
    const gym = { name: "Gym", type: "custom_post_tax", amount: 4_200, pre_tax: false };
    expect(statement?.employee_deductions).toContainEqual({ ...gym, currency: "usd" });
    const run = (await paymentsOf(client)).find(
      (row) => row.pay_date! > world.clock.iso() && row.individual_ids?.includes(person) && row.id !== id,
    );
    const next = (await statementsOf(client, run!.id)).find((row) => row.individual_id === person);
    expect(next?.employee_deductions).toContainEqual({ ...gym, currency: "usd" });
  });

  it("is refused for people nobody knows, dates the wrong way round and amounts that are none", async () => {
    const { client } = await createTestConnection(sandbox, { products });
    const refused = async (body: object) => (await failureOf(client.post("/sandbox/payment", { body }))).body;
    expect(await refused({ pay_statements: [{ individual_id: unknownId }] })).toMatchObject({
      code: 404,
      finch_code: "individual_not_found",
    });
    const [person = ""] = await salariedOf(client);
    for (const body of [
      { start_date: "2026-02-02", end_date: "2026-02-01" },
      { start_date: "soon" },
      { pay_statements: [{ individual_id: person, gross_pay: -1 }] },
      { pay_statements: [{ individual_id: person, type: "other" }] },
      { pay_statements: [{ individual_id: person, employee_deductions: [{ type: "401k", amount: 1 }] }] },
    ]) {
      expect([body, (await refused(body))["code"]]).toEqual([body, 400]);
    }
  });
});
