import type { Tx } from "@/db/client";
import { upsertItemErrors } from "@/db/repositories/item-errors";
import { lockPasses, savePass, type PaymentPass } from "@/db/repositories/payment-passes";
import { deleteRepeated } from "@/db/repositories/statement-removals";
import { updateStep } from "@/db/repositories/sync-steps";
import type {
  AnswerFacts,
  FinchPayStatement,
  FinchStatementPage,
  FinchStatementQuery,
  StatementSink,
} from "@/lib/finch";
import { chunkSize } from "../chunks";
import { inLease, type Held } from "../lease";
import { finishPasses, finishReadPasses } from "./finish-passes";
import { afterPage, isRead, type PageRequest } from "./pages";
import { retrievedEntries, type Reading } from "./reading";
import { writeStatements, type StatementOnPage } from "./write-statements";

/** A page of the answer as far as it was read and is not written. */
interface Part {
  /** Our id of the payment. */
  paymentId: string;
  offset: number;
  statements: { nth: number; statement: FinchPayStatement }[];
  end: FinchStatementPage | null;
}

type Passes = Map<string, PaymentPass>;

/**
 * An answer while it is read: statements gather until they are worth a transaction, over small payments or within a large
 * one, and are written with their pages' ends.
 */
export class Answer implements StatementSink {
  private readonly idOf: Map<string, string>;
  private parts: Part[] = [];
  private writing: Promise<void> = Promise.resolve();
  private gathered = 0;
  /** How many statements each person had so far on the page in hand. */
  private nth = new Map<string, number>();
  private facts: AnswerFacts | null = null;
  /** Payments that ended with an error, and the pages that Finch is still fetching. */
  readonly failed = new Set<string>();
  readonly pending: PageRequest[] = [];

  constructor(
    private readonly reading: Reading,
    pages: readonly PageRequest[],
    private readonly fetchedAt: Date,
  ) {
    const asked = new Set(pages.map((page) => page.paymentId));
    const passes = [...reading.passes.values()].filter(({ id }) => asked.has(id));
    this.idOf = new Map(passes.map(({ id, finchId }) => [finchId, id]));
  }

  /** Our ids of the payments that were asked for. */
  get payments(): string[] {
    return [...this.idOf.values()];
  }

  async onStatements(
    page: Pick<FinchStatementQuery, "paymentId" | "offset">,
    statements: FinchPayStatement[],
    facts: AnswerFacts,
  ): Promise<void> {
    this.facts = facts;
    const part = this.partOf(page);
    part?.statements.push(...statements.map((statement) => ({ nth: this.nthOf(statement), statement })));
    this.gathered += statements.length;
    if (this.gathered >= chunkSize) await this.flush();
  }

  async onPage(page: FinchStatementPage, facts: AnswerFacts): Promise<void> {
    this.facts = facts;
    const part = this.partOf(page);
    if (part) part.end = page;
    this.nth = new Map();
  }

  private partOf({ paymentId: finchId, offset }: Pick<FinchStatementQuery, "paymentId" | "offset">) {
    const paymentId = this.idOf.get(finchId);
    if (paymentId === undefined) return undefined;
    const last = this.parts.at(-1);
    if (last && !last.end && last.paymentId === paymentId && last.offset === offset) return last;
    const part: Part = { paymentId, offset, statements: [], end: null };
    this.parts.push(part);
    return part;
  }

  private nthOf({ individualId }: FinchPayStatement): number {
    const nth = this.nth.get(individualId) ?? 0;
    this.nth.set(individualId, nth + 1);
    return nth;
  }

  /** Begins to write what has gathered, once what came before is written: the next part is read meanwhile. */
  private async flush(): Promise<void> {
    const { parts } = this;
    this.parts = [];
    this.gathered = 0;
    await this.writing;
    this.writing = parts.length > 0 ? this.write(parts) : this.writing;
    // Whoever waits for it next is told; until then it is no unhandled one.
    this.writing.catch(() => undefined);
  }

  /** Writes all that came. */
  async drain(): Promise<void> {
    await this.flush();
    await this.writing;
  }

  /** Leaves nothing in flight behind, however the answer ended. */
  async settle(): Promise<void> {
    await this.writing.catch(() => undefined);
  }

  private async write(parts: readonly Part[]): Promise<void> {
    const { reading } = this;
    const { work, pageSize } = reading;
    const requestId = this.facts?.requestId ?? null;
    const { passes, unfinished } = await inLease(work.ctx, work.lease, async (tx, held) => {
      const open = await this.lockOpen(tx, parts);
      await writeStatements(tx, work.scope, this.statementsOf(parts, open), this.fetchedAt);
      const changed = await this.endPages(tx, held, parts, open);
      const read = [...changed.values()].filter((pass) => pass.startedAt && isRead(pass, pageSize));
      const isFinished = await finishPasses(tx, work, read, requestId);
      return { passes: changed, unfinished: isFinished ? [] : read.map((pass) => pass.id) };
    });
    for (const [id, pass] of passes) reading.passes.set(id, pass);
    await finishReadPasses(work, unfinished, pageSize, requestId);
    for (const [id, pass] of passes) if (isRead(pass, pageSize)) reading.passes.delete(id);
  }

  /** The parts' passes, where they are still those that the request began. */
  private async lockOpen(tx: Tx, parts: readonly Part[]): Promise<Passes> {
    const { work, passes } = this.reading;
    const ids = [...new Set(parts.map((part) => part.paymentId))];
    const locked = await lockPasses(tx, work.scope, ids);
    for (const [id, pass] of locked) {
      const begun = passes.get(id)?.startedAt?.getTime();
      const isOpen =
        pass.runId === work.lease.key.runId && begun !== undefined && pass.startedAt?.getTime() === begun;
      if (!isOpen) locked.delete(id);
    }
    return locked;
  }

  private statementsOf(parts: readonly Part[], open: Passes): StatementOnPage[] {
    return parts.flatMap(({ paymentId, offset: pageOffset, statements }) => {
      const pass = open.get(paymentId);
      // A newer answer was read to its end meanwhile: what is not in it must not come back.
      const isOutdated = pass?.statementsFetchedAt && pass.statementsFetchedAt > this.fetchedAt;
      if (!pass?.startedAt || isOutdated) return [];
      const { startedAt: passStartedAt, payDate } = pass;
      return statements.map((row) => ({ ...row, paymentId, payDate, pageOffset, passStartedAt }));
    });
  }

  /** Writes how pages ended; gives the passes as they are then. */
  private async endPages(tx: Tx, held: Held, parts: readonly Part[], open: Passes): Promise<Passes> {
    const { reading, fetchedAt } = this;
    const { work, pageSize } = reading;
    const retrievedAt = this.facts?.age.retrievedAt?.toISOString() ?? null;
    const passes: Passes = new Map();
    for (const { paymentId: id, offset, end: page } of parts) {
      const before = passes.get(id) ?? open.get(id);
      if (!page || !before?.startedAt) continue;
      const isSameData = (reading.retrieved.get(id) ?? retrievedAt) === retrievedAt;
      const pass = afterPage(before, { page, isSameData, pageSize });
      passes.set(id, pass);
      reading.done += page.read;
      if (page.kind === "ok") reading.retrieved.set(id, retrievedAt);
      if (page.kind === "pending") this.pending.push({ paymentId: id, offset });
      if (pass.state === "partial" && !pass.pages) await deleteRepeated(tx, work.scope, id, before.startedAt);
      if (page.kind !== "error") continue;
      this.failed.add(id);
      const error = { code: page.code, name: null, finchCode: null, message: null, ...page.error };
      await upsertItemErrors(
        tx,
        work.scope,
        "pay_statements",
        [{ finchId: pass.finchId, ...error }],
        fetchedAt,
      );
      await savePass(tx, work.scope, pass, error);
    }
    for (const [id, pass] of passes) {
      if (!pass.startedAt || isRead(pass, pageSize)) reading.retrieved.delete(id);
      if (this.failed.has(id) || isRead(pass, pageSize)) continue;
      const isOther = pass.state === "pending" || pass.state === "partial";
      await savePass(tx, work.scope, pass, isOther ? null : undefined);
    }
    const cursor = { ...(held.step.cursor as object | null), ...retrievedEntries(reading) };
    await updateStep(tx, work.lease.key, { done: reading.done, cursor });
    return passes;
  }
}
