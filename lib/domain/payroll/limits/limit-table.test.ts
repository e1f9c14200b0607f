import { describe, expect, it } from "vitest";
import { irsLimits, type LimitKey } from "./irs-limits";
import { limitTable, limitTrouble } from "./limit-table";

const dollars = (key: LimitKey, year: number) => {
  const value = limitTable()(key, year);
  return value.kind === "known" ? Number(value.amountCents / 100n) : value.kind;
};
const years = (key: LimitKey) => [2024, 2025, 2026].map((year) => dollars(key, year));

describe("limits", () => {
  it.each<[LimitKey, (number | string)[]]>([
    ["elective_deferral", [23_000, 23_500, 24_500]],
    ["deferral_457b", [23_000, 23_500, 24_500]],
    ["catch_up_50", [7_500, 7_500, 8_000]],
    ["super_catch_up", ["none", 11_250, 11_250]],
    ["annual_additions", [69_000, 70_000, 72_000]],
    ["plan_compensation", [345_000, 350_000, 360_000]],
    ["simple", [16_000, 16_500, 17_000]],
    ["simple_enhanced", [17_600, 17_600, 18_100]],
    ["simple_catch_up", [3_500, 3_500, 4_000]],
    ["simple_catch_up_enhanced", [3_850, 3_850, "unconfirmed"]],
    ["simple_super_catch_up", ["none", 5_250, 5_250]],
    ["roth_catch_up_wages", ["none", "none", 150_000]],
    ["hsa_self", [4_150, 4_300, 4_400]],
    ["hsa_family", [8_300, 8_550, 8_750]],
    ["hsa_catch_up", [1_000, 1_000, 1_000]],
    ["fsa_medical", [3_200, 3_300, 3_400]],
    ["fsa_carry_over", [640, 660, 680]],
    ["dependent_care", [5_000, 5_000, 7_500]],
    ["dependent_care_separate", [2_500, 2_500, 3_750]],
    ["commuter_month", [315, 325, 340]],
    ["social_security_base", [168_600, 176_100, 184_500]],
  ])("%s is what DOMAIN §4 says", (key, expected) => {
    expect(years(key)).toEqual(expected);
  });

  it("has a source and a day of checking for every row", () => {
    for (const { source } of irsLimits) {
      expect(source.title).not.toBe("");
      expect(source.checkedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
  });

  it("says that a year is not entered, and never takes another year's figure", () => {
    for (const { key } of irsLimits) {
      for (const year of [2023, 2027, 2100]) expect(limitTable()(key, year)).toEqual({ kind: "missing" });
    }
    expect(limitTrouble({ kind: "missing" }, 2027)).toBe("limits for 2027 not entered");
  });

  it("takes an administrator's figure for what was missing or not confirmed, and only there", () => {
    const confirm = (limitKey: LimitKey, year: number) =>
      limitTable([{ limitKey, year, amountCents: 12_345n, source: "IRS" }])(limitKey, year);
    const own = { kind: "known", amountCents: 12_345n, by: "administrator" };
    expect(confirm("elective_deferral", 2027)).toEqual(own);
    expect(confirm("simple_catch_up_enhanced", 2026)).toEqual(own);
    expect(confirm("elective_deferral", 2026)).toMatchObject({ amountCents: 2_450_000n, by: "irs" });
    expect(confirm("super_catch_up", 2024)).toEqual({ kind: "none" });
  });

  it("confirms one year of one limit and nothing else", () => {
    const limits = limitTable([
      { limitKey: "commuter_month", year: 2027, amountCents: 35_000n, source: "IRS" },
    ]);
    expect(limits("commuter_month", 2028).kind).toBe("missing");
    expect(limits("dependent_care", 2027).kind).toBe("missing");
  });
});
