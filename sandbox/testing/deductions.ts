import type Finch from "@tryfinch/finch-api";
import type { RunningSandbox } from "@/sandbox/server";
import { createTestConnection } from "@/sandbox/testing/harness";

export type Individual = Finch.HRIS.Benefits.IndividualEnrollManyParams.Individual;
export type Configuration = NonNullable<Individual["configuration"]>;

export const fixed = (amount: number): Configuration => ({ employee_deduction: { type: "fixed", amount } });

/** One person of a request to enroll. */
export const one = (individual_id = "", configuration = fixed(5_000)): Individual => ({
  individual_id,
  configuration,
});

const products = ["company", "directory", "employment", "benefits"];
const ours = { type: "401k", description: "Ours", frequency: "every_paycheck" } as const;

/** A connection to test deductions with: one that was made for the test, and people of each kind. */
export interface Deductions {
  client: Finch;
  token: string;
  connectionId: string;
  entityId: string;
  /** The deduction that was made. */
  id: string;
  people: string[];
  contractors: string[];
  gone: string[];
}

async function peopleOf(client: Finch) {
  const { individuals } = await client.hris.directory.list();
  const requests = individuals.map(({ id }) => ({ individual_id: id ?? "" }));
  const { responses } = await client.hris.employments.retrieveMany({ requests });
  const kinds = { people: new Array<string>(), contractors: new Array<string>(), gone: new Array<string>() };
  for (const { individual_id, body } of responses) {
    if (!body || !("is_active" in body)) continue;
    if (body.employment?.type === "contractor") kinds.contractors.push(individual_id);
    else (body.is_active ? kinds.people : kinds.gone).push(individual_id);
  }
  return kinds;
}

/** A connection that machines write deductions of. */
export async function connectDeductions(
  sandbox: RunningSandbox,
  provider_id = "gusto",
  type: Finch.HRIS.BenefitType = "401k",
): Promise<Deductions> {
  const { client, token, created } = await createTestConnection(sandbox, { provider_id, products });
  const { benefit_id: id } = await client.hris.benefits.create({ ...ours, type });
  const { connection_id: connectionId, entity_id: entityId } = created;
  return { client, token, connectionId, entityId, id, ...(await peopleOf(client)) };
}

/** A connection that people write deductions of. */
export async function connectAssistedDeductions(sandbox: RunningSandbox): Promise<Deductions> {
  const params = { provider_id: "onpay", authentication_type: "assisted" as const, products };
  const { client, token, created } = await createTestConnection(sandbox, params);
  await client.sandbox.connections.accounts.update({ connection_status: "connected" });
  const { benefit_id: id } = await client.hris.benefits.register({ ...ours });
  const { connection_id: connectionId, entity_id: entityId } = created;
  return { client, token, connectionId, entityId, id, ...(await peopleOf(client)) };
}

/** Asks for enrollments. @returns the id of the job */
export const enroll = async ({ client, id }: Deductions, individuals: Individual[]): Promise<string> =>
  (await client.hris.benefits.individuals.enrollMany(id, { individuals })).job_id;

/** The ids of those who are enrolled. */
export const enrolledIds = async ({ client, id }: Deductions): Promise<string[]> =>
  (await client.hris.benefits.individuals.enrolledIDs(id)).individual_ids;

/** How long machines take in these tests. Milliseconds. */
export const automatedMs = 120_000;

/** A job after the time that machines take. */
export async function finished(sandbox: RunningSandbox, { client }: Deductions, jobId: string) {
  sandbox.sandbox.world.clock.adjust({ advanceMs: automatedMs });
  return client.jobs.manual.retrieve(jobId);
}

/** Enrolls and waits for the end of the job: the codes of its items, in order. */
export async function codesOf(
  sandbox: RunningSandbox,
  at: Deductions,
  individuals: Individual[],
): Promise<unknown[]> {
  const job = await finished(sandbox, at, await enroll(at, individuals));
  const codeOf = (item: unknown) =>
    typeof item === "object" && item !== null && "code" in item ? item.code : null;
  return (job.body ?? []).map(codeOf);
}
