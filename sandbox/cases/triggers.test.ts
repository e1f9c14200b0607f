import { beforeEach, describe, expect, it } from "vitest";
import { CaseReader } from "@/sandbox/cases/testing";
import type { Change } from "@/sandbox/changes";
import { startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox({ initialSyncMs: 0 });
const { clock, changes } = sandbox.sandbox.world;
const year = Number(clock.iso().slice(0, 4));
const told: Change[] = [];
changes.listen(
  ({ change }) => told.push(change),
  () => true,
);
let cases = await CaseReader.open(sandbox);

beforeEach(() => {
  told.length = 0;
});

const ofPayment = (number: number) => {
  const id = cases.row(number).payment_id;
  return told.filter((change) => "paymentId" in change && change.paymentId === id);
};

describe("a case that is an event", () => {
  it("2: moves a pay date over the end of the year", async () => {
    expect((await cases.payment(2)).pay_date).toBe(`${year - 1}-12-31`);
    await cases.trigger(2);
    expect((await cases.payment(2)).pay_date).toBe(`${year}-01-02`);
    expect(ofPayment(2)).toContainEqual(
      expect.objectContaining({ event: "payment.updated", payDate: `${year}-01-02` }),
    );
  });

  it("7: tells a pay date in the form of the guide", async () => {
    expect((await cases.payment(7)).pay_date).toBe("2023-10-23");
    await cases.trigger(7);
    expect(ofPayment(7)).toContainEqual(expect.objectContaining({ payDate: "10-23-2023" }));
  });

  it("26: deletes a payment", async () => {
    await cases.payment(26);
    await cases.trigger(26);
    await expect(cases.payment(26)).rejects.toThrow("not listed");
    expect((await cases.statements(26)).code).toBe(404);
    expect(ofPayment(26)).toContainEqual(expect.objectContaining({ event: "payment.deleted" }));
  });

  it("27: moves a statement to another person", async () => {
    const before = await cases.slip(27);
    await cases.trigger(27);
    await expect(cases.slip(27)).rejects.toThrow("not there");
    const now = (await cases.slips(27)).filter((slip) => slip.net_pay?.amount === before.net_pay?.amount);
    expect(now.map((slip) => slip.individual_id)).not.toContain(before.individual_id);
    expect(now).toHaveLength(1);
    expect(ofPayment(27).map(({ event }) => event)).toEqual(
      expect.arrayContaining(["pay_statement.deleted", "pay_statement.created"]),
    );
  });

  it("28: fails the second page of statements, once", async () => {
    const code = async (offset: number) => (await cases.statements(28, { limit: 2_600, offset })).code;
    expect([await code(0), await code(2_600)]).toEqual([200, 200]);
    await cases.trigger(28);
    expect([await code(0), await code(2_600), await code(2_600)]).toEqual([200, 502, 200]);
  });

  it("29: shrinks a payment from 5,001 statements to 5,000", async () => {
    const count = async () => {
      const { body } = await cases.statements(29, { limit: 1 });
      return "paging" in body ? body.paging.count : null;
    };
    expect(await count()).toBe(5_001);
    await cases.trigger(29);
    expect(await count()).toBe(5_000);
  });

  it("30: fetches statements first, then gives them", async () => {
    const code = async () => (await cases.statements(30)).code;
    expect(await code()).toBe(200);
    await cases.trigger(30);
    expect([await code(), await code(), await code()]).toEqual([202, 202, 200]);
  });

  const enroll = async (number: number) => {
    const client = await cases.client(number);
    const { individual_id = "" } = cases.row(number);
    const benefits = (await client.hris.benefits.list()).items;
    const benefit = benefits.find((row) => row.description === "Case 43: Equipment") ?? benefits[0];
    const configuration = { employee_deduction: { type: "fixed" as const, amount: 4_500 } };
    const id = benefit?.benefit_id ?? "";
    const individuals = [{ individual_id, configuration }];
    return {
      client,
      benefitId: id,
      answer: client.hris.benefits.individuals.enrollMany(id, { individuals }),
    };
  };

  it("43: applies a one-time deduction and loses the answer", async () => {
    await cases.trigger(43);
    const { client, benefitId, answer } = await enroll(43);
    await expect(answer).rejects.toThrow();
    clock.adjust({ advanceMs: 5_000 });
    const { individual_ids } = await client.hris.benefits.individuals.enrolledIDs(benefitId);
    expect(individual_ids).toContain(cases.row(43).individual_id);
  });

  it("44: completes a job without one person", async () => {
    await cases.trigger(44);
    const { client, answer } = await enroll(44);
    const { job_id } = await answer;
    clock.adjust({ advanceMs: 5_000 });
    const job = await client.jobs.manual.retrieve(job_id);
    expect(job.status).toBe("complete");
    expect(JSON.stringify(job.body)).not.toContain(cases.row(44).individual_id);
  });

  it("45: completes a job in which every item failed", async () => {
    await cases.trigger(45);
    const { client, answer } = await enroll(45);
    const { job_id } = await answer;
    clock.adjust({ advanceMs: 5_000 });
    const job = await client.jobs.manual.retrieve(job_id);
    expect(job.status).toBe("complete");
    expect((job.body as { code: number }[]).map(({ code }) => code)).toEqual([500]);
  });

  it("47: lets somebody leave", async () => {
    expect(await cases.employment(47)).toMatchObject({ is_active: true });
    await cases.trigger(47);
    expect(await cases.employment(47)).toMatchObject({ is_active: false, employment_status: "terminated" });
  });

  it("51: brings somebody back whom a client erased", async () => {
    await cases.trigger(51);
    const id = cases.row(51).individual_id;
    expect(told).toContainEqual({ event: "employment.updated", individualId: id });
    expect((await cases.directory(51)).map((row) => row.id)).toContain(id);
  });

  it("is refused where its seed is not loaded, or where there is none", async () => {
    await expect(cases.trigger(1)).rejects.toThrow(/404/);
    await expect(cases.trigger(53)).rejects.toThrow(/404/);
    sandbox.sandbox.world.store.reset("default");
    await expect(cases.trigger(2)).rejects.toThrow(/400.*cases/);
    cases = await CaseReader.open(sandbox);
  });
});
