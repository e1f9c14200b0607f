import { describe, expect, it } from "vitest";
import {
  benefitFeatures,
  benefitsSupport,
  benefitTypes,
  longestDescription,
  writesByHand,
} from "@/sandbox/benefits/features";
import { findProvider, providers, type Provider } from "@/sandbox/providers";
import { FinchSchema, findOpenApi } from "@/sandbox/testing/finch-schema";

const file = findOpenApi();

function provider(id: string): Provider {
  const found = findProvider(id);
  if (!found) throw new Error(`no provider ${id}`);
  return found;
}

const withDeductions = providers.filter(
  (row) => row.deductions === "automated" || row.deductions === "assisted",
);

describe("benefit features", () => {
  it.skipIf(file === null)("of every provider and login are what Finch's document says", () => {
    const schema = new FinchSchema(file ?? "");
    expect(withDeductions.length).toBeGreaterThan(20);
    for (const row of withDeductions) {
      for (const method of row.authentication_methods) {
        const support = benefitsSupport(row, method);
        expect([row.id, schema.componentProblems("BenefitsSupport", support)]).toEqual([row.id, []]);
        expect(Object.keys(support ?? {})).toEqual(benefitTypes);
        expect(Object.values(support ?? {}).filter((part) => part !== null)).not.toEqual([]);
      }
    }
  });

  it("are none where a provider has no deductions", () => {
    const others = providers.filter((row) => !withDeductions.includes(row));
    expect(others.length).toBeGreaterThan(100);
    for (const row of others) expect([row.id, benefitsSupport(row, "credential")]).toEqual([row.id, null]);
  });

  it("are written by people where a provider or a login is assisted", () => {
    expect(writesByHand(provider("gusto"), "oauth")).toBe(false);
    expect(writesByHand(provider("gusto"), "assisted")).toBe(true);
    expect(writesByHand(provider("paycom"), "credential")).toBe(true);
  });

  it("cannot be read where people write them", () => {
    const read = (id: string) => benefitFeatures(provider(id), "401k", "credential")?.supported_operations;
    expect(read("gusto")?.individual_benefits?.read).toBe("supported");
    expect(read("paycom")?.individual_benefits?.read).toBe("not_supported_by_finch");
  });

  it("of TriNet are two retirement plans that the employer makes there", () => {
    const known = benefitTypes.filter((type) => benefitFeatures(provider("trinet"), type, "api_token"));
    expect(known).toEqual(["401k", "401k_roth"]);
    const operations = benefitFeatures(provider("trinet"), "401k", "api_token")?.supported_operations;
    expect(operations?.company_benefits).toMatchObject({
      create: "not_supported_by_provider",
      read: "supported",
    });
    expect(operations?.individual_benefits).toMatchObject({ create: "supported" });
  });

  it("have catch-up for retirement only, and limits for HSAs only", () => {
    const gusto = (type: (typeof benefitTypes)[number]) =>
      benefitFeatures(provider("gusto"), type, "oauth")?.supported_features;
    const caught = benefitTypes.filter((type) => gusto(type)?.catch_up);
    expect(new Set(caught)).toEqual(
      new Set(["401k", "401k_roth", "403b", "403b_roth", "457", "457_roth", "simple", "simple_ira"]),
    );
    expect(benefitTypes.filter((type) => gusto(type)?.hsa_contribution_limit?.length)).toEqual([
      "hsa_pre",
      "hsa_post",
    ]);
    expect(gusto("401k_loan")?.company_contribution).toEqual([]);
  });

  it("limit names at Justworks only", () => {
    const limited = withDeductions.filter((row) =>
      longestDescription(row, row.authentication_methods[0] ?? "oauth"),
    );
    expect(limited.map((row) => row.id)).toEqual(["justworks"]);
    expect(longestDescription(provider("justworks"), "oauth")).toBe(30);
  });
});
