import type { SyncRunView } from "@/lib/domain/connections/run-views";
import { reasonLabels } from "./connection-look";

const scopes: Record<string, string> = {
  full: "all years",
  window: "what may have changed",
  repair: "what was incomplete",
};

const withPerson: Record<string, (who: string) => string> = {
  requested: (who) => `asked for by ${who}`,
  first: (who) => `first, after ${who} connected`,
  reconnected: (who) => `after ${who} reconnected`,
};

/** "asked for by Marisol Vega": why a run was started. */
export function runReason({ reason, requestedBy }: Pick<SyncRunView, "reason" | "requestedBy">): string {
  const withName = withPerson[reason];
  return requestedBy !== null && withName ? withName(requestedBy) : (reasonLabels[reason] ?? reason);
}

/** What a run reads. */
export const runScope = ({ scope }: Pick<SyncRunView, "scope">): string => scopes[scope] ?? scope;
