import { inScope } from "@/db/client";
import { findCustomer } from "@/db/repositories/customers";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { payTypeLabel } from "@/lib/format/pay-types";
import type { PayLine } from "../lines";
import { readLimits } from "../limits/read-limits";
import { limitYears } from "../limits/limit-years";
import type { LimitValue } from "../limits/limit-table";
import type { Box1Effect, Box1Rule } from "./rule";
import { box1Rules } from "./rules";
import { box1Sources, type Box1Source } from "./sources";

export interface Box1RuleView {
  id: string;
  category: PayLine["category"];
  /** Names of the types; empty where the rule is for all that are left. */
  types: string[];
  /** The flags that it is for; empty for any. */
  flags: ("pre-tax" | "not pre-tax" | "not provided")[];
  /** Only for lines whose name says so. */
  named: string | null;
  effect: Box1Effect;
  low: string;
  high: string;
  assumed: Box1Rule["assumed"] | null;
  criteria: readonly number[];
  reason: string;
  conflict: string | null;
  limit: { per: "year" | "month"; years: { year: number; value: LimitValue }[] } | null;
  own: boolean;
}

export interface Box1TableView {
  customerName: string;
  rules: Box1RuleView[];
  sources: readonly Box1Source[];
}

const flagWords = (flag: boolean | null) =>
  flag === null ? "not provided" : flag ? "pre-tax" : ("not pre-tax" as const);

/** Patterns as words: `*_roth` is every Roth type. */
const patternWords: Record<string, string> = {
  "*_roth": "Roth, of any plan",
  "s125_*": "Section 125 (medical, dental, vision)",
  "hsa_*": "HSA",
  "fsa_*": "FSA",
};

function endsOf({ effect, category, limit }: Box1Rule): { low: string; high: string } {
  const both = (word: string) => ({ low: word, high: word });
  switch (effect) {
    case "in":
      return both("In");
    case "out":
      return both("Out");
    case "subtract":
      return both("Subtracted");
    case "not_subtracted":
      return both("Not subtracted");
    case "subtract_to_limit":
      return limit?.per === "month"
        ? { low: "Up to two limits", high: "Up to one limit" }
        : both("Up to the limit");
    case "unknown":
      return category === "deduction"
        ? { low: "Subtracted", high: "Not subtracted" }
        : { low: "Out", high: "In" };
  }
}

function toRuleView(rule: Box1Rule, limitsOf: (rule: Box1Rule) => Box1RuleView["limit"]): Box1RuleView {
  const { category, types, preTax, criteria, reason } = rule;
  return {
    id: rule.id,
    category,
    types:
      types === "any"
        ? []
        : types.map((type) =>
            type === null ? "No type" : (patternWords[type] ?? payTypeLabel(category, type)),
          ),
    flags: preTax === "any" ? [] : preTax.map(flagWords),
    named: rule.name ? "Roth" : null,
    effect: rule.effect,
    ...endsOf(rule),
    assumed: rule.assumed ?? null,
    criteria,
    reason,
    conflict: rule.conflict?.text ?? null,
    limit: limitsOf(rule),
    own: rule.own ?? false,
  };
}

/**
 * The rules of the box 1 estimate as a table to read, with their sources and the limits that some of them need.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer)
 */
export async function getBox1Table(context: Context): Promise<Box1TableView> {
  const ctx = requireCustomer(context);
  requirePermission(ctx, "payroll:read");
  return inScope(
    ctx,
    async (tx) => {
      const customer = await findCustomer(tx, ctx.scope.customerId);
      if (!customer) throw notFound("employer");
      const limits = await readLimits(tx, ctx.scope.customerId);
      const years = await limitYears(tx, ctx.scope.customerId);
      const limitsOf = ({ limit }: Box1Rule) =>
        limit
          ? { per: limit.per, years: years.map((year) => ({ year, value: limits(limit.key, year) })) }
          : null;
      return {
        customerName: customer.name,
        rules: box1Rules.map((rule) => toRuleView(rule, limitsOf)),
        sources: box1Sources,
      };
    },
    { readOnly: true },
  );
}
