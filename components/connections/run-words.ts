import type { SyncRunView } from "@/lib/domain/connections/run-views";
import { reasonLabels } from "./connection-look";

const scopes: Record<string, string> = {
  full: "all years",
  window: "what may have changed",
  repair: "what was incomplete",
};

/** "asked for by Marisol Vega": why a run was started. */
export function runReason({ reason, requestedBy }: Pick<SyncRunView, "reason" | "requestedBy">): string {
  const why = reasonLabels[reason] ?? reason;
  return requestedBy === null ? why : `${why} by ${requestedBy}`;
}

/** What a run reads. */
export const runScope = ({ scope }: Pick<SyncRunView, "scope">): string => scopes[scope] ?? scope;
