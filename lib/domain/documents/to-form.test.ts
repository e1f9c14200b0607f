import { describe, expect, it } from "vitest";
import { toFilingStatus, toForm } from "./to-form";

const read = { kind: "read" } as const;
const ssn = "900-12-3456";

const form2020 = {
  individual_id: "somebody",
  filing_status: "head_of_household",
  amount_for_qualifying_children_under_17: 400_000,
  amount_for_other_dependents: 50_000,
  total_claim_dependent_and_other_credits: 450_000,
  other_income: 0,
  deductions: 1_234_567,
  extra_withholding: null,
};

describe("a W-4", () => {
  it("of 2020 has its lines in cents, a zero that is no blank, and a sum that is checked", () => {
    expect(toForm("w4_2020", form2020, read)).toEqual({
      form: "w4_2020",
      filingStatus: { kind: "value", value: "head_of_household" },
      children: { kind: "value", value: 400_000n },
      otherDependents: { kind: "value", value: 50_000n },
      totalCredits: { kind: "value", value: 450_000n },
      otherIncome: { kind: "value", value: 0n },
      deductions: { kind: "value", value: 1_234_567n },
      extraWithholding: { kind: "none" },
      addsUp: true,
    });
    const less = { ...form2020, total_claim_dependent_and_other_credits: 1 };
    expect(toForm("w4_2020", less, read)).toMatchObject({ addsUp: false });
    expect(toForm("w4_2020", { filing_status: null }, read)).toMatchObject({
      filingStatus: { kind: "none" },
      addsUp: null,
    });
  });

  it("of 2005 counts allowances, which are no money", () => {
    const content = {
      filing_status: "married_but_withhold_at_higher_single_rate",
      total_number_of_allowances: 3,
      additional_withholding: 2_500,
      exemption: "non_exempt",
    };
    expect(toForm("w4_2005", content, read)).toEqual({
      form: "w4_2005",
      filingStatus: { kind: "value", value: "married_but_withhold_at_higher_single_rate" },
      allowances: { kind: "value", value: 3 },
      additionalWithholding: { kind: "value", value: 2_500n },
      exemption: { kind: "value", value: "non_exempt" },
    });
  });

  it.each(["w4_2020", "w4_2005", "w4_2030", null])(
    "of the kind %s lets nothing through that is no line of it",
    (type) => {
      const content = { ...form2020, ssn, social_security_number: ssn, employee: { ssn }, name: "Ada" };
      const view = JSON.stringify(toForm(type, content, read), (_, value: unknown) =>
        typeof value === "bigint" ? String(value) : value,
      );
      expect(view).not.toMatch(/900-12-3456|Ada/);
    },
  );

  it("that was not read is not taken for an empty one", () => {
    expect(toForm("w4_2020", null, { kind: "syncing" })).toMatchObject({
      filingStatus: { kind: "syncing" },
      children: { kind: "syncing" },
    });
    expect(toFilingStatus(null, { kind: "failed", message: "no" })).toEqual({
      kind: "failed",
      message: "no",
    });
    expect(toFilingStatus("odd", read)).toEqual({ kind: "none" });
  });

  it("with values that are no numbers is shown without them", () => {
    const odd = { ...form2020, other_income: "12", deductions: Number.NaN, filing_status: 7 };
    expect(toForm("w4_2020", odd, read)).toMatchObject({
      otherIncome: { kind: "none" },
      deductions: { kind: "none" },
      filingStatus: { kind: "none" },
      children: { kind: "value", value: 400_000n },
    });
  });
});
