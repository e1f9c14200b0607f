import { describe, expect, it } from "vitest";
import type { PayLine } from "../lines";
import { box1Rules } from "./rules";
import { estimateOf, payLine, rangeOf } from "./testing";

type Category = PayLine["category"];
type Flag = boolean | null;
type Case = [type: string | null, preTax: Flag, low: number, high: number];

/** What 100 dollars of each type and flag add to the low and the high end. */
const row = (title: string, category: Category, ruleId: string, cases: Case[]) =>
  describe(title, () => {
    it.each(cases)(`${category} %s, pre-tax %s: %d to %d`, (type, preTax, low, high) => {
      const estimate = estimateOf([payLine(category, type, 100, { preTax })]);
      expect(rangeOf(estimate)).toEqual([low, high]);
      expect(estimate.lines).toMatchObject([{ ruleId }]);
    });
  });

const each = (types: (string | null)[], flags: Flag[], low: number, high: number): Case[] =>
  types.flatMap((type) => flags.map((flag): Case => [type, flag, low, high]));
const all: Flag[] = [true, false, null];
const subtracted = [-100, -100] as const;
const nothing = [0, 0] as const;

const wages = [
  ...["salary", "wage", "overtime", "double_overtime", "pto", "sick", "bonus", "commission", "severance"],
];
row("wages are in", "earning", "earning-wages", each(wages, [null], 100, 100));
row("tips are in", "earning", "earning-tips", each(["tips"], [null], 100, 100));
row("reimbursements are unknown, low out", "earning", "earning-reimbursement", [
  ["reimbursement", null, 0, 100],
]);
row("1099 is out", "earning", "earning-1099", [["1099", null, 0, 0]]);
row(
  "other earnings are unknown, high in",
  "earning",
  "earning-other",
  each(["other", null, "a_type_of_next_year"], [null], 0, 100),
);

const deferrals = ["401k", "403b", "457"];
row(
  "deferrals are subtracted",
  "deduction",
  "deduction-deferral",
  each(deferrals, [true, null], ...subtracted),
);
row(
  "deferrals after tax are not",
  "deduction",
  "deduction-deferral-after-tax",
  each(deferrals, [false], ...nothing),
);
row(
  "Roth is not",
  "deduction",
  "deduction-roth",
  each(["401k_roth", "403b_roth", "457_roth"], all, ...nothing),
);
row("a loan is not", "deduction", "deduction-loan", each(["401k_loan"], all, ...nothing));
row(
  "SIMPLE is",
  "deduction",
  "deduction-simple",
  each(["simple", "simple_ira"], [true, null], ...subtracted),
);
row(
  "SIMPLE without the flag is unknown",
  "deduction",
  "deduction-benefit-unflagged",
  each(["simple", "simple_ira"], [false], -100, 0),
);
row("HSA by the cafeteria plan is", "deduction", "deduction-hsa-pre", each(["hsa_pre"], all, ...subtracted));
row("HSA after tax is not", "deduction", "deduction-hsa-post", each(["hsa_post"], all, ...nothing));
row("medical FSA is", "deduction", "deduction-fsa-medical", each(["fsa_medical"], [true], ...subtracted));
row(
  "medical FSA without the flag is unknown",
  "deduction",
  "deduction-benefit-unflagged",
  each(["fsa_medical"], [false, null], -100, 0),
);
row(
  "dependent care is",
  "deduction",
  "deduction-dependent-care",
  each(["fsa_dependent_care"], [true], ...subtracted),
);
const cafeteria = ["s125_medical", "s125_dental", "s125_vision"];
row("cafeteria plan is", "deduction", "deduction-s125", each(cafeteria, [true], ...subtracted));
row(
  "cafeteria plan after tax is not",
  "deduction",
  "deduction-s125-after-tax",
  each(cafeteria, [false], ...nothing),
);
row(
  "cafeteria plan without the flag is unknown",
  "deduction",
  "deduction-benefit-unflagged",
  each(cafeteria, [null], -100, 0),
);
row("commuter is", "deduction", "deduction-commuter", each(["commuter"], [true], ...subtracted));
row(
  "commuter and dependent care without the flag are unknown",
  "deduction",
  "deduction-benefit-unflagged",
  each(["commuter", "fsa_dependent_care"], [false, null], -100, 0),
);
row(
  "custom pre-tax is subtracted low, not high",
  "deduction",
  "deduction-custom-pre-tax",
  each(["custom_pre_tax"], all, -100, 0),
);
row(
  "custom post-tax is not",
  "deduction",
  "deduction-custom-post-tax",
  each(["custom_post_tax"], all, ...nothing),
);
row(
  "a deduction without a type is unknown",
  "deduction",
  "deduction-other",
  each([null, "a_type_of_next_year"], [true, null], -100, 0),
);
row(
  "a deduction without a type that is after tax is not",
  "deduction",
  "deduction-other-after-tax",
  each([null], [false], ...nothing),
);

row(
  "the employer's retirement contributions are out",
  "contribution",
  "contribution-retirement",
  each([...deferrals, "401k_roth", "403b_roth", "457_roth", "simple", "simple_ira"], [null], ...nothing),
);
row(
  "the employer's health contributions are out, assumed",
  "contribution",
  "contribution-health",
  each(["hsa_pre", "hsa_post", ...cafeteria, "fsa_medical", "fsa_dependent_care"], [null], ...nothing),
);
row(
  "other contributions are unknown, low out",
  "contribution",
  "contribution-other",
  each(["custom_pre_tax", "commuter", null, "a_type_of_next_year"], [null], 0, 100),
);

describe("taxes are out", () => {
  it.each([true, false, null])("employer's: %s", (employer) => {
    const estimate = estimateOf([payLine("tax", "fica", 100, { employer })]);
    expect(rangeOf(estimate)).toEqual([0, 0]);
    expect(estimate.lines).toMatchObject([{ ruleId: "tax", treatment: "out" }]);
  });
});

row("own types close what is open: earnings in", "earning", "earning-own-taxable", [
  ["imputed_income", null, 100, 100],
  ["taxable_other", null, 100, 100],
]);
row("earnings out", "earning", "earning-own-not-taxable", [["not_taxable", null, 0, 0]]);
row(
  "deductions subtracted",
  "deduction",
  "deduction-own-federal",
  each(["federal_pre_tax"], all, -100, -100),
);
row("deductions not", "deduction", "deduction-own-offset", each(["imputed_offset"], all, 0, 0));
row("contributions in", "contribution", "contribution-own-taxable", [["taxable_benefit", null, 100, 100]]);
row("contributions out", "contribution", "contribution-own-not-taxable", [["not_taxable", null, 0, 0]]);

describe("a name that says Roth", () => {
  it("keeps a SIMPLE deduction in wages", () => {
    const estimate = estimateOf([
      payLine("deduction", "simple_ira", 100, { name: "Roth SIMPLE", preTax: true }),
    ]);
    expect(rangeOf(estimate)).toEqual([0, 0]);
    expect(estimate.lines[0]).toMatchObject({
      ruleId: "deduction-simple-roth",
      conflict: expect.stringMatching(/Roth/),
    });
  });

  it("is said of a 401(k) that is subtracted", () => {
    const [line] = estimateOf([payLine("deduction", "401k", 100, { name: "Roth 401k" })]).lines;
    expect(line).toMatchObject({ treatment: "subtract", conflict: expect.stringMatching(/classify/) });
  });
});

describe("what contradicts itself or is assumed", () => {
  const found = (type: string, preTax: Flag) =>
    estimateOf([payLine("deduction", type, 100, { preTax })]).lines[0];

  it.each([
    ["401k", false],
    ["401k_roth", true],
    ["hsa_pre", false],
    ["hsa_post", true],
    ["custom_post_tax", true],
  ])("%s flagged %s is a conflict, and the other flag none", (type, preTax) => {
    expect(found(type, preTax)?.conflict).not.toBeNull();
    expect(found(type, !preTax)?.conflict).toBeNull();
  });

  it("a deferral without the flag is assumed to be pre-tax, and said so", () => {
    expect(found("401k", null)?.assumed).toBe(true);
    expect(found("401k", true)?.assumed).toBe(false);
  });
});

describe("the table", () => {
  it("has ids of its own for each rule, and a reason", () => {
    expect(new Set(box1Rules.map(({ id }) => id)).size).toBe(box1Rules.length);
    for (const { reason } of box1Rules) expect(reason.length).toBeGreaterThan(10);
  });

  it("names no criterion that the IRS's list lacks", () => {
    for (const { criteria } of box1Rules)
      for (const number of criteria) expect(number).toBeLessThanOrEqual(24);
  });
});
