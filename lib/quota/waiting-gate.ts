import { setTimeout as sleep } from "node:timers/promises";
import { leaveQuotaLane, waitForQuota } from "@/db/repositories/quota";
import { DomainError } from "@/lib/domain/errors";
import type { FinchGate } from "@/lib/finch";
import { lookaheadMs, placeOf, slotOf } from "./place";
import { priorities, type QuotaPriority } from "./priorities";
import { quotaKey } from "./quota-key";

interface WaitingGateOptions {
  /** Who takes turns: a connection's or a customer's id. */
  lane: string;
  customerId: string | null;
  connectionId: string | null;
  /** How long somebody may wait here. */
  patienceMs: number;
  /** A person's where left out. */
  priority?: QuotaPriority;
}

/** How often a waiting process asks; the dispatcher of another one may have granted meanwhile. */
const pauseMs = { shortest: 20, longest: 250 };

/**
 * For a request that somebody waits for: goes before all other work, and waits here. It asks and serves the lanes itself,
 * so it needs no worker; when its process dies its ticket goes by itself.
 * @throws DomainError RATE_LIMITED (retryable) when the patience is over; nothing was sent then
 */
export function waitingGate({
  lane,
  customerId,
  connectionId,
  patienceMs,
  priority = priorities.person,
}: WaitingGateOptions): FinchGate {
  return {
    async enter(endpoint) {
      const place = await placeOf(quotaKey(endpoint), lane);
      const ticket = {
        ticketId: crypto.randomUUID(),
        priority,
        customerId,
        connectionId,
      };
      const end = performance.now() + patienceMs;
      for (;;) {
        const { grant, nextMs } = await waitForQuota(place, ticket, lookaheadMs);
        if (grant) return slotOf(grant);
        const leftMs = end - performance.now();
        if (leftMs <= 0) {
          await leaveQuotaLane(ticket.ticketId);
          throw busy(nextMs);
        }
        await sleep(Math.min(leftMs, pauseMs.longest, Math.max(pauseMs.shortest, nextMs)));
      }
    },
  };
}

function busy(nextMs: number): DomainError {
  return new DomainError(
    "RATE_LIMITED",
    "Perch has asked Finch as often as Finch allows for now. Nothing was sent. Try again in a minute.",
    { retryable: true, retryAfterSeconds: Math.max(1, Math.ceil(nextMs / 1_000)) },
  );
}
