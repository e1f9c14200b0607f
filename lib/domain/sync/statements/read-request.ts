import { closePasses } from "@/db/repositories/payment-passes";
import { updateStep } from "@/db/repositories/sync-steps";
import { streamPayStatements, type FinchFailure, type FinchOk, type StreamEnd } from "@/lib/finch";
import { inLease } from "../lease";
import { saveFreshness } from "../save-progress";
import { Answer } from "./answer";
import { missingPages, type PageRequest } from "./pages";
import { beginRequest, retrievedEntries, type Reading } from "./reading";

/**
 * Asks for some pages in one request and writes the answer while it comes; null where all of it came. Pages that came
 * whole before an answer broke off are not asked for again.
 */
export async function readRequest(
  reading: Reading,
  pages: readonly PageRequest[],
): Promise<FinchFailure | null> {
  const { work, passes, pageSize } = reading;
  const fetchedAt = await beginRequest(reading, pages);
  const answer = new Answer(reading, pages, fetchedAt);
  const asked = pages.flatMap(({ paymentId, offset }) => {
    const pass = passes.get(paymentId);
    return pass ? [{ paymentId: pass.finchId, offset, limit: pageSize }] : [];
  });
  try {
    const query = { ...work.scope, pages: asked };
    const outcome = await streamPayStatements(work.caller, work.token, query, answer);
    reading.requests += 1;
    await answer.drain();
    if (outcome.kind !== "ok") return outcome;
    planOn(reading, answer);
    await endRequest(reading, answer, outcome, fetchedAt);
    return null;
  } finally {
    await answer.settle();
  }
}

/** Plans what the answer showed to be missing. */
function planOn({ passes, queue, retrieved, pageSize }: Reading, answer: Answer): void {
  for (const id of answer.payments.reverse()) {
    const pass = passes.get(id);
    const isOver = !pass?.pages || answer.failed.has(id);
    const pending = new Set(
      answer.pending.filter((page) => page.paymentId === id).map((page) => page.offset),
    );
    queue.replan(id, isOver ? [] : missingPages(pass, pageSize).filter((offset) => !pending.has(offset)));
    if (!isOver) queue.postpone(pending.size);
    if (!isOver) continue;
    passes.delete(id);
    retrieved.delete(id);
  }
}

/** Writes down how the step stands after a whole answer. */
async function endRequest(
  reading: Reading,
  { failed, pending }: Answer,
  { age }: FinchOk<StreamEnd>,
  fetchedAt: Date,
): Promise<void> {
  const { work, queue, done, requests } = reading;
  await inLease(work.ctx, work.lease, async (tx, held) => {
    await closePasses(tx, work.scope, work.lease.key.runId, [...failed]);
    await saveFreshness(tx, held, "pay_statement", age, fetchedAt);
    const since = pending.length > 0 ? { pendingSince: fetchedAt.toISOString() } : {};
    const cursor = {
      ...since,
      ...(held.step.cursor as object | null),
      ...retrievedEntries(reading),
      retries: 0,
    };
    await updateStep(tx, work.lease.key, {
      itemErrors: held.step.itemErrors + failed.size,
      total: Math.max(held.step.total ?? 0, done),
      plannedRequests: requests + queue.requests,
      cursor,
    });
  });
}
