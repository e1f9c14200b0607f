import type Finch from "@tryfinch/finch-api";
import type { RunningSandbox } from "@/sandbox/server";
import { basicClient, createTestConnection } from "@/sandbox/testing/harness";
import { everyProduct } from "@/sandbox/testing/walk/kinds";

/** Methods of the SDK by name, each with a call and what must come of it. */
export type Drive = Record<string, () => Promise<void>>;

export const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const deduction = {
  type: "401k",
  description: "Retirement",
  frequency: "every_paycheck",
} as const satisfies Finch.HRIS.BenefitCreateParams;

/** Connections of three kinds through the official SDK, and the ids that calls need. */
export async function setStage(sandbox: RunningSandbox) {
  const office = basicClient(sandbox.url);
  const connect = (provider_id: string) =>
    createTestConnection(sandbox, { provider_id, products: everyProduct });
  const [automated, withForms, assisted] = await Promise.all([
    connect("gusto"),
    connect("adp_run"),
    connect("onpay"),
  ]);
  await assisted.client.sandbox.connections.accounts.update({ connection_status: "connected" });
  const { client: finch, created } = automated;
  const now = sandbox.sandbox.world.clock.now();
  const dayBefore = (days: number) => new Date(now - days * 86_400_000).toISOString().slice(0, 10);
  const quarter = { start_date: dayBefore(90), end_date: dayBefore(0) };
  const newBenefit = async (description: string = deduction.description) =>
    (await finch.hris.benefits.create({ ...deduction, description })).benefit_id;
  const person = (await finch.hris.directory.list()).individuals[0]?.id ?? "";
  const form = { type: "w4_form_employee_sync", params: { individual_id: "" } } as const;
  const theirs = (await withForms.client.hris.directory.list()).individuals[0]?.id ?? "";
  const job = await withForms.client.jobs.automated.create({ ...form, params: { individual_id: theirs } });
  const ids = {
    person,
    theirs,
    benefit: await newBenefit(),
    payment: (await finch.hris.payments.list(quarter)).items[0]?.id ?? "",
    payGroup: (await finch.payroll.payGroups.list()).items[0]?.id ?? "",
    job: job.job_id ?? "",
    form: (await withForms.client.hris.documents.list()).documents[0]?.id ?? "",
  };
  return {
    sandbox,
    office,
    finch,
    created,
    withForms: withForms.client,
    assisted: assisted.client,
    quarter,
    ids,
    newBenefit,
  };
}

export type Stage = Awaited<ReturnType<typeof setStage>>;
