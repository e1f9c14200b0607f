import type { PayLine } from "../lines";
import { contributionRules } from "./contribution-rules";
import { deductionRules } from "./deduction-rules";
import { earningRules } from "./earning-rules";
import type { Box1Rule } from "./rule";

/**
 * DOMAIN §3 as one table: which lines of pay make up box 1 of Form W-2, for federal income tax only. Read from the
 * top: the first rule that fits a line decides it, and every line falls under one.
 */
export const box1Rules: readonly Box1Rule[] = [
  ...earningRules,
  ...deductionRules,
  ...contributionRules,
  {
    id: "tax",
    category: "tax",
    types: "any",
    preTax: "any",
    effect: "out",
    criteria: [12],
    reason:
      "Withheld and employer's taxes change no wages. The criterion is only the employee's share that an employer pays itself.",
  },
];

function fits(pattern: string | null, type: string | null): boolean {
  if (pattern === null || type === null) return pattern === type;
  if (pattern.startsWith("*")) return type.endsWith(pattern.slice(1));
  if (pattern.endsWith("*")) return type.startsWith(pattern.slice(0, -1));
  return pattern === type;
}

type RuledLine = Pick<PayLine, "category" | "type" | "name" | "preTax">;

/** The rule of DOMAIN §3 that decides a line: the first that fits. */
export function box1RuleOf(line: RuledLine): Box1Rule {
  const found = box1Rules.find(
    ({ category, types, preTax, name }) =>
      category === line.category &&
      (types === "any" || types.some((pattern) => fits(pattern, line.type))) &&
      (preTax === "any" || preTax.includes(line.preTax)) &&
      (!name || name.test(line.name ?? "")),
  );
  if (!found) throw new TypeError(`No rule for ${line.category}`);
  return found;
}
