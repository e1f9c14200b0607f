import type { Tx } from "@/db/client";
import { closePasses, lockPass, type PaymentPass } from "@/db/repositories/payment-passes";
import { updateStep } from "@/db/repositories/sync-steps";
import {
  streamPayStatements,
  type AnswerFacts,
  type FinchFailure,
  type FinchPayStatement,
  type FinchStatementPage,
  type StatementSink,
} from "@/lib/finch";
import { inLease, type Held } from "../lease";
import { saveFreshness } from "../save-progress";
import { endPage } from "./end-page";
import { finishPass } from "./finish-pass";
import { isRead, missingPages, type PageRequest } from "./pages";
import { beginRequest, retrievedEntries, type Reading } from "./reading";
import { writeStatements } from "./write-statements";

type Outcome = Awaited<ReturnType<typeof streamPayStatements>>;

/** Asks for some pages in one request and writes the answer while it comes; null where all of it came. */
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
  const outcome = await streamPayStatements(work.caller, work.token, { ...work.scope, pages: asked }, answer);
  reading.requests += 1;
  if (outcome.kind !== "ok") return outcome;
  await answer.end(outcome);
  return null;
}

/** One answer while it is read. */
class Answer implements StatementSink {
  private readonly byFinchId: Map<string, string>;
  /** Of the page in hand: how many statements each person had on it so far. */
  private place: { key: string; nth: Map<string, number> } = { key: "", nth: new Map() };
  private readonly failed = new Set<string>();
  private readonly pending = new Map<string, Set<number>>();

  constructor(
    private readonly reading: Reading,
    pages: readonly PageRequest[],
    private readonly fetchedAt: Date,
  ) {
    const asked = new Set(pages.map((page) => page.paymentId));
    this.byFinchId = new Map(
      [...reading.passes.values()].filter(({ id }) => asked.has(id)).map(({ id, finchId }) => [finchId, id]),
    );
  }

  async onStatements(page: { paymentId: string; offset: number }, statements: FinchPayStatement[]) {
    const { work } = this.reading;
    const placed = statements.map((statement) => ({ nth: this.nthOf(page, statement), statement }));
    await this.inPass(page.paymentId, async (tx, _held, pass, passStartedAt) => {
      if (pass.statementsFetchedAt && pass.statementsFetchedAt > this.fetchedAt) return;
      const { id: paymentId, payDate, payPeriodStart, payPeriodEnd } = pass;
      const source = { paymentId, payDate, payPeriodStart, payPeriodEnd, pageOffset: page.offset };
      const { fetchedAt } = this;
      await writeStatements(tx, work.scope, { ...source, fetchedAt, passStartedAt }, placed);
    });
  }

  private nthOf({ paymentId, offset }: { paymentId: string; offset: number }, statement: FinchPayStatement) {
    const key = `${paymentId} ${offset}`;
    if (this.place.key !== key) this.place = { key, nth: new Map() };
    const nth = this.place.nth.get(statement.individualId) ?? 0;
    this.place.nth.set(statement.individualId, nth + 1);
    return nth;
  }

  async onPage(page: FinchStatementPage, answer: AnswerFacts): Promise<void> {
    const { reading, fetchedAt } = this;
    const { work, pageSize, retrieved } = reading;
    const retrievedAt = answer.age.retrievedAt?.toISOString() ?? null;
    const ended = await this.inPass(page.paymentId, async (tx, held, pass) => {
      const isSameData = (retrieved.get(pass.id) ?? retrievedAt) === retrievedAt;
      const after = await endPage(tx, work.scope, pass, { page, fetchedAt, isSameData, pageSize });
      if (page.kind === "ok") this.remember(after, retrievedAt);
      await updateStep(tx, work.lease.key, {
        done: reading.done + page.read,
        cursor: { ...(held.step.cursor as object | null), ...retrievedEntries(reading) },
      });
      return after;
    });
    if (!ended) return;
    reading.done += page.read;
    reading.passes.set(ended.id, ended);
    if (page.kind === "error") this.failed.add(ended.id);
    if (page.kind === "pending")
      this.pending.set(ended.id, (this.pending.get(ended.id) ?? new Set()).add(page.offset));
    if (!isRead(ended, pageSize)) return;
    await finishPass(work, ended.id, pageSize, answer.requestId);
    reading.passes.delete(ended.id);
  }

  /** Pages of one payment that come with several answers have to be of one state of its data. */
  private remember(pass: PaymentPass, retrievedAt: string | null): void {
    const { retrieved, pageSize } = this.reading;
    const isBetweenPages = (pass.pages ?? []).length > 0 && !isRead(pass, pageSize);
    if (isBetweenPages) retrieved.set(pass.id, retrievedAt);
    else retrieved.delete(pass.id);
  }

  /** Runs a write while the pass that the page was asked for is still open; undefined where it is not. */
  private async inPass<T>(
    finchId: string,
    write: (tx: Tx, held: Held, pass: PaymentPass, startedAt: Date) => Promise<T>,
  ): Promise<T | undefined> {
    const { work, passes } = this.reading;
    const known = passes.get(this.byFinchId.get(finchId) ?? "");
    if (!known?.startedAt) return undefined;
    const since = known.startedAt.getTime();
    return inLease(work.ctx, work.lease, async (tx, held) => {
      const pass = await lockPass(tx, work.scope, known.id);
      const isOpen = pass?.runId === work.lease.key.runId && pass.startedAt?.getTime() === since;
      return isOpen && pass.startedAt ? write(tx, held, pass, pass.startedAt) : undefined;
    });
  }

  /** Plans what the answer showed to be missing, and writes down how the step stands. */
  async end(outcome: Outcome & { kind: "ok" }): Promise<void> {
    const { reading, failed, fetchedAt } = this;
    const { work, passes, queue, pageSize } = reading;
    for (const id of [...this.byFinchId.values()].reverse()) {
      const pass = passes.get(id);
      const pending = this.pending.get(id) ?? new Set();
      const isOver = !pass?.pages || failed.has(id);
      const missing = isOver ? [] : missingPages(pass, pageSize).filter((offset) => !pending.has(offset));
      queue.replan(id, missing);
      queue.postpone(isOver ? 0 : pending.size);
      if (!isOver) continue;
      passes.delete(id);
      reading.retrieved.delete(id);
    }
    await inLease(work.ctx, work.lease, async (tx, held) => {
      await closePasses(tx, work.scope, work.lease.key.runId, [...failed]);
      await saveFreshness(tx, held, "pay_statement", outcome.age, fetchedAt);
      const pendingSince = this.pending.size > 0 ? { pendingSince: fetchedAt.toISOString() } : {};
      await updateStep(tx, work.lease.key, {
        itemErrors: held.step.itemErrors + failed.size,
        total: Math.max(held.step.total ?? 0, reading.done),
        plannedRequests: reading.requests + queue.requests,
        cursor: {
          ...pendingSince,
          ...(held.step.cursor as object | null),
          retries: 0,
          ...retrievedEntries(reading),
        },
      });
    });
  }
}
