import { describe, expect, it } from "vitest";
import { KeptStatements } from "../testing";
import { streamPayStatements } from "./statements";
import { good, linesOf, scope, toWire, useCases, withKeys } from "./testing";

const cases = useCases();

describe("pay statements", () => {
  it("are what the SDK reads, value by value", async () => {
    for (const number of [1, 8, 36]) {
      const token = await cases.token(number);
      const ids = (await cases.payments(token)).slice(0, 10).map(({ id }) => id);
      const kept = new KeptStatements();
      const pages = ids.map((paymentId) => ({ paymentId, offset: 0 }));
      good(await streamPayStatements(cases.caller, token, { ...scope, pages }, kept));
      const { responses } = await cases.sdk(token).hris.payStatements.retrieveMany({
        requests: ids.map((payment_id) => ({ payment_id, limit: 5_000 })),
      });
      const slips = responses.flatMap(({ body }) => ("pay_statements" in body ? body.pay_statements : []));
      expect(slips.length).toBeGreaterThan(20);
      expect(kept.statements.map(toWire)).toEqual(slips.map(withKeys));
      expect(kept.pages.map(({ paymentId, kind }) => [paymentId, kind])).toEqual(ids.map((id) => [id, "ok"]));
    }
  });

  it("have a net of zero and of less, and a gross of null", async () => {
    expect((await cases.slip(8)).netPay?.amountCents).toBe(0n);
    expect((await cases.slip(9)).netPay?.amountCents).toBe(-12_345n);
    expect(await cases.slip(10)).toMatchObject({ grossPay: null, nullCategories: [] });
  });

  it("tell a null list from an empty one", async () => {
    const slips = await cases.slips(11);
    const noEarnings = slips.filter((slip) => linesOf(slip, "earning").length === 0);
    expect(noEarnings.map(({ nullCategories }) => nullCategories).toSorted()).toEqual([[], ["earning"]]);
  });

  it("have hours to the last digit, zero and null", async () => {
    const hours = new Set((await cases.slips(13)).map(({ totalHours }) => totalHours));
    expect(hours).toContain("79.9833");
    expect(hours).toContain("0");
    expect(hours).toContain(null);
  });

  it("have lines without an amount, by null and by a key that is not there", async () => {
    expect(linesOf(await cases.slip(12), "earning")[0]?.amountCents).toBeNull();
    expect(linesOf(await cases.slip(14), "tax")[0]?.amountCents).toBeNull();
  });

  it("have a tax of which nobody says who pays it, and a deduction that may be pre-tax", async () => {
    expect(linesOf(await cases.slip(15), "tax")[0]?.employer).toBeNull();
    expect(linesOf(await cases.slip(18), "deduction").find(({ type }) => type === "401k")?.preTax).toBeNull();
  });

  it("keep their currency as it came", async () => {
    const currencies = new Set((await cases.slips(36)).map(({ grossPay }) => grossPay?.currency));
    expect([...currencies]).toEqual(expect.arrayContaining(["jpy", "kwd", "USD", null]));
  });

  it("come page by page", async () => {
    const token = await cases.token(8);
    const { payment_id: paymentId = "" } = cases.row(8);
    const pages = [0, 3, 6].map((offset) => ({ paymentId, offset, limit: 3 }));
    const kept = new KeptStatements();
    good(await streamPayStatements(cases.caller, token, { ...scope, pages }, kept));
    expect(kept.pages.map(({ offset, read, kind }) => [offset, read, kind])).toEqual([
      [0, 3, "ok"],
      [3, 3, "ok"],
      [6, 3, "ok"],
    ]);
    const all = (await cases.slips(8)).map(({ individualId }) => individualId);
    expect(kept.statements.map(({ individualId }) => individualId)).toEqual(all.slice(0, 9));
  });

  it("of a payment that Finch does not know are that page's error", async () => {
    const kept = new KeptStatements();
    const pages = [
      { paymentId: crypto.randomUUID(), offset: 0 },
      { paymentId: cases.row(8).payment_id ?? "", offset: 0 },
    ];
    good(await streamPayStatements(cases.caller, await cases.token(8), { ...scope, pages }, kept));
    expect(kept.pages).toMatchObject([
      { kind: "error", code: 404, error: { finchCode: "payment_not_found" } },
      { kind: "ok" },
    ]);
  });

  it.each(["nulls", "unknown_enums", "unknown_keys"])(
    "can be read whatever a new version does: %s",
    async (kind) => {
      const before = await cases.slips(8);
      await cases.world.fault({ operation: "POST /employer/pay-statement", kind });
      const after = await cases.slips(8);
      expect(after.map(({ individualId }) => individualId)).toEqual(
        before.map(({ individualId }) => individualId),
      );
      const [slip] = after;
      if (kind === "nulls") expect(slip).toMatchObject({ grossPay: null, lines: [], totalHours: null });
      if (kind === "unknown_enums") expect(slip?.type).toBe("not_known_yet");
      if (kind === "unknown_keys") {
        expect(slip?.lines).toEqual(before[0]?.lines);
        expect(slip?.extra).toHaveProperty("not_known_yet");
      }
    },
  );

  it.each([
    ["truncated", "timeout"],
    ["malformed", "malformed"],
    ["reset", "finch_error"],
    ["pending", "pending"],
  ])("end as they should when the answer is %s", async (kind, outcome) => {
    await cases.world.fault({ operation: "POST /employer/pay-statement", kind });
    const query = { ...scope, pages: [{ paymentId: cases.row(8).payment_id ?? "", offset: 0 }] };
    const kept = new KeptStatements();
    expect((await streamPayStatements(cases.caller, await cases.token(8), query, kept)).kind).toBe(outcome);
    expect(kept.pages).toEqual([]);
  });

  it("of more than 10 pages are refused by Finch", async () => {
    const pages = Array.from({ length: 11 }, () => ({ paymentId: crypto.randomUUID(), offset: 0 }));
    const outcome = await streamPayStatements(
      cases.caller,
      await cases.token(8),
      { ...scope, pages },
      new KeptStatements(),
    );
    expect(outcome).toMatchObject({ kind: "unprocessable", finchCode: "batch_limit_exceeded" });
  });
});
