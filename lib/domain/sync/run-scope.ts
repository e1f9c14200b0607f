/** Why a run was started. */
export type SyncReason = "first" | "scheduled" | "requested" | "reconnected" | "repair";

/** Nobody waits for these. */
export const isBackground = (reason: string) => reason === "scheduled" || reason === "repair";

/** In the queue: lower goes first. */
export const priorityOfReason = (reason: string) => (isBackground(reason) ? 0 : -5);

/** full: all years. window: what DOMAIN 1.4 re-reads. repair: only what is incomplete. */
export type RunScope = "full" | "window" | "repair";

const dayMs = 86_400_000;
/** A full compare monthly (DOMAIN 1.4): a week before the month is over at the earliest, so that none is later. */
const fullAfterDays = 24;
const fullSpreadDays = 7;

/** From 0 to 1, the same for a connection each time. */
const shareOf = (connectionId: string) => parseInt(connectionId.slice(-8), 16) / 2 ** 32;

export interface RunScopeInput {
  reason: SyncReason;
  connectionId: string;
  /** When everything was last read; null where it never was. */
  fullySyncedAt: Date | null;
  now: Date;
}

/**
 * How much a run reads. What was never read whole is read whole; after that once a month, on another day for each
 * connection of those that were connected on one. Pure.
 */
export function runScope({ reason, connectionId, fullySyncedAt, now }: RunScopeInput): RunScope {
  if (reason === "first" || reason === "reconnected" || !fullySyncedAt) return "full";
  if (reason === "repair") return "repair";
  if (reason === "requested") return "window";
  const dueMs = (fullAfterDays + fullSpreadDays * shareOf(connectionId)) * dayMs;
  return now.getTime() - fullySyncedAt.getTime() >= dueMs ? "full" : "window";
}

const width: Record<string, number> = { repair: 0, window: 1, full: 2 };

/** Whether a run of the first scope reads all that one of the second would. */
export const covers = (scope: string, wanted: RunScope) => (width[scope] ?? 0) >= (width[wanted] ?? 0);
