import type { Tx } from "@/db/client";
import { readToday } from "@/db/repositories/customers-clock";
import { beginPasses, listPaymentsToRead, type PaymentPass } from "@/db/repositories/payment-passes";
import { databaseNow, planStepRequests, updateStep } from "@/db/repositories/sync-steps";
import { statementPagesPerRequest } from "@/lib/finch";
import { inLease } from "../lease";
import { addDays, firstJudgedDay } from "../payment-dates";
import type { StepWork } from "../work";
import { expectedStatements, isRead, missingPages, PageQueue, type PageRequest } from "./pages";

/** How far back a run that is no full one reads statements again (DOMAIN 1.4). */
const windowDays = 90;

/** What a step knows while it reads statements; the database knows the same, so that another worker can go on. */
export interface Reading {
  work: StepWork;
  pageSize: number;
  queue: PageQueue;
  /** By our id. */
  passes: Map<string, PaymentPass>;
  /** Finch-Data-Retrieved of payments of which some pages were read. */
  retrieved: Map<string, string | null>;
  /** Statements read by this step, and requests made. */
  done: number;
  requests: number;
}

/** Finds out what the run has to read: all years, the window with what is incomplete, or only that. */
export function openReading(work: StepWork, pageSize: number): Promise<Reading> {
  const { lease, cursor, step } = work;
  return inLease(work.ctx, lease, async (tx) => {
    const passes = await listPasses(tx, work);
    const isPending = (pass: PaymentPass) => pass.runId === lease.key.runId && pass.state === "pending";
    const pagesOf = (pass: PaymentPass) =>
      missingPages(pass, pageSize).map((offset) => ({ paymentId: pass.id, offset }));
    const queue = new PageQueue(
      passes.filter((pass) => !isPending(pass) && !isRead(pass, pageSize)).flatMap(pagesOf),
      passes.filter(isPending).flatMap(pagesOf),
    );
    const total = step.done + passes.reduce((sum, pass) => sum + expectedStatements(pass), 0);
    await updateStep(tx, lease.key, { total, plannedRequests: step.requests + queue.requests });
    return {
      ...{ work, pageSize, queue, done: step.done, requests: step.requests },
      passes: new Map(passes.map((pass) => [pass.id, pass])),
      retrieved: new Map(Object.entries(cursor.retrieved ?? {})),
    };
  });
}

/** Plans the requests for statements once the payments are known, so that the time left is known before they are read. */
export async function planReading(tx: Tx, work: StepWork, pageSize: number): Promise<void> {
  const passes = await listPasses(tx, work);
  const pages = passes.flatMap((pass) => missingPages(pass, pageSize));
  const requests = Math.ceil(pages.length / statementPagesPerRequest);
  await planStepRequests(tx, { ...work.lease.key, name: "pay_statements" }, requests);
}

async function listPasses(tx: Tx, { scope, lease, runScope, connection }: StepWork): Promise<PaymentPass[]> {
  const { runId } = lease.key;
  const today = await readToday(tx, scope.customerId);
  const list = await listPaymentsToRead(tx, scope, {
    ...{ runId, runScope, since: addDays(today, -windowDays) },
    historyFrom: firstJudgedDay(connection.providerId, today),
  });
  // What an older run left is not gone on with: the payment may be another one by now.
  return list.map((pass) =>
    pass.runId === runId ? pass : { ...pass, count: null, pages: null, startedAt: null, restarts: 0 },
  );
}

/** Payments of which a worker before this one read every page and did not get to the end. */
export const readButOpen = ({ passes, pageSize }: Reading): string[] =>
  [...passes.values()].filter((pass) => isRead(pass, pageSize)).map((pass) => pass.id);

/** Begins the passes of a request's pages; gives the time with which its answer is dated. */
export async function beginRequest(
  { work, passes, queue, requests }: Reading,
  pages: readonly PageRequest[],
): Promise<Date> {
  const ids = [...new Set(pages.map((page) => page.paymentId))];
  return inLease(work.ctx, work.lease, async (tx) => {
    const at = await databaseNow(tx);
    const { runId } = work.lease.key;
    const startedAt = await beginPasses(tx, work.scope, ids, { runId, at });
    for (const id of ids) {
      const pass = passes.get(id);
      if (pass)
        passes.set(id, { ...pass, runId, startedAt: startedAt.get(id) ?? null, pages: pass.pages ?? [] });
    }
    await updateStep(tx, work.lease.key, { plannedRequests: requests + 1 + queue.requests });
    return at;
  });
}

/** For the step's cursor. */
export const retrievedEntries = ({ retrieved }: Reading) => ({ retrieved: Object.fromEntries(retrieved) });
