import type { SyncStepView } from "@/lib/domain/connections/run-views";
import type { ConnectionView } from "@/lib/domain/connections/views";

interface ProgressFacts extends Pick<ConnectionView, "products" | "providerName" | "lastSyncSucceededAt"> {
  latestRun: {
    steps: readonly Pick<SyncStepView, "name" | "status" | "outcome" | "wait" | "trouble">[];
  } | null;
}

const underway = new Set(["pending", "running", "waiting"]);

/**
 * Why a connection's payments are not here, or not all of them, in one sentence; null where the last sync read them.
 * A connection that may not read payments says nothing here.
 */
export function paymentsProgress({
  products,
  providerName,
  latestRun,
  lastSyncSucceededAt,
}: ProgressFacts): string | null {
  if (!products.includes("payment")) return null;
  const steps = latestRun?.steps.filter(({ name }) => name === "payments") ?? [];
  // A run that only repairs reads no list of payments: the one before it did.
  if (steps.length === 0) return lastSyncSucceededAt ? null : `Nothing was read from ${providerName} yet.`;
  const fetching = steps.some(
    ({ outcome, wait, status }) => wait?.kind === "finch" || (status === "skipped" && outcome === "pending"),
  );
  if (fetching) return `Finch is still fetching the payments of ${providerName} (202).`;
  if (steps.some(({ status }) => underway.has(status)))
    return `The payments of ${providerName} are being read.`;
  const failed = steps.find(({ status }) => status === "failed");
  if (failed) return failed.trouble?.happened ?? `The payments of ${providerName} could not be read.`;
  const refused = steps.some(({ status }) => status === "skipped");
  return refused ? `${providerName} does not give payments.` : null;
}
