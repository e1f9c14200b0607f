import { inScope } from "@/db/client";
import { connectSessionMinutes, updateConnectSession } from "@/db/repositories/connect-sessions";
import type { CustomerContext } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import { finchCaller } from "@/lib/domain/sync/finch-caller";
import {
  createReauthenticateSession,
  type ConnectSession,
  type FinchFailure,
  type Outcome,
} from "@/lib/finch";
import { failAttempt, type Attempt } from "./attempt";

/** What a press of "Connect" or "Reconnect" leads to. The nonce goes into the cookie and nowhere else. */
export interface OpenedAttempt {
  kind: "opened";
  sessionId: string;
  flow: "embedded" | "redirect";
  finchSessionId: string;
  /** Where the redirect flow goes. */
  connectUrl: string;
  state: string;
  nonce: string;
}

/** Why no Finch session could be made, for a person. */
function failureOf(failure: FinchFailure): DomainError {
  const outage = ["timeout", "finch_error", "provider_error", "rate_limited", "malformed"].includes(
    failure.kind,
  );
  const message = outage
    ? "Finch does not answer properly right now, so its sign-in cannot be opened. Nothing was changed. Try again in a few minutes."
    : `Finch did not open its sign-in: ${failure.message}`;
  return new DomainError("UPSTREAM", message, {
    retryable: outage,
    ...(failure.requestId ? { requestId: failure.requestId } : {}),
  });
}

/**
 * Asks Finch for a session; an attempt for which it could not even be asked has ended.
 * @throws DomainError RATE_LIMITED where the installation has used up what Finch allows
 */
export async function askForSession(
  ctx: CustomerContext,
  attempt: Attempt,
  ask: () => Promise<Outcome<ConnectSession>>,
): Promise<Outcome<ConnectSession>> {
  try {
    return await ask();
  } catch (error) {
    await failAttempt(ctx, attempt.sessionId, "finch_unavailable");
    throw error;
  }
}

/**
 * Notes on the attempt what Finch answered.
 * @throws DomainError UPSTREAM where Finch made no session
 */
export async function openAttempt(
  ctx: CustomerContext,
  attempt: Attempt,
  outcome: Outcome<ConnectSession>,
): Promise<OpenedAttempt> {
  if (outcome.kind !== "ok") {
    await failAttempt(ctx, attempt.sessionId, "finch_refused", outcome.finchCode ?? outcome.kind);
    throw failureOf(outcome);
  }
  const { sessionId: finchSessionId, connectUrl } = outcome.data;
  await inScope(ctx, (tx) =>
    updateConnectSession(tx, ctx.scope.customerId, attempt.sessionId, {
      finchSessionId,
      status: "opened",
      openedAt: new Date(),
    }),
  );
  const { sessionId, flow, state, nonce } = attempt;
  return {
    kind: "opened",
    sessionId,
    flow,
    finchSessionId,
    connectUrl: withState(connectUrl, attempt),
    state,
    nonce,
  };
}

/** Finch hands the state back where the address of its page carries one. */
function withState(connectUrl: string, { state, flow }: Attempt): string {
  if (flow === "embedded" || !URL.canParse(connectUrl)) return connectUrl;
  const url = new URL(connectUrl);
  url.searchParams.set("state", state);
  return url.href;
}

interface RepairTarget {
  finchConnectionId: string;
  /** Our row, where there is one. */
  connectionId?: string;
  /** To ask again for what was lost; left out, the products stay as they are. */
  products?: readonly string[];
}

/** Opens Finch's sign-in for a connection that it already has. */
export async function openRepair(
  ctx: CustomerContext,
  attempt: Attempt,
  target: RepairTarget,
): Promise<OpenedAttempt> {
  const { finchConnectionId, connectionId, products } = target;
  const caller = finchCaller(ctx, connectionId ? { connectionId } : {});
  const outcome = await askForSession(ctx, attempt, () =>
    createReauthenticateSession(caller, {
      finchConnectionId,
      products: products ?? null,
      redirectUri: attempt.redirectUri,
      minutesToExpire: connectSessionMinutes,
    }),
  );
  return openAttempt(ctx, attempt, outcome);
}
