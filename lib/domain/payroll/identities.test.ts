import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addingUp, imputedEarnings, type AddingUpInput, type CountedLine } from "./identities";

const line = (category: CountedLine["category"], cents: bigint | null, more: Partial<CountedLine> = {}) => ({
  ...{ category, type: null, name: null, amountCents: cents, currency: "usd", employer: null },
  ...(category === "tax" ? { employer: false } : {}),
  ...more,
});
const usd = (amountCents: bigint | null) => ({ amountCents, currency: "usd" });
const slip = (
  gross: bigint | null,
  net: bigint | null,
  lines: CountedLine[],
  nullCategories: string[] = [],
) => addingUp({ gross: usd(gross), net: usd(net), lines, nullCategories });

const salary = line("earning", 500_000n, { type: "salary" });
const mileage = line("earning", 15_000n, { type: "reimbursement" });
const tax = line("tax", 90_000n);
const health = line("deduction", 30_000n);

describe("gross is", () => {
  it.each<[string, bigint | null, CountedLine[], string | null]>([
    ["the sum of earnings", 515_000n, [salary, mileage], "earnings"],
    ["that sum without reimbursements", 500_000n, [salary, mileage], "without_reimbursements"],
    [
      "that sum without an item whose name says imputed",
      500_000n,
      [salary, line("earning", 1_250n, { name: "Group Term Life (imputed)" })],
      "without_imputed",
    ],
    [
      "that sum without an untyped item that a deduction takes back",
      500_000n,
      [salary, line("earning", 1_250n, { type: "other" }), line("deduction", 1_250n)],
      "without_imputed",
    ],
    [
      "that sum without both",
      500_000n,
      [salary, mileage, line("earning", 1_250n, { name: "GTL" })],
      "without_reimbursements_and_imputed",
    ],
    ["none of these where a cent is missing", 514_999n, [salary, mileage], "none"],
    ["none of these where there are no earnings", 1n, [], "none"],
    ["the sum of no earnings where it is nothing", 0n, [], "earnings"],
    ["not told where Finch gave none", null, [salary], null],
    ["not told where a line has no amount", 1n, [salary, line("earning", null)], null],
    ["told all the same where the others add up", 500_000n, [salary, line("earning", null)], "earnings"],
    [
      "not told where a line is in another currency",
      1n,
      [salary, line("earning", 5n, { currency: "eur" })],
      null,
    ],
    ["the same in capitals", 500_000n, [{ ...salary, currency: "USD" }], "earnings"],
  ])("%s", (_, gross, lines, identity) => {
    expect(slip(gross, null, lines).grossIdentity).toBe(identity);
  });

  it("not told where earnings are null, which is not an empty list", () => {
    expect(slip(5n, null, [], ["earning"]).grossIdentity).toBeNull();
    expect(slip(5n, null, []).grossIdentity).toBe("none");
  });
});

describe("net is", () => {
  const unknown = line("tax", 7_000n, { employer: null });
  it.each<[string, bigint, CountedLine[], string | null]>([
    ["gross less taxes and deductions", 380_000n, [tax, health], "taxes_and_deductions"],
    [
      "untouched by the employer's taxes",
      380_000n,
      [tax, health, line("tax", 5n, { employer: true })],
      "taxes_and_deductions",
    ],
    ["untouched by contributions", 380_000n, [tax, health, line("contribution", 5n)], "taxes_and_deductions"],
    ["less a tax of unknown payer", 373_000n, [tax, health, unknown], "taxes_and_deductions"],
    [
      "without one that the employer must pay",
      380_000n,
      [tax, health, unknown],
      "taxes_and_deductions_unknown_by_employer",
    ],
    ["with reimbursements on top", 395_000n, [mileage, tax, health], "plus_reimbursements"],
    ["without reimbursements that gross has", 365_000n, [mileage, tax, health], "less_reimbursements"],
    ["none of these", 1n, [tax, health], "none"],
    ["not told where a deduction has no amount", 1n, [tax, line("deduction", null)], null],
    ["below zero", -100_000n, [line("deduction", 600_000n)], "taxes_and_deductions"],
  ])("%s", (_, net, lines, identity) => {
    expect(slip(500_000n, net, [salary, ...lines]).netIdentity).toBe(identity);
  });

  it("not told in another currency than gross, without gross, or where taxes are null", () => {
    const lines = [salary, health];
    const ask = (more: Partial<AddingUpInput>) =>
      addingUp({ gross: usd(500_000n), net: usd(1n), lines, nullCategories: [], ...more }).netIdentity;
    expect(ask({ net: { amountCents: 470_000n, currency: "eur" } })).toBeNull();
    expect(ask({ gross: null })).toBeNull();
    expect(ask({ net: null })).toBeNull();
    expect(ask({ nullCategories: ["tax"] })).toBeNull();
    expect(ask({})).toBe("none");
  });
});

it("an equal amount of a typed earning is not imputed", () => {
  expect(imputedEarnings([salary, line("deduction", 500_000n)])).toEqual([]);
});

it("whatever a statement is made of, made so it adds up, and one cent off it does not", () => {
  const cents = fc.bigInt({ min: -1_000_000n, max: 1_000_000n });
  const lines = fc.array(
    fc.record({
      category: fc.constantFrom(
        "earning" as const,
        "tax" as const,
        "deduction" as const,
        "contribution" as const,
      ),
      amountCents: cents,
    }),
  );
  const isOf = (category: string) => (each: { category: string }) => each.category === category;
  const total = (of: readonly { amountCents: bigint }[]) =>
    of.reduce((sum, each) => sum + each.amountCents, 0n);
  fc.assert(
    fc.property(lines, fc.constantFrom(0n, 1n, -1n), (made, off) => {
      const whole = made.map((each) => line(each.category, each.amountCents, { type: "salary" }));
      const gross = total(made.filter(isOf("earning")));
      const net = gross - total(made.filter(isOf("tax"))) - total(made.filter(isOf("deduction")));
      const held = off === 0n;
      expect(slip(gross + off, net + 2n * off, whole)).toEqual({
        grossIdentity: held ? "earnings" : "none",
        netIdentity: held ? "taxes_and_deductions" : "none",
      });
    }),
  );
});
