import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addingUp } from "@/lib/domain/payroll/identities";
import { grossToNet, type GrossToNetInput } from "./gross-to-net";

type Line = GrossToNetInput["lines"][number];
const line = (category: Line["category"], amountCents: bigint | null, more: Partial<Line> = {}): Line => ({
  ...{ category, amountCents, type: null, name: null, currency: "usd", preTax: null, employer: null },
  ...more,
});
const usd = (amountCents: bigint | null) => ({ amountCents, currency: "usd" });

function stepsOf(gross: bigint | null, net: bigint | null, lines: Line[]) {
  const totals = { gross: usd(gross), net: usd(net), lines };
  const { netIdentity } = addingUp({ ...totals, nullCategories: [] });
  return grossToNet({ ...totals, netIdentity });
}

describe("from gross to net", () => {
  it("goes by deductions before tax, taxes, deductions after tax", () => {
    const lines = [
      line("deduction", 5n, { preTax: false }),
      line("tax", 20n, { employer: false }),
      line("tax", 9n, { employer: true }),
      line("deduction", 10n, { preTax: true }),
      line("contribution", 3n),
    ];
    expect(stepsOf(100n, 65n, lines)?.steps.map(({ kind, runningCents }) => [kind, runningCents])).toEqual([
      ["gross", 100n],
      ["pre_tax", 90n],
      ["taxes", 70n],
      ["post_tax", 65n],
    ]);
  });

  it("counts a tax of unknown payer as the sum needs it", () => {
    const lines = [line("tax", 20n)];
    expect(stepsOf(100n, 80n, lines)?.steps.at(-1)).toMatchObject({
      kind: "unknown_taxes",
      amountCents: -20n,
    });
    expect(stepsOf(100n, 100n, lines)?.steps.at(-1)).toMatchObject({
      kind: "unknown_taxes",
      amountCents: 0n,
    });
  });

  it("adds reimbursements that gross leaves out, and names what nothing explains", () => {
    const lines = [line("earning", 7n, { type: "reimbursement" })];
    expect(stepsOf(100n, 107n, lines)?.steps.at(-1)).toMatchObject({
      kind: "reimbursements",
      amountCents: 7n,
    });
    expect(stepsOf(100n, 90n, lines)?.steps.at(-1)).toMatchObject({ kind: "difference", amountCents: -10n });
  });

  it("starts from earnings where there is no gross pay, and nowhere without both", () => {
    expect(stepsOf(null, 40n, [line("earning", 40n)])?.steps).toMatchObject([
      { kind: "earnings", amountCents: 40n },
    ]);
    expect(stepsOf(null, 40n, [])).toBeNull();
  });

  it("leaves other currencies out", () => {
    expect(stepsOf(100n, 100n, [line("tax", 20n, { employer: false, currency: "eur" })])?.steps).toHaveLength(
      1,
    );
  });
});

it("the steps always lead from gross to net, to the cent", () => {
  const cents = fc.bigInt({ min: -99_999n, max: 99_999n });
  const flag = fc.constantFrom(true, false, null);
  const lines = fc.array(
    fc
      .record({
        category: fc.constantFrom("earning" as const, "tax" as const, "deduction" as const),
        amountCents: fc.option(cents),
        type: fc.constantFrom("reimbursement", "salary", null),
        preTax: flag,
        employer: flag,
        currency: fc.constantFrom("usd", "USD", "eur"),
      })
      .map(({ category, amountCents, ...more }) => line(category, amountCents, more)),
  );
  fc.assert(
    fc.property(cents, cents, lines, (gross, net, made) => {
      const found = stepsOf(gross, net, made);
      expect(found?.steps[0]?.runningCents).toBe(gross);
      expect(found?.steps.at(-1)?.runningCents).toBe(net);
    }),
  );
});
