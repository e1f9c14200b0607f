import { describe, expect, it } from "vitest";
import type { KnownStatement } from "@/db/repositories/mirror-statements";
import type { PaymentPass } from "@/db/repositories/payment-passes";
import { afterPage, isRead, missingPages, PageQueue } from "./pages";
import { placeStatements } from "./place-statements";

const startedAt = new Date("2026-01-02T00:00:00Z");
const pass = (more: Partial<PaymentPass> = {}): PaymentPass => ({
  ...{ id: "p", finchId: "f", payDate: null, payPeriodStart: null, payPeriodEnd: null, state: "unread" },
  ...{ people: 5, statementsCount: null, statementsFetchedAt: null, runId: "r", startedAt },
  ...{ count: null, pages: [], restarts: 0, ...more },
});
const page = (offset: number, read: number, count: number | null = null) => ({
  page: { kind: "ok" as const, offset, read, count },
  isSameData: true,
  pageSize: 2,
});

describe("the pages of a payment", () => {
  it("are planned by what this pass was told, else by the people of the payment, else by the last reading", () => {
    expect(missingPages(pass(), 2)).toEqual([0, 2, 4]);
    expect(missingPages(pass({ count: 3, pages: [0] }), 2)).toEqual([2]);
    expect(missingPages(pass({ people: null, statementsCount: 4 }), 2)).toEqual([0, 2]);
    expect(missingPages(pass({ people: 0 }), 2)).toEqual([0]);
  });

  it("are all read only once Finch said how many there are", () => {
    expect(isRead(pass({ people: 0, pages: [] }), 2)).toBe(false);
    expect(isRead(pass({ count: 3, pages: [2, 0] }), 2)).toBe(true);
  });

  it("follow each other to a short one where Finch does not count", () => {
    const first = afterPage(pass({ people: null }), page(0, 2));
    expect(missingPages(first, 2)).toEqual([2]);
    const second = afterPage(first, page(2, 1));
    expect([second.count, isRead(second, 2)]).toEqual([3, true]);
  });

  it("that do not fit together begin anew once, and then are left as they are", () => {
    const first = afterPage(pass(), page(0, 2, 5));
    const again = afterPage(first, page(2, 2, 6));
    expect(again).toMatchObject({ startedAt: null, count: null, pages: [], restarts: 1 });
    const read = afterPage({ ...again, startedAt }, page(0, 2, 6));
    expect(afterPage(read, page(2, 1, 6))).toMatchObject({ state: "partial", pages: null });
  });
});

describe("the queue of pages", () => {
  const at = (paymentId: string, ...offsets: number[]) => offsets.map((offset) => ({ paymentId, offset }));

  it("fills requests of ten, and asks again for what is still fetched only in places that are left", () => {
    const queue = new PageQueue(at("a", ...Array.from({ length: 13 }, (_, n) => n)), at("late", 0, 1));
    expect(queue.requests).toBe(2);
    expect(queue.take()).toHaveLength(10);
    expect(queue.take()).toEqual([...at("a", 10, 11, 12), ...at("late", 0, 1)]);
    expect(queue.take()).toEqual([]);
  });

  it("asks for what is still fetched when there is nothing else, and once", () => {
    const queue = new PageQueue([], at("late", 0));
    expect(queue.take()).toEqual(at("late", 0));
    queue.postpone(1);
    expect([queue.take(), queue.requests]).toEqual([[], 1]);
  });

  it("reads what a payment turned out to have before other payments", () => {
    const queue = new PageQueue([...at("a", 2), ...at("b", 0)], []);
    queue.replan("a", [2, 4]);
    expect(queue.take()).toEqual([...at("a", 2, 4), ...at("b", 0)]);
  });
});

describe("the place of a person's statements", () => {
  const known = (ordinal: number, pageOffset: number, seenAt: Date): KnownStatement => ({
    ...{ id: `${ordinal}`, paymentId: "p", individualId: "i", digest: "", isDeleted: false },
    ...{ ordinal, pageOffset, seenAt },
  });
  const placed = (pageOffset: number, nths: number[], rows: KnownStatement[]) =>
    placeStatements(
      nths.map((nth) => ({ paymentId: "p", individualId: "i", passStartedAt: startedAt, pageOffset, nth })),
      rows,
    ).map(({ ordinal }) => ordinal);
  const before = new Date("2026-01-01T00:00:00Z");

  it("follows those of earlier pages, and is the same when a page is read again", () => {
    const rows = [known(0, 0, startedAt), known(1, 0, startedAt)];
    expect(placed(5, [0, 1], rows)).toEqual([2, 3]);
    expect(placed(5, [0, 1], [...rows, known(2, 5, startedAt)])).toEqual([2, 3]);
  });

  it("begins with the first one in every pass, whatever older passes saw", () => {
    expect(placed(0, [0, 1], [known(0, 0, before), known(1, 5, before)])).toEqual([0, 1]);
  });

  it("leaves alone what a later page was given, where that came first", () => {
    expect(placed(0, [0, 1], [known(0, 5, startedAt)])).toEqual([1, 2]);
  });
});
