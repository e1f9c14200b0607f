import { deferrals, simple } from "./deduction-rules";
import type { Box1Rule } from "./rule";

export const contributionRules: readonly Box1Rule[] = [
  {
    id: "contribution-retirement",
    category: "contribution",
    types: [...deferrals, "*_roth", ...simple],
    preTax: "any",
    effect: "out",
    criteria: [],
    reason: "What the employer pays into a retirement plan is no wages of the year.",
  },
  {
    id: "contribution-health",
    category: "contribution",
    types: ["hsa_*", "s125_*", "fsa_*"],
    preTax: "any",
    effect: "out",
    assumed: "always",
    criteria: [5, 19],
    reason:
      "Out, assumed. It is in for owners of more than 2% of an S corporation, which payroll does not say.",
  },
  {
    id: "contribution-own-taxable",
    category: "contribution",
    types: ["taxable_benefit"],
    preTax: "any",
    effect: "in",
    criteria: [6, 9, 10, 17],
    reason: "Classified by your team as a taxable benefit that is not in earnings already.",
    own: true,
  },
  {
    id: "contribution-own-not-taxable",
    category: "contribution",
    types: ["not_taxable"],
    preTax: "any",
    effect: "out",
    criteria: [],
    reason: "Classified by your team as not taxable.",
    own: true,
  },
  {
    id: "contribution-other",
    category: "contribution",
    types: "any",
    preTax: "any",
    effect: "unknown",
    criteria: [6, 9, 10, 17],
    reason: "May be taxable, as group-term life insurance over $50,000 is. Out at the low end.",
  },
];
