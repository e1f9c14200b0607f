import { inScope } from "@/db/client";
import { listSteps, type SyncStepRow } from "@/db/repositories/sync-runs";
import { claimWork } from "../claim-step";
import { runStep } from "../run-step";
import { settleStep } from "../settle-step";
import { startSync } from "../start-sync";
import type { TestConnection } from "../testing";
import type { Step, StepEnd, StepWork } from "../work";
import { benefitsStep } from "./benefits";
import { companyStep } from "./company";
import { directoryStep } from "./directory";
import { documentsStep } from "./documents";
import { employmentStep } from "./employment";
import { finchJobsStep } from "./finch-jobs";
import { individualStep } from "./individual";
import { introspectStep } from "./introspect";
import { payGroupsStep } from "./pay-groups";
import { payStatementItemsStep } from "./pay-statement-items";
import { payStatementRulesStep } from "./pay-statement-rules";
import { payStatementsStep } from "./pay-statements";
import { paymentsStep } from "./payments";

/** Runs steps one by one, with pages of any size, so that small companies have many. Never imported by the product. */

export interface PageSizes {
  directory: number;
  people: number;
  statements: number;
}

const whole: Record<string, Step> = {
  introspect: introspectStep,
  finch_jobs: finchJobsStep,
  company: companyStep,
  pay_groups: payGroupsStep,
  payments: paymentsStep,
  pay_statement_items: payStatementItemsStep,
  pay_statement_rules: payStatementRulesStep,
  benefits: benefitsStep,
  documents: documentsStep,
};

const sized: Record<string, (work: StepWork, sizes: PageSizes) => Promise<StepEnd>> = {
  directory: (work, { directory }) => directoryStep(work, directory),
  individual: (work, { people }) => individualStep(work, people),
  employment: (work, { people }) => employmentStep(work, people),
  pay_statements: (work, { statements }) => payStatementsStep(work, statements),
};

/** Runs a step that is claimed, with pages of these sizes; what it throws passes. */
export function performSized(work: StepWork, sizes: PageSizes): Promise<StepEnd> {
  const { name } = work.step;
  const step = whole[name] ?? ((mine: StepWork) => sized[name]?.(mine, sizes));
  const ending = step(work);
  if (!ending) throw new Error(`there is no step ${name}`);
  return ending;
}

const ended = new Set(["succeeded", "failed", "skipped"]);

/** The first step of a run that has not ended. */
export async function nextStep(
  { ctx, customerId }: TestConnection,
  runId: string,
): Promise<SyncStepRow | undefined> {
  const steps = await inScope(ctx, (tx) => listSteps(tx, customerId, runId));
  return steps.find((step) => !ended.has(step.status));
}

/** Takes a step for this test. */
export async function claim({ ctx }: TestConnection, step: SyncStepRow): Promise<StepWork> {
  const { customerId, runId, name, entityId, epoch } = step;
  const work = await claimWork(ctx, { key: { customerId, runId, name, entityId }, epoch, attempt: 1 });
  if (!work) throw new Error(`the step ${name} was not free`);
  return work;
}

/** Runs a run from its beginning in this process, as far as a step of this name. */
export async function driveTo(connection: TestConnection, runId: string, name: string): Promise<SyncStepRow> {
  await startSync({ customerId: connection.customerId, runId });
  for (;;) {
    const step = await nextStep(connection, runId);
    if (!step) throw new Error(`the run has no step ${name}`);
    if (step.name === name) return step;
    await runStep({ ...step, attempt: 1 });
  }
}

/** Runs a whole run in this process. */
export async function drive(connection: TestConnection, runId: string, sizes?: PageSizes): Promise<void> {
  await startSync({ customerId: connection.customerId, runId });
  for (let step = await nextStep(connection, runId); step; step = await nextStep(connection, runId)) {
    if (!sizes || !sized[step.name]) {
      await runStep({ ...step, attempt: 1 });
      continue;
    }
    const work = await claim(connection, step);
    await settleStep(work, await performSized(work, sizes));
    await work.gate.release();
  }
}
