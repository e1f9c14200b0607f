import { inScope, type Tx } from "@/db/client";
import {
  claimConnectSession,
  findConnectSession,
  finishConnectSession,
  lockConnectSession,
  type ConnectSessionRow,
} from "@/db/repositories/connect-sessions";
import { findConnection } from "@/db/repositories/connections";
import { putLookup } from "@/db/repositories/lookups";
import { requirePermission } from "@/lib/auth/permissions";
import { equalInConstantTime, sha256 } from "@/lib/crypto";
import type { CustomerContext } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import type { ConnectFlow } from "./attempt";
import { isConnectProblem, type ConnectProblem, type ConnectResult } from "./connect-problems";

/** How long a second caller waits for the first one's result. */
const waitMs = 10_000;
const pollMs = 200;
/** A code's hash is remembered for longer than any code lives. */
const codeMemoryMinutes = 24 * 60;

export interface ClaimInput {
  sessionId: string;
  flow: ConnectFlow;
  code: string;
  /** From the cookie; null where this browser has none for the attempt. */
  nonce: string | null;
}

export type Claim =
  | { kind: "claimed"; session: ConnectSessionRow; codeHash: string }
  | { kind: "wait"; codeHash: string }
  | { kind: "done"; result: ConnectResult };

const problem = (session: ConnectSessionRow, code: ConnectProblem): Claim => ({
  kind: "done",
  result: {
    kind: "problem",
    problem: code,
    sessionId: session.id,
    connectionId: session.connectionId,
    requestId: null,
  },
});

/** What an attempt that has ended answers to whoever asks with its own code. */
function resultOf(session: ConnectSessionRow): ConnectResult {
  if (session.status === "succeeded" && session.resultConnectionId) {
    const reconnected = session.kind === "reauthenticate";
    return { kind: "connected", connectionId: session.resultConnectionId, reconnected };
  }
  const code = isConnectProblem(session.failureCode) ? session.failureCode : "lost";
  return {
    kind: "problem",
    problem: code,
    sessionId: session.id,
    connectionId: session.connectionId,
    requestId: null,
  };
}

function nonceFits(session: ConnectSessionRow, nonce: string | null): boolean {
  return nonce !== null && equalInConstantTime(sha256(nonce), session.nonceHash);
}

/** A repair ends with its connection: taking its code up would undo the disconnect. */
async function wasDisconnected(tx: Tx, { customerId, connectionId }: ConnectSessionRow): Promise<boolean> {
  const connection = connectionId && (await findConnection(tx, customerId, connectionId));
  return Boolean(connection && connection.disconnectedAt);
}

/** The answer to whoever comes again with the code that was claimed. */
async function answerClaimed(tx: Tx, session: ConnectSessionRow, codeHash: string): Promise<Claim> {
  if (session.status !== "exchanging") return { kind: "done", result: resultOf(session) };
  if (session.leaseIsAlive) return { kind: "wait", codeHash };
  // Whoever held it is gone, and Finch takes a code once.
  await finishConnectSession(tx, session.customerId, session.id, { status: "lost", failureCode: "lost" });
  return problem(session, "lost");
}

/**
 * Transaction 1: consumes the state and claims the code, or says why not. Of two
 * callers with one code, one gets "claimed" and the other "wait" or the result.
 * @throws DomainError NOT_FOUND, FORBIDDEN
 */
export function claimCode(ctx: CustomerContext, input: ClaimInput): Promise<Claim> {
  const { customerId } = ctx.scope;
  const codeHash = sha256(input.code);
  requirePermission(ctx, "connection:connect");
  return inScope(ctx, async (tx): Promise<Claim> => {
    const session = await lockConnectSession(tx, customerId, input.sessionId);
    if (!session) throw notFound("attempt to connect");
    const isOwn = ctx.actor.kind === "user" && ctx.actor.userId === session.userId;
    if (!isOwn) return problem(session, "other_browser");
    requirePermission(ctx, "connection:connect", { connectionId: session.connectionId ?? undefined });
    // The same code again, from the same person: the cookie is spent by then, and nothing is exchanged.
    if (session.codeHash === codeHash) return answerClaimed(tx, session, codeHash);
    if (!nonceFits(session, input.nonce)) return problem(session, "other_browser");
    if (session.codeHash !== null) return problem(session, "attempt_used");
    if (session.isExpired) {
      await finishConnectSession(tx, customerId, session.id, { status: "expired", failureCode: "expired" });
      return problem(session, "expired");
    }
    if (session.flow !== input.flow) return problem(session, "attempt_used");
    if (await wasDisconnected(tx, session)) {
      await finishConnectSession(tx, customerId, session.id, {
        status: "failed",
        failureCode: "disconnected",
      });
      return problem(session, "disconnected");
    }
    const isFirst = await putLookup(tx, "code", codeHash, session.id, codeMemoryMinutes);
    if (!isFirst) return problem(session, "code_used");
    await claimConnectSession(tx, customerId, session.id, codeHash);
    return { kind: "claimed", session, codeHash };
  });
}

/** Waits up to 10 seconds for the caller that holds the lease. */
export async function waitForResult(
  ctx: CustomerContext,
  sessionId: string,
  limitMs: number = waitMs,
): Promise<ConnectResult> {
  const { customerId } = ctx.scope;
  const until = performance.now() + limitMs;
  for (;;) {
    const session = await inScope(ctx, (tx) => findConnectSession(tx, customerId, sessionId), {
      readOnly: true,
    });
    if (!session) throw notFound("attempt to connect");
    if (session.status !== "exchanging") return resultOf(session);
    if (!session.leaseIsAlive || performance.now() >= until) {
      const code = session.leaseIsAlive ? "in_progress" : "lost";
      return {
        kind: "problem",
        problem: code,
        sessionId,
        connectionId: session.connectionId,
        requestId: null,
      };
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
