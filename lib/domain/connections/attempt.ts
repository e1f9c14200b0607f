import { inScope, inSystem, type Tx } from "@/db/client";
import { finishConnectSession, insertConnectSession } from "@/db/repositories/connect-sessions";
import { putLookup, resolveLookup } from "@/db/repositories/lookups";
import { newSecretToken, sha256 } from "@/lib/crypto";
import { recordAudit } from "@/lib/domain/audit";
import type { CustomerContext } from "@/lib/domain/context";
import { env } from "@/lib/env";
import { paths } from "@/lib/paths";
import type { ConnectProblem } from "./connect-problems";

/**
 * An attempt to connect: a row before Finch is asked, found again by its state.
 * The state goes through the provider's pages; the nonce never leaves the
 * browser's cookie. Both must come back together (SECURITY 5).
 */

export type ConnectFlow = "embedded" | "redirect";

export interface Attempt {
  sessionId: string;
  state: string;
  nonce: string;
  flow: ConnectFlow;
  finchCustomerId: string;
  /** Sent to Finch in the redirect flow, and again with its code; absent in the embedded one. */
  redirectUri: string | null;
}

interface NewAttempt {
  kind: "new" | "reauthenticate";
  flow: ConnectFlow;
  finchCustomerId: string;
  userId: string;
  connectionId?: string;
  expectedFinchConnectionId?: string;
  providerId?: string | null;
  /** What is asked for; none where the products stay as they are. */
  products?: readonly string[];
}

export const redirectUriOf = (flow: ConnectFlow): string | null =>
  flow === "redirect" ? new URL(paths.finchCallback(), env().appUrl).href : null;

/** Writes an attempt in the caller's transaction, good for half an hour. */
export async function createAttempt(tx: Tx, customerId: string, input: NewAttempt): Promise<Attempt> {
  const { flow, finchCustomerId, userId } = input;
  const attempt: Attempt = {
    sessionId: crypto.randomUUID(),
    state: newSecretToken(),
    nonce: newSecretToken(),
    flow,
    finchCustomerId,
    redirectUri: redirectUriOf(flow),
  };
  await insertConnectSession(tx, {
    customerId,
    id: attempt.sessionId,
    kind: input.kind,
    flow,
    finchCustomerId,
    userId,
    connectionId: input.connectionId ?? null,
    expectedFinchConnectionId: input.expectedFinchConnectionId ?? null,
    providerId: input.providerId ?? null,
    products: [...(input.products ?? [])],
    stateHash: sha256(attempt.state),
    nonceHash: sha256(attempt.nonce),
    redirectUri: attempt.redirectUri,
  });
  await putLookup(tx, "connect_state", sha256(attempt.state), attempt.sessionId, 24 * 60);
  return attempt;
}

/** Ends an attempt without a connection. */
export async function failAttempt(
  ctx: CustomerContext,
  sessionId: string,
  problem: ConnectProblem,
  message: string | null = null,
): Promise<void> {
  const status = problem === "lost" || problem === "expired" ? problem : "failed";
  await inScope(ctx, (tx) =>
    finishConnectSession(tx, ctx.scope.customerId, sessionId, {
      status,
      failureCode: problem,
      failureMessage: message,
    }),
  );
}

/** Ends an attempt whose code brought a token that may not be stored; the audit keeps who tried. */
export async function refuseAttempt(
  ctx: CustomerContext,
  sessionId: string,
  problem: ConnectProblem,
  requestId: string | null,
): Promise<void> {
  const { customerId } = ctx.scope;
  const result = {
    status: problem === "lost" ? problem : "failed",
    failureCode: problem,
    failureMessage: requestId,
  };
  await inScope(ctx, async (tx) => {
    await finishConnectSession(tx, customerId, sessionId, result);
    const target = { type: "connect_session", id: sessionId };
    await recordAudit(tx, ctx, "connection.refuse", target, { problem });
  });
}

/** The attempt that a state belongs to, before any tenant is known. Null for a state that is not ours. */
export async function findAttempt(state: string): Promise<{ customerId: string; sessionId: string } | null> {
  const found = await inSystem((tx) => resolveLookup(tx, "connect_state", sha256(state)));
  return found && { customerId: found.customerId, sessionId: found.rowId };
}
