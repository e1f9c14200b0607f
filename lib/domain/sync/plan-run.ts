import type { Tx } from "@/db/client";
import type { ConnectionRow } from "@/db/repositories/connections";
import { readMirrorSizes, type MirrorSize } from "@/db/repositories/mirror-sizes";
import { pageSizes } from "./page-sizes";
import { activeEntityIds, planSteps, type PlannedStep } from "./plan";
import { findUnsupported } from "./unsupported";

/**
 * The steps of a run, each with the requests that it needs as far as the mirror tells: how many people, pay groups,
 * deductions and forms there were last time. What the provider does not offer needs none.
 */
export async function planRun(tx: Tx, connection: ConnectionRow, scope: string): Promise<PlannedStep[]> {
  const { products, entities } = connection;
  const steps = planSteps({ products, entityIds: activeEntityIds(entities), scope });
  const sizes = await readMirrorSizes(tx, connection.customerId, connection.id);
  const planned: PlannedStep[] = [];
  for (const step of steps) {
    const unsupported = await findUnsupported(tx, connection, step.name);
    const size = sizes.get(step.entityId);
    const isKnown = size !== undefined && scope !== "repair";
    const estimate = isKnown ? requestsOf(step.name, size, scope) : undefined;
    planned.push({ ...step, plannedRequests: unsupported ? 0 : (estimate ?? step.plannedRequests) });
  }
  return planned;
}

const pages = (items: number, size: number) => Math.max(1, Math.ceil(items / size));

function requestsOf(name: string, size: MirrorSize, scope: string): number | undefined {
  switch (name) {
    case "directory":
      return pages(size.people, pageSizes.directory);
    case "individual":
    case "employment":
      return pages(size.people, pageSizes.people);
    case "pay_groups":
      return 1 + size.payGroups;
    case "benefits":
      return 1 + size.benefits;
    case "documents":
      return 1 + (scope === "full" ? size.documents : size.documentsUnread);
    default:
      return undefined;
  }
}
