import { z } from "zod";
import type { LineMatch } from "@/db/repositories/pay-item-effects";

/** Finch's words for the fields and values of a rule's conditions (Finch: Create Rule; Pay Statement Items & Rules). */

const Conditions = z.array(
  z.object({ field: z.string().nullable(), operator: z.string().nullable(), value: z.string().nullable() }),
);
export type RuleCondition = z.infer<typeof Conditions>[number];

export const readConditions = (stored: unknown): RuleCondition[] => Conditions.catch([]).parse(stored);

const Labelled = z.object({ metadata: z.record(z.string(), z.unknown()) });

/** The labels that a rule gives, as text. */
export function readLabels(attributes: unknown): Record<string, string> {
  const parsed = Labelled.safeParse(attributes);
  const entries = parsed.success ? Object.entries(parsed.data.metadata) : [];
  return Object.fromEntries(
    entries.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

export const finchCategories = {
  earning: "earnings",
  tax: "taxes",
  deduction: "employee_deductions",
  contribution: "employer_contributions",
} as const;

const flags: Record<string, boolean> = { true: true, false: false };

/**
 * Which of our lines a rule is for. Null where a condition is one that we do not know: then nobody can say, and a
 * preview does not pretend to.
 */
export function matchOf(conditions: readonly Pick<RuleCondition, "field" | "value">[]): LineMatch | null {
  const match: LineMatch = {};
  for (const { field, value } of conditions) {
    if (field === null || value === null) return null;
    const name = field.replace(/^attributes\./, "");
    const known = Object.entries(finchCategories).find(([, finch]) => finch === value)?.[0];
    if (name === "name") match.name = value;
    else if (name === "type") match.type = value;
    else if (name === "category" && known) match.category = known;
    else if (name === "pre_tax" && value in flags) match.preTax = flags[value] ?? false;
    else if (name === "employer" && value in flags) match.employer = flags[value] ?? false;
    else return null;
  }
  return match;
}
