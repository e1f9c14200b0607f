import type { ConnectionRow } from "@/db/repositories/connections";

/** Finch counts forced refreshes in windows of an hour (Finch: Enqueue a New Automated Job). */
const windowMs = 3_600_000;

/** How often Finch may be asked to fetch anew from the provider. */
export interface RefreshQuotaView {
  /** In an hour; null where Finch did not say. */
  allowed: number | null;
  left: number;
  /** When the next one is allowed, where none is left. */
  nextAt: string | null;
  /** False where Finch did not say when: it is `nextAt` at the latest. */
  isExact: boolean;
}

type Facts = Pick<
  ConnectionRow,
  | "syncKind"
  | "disconnectedAt"
  | "refreshesAllowed"
  | "refreshesRemaining"
  | "refreshesRetryAt"
  | "refreshesSeenAt"
>;

/**
 * What "Sync now" can ask of Finch at this moment; null where it can ask nothing (assisted providers) or where that
 * is not known yet. What Finch said is good for its window only. Pure.
 */
export function refreshQuota(facts: Facts, now: Date): RefreshQuotaView | null {
  const { refreshesAllowed: allowed, refreshesRemaining: left, refreshesRetryAt, refreshesSeenAt } = facts;
  if (facts.syncKind === "assisted" || facts.disconnectedAt || left === null) return null;
  const latest = refreshesSeenAt && new Date(refreshesSeenAt.getTime() + windowMs);
  const end = refreshesRetryAt ?? latest;
  if (end === null || end <= now)
    return { allowed, left: Math.max(left, allowed ?? 1), nextAt: null, isExact: true };
  if (left > 0) return { allowed, left, nextAt: null, isExact: true };
  return { allowed, left, nextAt: end.toISOString(), isExact: refreshesRetryAt !== null };
}
