import type { Secret } from "@/lib/crypto";
import type { FailureKind } from "./outcome";

/** One request to Finch as api_requests keeps it: no bodies, no secrets. */
export interface FinchRequestRecord {
  connectionId: string | null;
  tokenId: string | null;
  syncRunId: string | null;
  endpoint: string;
  status: number | null;
  outcome: "ok" | FailureKind;
  finchCode: string | null;
  finchRequestId: string | null;
  durationMs: number;
  bytes: number | null;
  dataRetrievedAt: Date | null;
  lastAttemptAt: Date | null;
  lastAttemptResult: string | null;
}

/** One request's place in Finch's allowance. */
export interface FinchSlot {
  /** Finch has seen the request by now: the place is taken until its window is over. Idempotent. */
  answered(): Promise<void>;
}

/** Where a request waits for its turn (DESIGN §7). */
export interface FinchGate {
  /**
   * Resolves when a request to this endpoint ("GET /employer/company") may be sent.
   * @throws what ends the call before anything is sent or recorded
   */
  enter(endpoint: string): Promise<FinchSlot>;
}

/** Who calls and where the call is written down. `lib/domain/sync/finch-caller.ts` makes one from a Context. */
export interface FinchCaller {
  connectionId?: string | undefined;
  syncRunId?: string | undefined;
  /** Every request waits here for its turn. */
  gate: FinchGate;
  record(request: FinchRequestRecord): Promise<void>;
}

/** An access token on its way to Finch. */
export interface FinchToken {
  /** Row of access_tokens; null for one just exchanged and not stored yet. */
  id: string | null;
  secret: Secret;
  /** After a disconnect was asked for: every call but /disconnect is refused here (SECURITY 18). */
  disconnectOnly: boolean;
}
