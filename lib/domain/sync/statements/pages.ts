import type { PaymentPass } from "@/db/repositories/payment-passes";
import { statementPagesPerRequest, type FinchStatementPage } from "@/lib/finch";

/** Which pages of which payments are asked for, in how few requests. Pure. */

/** A page of a payment: our id of it, and the place of the page's first statement. */
export interface PageRequest {
  paymentId: string;
  offset: number;
}

/** Statements that a payment has as far as is known: as this pass was told, as the list of payments names people. */
export const expectedStatements = ({ count, people, statementsCount }: PaymentPass): number =>
  count ?? people ?? statementsCount ?? 0;

/** Offsets of the pages that an open or new pass still has to read. A payment has one page at least. */
export function missingPages(pass: PaymentPass, pageSize: number): number[] {
  const pages = Math.max(1, Math.ceil(expectedStatements(pass) / pageSize));
  const read = new Set(pass.pages ?? []);
  return Array.from({ length: pages }, (_, page) => page * pageSize).filter((offset) => !read.has(offset));
}

export const isRead = (pass: PaymentPass, pageSize: number): boolean =>
  pass.count !== null && missingPages(pass, pageSize).length === 0;

interface PageFacts {
  page: Pick<FinchStatementPage, "kind" | "offset" | "count" | "read">;
  /** False where Finch renewed its data between two pages of the payment. */
  isSameData: boolean;
  pageSize: number;
}

/**
 * An open pass after one of its pages. One that is still being fetched stays to be read. An error ends the pass with this
 * answer; what was there stays. A payment that changed between two pages is read again from its beginning, once; if it
 * changes again, it is left as it was read, and nothing may be taken away.
 */
export function afterPage(pass: PaymentPass, { page, isSameData, pageSize }: PageFacts): PaymentPass {
  if (page.kind === "pending") return { ...pass, state: "pending" };
  if (page.kind === "error") return { ...pass, state: "failed" };
  const count = isSameData ? countByPage(pass, page, pageSize) : null;
  if (count !== null) return { ...pass, count, pages: [...new Set([...(pass.pages ?? []), page.offset])] };
  if (pass.restarts === 0) return { ...pass, startedAt: null, count: null, pages: [], restarts: 1 };
  return { ...pass, state: "partial", startedAt: null, pages: null };
}

/**
 * How many statements the payment has by a page that came well; null where the page does not fit to those before it.
 * Where Finch gives no count, a full page means that there is more.
 */
function countByPage({ count }: PaymentPass, page: PageFacts["page"], pageSize: number): number | null {
  if (page.count === null) return page.offset + page.read + (page.read === pageSize ? 1 : 0);
  const expected = Math.min(pageSize, Math.max(0, page.count - page.offset));
  return page.read === expected && (count === null || count === page.count) ? page.count : null;
}

/**
 * Pages in the order in which they are read, ten a request over all payments. Those that Finch was still fetching are
 * asked for again last: in places of a request that are left, or when their time to wait is over.
 */
export class PageQueue {
  /** Pages that are still being fetched by what this queue's own requests were told. */
  private later = 0;

  constructor(
    private fresh: PageRequest[],
    private pending: PageRequest[],
  ) {
    // Nothing else is left: the step has waited for these.
    if (fresh.length === 0) this.fresh = this.pending.splice(0);
  }

  /** Pages of the next request; none where there is nothing more to ask for now. */
  take(): PageRequest[] {
    if (this.fresh.length === 0) return [];
    const pages = this.fresh.splice(0, statementPagesPerRequest);
    return [...pages, ...this.pending.splice(0, statementPagesPerRequest - pages.length)];
  }

  /** What a payment still needs, once an answer told it: its pages go before those of others. */
  replan(paymentId: string, offsets: readonly number[]): void {
    const others = this.fresh.filter((page) => page.paymentId !== paymentId);
    this.fresh = [...offsets.map((offset) => ({ paymentId, offset })), ...others];
  }

  postpone(pages: number): void {
    this.later += pages;
  }

  /** Requests that are still needed, as far as is known. */
  get requests(): number {
    const { fresh, pending, later } = this;
    return Math.ceil((fresh.length + pending.length + later) / statementPagesPerRequest);
  }
}
