import type { SyncStepRow } from "@/db/repositories/sync-runs";

/** Steps of a run in order: introspect → Finch jobs → company → directory → individual → employment (DESIGN §8). */
export const stepNames = [
  "introspect",
  "finch_jobs",
  "company",
  "directory",
  "individual",
  "employment",
] as const;
export type StepName = (typeof stepNames)[number];

/** The product that a step needs on the token; the first two need none. */
const productOf: Partial<Record<StepName, string>> = {
  company: "company",
  directory: "directory",
  individual: "individual",
  employment: "employment",
};

export type PlannedStep = Pick<SyncStepRow, "name" | "entityId" | "ordinal">;

export interface PlanInput {
  products: readonly string[];
  /** Ids of the entities; none where the connection has a single one. */
  entityIds: readonly string[];
}

/** Which steps a run has: only granted products, per entity where there are several. Pure. */
export function planSteps({ products, entityIds }: PlanInput): PlannedStep[] {
  const entities = entityIds.length > 1 ? entityIds : [""];
  const planned = stepNames.flatMap((name) => {
    const product = productOf[name];
    if (product === undefined) return [{ name, entityId: "" }];
    return products.includes(product) ? entities.map((entityId) => ({ name, entityId })) : [];
  });
  return planned.map((step, ordinal) => ({ ...step, ordinal }));
}

export function isStepName(name: string): name is StepName {
  return stepNames.some((known) => known === name);
}

/** Ids of entities that hold data: a disconnected one has no steps. */
export function activeEntityIds(entities: unknown): string[] {
  if (!Array.isArray(entities)) return [];
  return entities.flatMap((entity: unknown) => {
    if (typeof entity !== "object" || entity === null || !("id" in entity)) return [];
    const status = "status" in entity ? entity.status : null;
    return typeof entity.id === "string" && status !== "disconnected" ? [entity.id] : [];
  });
}
