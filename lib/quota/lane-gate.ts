import { enterQuota, returnQuota } from "@/db/repositories/quota";
import type { FinchGate } from "@/lib/finch";
import { lookaheadMs, placeOf, slotOf } from "./place";
import { quotaKey } from "./quota-key";
import { QuotaWait } from "./quota-wait";

interface LaneGateOptions {
  /** Who takes turns: the connection's id. */
  lane: string;
  /** What woke the work, if it was a grant. */
  grantId?: string | undefined;
}

export interface LaneGate extends FinchGate {
  /** Gives back a grant that was not used: the run ended, or the work asked for something else. */
  release(): Promise<void>;
}

/**
 * For work that can be put off, such as a sync's step: it never waits here. A grant in hand is used; without one a slot
 * is taken if nobody waits. `enter` throws QuotaWait otherwise; the work then joins its lane (`joinLane`) and ends.
 */
export function laneGate({ lane, grantId }: LaneGateOptions): LaneGate {
  let inHand = grantId ?? null;
  return {
    async enter(endpoint) {
      const key = quotaKey(endpoint);
      const grant = await enterQuota(await placeOf(key, lane), inHand, lookaheadMs);
      if (!grant) throw new QuotaWait(key);
      if (grant.grantId === inHand) inHand = null;
      return slotOf(grant);
    },
    async release() {
      if (inHand !== null) await returnGrant(inHand);
      inHand = null;
    },
  };
}

/** Gives back a grant of work that is not to be done any more. One that was sent or ran out is left alone. */
export async function returnGrant(grantId: string | undefined): Promise<void> {
  if (grantId !== undefined) await returnQuota(grantId);
}
