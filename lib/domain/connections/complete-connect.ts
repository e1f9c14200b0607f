import { z } from "zod";
import type { ConnectSessionRow } from "@/db/repositories/connect-sessions";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import { finchCaller } from "@/lib/domain/sync/finch-caller";
import { exchangeCode, isRetryable, type FinchFailure } from "@/lib/finch";
import { failAttempt, refuseAttempt } from "./attempt";
import { claimCode, waitForResult } from "./claim-code";
import type { ConnectProblem, ConnectResult } from "./connect-problems";
import { RefusedGrant, storeConnection } from "./store-connection";
import { verifyGrant } from "./verify-grant";

/**
 * The end of Finch Connect, in three steps: claim the code in a transaction,
 * exchange it outside of any, verify and store in a second transaction. The token
 * lives in memory between the two; if the process dies there, Finch knows a
 * connection that we do not, and the next press of Connect takes it up.
 */

export const CompleteConnectInput = z.strictObject({
  sessionId: z.uuid(),
  flow: z.enum(["embedded", "redirect"]),
  code: z.string().min(1).max(2048),
  /** From the cookie of this attempt; null where the browser has none. */
  nonce: z.string().max(100).nullable(),
});
export type CompleteConnectInput = z.infer<typeof CompleteConnectInput>;

function problemOf(failure: FinchFailure): ConnectProblem {
  if (failure.finchCode === "invalid_grant" || failure.status === 400) return "code_expired";
  return isRetryable(failure) || failure.kind === "malformed" ? "finch_unavailable" : "finch_refused";
}

function resultOf(
  session: ConnectSessionRow,
  problem: ConnectProblem,
  requestId: string | null,
): ConnectResult {
  return { kind: "problem", problem, sessionId: session.id, connectionId: session.connectionId, requestId };
}

/** The installation has used up what Finch allows: Finch knows nothing of this code yet. */
function notAsked(error: unknown): "not_asked" {
  if (error instanceof DomainError && error.code === "RATE_LIMITED") return "not_asked";
  throw error;
}

async function exchangeAndStore(
  ctx: CustomerContext,
  session: ConnectSessionRow,
  code: string,
): Promise<ConnectResult> {
  const caller = finchCaller(ctx, session.connectionId ? { connectionId: session.connectionId } : {});
  const exchanged = await exchangeCode(caller, { code, redirectUri: session.redirectUri }).catch(notAsked);
  if (exchanged === "not_asked") {
    await failAttempt(ctx, session.id, "finch_unavailable", exchanged);
    return resultOf(session, "finch_unavailable", null);
  }
  if (exchanged.kind !== "ok") {
    const problem = problemOf(exchanged);
    await failAttempt(ctx, session.id, problem, exchanged.requestId);
    return resultOf(session, problem, exchanged.requestId);
  }
  const grant = { ...exchanged.data, requestId: exchanged.requestId };
  try {
    await verifyGrant(ctx, session, grant);
    return { kind: "connected", ...(await storeConnection(ctx, session, grant)) };
  } catch (error) {
    // The token goes out of scope here: it is not stored, and /disconnect would end the rightful owner's too.
    if (!(error instanceof RefusedGrant)) throw error;
    await refuseAttempt(ctx, session.id, error.problem, grant.requestId);
    return resultOf(session, error.problem, grant.requestId);
  }
}

/**
 * Exchanges a code for a connection, once, whoever calls how often. Refusals are
 * results; a page tells each of them.
 * @throws DomainError NOT_FOUND, FORBIDDEN
 */
export async function completeConnect(context: Context, raw: CompleteConnectInput): Promise<ConnectResult> {
  const input = CompleteConnectInput.parse(raw);
  const ctx = requireCustomer(context);
  const claim = await claimCode(ctx, input);
  if (claim.kind === "done") return claim.result;
  if (claim.kind === "wait") return waitForResult(ctx, input.sessionId);
  return exchangeAndStore(ctx, claim.session, input.code);
}
