import { describe, expect, it } from "vitest";
import { KeptStatements, TestCaller, tokenOf, useLocalFinch } from "../testing";
import type { FinchStatementQuery } from "./types";
import { streamPayStatements } from "./statements";

const finch = useLocalFinch();
const token = tokenOf("secret");
const slip = (id: string) => ({
  individual_id: id,
  gross_pay: { amount: 100, currency: "usd" },
  earnings: [],
});
const good = (payment: string, slips: unknown[], paging: object = { count: slips.length, offset: 0 }) => ({
  payment_id: payment,
  code: 200,
  body: { paging, pay_statements: slips },
});
const pages = (...names: string[]): FinchStatementQuery[] =>
  names.map((name) => {
    const [paymentId = "", offset = "0"] = name.split(":");
    return { paymentId, offset: Number(offset) };
  });

async function read(asked: FinchStatementQuery[], body: unknown) {
  finch.gives(body);
  const kept = new KeptStatements();
  const outcome = await streamPayStatements(new TestCaller(), token, { entityId: "", pages: asked }, kept);
  return { outcome, kept, ids: kept.statements.map(({ individualId }) => individualId) };
}

describe("an answer with statements", () => {
  it("gives each page's statements, then its end", async () => {
    const body = { responses: [good("p1", [slip("a"), slip("b")]), good("p2", [], { count: 0, offset: 0 })] };
    const { outcome, kept } = await read(pages("p1", "p2"), body);
    expect(outcome).toMatchObject({ kind: "ok", data: { items: 2, unreadable: 0 } });
    expect(kept.order).toEqual(["p1:0 +2", "p1:0 ok", "p2:0 ok"]);
    expect(kept.pages[0]).toEqual({
      paymentId: "p1",
      offset: 0,
      kind: "ok",
      code: 200,
      count: 2,
      read: 2,
      error: null,
    });
  });

  it("hands over at most 1,000 statements at a time", async () => {
    const slips = Array.from({ length: 2_300 }, (_, index) => slip(`i${index}`));
    const { kept, ids } = await read(pages("p1"), { responses: [good("p1", slips)] });
    expect(kept.order).toEqual(["p1:0 +1000", "p1:0 +1000", "p1:0 +300", "p1:0 ok"]);
    expect(ids).toEqual(slips.map(({ individual_id }) => individual_id));
  });

  it.each([
    [
      "payment last",
      (slips: string) =>
        `{"code":200,"body":{"paging":{"count":1500,"offset":0},${slips}},"payment_id":"p1"}`,
    ],
    [
      "code last",
      (slips: string) =>
        `{"payment_id":"p1","body":{"paging":{"count":1500,"offset":0},${slips}},"code":200}`,
    ],
    [
      "paging last",
      (slips: string) =>
        `{"payment_id":"p1","code":200,"body":{${slips},"paging":{"count":1500,"offset":0}}}`,
    ],
  ])("may have its keys in any order: %s", async (_what, item) => {
    const slips = Array.from({ length: 1_500 }, (_, index) => slip(`i${index}`));
    const text = `{"later":1,"responses":[${item(`"pay_statements":${JSON.stringify(slips)}`)}],"more":[[]]}`;
    const { kept, outcome } = await read(pages("p1"), text);
    expect(outcome.kind).toBe("ok");
    expect(kept.order).toEqual(["p1:0 +1000", "p1:0 +500", "p1:0 ok"]);
    expect(kept.pages[0]).toMatchObject({ count: 1_500, read: 1_500 });
  });

  it("may name two pages of one payment, in another order than asked", async () => {
    const slips = (from: number) => Array.from({ length: 1_200 }, (_, index) => slip(`i${from + index}`));
    const body = {
      responses: [
        good("p1", slips(5_000), { count: 6_200, offset: 5_000 }),
        good("p1", slips(0), { count: 6_200, offset: 0 }),
      ],
    };
    const { kept } = await read(pages("p1", "p1:5000"), body);
    expect(kept.order).toEqual([
      "p1:5000 +1000",
      "p1:5000 +200",
      "p1:5000 ok",
      "p1:0 +1000",
      "p1:0 +200",
      "p1:0 ok",
    ]);
    expect(kept.statements[0]?.individualId).toBe("i5000");
  });

  it("keeps an individual's two slips of one payment", async () => {
    const { ids } = await read(pages("p1"), { responses: [good("p1", [slip("a"), slip("b"), slip("a")])] });
    expect(ids).toEqual(["a", "b", "a"]);
  });

  it("has pages that are still fetched, that failed, and that are good, each with its own end", async () => {
    const pending = { code: 202, name: "accepted", finch_code: "data_sync_in_progress", message: "later" };
    const failed = { code: 404, name: "not_found_error", finch_code: "payment_not_found", message: "gone" };
    const body = {
      responses: [
        { payment_id: "p1", code: 202, body: pending },
        { payment_id: "p2", code: 404, body: failed },
        { payment_id: "p3", code: 500, body: null },
        good("p4", [slip("a")]),
      ],
    };
    const { outcome, kept } = await read(pages("p1", "p2", "p3", "p4"), body);
    expect(outcome).toMatchObject({ kind: "ok", data: { items: 1 } });
    expect(kept.pages).toMatchObject([
      { paymentId: "p1", kind: "pending", code: 202, error: { finchCode: "data_sync_in_progress" } },
      { paymentId: "p2", kind: "error", code: 404, error: { finchCode: "payment_not_found" } },
      { paymentId: "p3", kind: "error", code: 500, error: { name: null } },
      { paymentId: "p4", kind: "ok", code: 200, error: null },
    ]);
  });

  it("tells of every page that it leaves out, and counts what nobody asked for", async () => {
    const body = { responses: [good("p9", [slip("x")]), good("p1", [slip("a")]), good("p1", [slip("b")])] };
    const { outcome, kept, ids } = await read(pages("p1", "p2"), body);
    expect(outcome).toMatchObject({ kind: "ok", data: { items: 1, unreadable: 2 } });
    expect(ids).toEqual(["a"]);
    expect(kept.pages).toMatchObject([
      { paymentId: "p1", kind: "ok" },
      { paymentId: "p2", kind: "error", code: 0, error: { name: "missing" } },
    ]);
  });

  it.each([
    ["that is another than asked for", good("p1", [slip("a")], { count: 9, offset: 7 })],
    ["without a list", { payment_id: "p1", code: 200, body: { paging: { count: 1, offset: 0 } } }],
    ["without paging", { payment_id: "p1", code: 200, body: { pay_statements: [slip("a")] } }],
    ["with a code that is no number", { ...good("p1", [slip("a")]), code: "fine" }],
  ])("has a page %s: that page is malformed, nothing of it is handed over", async (_what, item) => {
    const { outcome, kept, ids } = await read(pages("p1", "p2"), {
      responses: [item, good("p2", [slip("b")])],
    });
    expect(outcome.kind).toBe("ok");
    expect(kept.pages).toMatchObject([
      { paymentId: "p1", kind: "error", read: 0, error: { name: "malformed" } },
      { paymentId: "p2", kind: "ok" },
    ]);
    expect(ids).toEqual(["b"]);
  });

  it("has a statement of the wrong form: its page says so, the others are good", async () => {
    const odd = [
      { ...slip("b"), earnings: {} },
      { type: "regular_payroll" },
      { ...slip("c"), total_hours: "80" },
    ];
    const { kept, ids } = await read(pages("p1"), {
      responses: [good("p1", [slip("a"), ...odd, slip("d")])],
    });
    expect(ids).toEqual(["a", "d"]);
    expect(kept.pages).toMatchObject([
      { kind: "error", code: 200, count: 5, read: 2, error: { name: "malformed" } },
    ]);
  });

  it("breaks off: what came of a page is handed over, its end is not", async () => {
    const slips = Array.from({ length: 1_200 }, (_, index) => slip(`i${index}`));
    const text = JSON.stringify({ responses: [good("p1", [slip("a")]), good("p2", slips)] });
    finch.answer = (response) => void response.write(text.slice(0, -8), () => response.destroy());
    const kept = new KeptStatements();
    const query = { entityId: "", pages: pages("p1", "p2") };
    const outcome = await streamPayStatements(new TestCaller(), token, query, kept);
    expect(outcome.kind).toBe("timeout");
    expect(kept.order).toEqual(["p1:0 +1", "p1:0 ok", "p2:0 +1000", "p2:0 +199"]);
  });

  it("is malformed where its frame is not Finch's", async () => {
    expect((await read(pages("p1"), { pay_statements: [] })).outcome.kind).toBe("malformed");
    expect((await read(pages("p1"), [])).outcome.kind).toBe("malformed");
  });
});
