import { loginDatabase } from "@/db/client";
import { notifyUser, recordAccountEvent } from "@/db/repositories/account-events";
import { listGrants } from "@/db/repositories/grants";
import { rememberDevice } from "@/db/repositories/known-devices";
import {
  insertSession,
  replaceSessionToken,
  stepUpSessionRow,
  type SessionMethod,
} from "@/db/repositories/sessions";
import { newSecretToken, sha256 } from "@/lib/crypto";
import { DomainError } from "@/lib/domain/errors";
import { isStaff } from "@/lib/domain/users/grants";
import { env } from "@/lib/env";
import { describeBrowser } from "@/lib/format/describe-browser";
import { limitsFor } from "./session-limits";

/** A token for the session's cookie, and when the session ends at the latest. */
export interface SessionToken {
  token: string;
  expires: Date;
}

export interface StartedSession extends SessionToken {
  /** For the cookie by which this browser is known the next time. */
  deviceToken: string;
}

export interface StartSession {
  userId: string;
  method: SessionMethod;
  userAgent: string | null;
  ip: string | null;
  /** What the browser shows of an earlier sign-in. */
  deviceToken?: string | null | undefined;
  /** The session token that the browser already has: that session ends. */
  previousToken?: string | null | undefined;
  /** The new session's token, where somebody else makes it. */
  token?: string;
}

const database = () => loginDatabase(env().AUTH_DATABASE_URL);
const isToken = (value: string | null | undefined): value is string => !!value && /^[\w-]{43}$/.test(value);

/**
 * Starts a session of somebody who proved who they are. A browser that this account was never used with is told to
 * its owner by mail. Audited on the platform's chain.
 */
export async function startSession(input: StartSession): Promise<StartedSession> {
  const { userId, method, ip } = input;
  const token = input.token ?? newSecretToken();
  const deviceToken = isToken(input.deviceToken) ? input.deviceToken : newSecretToken();
  const limits = limitsFor(isStaff(await listGrants(database(), userId)));
  const { browser, os } = describeBrowser(input.userAgent);
  const row = await database().transaction(async (tx) => {
    const session = await insertSession(tx, {
      ...limits,
      hash: sha256(token),
      userId,
      method,
      ip,
      userAgent: input.userAgent?.slice(0, 300) ?? null,
      replaces: input.previousToken ? sha256(input.previousToken) : null,
    });
    const seen = await rememberDevice(tx, userId, sha256(deviceToken));
    if (seen === "new") {
      const at = session.createdAt.toISOString();
      await notifyUser(tx, userId, "sign-in-alert", { browser, os, ip, at, method });
    }
    await recordAccountEvent(tx, {
      userId,
      action: "user.sign_in",
      targetType: "session",
      targetId: session.id,
      details: { method, browser, os, ip, newBrowser: seen === "new" },
    });
    return session;
  });
  return { token, expires: row.expiresAbsolutely, deviceToken };
}

/** What a step-up is shown with. Mail is none. */
export type StepUpMethod = "passkey" | "totp" | "recovery_code" | "oidc";

/**
 * Notes in a session that a second factor was just shown, and gives it a new token; the old one finds it for 30
 * seconds more, without the step-up. Audited on the platform's chain.
 * @throws DomainError UNAUTHENTICATED where the session is over or got another token meanwhile
 */
export async function stepUpSession(token: string, method: StepUpMethod): Promise<SessionToken> {
  const to = newSecretToken();
  const row = await database().transaction(async (tx) => {
    const session = await stepUpSessionRow(tx, { from: sha256(token), to: sha256(to) });
    if (!session) return null;
    await recordAccountEvent(tx, {
      userId: session.userId,
      action: "session.step_up",
      targetType: "session",
      targetId: session.id,
      details: { method },
    });
    return session;
  });
  if (row) return { token: to, expires: row.expiresAbsolutely };
  throw new DomainError("UNAUTHENTICATED", "Your session has ended or was just renewed. Try once more.");
}

/**
 * Gives a session a new token. Null where there is nothing to do: it is over, was just rotated by another request, or
 * (`onlyIfDue`) no role of its user changed.
 */
export async function rotateSession(
  token: string,
  { onlyIfDue = false }: { onlyIfDue?: boolean } = {},
): Promise<SessionToken | null> {
  const to = newSecretToken();
  const row = await replaceSessionToken(database(), { from: sha256(token), to: sha256(to), onlyIfDue });
  return row ? { token: to, expires: row.expiresAbsolutely } : null;
}
