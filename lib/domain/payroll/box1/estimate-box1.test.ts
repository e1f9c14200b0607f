import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PayLine } from "../lines";
import { estimateOf, payLine, rangeOf } from "./testing";

const one = (lines: readonly PayLine[], year?: number) => rangeOf(estimateOf(lines, year));

describe("three people, a year each", () => {
  it("a salaried person with a 401(k), a Roth share and health cover", () => {
    const months = Array.from({ length: 12 }, (_, month) => `2026-${String(month + 1).padStart(2, "0")}-15`);
    const lines = months.flatMap((payDate) => [
      payLine("earning", "salary", 8_000, { payDate }),
      payLine("deduction", "401k", 500, { payDate, preTax: true }),
      payLine("deduction", "401k_roth", 200, { payDate, preTax: false }),
      payLine("deduction", "s125_medical", 150, { payDate, preTax: true }),
      payLine("deduction", "hsa_pre", 100, { payDate, preTax: true }),
      payLine("contribution", "401k", 250, { payDate }),
      payLine("tax", "fica", 612, { payDate, employer: false }),
      payLine("tax", "fica", 612, { payDate, employer: true }),
    ]);
    const estimate = estimateOf(lines);
    // 96,000 − 6,000 − 1,800 − 1,200; Roth, match and taxes change nothing.
    expect(rangeOf(estimate)).toEqual([87_000, 87_000]);
    expect(estimate.lines.map(({ count }) => count)).toEqual(Array(8).fill(12));
  });

  it("an hourly person with open lines: the range is theirs and nobody else's", () => {
    const lines = [
      payLine("earning", "wage", 40_000),
      payLine("earning", "overtime", 3_500.25),
      payLine("earning", "tips", 1_200),
      payLine("earning", "reimbursement", 640.5),
      payLine("earning", "other", 300, { name: "Shift Premium" }),
      payLine("deduction", null, 420, { name: "1j7dfp", preTax: true }),
      payLine("deduction", "custom_pre_tax", 260, { preTax: true }),
      payLine("deduction", "401k_loan", 900),
      payLine("contribution", null, 75, { name: "Wellness" }),
    ];
    const estimate = estimateOf(lines);
    // Low: 44,700.25 − 420 − 260. High: 44,700.25 + 640.50 + 300 + 75.
    expect(rangeOf(estimate)).toEqual([44_020.25, 45_715.75]);
    const open = estimate.lines.filter(({ lowCents, highCents }) => lowCents !== highCents);
    expect(open.map(({ line }) => line.name)).toEqual([
      "reimbursement",
      "Shift Premium",
      "1j7dfp",
      "custom_pre_tax",
      "Wellness",
    ]);
  });

  it("a person with dependent care above the limit, commuter benefits and a reversed bonus", () => {
    const lines = [
      payLine("earning", "salary", 120_000),
      payLine("earning", "bonus", 5_000, { name: "Annual Bonus" }),
      payLine("earning", "bonus", -5_000, { name: "Annual Bonus", payDate: "2026-04-10" }),
      payLine("deduction", "fsa_dependent_care", 9_000, { preTax: true }),
      payLine("deduction", "commuter", 300, { preTax: true, payDate: "2026-01-09" }),
      payLine("deduction", "commuter", 300, { preTax: true, payDate: "2026-01-23" }),
      payLine("deduction", "commuter", 340, { preTax: true, payDate: "2026-02-06" }),
    ];
    const estimate = estimateOf(lines);
    // 120,000 − 7,500 − (January 340 to 600) − February 340.
    expect(rangeOf(estimate)).toEqual([111_560, 111_820]);
    expect(estimate.lines.map(({ treatment }) => treatment)).toEqual(["in", "in", "partly", "partly"]);
  });
});

describe("limits", () => {
  const care = (dollars: number, payDate: string) =>
    payLine("deduction", "fsa_dependent_care", dollars, { preTax: true, payDate });

  it("dependent care is taken away up to the year's limit, under any names together", () => {
    const lines = [care(4_000, "2025-03-14"), { ...care(4_000, "2025-09-12"), name: "DCFSA" }];
    expect(one(lines, 2025)).toEqual([-5_000, -5_000]);
    expect(one(lines, 2026)).toEqual([-7_500, -7_500]);
  });

  it("a year without limits opens the range, and says which year", () => {
    const estimate = estimateOf([care(1_000, "2027-02-05")], 2027);
    expect(rangeOf(estimate)).toEqual([-1_000, 0]);
    expect(estimate.lines[0]).toMatchObject({
      treatment: "unknown",
      reason: expect.stringContaining("limits for 2027 not entered"),
    });
  });

  it("commuter is unknown between one limit and two of a month, and in above both", () => {
    const commuter = (dollars: number) => one([payLine("deduction", "commuter", dollars, { preTax: true })]);
    expect(commuter(340)).toEqual([-340, -340]);
    expect(commuter(341)).toEqual([-341, -340]);
    expect(commuter(1_000)).toEqual([-680, -340]);
  });
});

describe("a commuter benefit whose months are not known", () => {
  it("may be of one month or of twelve: the range holds both", () => {
    const year = payLine("deduction", "commuter", 12 * 340, { preTax: true, payDate: null });
    expect(one([year])).toEqual([-4_080, -340]);
    const more = payLine("deduction", "commuter", 20_000, { preTax: true, payDate: null });
    expect(one([more])).toEqual([-8_160, -340]);
  });
});

describe("imputed income", () => {
  const imputed = [
    payLine("earning", "other", 12.5, { name: "Group Term Life (imputed)" }),
    payLine("deduction", null, 12.5, { name: "Group Term Life Offset", preTax: null }),
  ];

  it("is in at most once, and its offset is not subtracted as well", () => {
    const estimate = estimateOf(imputed);
    expect(rangeOf(estimate)).toEqual([0, 12.5]);
    expect(estimate.lines.map(({ treatment }) => treatment)).toEqual(["unknown", "not_subtracted"]);
  });

  it("is in once where it was classified", () => {
    const [earning, offset] = imputed;
    if (!earning || !offset) throw new Error("two lines");
    expect(
      one([
        { ...earning, type: "imputed_income" },
        { ...offset, type: "imputed_offset" },
      ]),
    ).toEqual([12.5, 12.5]);
  });

  it("is not guessed from equal amounts alone", () => {
    const lines = imputed.map((line, place) => ({ ...line, name: `Line ${place}` }));
    expect(one(lines)).toEqual([-12.5, 12.5]);
  });
});

describe("what cannot be added", () => {
  it("other currencies and none are left out, and named", () => {
    const yen = payLine("earning", "salary", 100, { currency: "jpy" });
    const none = payLine("earning", "salary", 100, { currency: null });
    const estimate = estimateOf([yen, none, payLine("earning", "salary", 1, { currency: "USD" })]);
    expect(rangeOf(estimate)).toEqual([1, 1]);
    expect(estimate.leftOut).toEqual([yen, none]);
  });

  it("a line without an amount is counted and adds nothing", () => {
    const estimate = estimateOf([payLine("earning", "salary", 10), payLine("earning", "salary", null)]);
    expect(estimate.lines).toMatchObject([
      { count: 2, withoutAmount: 1, lowCents: 1_000n, highCents: 1_000n },
    ]);
  });

  it("a reversal of an open line closes what it opened", () => {
    const gift = (dollars: number) => payLine("earning", "other", dollars, { name: "Gift" });
    expect(one([gift(50), gift(-50)])).toEqual([0, 0]);
    expect(one([gift(-50)])).toEqual([-50, 0]);
  });

  it("nothing at all is zero", () => {
    expect(estimateOf([])).toEqual({
      year: 2026,
      lowCents: 0n,
      highCents: 0n,
      lines: [],
      withoutAmount: 0,
      leftOut: [],
    });
  });
});

describe("any lines", () => {
  const lines = fc.array(
    fc.record({
      category: fc.constantFrom("earning", "tax", "deduction", "contribution"),
      type: fc.constantFrom(
        null,
        "other",
        "salary",
        "401k",
        "commuter",
        "fsa_dependent_care",
        "s125_medical",
      ),
      name: fc.constantFrom("A", "imputed", null),
      amountCents: fc.option(fc.bigInt({ min: -2_000_000n, max: 2_000_000n })),
      preTax: fc.constantFrom(true, false, null),
      payDate: fc.constantFrom("2026-01-09", "2026-02-06", "2026-02-20"),
    }),
    { maxLength: 30 },
  );
  const toLine = (values: Partial<PayLine>) => payLine("earning", null, 0, values);

  it("never give a low end above the high one, and the ends are the sums of the lines'", () => {
    fc.assert(
      fc.property(lines, fc.constantFrom(2025, 2026, 2027), (some, year) => {
        const estimate = estimateOf(some.map(toLine), year);
        expect(estimate.lowCents <= estimate.highCents).toBe(true);
        for (const { lowCents, highCents } of estimate.lines) expect(lowCents <= highCents).toBe(true);
        expect(estimate.lines.reduce((sum, { lowCents }) => sum + lowCents, 0n)).toBe(estimate.lowCents);
        expect(estimate.lines.reduce((sum, { count }) => sum + count, 0)).toBe(some.length);
      }),
    );
  });

  it("give the same range in any order", () => {
    fc.assert(
      fc.property(lines, (some) => {
        const ordered = some.map(toLine).filter(({ name }) => name !== "imputed");
        expect(rangeOf(estimateOf([...ordered].reverse()))).toEqual(rangeOf(estimateOf(ordered)));
      }),
    );
  });
});
