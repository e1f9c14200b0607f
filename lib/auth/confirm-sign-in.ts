import { loginDatabase } from "@/db/client";
import { findOpenSignInRequest } from "@/db/repositories/sign-in-requests";
import {
  codeAttempts,
  hashCode,
  hashNonce,
  isNonce,
  normalizeCode,
  readSignInToken,
} from "@/lib/domain/sign-in/secrets";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { type SignInOutcome } from "./adapter";
import { cookieName } from "./cookies";
import { authOptions } from "./options";
import { runNextAuth } from "./run";
import type { StartedSession } from "./start-session";

export interface ConfirmSignIn {
  token: string;
  code?: string | undefined;
  /** Of the browser that presses the button. */
  nonce?: string | undefined;
  sessionToken?: string | undefined;
  userAgent?: string | null;
  ip?: string | null;
  deviceToken?: string | undefined;
}

export type SignInConfirmed =
  | { state: "signed-in"; session: StartedSession; callbackUrl: string | null }
  /** Used, too old, guessed too often, or of somebody who may not sign in: one answer. */
  | { state: "over" }
  | { state: "needs-code" }
  | { state: "wrong-code"; triesLeft: number };

/**
 * Consumes a mailed link through next-auth's email flow, once: with the nonce of the browser that asked, or with the
 * code that it shows.
 */
export async function confirmSignIn(input: ConfirmSignIn): Promise<SignInConfirmed> {
  const id = readSignInToken(input.token);
  const database = loginDatabase(env().AUTH_DATABASE_URL);
  const request = id ? await findOpenSignInRequest(database, id, codeAttempts) : null;
  if (!id || !request) return noteRefusal({ state: "over" }, id);
  const address = request.identifier;
  const code = input.code ? normalizeCode(input.code) : "";
  const nonceHash = isNonce(input.nonce) ? hashNonce(input.nonce) : null;
  if (nonceHash !== request.nonceHash && code === "") return { state: "needs-code" };

  const outcome: SignInOutcome = {};
  const proof = {
    nonceHash,
    codeHash: code ? hashCode(code, address) : null,
    userAgent: input.userAgent ?? null,
    ip: input.ip ?? null,
    deviceToken: input.deviceToken ?? null,
    previousToken: input.sessionToken ?? null,
  };
  await runNextAuth(authOptions({ proof, outcome }), {
    path: ["callback", "email"],
    method: "POST",
    cookies: input.sessionToken ? { [cookieName("session")]: input.sessionToken } : {},
    query: { token: input.token, email: address },
  });
  if (outcome.session) {
    return { state: "signed-in", session: outcome.session, callbackUrl: outcome.callbackUrl ?? null };
  }
  if (outcome.consumed !== "refused") return noteRefusal({ state: "over" }, id);
  const still = await findOpenSignInRequest(database, id, codeAttempts);
  if (!still) return noteRefusal({ state: "over" }, id);
  return noteRefusal({ state: "wrong-code", triesLeft: codeAttempts - still.codeAttempts }, id);
}

/** A sign-in that succeeds is audited; one that fails has nobody to audit it for. */
function noteRefusal(result: SignInConfirmed, id: string | null): SignInConfirmed {
  log.info("a sign-in was refused", { code: result.state, ...(id ? { reference: id } : {}) });
  return result;
}
