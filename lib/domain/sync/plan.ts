import type { SyncStepRow } from "@/db/repositories/sync-runs";

/** Steps of a run in order (DESIGN §8). */
export const stepNames = [
  "introspect",
  "finch_jobs",
  "company",
  "directory",
  "individual",
  "employment",
  "pay_groups",
  "payments",
  "pay_statements",
  "pay_statement_items",
  "pay_statement_rules",
  "benefits",
  "documents",
] as const;
export type StepName = (typeof stepNames)[number];

/** The product that a step needs on the token; the first two need none. Finch: API Reference, product scopes. */
const productOf: Partial<Record<StepName, string>> = {
  company: "company",
  directory: "directory",
  individual: "individual",
  employment: "employment",
  pay_groups: "payment",
  payments: "payment",
  pay_statements: "pay_statement",
  pay_statement_items: "pay_statement",
  pay_statement_rules: "pay_statement",
  benefits: "benefits",
  documents: "documents",
};

/** `deduction` is an older name of `benefits` that tokens still carry. */
export const productName = (product: string) => (product === "deduction" ? "benefits" : product);

/** The product that a step reads; null for a step that needs none. */
export const productOfStep = (name: string): string | null =>
  isStepName(name) ? (productOf[name] ?? null) : null;

/** Steps of a repair, which asks only for what is incomplete (DOMAIN 1.4). */
const repairSteps = new Set<StepName>([
  "introspect",
  "individual",
  "employment",
  "pay_groups",
  "pay_statements",
  "benefits",
  "documents",
]);

/** Steps that need one request whatever the employer's size. */
const single = new Set<StepName>([
  "introspect",
  "finch_jobs",
  "company",
  "payments",
  "pay_statement_items",
  "pay_statement_rules",
]);

/** The step that brings a product itself, where several read it: its age is the product's. */
const mainStepOf: Record<string, StepName> = { payment: "payments", pay_statement: "pay_statements" };

/** Products whose main step the provider does not offer, from connections.unsupported. */
export function notOfferedProducts(unsupported: unknown): string[] {
  const keys = new Set(
    typeof unsupported === "object" && unsupported !== null ? Object.keys(unsupported) : [],
  );
  const products = new Set(Object.values(productOf));
  return [...products].filter((product) => keys.has(mainStepOf[product] ?? product));
}

export type PlannedStep = Pick<SyncStepRow, "name" | "entityId" | "ordinal" | "plannedRequests">;

export interface PlanInput {
  products: readonly string[];
  /** Ids of the entities; none where the connection has a single one. */
  entityIds: readonly string[];
  /** full | window | repair; full where left out. */
  scope?: string;
}

/** Which steps a run has: only granted products, per entity where there are several. Pure. */
export function planSteps({ products, entityIds, scope = "full" }: PlanInput): PlannedStep[] {
  const entities = entityIds.length > 0 ? entityIds : [""];
  const granted = new Set(products.map(productName));
  const names = stepNames.filter((name) => scope !== "repair" || repairSteps.has(name));
  const planned = names.flatMap((name) => {
    const product = productOf[name];
    if (product === undefined) return [{ name, entityId: "" }];
    return granted.has(product) ? entities.map((entityId) => ({ name, entityId })) : [];
  });
  return planned.map((step, ordinal) => ({
    ...step,
    ordinal,
    plannedRequests: single.has(step.name) ? 1 : null,
  }));
}

export function isStepName(name: string): name is StepName {
  return stepNames.some((known) => known === name);
}

/**
 * Ids of the entities that a run reads; none where Finch lists a single one. A disconnected one has no steps. Whoever is
 * left with one of several is still read by its id: without it the same data would stand in the mirror twice.
 */
export function activeEntityIds(entities: unknown): string[] {
  if (!Array.isArray(entities) || entities.length < 2) return [];
  return entities.flatMap((entity: unknown) => {
    if (typeof entity !== "object" || entity === null || !("id" in entity)) return [];
    const status = "status" in entity ? entity.status : null;
    return typeof entity.id === "string" && status !== "disconnected" ? [entity.id] : [];
  });
}
