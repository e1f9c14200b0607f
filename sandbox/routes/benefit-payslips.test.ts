import type Finch from "@tryfinch/finch-api";
import { describe, expect, it } from "vitest";
import { createTestConnection, startTestSandbox } from "@/sandbox/testing/harness";

const dayMs = 86_400_000;
const sandbox = await startTestSandbox({ initialSyncMs: 0 });
const { clock } = sandbox.sandbox.world;
const products = ["company", "directory", "employment", "payment", "pay_statement", "benefits"];

type Slip = Finch.HRIS.PayStatement;
interface Dated {
  payDate: string;
  slip: Slip;
}

const today = () => clock.iso().slice(0, 10);
const daysFrom = (days: number) => new Date(clock.now() + days * dayMs).toISOString().slice(0, 10);

/** The regular payslips of one person from a day on, oldest first. */
async function slipsOf(client: Finch, id: string, start_date: string): Promise<Dated[]> {
  const { items } = await client.hris.payments.list({ start_date, end_date: daysFrom(60) });
  const slips: Dated[] = [];
  for (const { id: payment_id, pay_date } of items) {
    const { responses } = await client.hris.payStatements.retrieveMany({ requests: [{ payment_id }] });
    const body = responses[0]?.body;
    if (!body || !("pay_statements" in body)) throw new Error(`no statements of ${payment_id}`);
    for (const slip of body.pay_statements ?? []) slips.push({ payDate: pay_date ?? "", slip });
  }
  const theirs = slips.filter(({ slip }) => slip.individual_id === id && slip.type === "regular_payroll");
  return theirs.sort((a, b) => a.payDate.localeCompare(b.payDate));
}

const amountOf = ({ slip }: Dated, name: string) =>
  slip.employee_deductions?.find((line) => line?.name === name)?.amount ?? null;

/** A connection with one salaried person who works there for long. */
async function connect() {
  const { client } = await createTestConnection(sandbox, { products });
  const { individuals } = await client.hris.directory.list();
  return { client, id: individuals[1]?.id ?? "" };
}

async function enroll(client: Finch, benefitId: string, id: string, cents: number | null) {
  const configuration = { employee_deduction: { type: "fixed" as const, amount: cents ?? 0 } };
  const { individuals } = client.hris.benefits;
  if (cents === null) await individuals.unenrollMany(benefitId, { individual_ids: [id] });
  else await individuals.enrollMany(benefitId, { individuals: [{ individual_id: id, configuration }] });
}

const add = async (client: Finch, description: string, frequency: "every_paycheck" | "one_time") =>
  (await client.hris.benefits.create({ type: "custom_post_tax", description, frequency })).benefit_id;

/** Lets days pass, with the syncs of each. */
async function pass(client: Finch, days: number) {
  clock.adjust({ advanceMs: days * dayMs });
  await client.hris.company.retrieve();
}

describe("an enrollment made through the API", () => {
  it("is on the next payslip, not on those of before, until the one after it ended", async () => {
    const { client, id } = await connect();
    const from = daysFrom(-60);
    const before = (await slipsOf(client, id, from)).filter(({ payDate }) => payDate <= today());
    expect(before.length).toBeGreaterThan(1);
    const enrolledOn = today();
    await enroll(client, await add(client, "Gym", "every_paycheck"), id, 4_200);
    await pass(client, 35);
    const changedOn = today();
    const gym = (await client.hris.benefits.list()).items.find((row) => row.description === "Gym");
    await enroll(client, gym?.benefit_id ?? "", id, 5_000);
    await pass(client, 35);
    const endedOn = today();
    await enroll(client, gym?.benefit_id ?? "", id, null);
    await pass(client, 35);

    const slips = await slipsOf(client, id, from);
    expect(slips.slice(0, before.length)).toEqual(before);
    const expected = ({ payDate }: Dated) => {
      if (payDate <= enrolledOn || payDate > endedOn) return null;
      return payDate <= changedOn ? 4_200 : 5_000;
    };
    expect(slips.map((slip) => amountOf(slip, "Gym"))).toEqual(slips.map(expected));
    expect(new Set(slips.map(expected))).toEqual(new Set([null, 4_200, 5_000]));
  });

  it("for one time is on one payslip", async () => {
    const { client, id } = await connect();
    await enroll(client, await add(client, "Laptop", "one_time"), id, 9_900);
    await pass(client, 70);
    const amounts = (await slipsOf(client, id, daysFrom(-75))).map((slip) => amountOf(slip, "Laptop"));
    expect(amounts.filter((cents) => cents !== null)).toEqual([9_900]);
  });

  it("overwrites what the person had from the start, from the next payslip on", async () => {
    const { client, id } = await connect();
    const items = (await client.hris.benefits.list()).items;
    const held: string[] = [];
    for (const { benefit_id } of items) {
      const { individual_ids } = await client.hris.benefits.individuals.enrolledIDs(benefit_id);
      if (individual_ids.includes(id)) held.push(benefit_id);
    }
    const [first = ""] = held;
    const name = items.find((row) => row.benefit_id === first)?.description ?? "";
    const from = daysFrom(-40);
    const old = (await slipsOf(client, id, from)).filter(({ payDate }) => payDate <= today());
    const oldAmounts = old.map((slip) => amountOf(slip, name));
    expect(oldAmounts.every((cents) => cents !== null && cents !== 1_234)).toBe(true);
    await enroll(client, first, id, 1_234);
    await pass(client, 40);
    const slips = await slipsOf(client, id, from);
    const amounts = slips.map((slip) => amountOf(slip, name));
    expect(amounts.slice(0, old.length)).toEqual(oldAmounts);
    expect(new Set(amounts.slice(old.length))).toEqual(new Set([1_234]));
    for (const { slip } of slips) {
      const sum = (lines: readonly ({ amount?: number | null } | null)[] | null) =>
        (lines ?? []).reduce((total, line) => total + (line?.amount ?? 0), 0);
      const taxes = slip.taxes?.filter((line) => line?.employer === false) ?? null;
      const net = (slip.gross_pay?.amount ?? 0) - sum(taxes) - sum(slip.employee_deductions);
      expect(slip.net_pay?.amount).toBe(net);
    }
  });

  it("is on a payment that is made through the sandbox", async () => {
    const { client, id } = await connect();
    await enroll(client, await add(client, "Gym", "every_paycheck"), id, 4_200);
    await pass(client, 1);
    const pay_date = daysFrom(1);
    const payment = { start_date: today(), end_date: pay_date, pay_date };
    const slips = [{ individual_id: id, gross_pay: 200_000 }];
    const { payment_id } = await client.sandbox.payment.create({ ...payment, pay_statements: slips });
    await client.sandbox.jobs.create({ type: "data_sync_all" });
    await pass(client, 2);
    const { responses } = await client.hris.payStatements.retrieveMany({ requests: [{ payment_id }] });
    const gym = { name: "Gym", amount: 4_200 };
    expect(responses[0]?.body).toMatchObject({
      pay_statements: [
        { individual_id: id, employee_deductions: expect.arrayContaining([expect.objectContaining(gym)]) },
      ],
    });
  });
});
