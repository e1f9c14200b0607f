import { completeConnect } from "@/lib/domain/connections/complete-connect";
import type { ConnectProblem, ConnectResult } from "@/lib/domain/connections/connect-problems";
import { findAttempt, type ConnectFlow } from "@/lib/domain/connections/attempt";
import { DomainError } from "@/lib/domain/errors";
import { networkOf, takeLimit } from "@/lib/domain/limits";
import { readBoundAttempts, releaseAttempt } from "@/lib/web/connect-cookie";
import { employerContext } from "@/lib/web/context";
import { isNextNotFound } from "@/lib/web/errors";
import { getPeer } from "@/lib/web/peer";

export interface Callback {
  flow: ConnectFlow;
  code: string;
  /** Null where Finch did not hand it back: the cookie alone then says which attempt it was. */
  state: string | null;
}

export type Finished = ConnectResult & { customerId: string | null };

const refusal = (problem: ConnectProblem, customerId: string | null): Finished => ({
  kind: "problem",
  problem,
  sessionId: null,
  connectionId: null,
  requestId: null,
  customerId,
});

/** Whether an error says no more than that this person has no business here (any more). */
function isNotAllowed(error: unknown): boolean {
  return (
    isNextNotFound(error) ||
    (error instanceof DomainError && (error.code === "FORBIDDEN" || error.code === "NOT_FOUND"))
  );
}

/**
 * Both doors of the callback. The person is signed in; which customer it is about
 * says the state, and whether the person may, the Context of that customer.
 */
export async function finishCallback({ flow, code, state }: Callback): Promise<Finished> {
  await takeLimit("callback", networkOf((await getPeer()).ip));
  const bound = await readBoundAttempts();
  const usedState = state ?? bound[0]?.state ?? null;
  const attempt = usedState && (await findAttempt(usedState));
  if (!attempt) return refusal("unknown_attempt", null);
  const nonce = bound.find((each) => each.state === usedState)?.nonce ?? null;
  try {
    const ctx = await employerContext(attempt.customerId);
    const result = await completeConnect(ctx, { sessionId: attempt.sessionId, flow, code, nonce });
    if (nonce !== null) await releaseAttempt(usedState);
    return { ...result, customerId: attempt.customerId };
  } catch (error) {
    if (isNotAllowed(error)) return refusal("no_permission", attempt.customerId);
    throw error;
  }
}
