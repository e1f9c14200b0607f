import type { StepName } from "@/lib/domain/sync/plan";

/** The quota that a step's requests count in. */
const keys: Record<StepName, string> = {
  introspect: "introspect",
  finch_jobs: "jobs",
  company: "company",
  directory: "directory",
  individual: "individual",
  employment: "employment",
  pay_groups: "pay-groups",
  payments: "payment",
  pay_statements: "pay-statement",
  pay_statement_items: "pay-statement-item",
  pay_statement_rules: "pay-statement-item/rule",
  benefits: "benefits",
  documents: "documents",
};

const known = new Map<string, string>(Object.entries(keys));

/** Null for a step that this release does not know. */
export const keyOfStep = (name: string): string | null => known.get(name) ?? null;
