import { productName, productOfStep, stepNames } from "@/lib/domain/sync/plan";
import type { SyncStepView } from "./run-views";

export interface AbsentSteps {
  /** Granted on the current token. */
  products: readonly string[];
  providerName: string;
  /** full | window | repair */
  scope: string;
}

/**
 * A run's steps with those that it does not have, each with its reason, in the order of DESIGN §8: what is asked once
 * first, then entity by entity. So a page shows all kinds at all times, and nothing moves while they run. Pure.
 */
export function withAbsentSteps(
  steps: readonly SyncStepView[],
  { products, providerName, scope }: AbsentSteps,
): SyncStepView[] {
  const granted = new Set(products.map(productName));
  const entityIds = [
    ...new Set(steps.filter(({ name }) => isOfEntity(name)).map(({ entityId }) => entityId)),
  ];
  const of = (name: string, entityId: string) =>
    steps.find((step) => step.name === name && step.entityId === entityId) ??
    absent(name, entityId, whyAbsent(name, granted, { providerName, scope }));
  return [
    ...stepNames.filter((name) => !isOfEntity(name)).map((name) => of(name, "")),
    ...(entityIds.length > 0 ? entityIds : [""]).flatMap((entityId) =>
      stepNames.filter(isOfEntity).map((name) => of(name, entityId)),
    ),
  ];
}

const isOfEntity = (name: string) => productOfStep(name) !== null;

function whyAbsent(
  name: string,
  granted: ReadonlySet<string>,
  { providerName, scope }: Pick<AbsentSteps, "providerName" | "scope">,
) {
  const product = productOfStep(name);
  if (product !== null && !granted.has(product))
    return { outcome: "not_granted", message: `Not shared when ${providerName} was connected.` };
  return {
    outcome: "not_planned",
    message: scope === "repair" ? "Nothing of it was incomplete." : "Not part of this sync.",
  };
}

function absent(name: string, entityId: string, why: { outcome: string; message: string }): SyncStepView {
  return {
    name,
    entityId,
    status: "skipped",
    done: 0,
    total: null,
    itemErrors: 0,
    requests: 0,
    plannedRequests: 0,
    ...why,
    requestId: null,
    startedAt: null,
    durationMs: null,
    wait: null,
    trouble: null,
  };
}
