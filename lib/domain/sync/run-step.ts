import { inScope } from "@/db/client";
import { workerContext } from "@/lib/domain/context";
import type { FinchFailure } from "@/lib/finch";
import { log } from "@/lib/log";
import { QuotaWait, returnGrant } from "@/lib/quota";
import { claimWork } from "./claim-step";
import { LeaseLost } from "./lease";
import { isStepName, type StepName } from "./plan";
import { settleStep, type SettledEnd } from "./settle-step";
import { benefitsStep } from "./steps/benefits";
import { companyStep } from "./steps/company";
import { directoryStep } from "./steps/directory";
import { documentsStep } from "./steps/documents";
import { employmentStep } from "./steps/employment";
import { finchJobsStep } from "./steps/finch-jobs";
import { individualStep } from "./steps/individual";
import { introspectStep } from "./steps/introspect";
import { payGroupsStep } from "./steps/pay-groups";
import { payStatementItemsStep } from "./steps/pay-statement-items";
import { payStatementRulesStep } from "./steps/pay-statement-rules";
import { payStatementsStep } from "./steps/pay-statements";
import { paymentsStep } from "./steps/payments";
import { findUnsupported } from "./unsupported";
import type { Step, StepEnd, StepWork } from "./work";

const steps: Record<StepName, Step> = {
  introspect: introspectStep,
  finch_jobs: finchJobsStep,
  company: companyStep,
  directory: (work) => directoryStep(work),
  individual: (work) => individualStep(work),
  employment: (work) => employmentStep(work),
  pay_groups: payGroupsStep,
  payments: paymentsStep,
  pay_statements: payStatementsStep,
  pay_statement_items: payStatementItemsStep,
  pay_statement_rules: payStatementRulesStep,
  benefits: benefitsStep,
  documents: documentsStep,
};

/** Crashes of one step before it counts as failed. */
const maxCrashes = 5;

interface RunStepInput {
  customerId: string;
  runId: string;
  name: string;
  entityId: string;
  epoch: number;
  /** 1 unless a worker died with this job or it threw. */
  attempt: number;
  /** The slot that woke it. */
  grantId?: string | undefined;
}

/**
 * Works on one step of a sync run and enqueues what comes after it. A step that somebody else took is left alone, and
 * a slot that is not needed any more goes back.
 */
export async function runStep({ epoch, attempt, grantId, ...key }: RunStepInput): Promise<void> {
  const ctx = workerContext(key.customerId, "sync");
  const step = isStepName(key.name) ? steps[key.name] : null;
  const work = step && (await claimWork(ctx, { key, epoch, attempt, grantId }));
  if (!work) return returnGrant(grantId);
  try {
    await settleStep(work, await perform(step, work, attempt));
  } catch (error) {
    if (!(error instanceof LeaseLost)) throw error;
    log.info("a step was taken over or ended elsewhere", { runId: key.runId, stepId: key.name });
  } finally {
    await work.gate.release();
  }
}

/** What the provider is known not to offer costs no request. */
async function skipUnsupported({ ctx, connection, step }: StepWork): Promise<StepEnd | null> {
  const known = await inScope(ctx, (tx) => findUnsupported(tx, connection, step.name), { readOnly: true });
  return known && { end: "skipped", outcome: known.outcome, message: known.message };
}

async function perform(step: Step, work: StepWork, attempt: number): Promise<SettledEnd> {
  try {
    return (await skipUnsupported(work)) ?? (await step(work));
  } catch (error) {
    if (error instanceof QuotaWait) return { end: "quota", key: error.key };
    if (error instanceof LeaseLost || attempt < maxCrashes) throw error;
    log.error("a step keeps failing inside", error, {
      runId: work.lease.key.runId,
      stepId: work.lease.key.name,
    });
    return { end: "failed", failure: internalFailure() };
  }
}

function internalFailure(): FinchFailure {
  return {
    kind: "malformed",
    requestId: null,
    status: null,
    finchCode: "internal",
    age: { retrievedAt: null, lastAttemptAt: null, lastAttemptResult: null },
    message: "Perch could not work with the answer. The details are in its log.",
    context: null,
  };
}
