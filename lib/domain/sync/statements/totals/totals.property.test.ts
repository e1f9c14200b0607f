import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { closeDatabase, configureDatabase, inScope } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { PayHistory } from "./testing";
import { expectedTotals, type Slip } from "./expected-totals";

/**
 * Totals equal a recompute in plain JavaScript over what was sent, whatever came before: payments that change, move to
 * other dates, vanish and come back, statements that change person or currency, in chunks of any size and beside each other.
 */

const database = useTestDatabase();
vi.setConfig({ testTimeout: 180_000 });
beforeAll(() => configureDatabase({ url: database().urls.worker, max: 6 }));
afterAll(closeDatabase);

const currency = fc.constantFrom("usd", "USD", "jpy", null);
const cents = fc.oneof(fc.integer({ min: -90_000, max: 900_000 }), fc.constant(null));
const hours = fc.constantFrom("79.9833", "0", "40", "8.25", null);
const line: fc.Arbitrary<Slip["lines"][number]> = fc.record({
  category: fc.constantFrom("earning", "tax", "deduction", "contribution"),
  type: fc.constantFrom("salary", "401k", null),
  name: fc.constantFrom("Regular", "", null),
  amount: cents,
  currency,
  hours,
  preTax: fc.constantFrom(true, false, null),
  employer: fc.constantFrom(true, null),
});
const slip: fc.Arbitrary<Slip> = fc.record({
  person: fc.constantFrom("ada", "bob", "cyd"),
  gross: fc.oneof(fc.record({ amount: cents, currency }), fc.constant(null)),
  net: fc.oneof(fc.record({ amount: cents, currency }), fc.constant(null)),
  hours,
  lines: fc.array(line, { maxLength: 4 }),
});
const payment = fc.constantFrom("p1", "p2", "p3");
const payDate = fc.constantFrom("2024-12-31", "2025-01-02", "2025-06-30", "2026-01-02", null);
const answer = fc.record({
  payment,
  slips: fc.array(slip, { maxLength: 7 }),
  pageSize: fc.integer({ min: 1, max: 4 }),
  chunk: fc.integer({ min: 1, max: 3 }),
  /** False: the worker dies after some of it. */
  ends: fc.boolean(),
});
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("answer" as const), answer }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("beside" as const), answer, other: answer }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("list" as const), payment, payDate }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("vanish" as const), payment }) },
);

describe("totals", () => {
  it("equal a recompute after any history", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        const history = await PayHistory.begin(database().sql("owner"));
        for (const each of steps) {
          if (each.kind === "answer") await history.read(each.answer);
          else if (each.kind === "list") await history.list(each.payment, each.payDate);
          else if (each.kind === "vanish") await history.vanish(each.payment);
          else await history.readBeside(each.answer, each.other);
        }
        expect(await history.keptTotals()).toEqual(expectedTotals(history.payments));
        expect(await history.recompute()).toMatchObject({ differences: 0 });
      }),
      // On a busy machine fewer are enough; a counterexample is told before the test's own time is over.
      { numRuns: 25, interruptAfterTimeLimit: 120_000 },
    );
  });

  it("that were tampered with are found and made anew", async () => {
    const history = await PayHistory.begin(database().sql("owner"));
    const lines: Slip["lines"] = [
      {
        category: "earning",
        type: "salary",
        name: "Regular",
        amount: 100,
        currency: "usd",
        hours: null,
        preTax: null,
        employer: null,
      },
    ];
    const usd = { amount: 100, currency: "usd" };
    const slips = ["ada", "bob"].map((person) => ({ person, gross: usd, net: usd, hours: "8", lines }));
    await history.list("p1", "2025-03-01");
    await history.read({ payment: "p1", slips, pageSize: 5, chunk: 5, ends: true });
    const { connectionId } = history.scope;
    await inScope(history.ctx, async (tx) => {
      const { sql } = await import("drizzle-orm");
      await tx.execute(
        sql`update wage_totals set gross_cents = gross_cents + 1 where connection_id = ${connectionId}::uuid`,
      );
      await tx.execute(sql`delete from wage_total_lines where connection_id = ${connectionId}::uuid`);
      await tx.execute(
        sql`update wage_day_sums set hours = hours + 1 where connection_id = ${connectionId}::uuid and category = 'gross'`,
      );
    });
    expect(await history.recompute()).toEqual({ checked: 7, differences: 5, repaired: 5 });
    expect(await history.recompute()).toEqual({ checked: 7, differences: 0, repaired: 0 });
    expect(await history.keptTotals()).toEqual(expectedTotals(history.payments));
  });
});
