import { closePasses, countPasses } from "@/db/repositories/payment-passes";
import { databaseNow, updateStep } from "@/db/repositories/sync-steps";
import { readCursor } from "../cursor";
import { longestFetchMs } from "../delays";
import { inLease } from "../lease";
import { pageSizes } from "../page-sizes";
import { inheritFreshness } from "../save-progress";
import { finishReadPasses } from "../statements/finish-passes";
import { openReading, readButOpen } from "../statements/reading";
import { readRequest } from "../statements/read-request";
import type { StepEnd, StepWork } from "../work";

/**
 * Mirrors the statements of the run's payments with their lines and totals: ten pages of up to 5,000 a request over all
 * payments, newest pay date first. Each page is written while the answer comes, so that a worker that dies loses at most
 * the request in flight.
 */
export async function payStatementsStep(work: StepWork, pageSize = pageSizes.statements): Promise<StepEnd> {
  const reading = await openReading(work, pageSize);
  await finishReadPasses(work, readButOpen(reading), pageSize, null);
  for (let pages = reading.queue.take(); pages.length > 0; pages = reading.queue.take()) {
    const failure = await readRequest(reading, pages);
    if (failure) return { end: "failed", failure };
  }
  return endReading(work);
}

/** Waits for payments that Finch is still fetching, for as long as the provider's kind allows; then says what is missing. */
function endReading(work: StepWork): Promise<StepEnd> {
  return inLease(work.ctx, work.lease, async (tx, held) => {
    const { step, connection } = held;
    const { runId } = work.lease.key;
    const states = await countPasses(tx, work.scope, runId);
    const pending = states.get("pending") ?? 0;
    const { pendingSince } = readCursor(step.cursor);
    const now = await databaseNow(tx);
    const waitedMs = pendingSince ? now.getTime() - Date.parse(pendingSince) : 0;
    if (pending > 0 && waitedMs < longestFetchMs(connection.syncKind)) {
      return {
        end: "waiting",
        message: `Finch is still fetching the pay statements of ${paymentsOf(pending)}.`,
      };
    }
    await closePasses(tx, work.scope, runId);
    // A repair that found nothing to read has not looked at the list either.
    if (step.requests === 0 && work.runScope !== "repair")
      await inheritFreshness(tx, held, "pay_statement", "payment");
    await updateStep(tx, work.lease.key, { total: step.done });
    const message = sayMissing(states);
    return { end: "done", ...(message ? { message } : {}) };
  });
}

const paymentsOf = (n: number) => (n === 1 ? "1 payment" : `${n} payments`);

function sayMissing(states: ReadonlyMap<string, number>): string {
  const say = (state: string, text: string) => {
    const n = states.get(state) ?? 0;
    return n === 0 ? [] : [`${paymentsOf(n)} ${text}`];
  };
  return [
    ...say("failed", "could not be read; the reasons are kept."),
    ...say("pending", "still being fetched by Finch; a later sync reads them."),
    ...say("partial", "changed while being read; nothing was taken out."),
    ...say("held", "came empty; the pay statements stay until somebody accepts that they are gone."),
  ].join(" ");
}
