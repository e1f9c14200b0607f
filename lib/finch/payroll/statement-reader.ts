import { batchFrame, itemError, malformedItem } from "../batch";
import type { AnswerHead } from "../http/classify";
import { part } from "../reshape";
import { scrub } from "../scrub";
import { Chunks } from "../stream/chunks";
import { JsonPieces } from "../stream/json-pieces";
import type { AnswerReader } from "../stream/stream-finch";
import type { AnswerFacts, FinchItemError, ScrubbedJson, StreamEnd } from "../types";
import { reshapePayStatement } from "./reshape";
import type { FinchPayStatement, FinchStatementPage, FinchStatementQuery } from "./types";
import * as wire from "./wire";

/** What becomes of an answer with statements. While a promise is pending, nothing more is read. */
export interface StatementSink {
  /** At most 1,000 statements of one page, in Finch's order, before that page's onPage. */
  onStatements(
    page: { paymentId: string; offset: number },
    statements: FinchPayStatement[],
    answer: AnswerFacts,
  ): Promise<void>;
  onPage(page: FinchStatementPage, answer: AnswerFacts): Promise<void>;
}

/** An item of the answer: known to be a page once payment, code and paging have come, in whatever order. */
class Item {
  readonly statements = new Chunks<FinchPayStatement>();
  /** The page that was asked for; undefined as long as the item has not said which it is. */
  page: FinchStatementQuery | null | undefined;
  handed = 0;
  unreadable = 0;
  /** All but the statements, once the item is complete. */
  whole: { json: ScrubbedJson } | null = null;
}

const missing: FinchItemError = {
  code: 0,
  name: "missing",
  finchCode: null,
  message: "Finch's answer left this page out.",
};

const listPaths = [["responses"], ["responses", "*", "body", "pay_statements"]];

export class StatementReader implements AnswerReader<StreamEnd> {
  /** Items not yet handed over as a whole; the last may be in hand. */
  private items: Item[] = [];
  private readonly asked: FinchStatementQuery[];
  private readonly counts: StreamEnd = { items: 0, unreadable: 0 };
  private readonly facts: AnswerFacts;
  private readonly pieces = new JsonPieces(listPaths, (element, path) =>
    path === 0 ? this.complete(element) : this.readStatement(element),
  );

  constructor(
    pages: readonly FinchStatementQuery[],
    private readonly sink: StatementSink,
    { requestId, age }: AnswerHead,
  ) {
    this.asked = [...pages];
    this.facts = { requestId, age };
  }

  async push(text: string): Promise<void> {
    this.pieces.push(text);
    const inHand = this.items.at(-1);
    if (inHand && !inHand.whole) {
      inHand.statements.count(text.length);
      this.identify(inHand);
    }
    await this.hand();
  }

  async end(): Promise<StreamEnd | null> {
    const frame = batchFrame.safeParse(this.pieces.end());
    await this.breakOff();
    if (!frame.success) return null;
    for (const page of this.asked.splice(0)) await this.report(page, { code: 0, error: missing });
    return this.counts;
  }

  async breakOff(): Promise<void> {
    await this.hand(true);
  }

  private readStatement(element: unknown): void {
    const { json } = scrub(element);
    const slip = wire.payStatement.safeParse(json);
    const item = this.inHand();
    if (slip.success) item.statements.add(reshapePayStatement(slip.data, json));
    else item.unreadable += 1;
  }

  private complete(element: unknown): void {
    this.inHand().whole = { json: scrub(element).json };
  }

  private inHand(): Item {
    const last = this.items.at(-1);
    if (last && !last.whole) return last;
    const item = new Item();
    this.items.push(item);
    return item;
  }

  /** Learns from what has come of an item which page it is, so that its statements need not be kept. */
  private identify(item: Item): void {
    if (item.page !== undefined) return;
    const head = wire.statementHead.safeParse(this.pieces.parent(2));
    const body = wire.statementBodyHead.safeParse(this.pieces.parent(3));
    if (head.success && body.success) item.page = this.claim(head.data.payment_id, body.data.paging.offset);
  }

  /** The page of the request that an item answers; null where it answers none. */
  private claim(paymentId: ScrubbedJson, offset: number | null): FinchStatementQuery | null {
    const at = this.asked.findIndex(
      (page) => page.paymentId === paymentId && (offset === null || page.offset === offset),
    );
    return at < 0 ? null : (this.asked.splice(at, 1)[0] ?? null);
  }

  private async hand(all = false): Promise<void> {
    for (const item of this.items) {
      const { whole } = item;
      if (whole) await this.finish(item, whole.json);
      else if (item.page) await this.handStatements(item, item.page, all);
    }
    this.items = this.items.filter(({ whole }) => !whole);
  }

  private async handStatements(item: Item, page: FinchStatementQuery, all: boolean): Promise<void> {
    const { paymentId, offset } = page;
    for (const statements of item.statements.take(all)) {
      await this.sink.onStatements({ paymentId, offset }, statements, this.facts);
      item.handed += statements.length;
      this.counts.items += statements.length;
    }
  }

  private async finish(item: Item, json: ScrubbedJson): Promise<void> {
    const { paymentId, offset, code, count, error } = readItem(json);
    const page = item.page ?? this.claim(paymentId, offset);
    if (!page) {
      const other = this.claim(paymentId, null);
      if (other) await this.report(other, { code, error: malformedItem(code) });
      else this.counts.unreadable += 1;
      return;
    }
    if (error) return this.report(page, { code, error });
    await this.handStatements(item, page, true);
    await this.report(page, {
      code,
      count,
      read: item.handed,
      error: item.unreadable > 0 ? malformedItem(code) : null,
    });
  }

  private report(
    { paymentId, offset }: FinchStatementQuery,
    result: Pick<FinchStatementPage, "code" | "error"> & Partial<FinchStatementPage>,
  ): Promise<void> {
    const kind = result.error === null ? "ok" : result.code === 202 ? "pending" : "error";
    return this.sink.onPage({ paymentId, offset, kind, count: null, read: 0, ...result }, this.facts);
  }
}

/** What an item says beside its statements. Null offset: it does not say. */
function readItem(json: ScrubbedJson) {
  const nothing = { paymentId: part(json, "payment_id"), offset: null, count: null };
  const item = wire.statementItem.safeParse(json);
  if (!item.success) return { ...nothing, code: 0, error: malformedItem(0) };
  const { code } = item.data;
  if (code !== 200) return { ...nothing, code, error: itemError(code, item.data.body) };
  const body = wire.statementBody.safeParse(item.data.body);
  if (!body.success) return { ...nothing, code, error: malformedItem(code) };
  return { ...nothing, ...body.data.paging, code, error: null };
}
