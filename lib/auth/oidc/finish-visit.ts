import { authorizationCodeGrant, type IDToken } from "openid-client";
import { z } from "zod";
import { loginDatabase } from "@/db/client";
import { fillIdentityProfile, findUserOfIdentity } from "@/db/repositories/accounts";
import { takeAuthChallenge } from "@/db/repositories/auth-challenges";
import { listGrants } from "@/db/repositories/grants";
import { DomainError } from "@/lib/domain/errors";
import { findAddress } from "@/lib/domain/sign-in/address";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { countingGrants } from "@/lib/domain/users/counting-grants";
import { startSession, stepUpSession, type SessionToken, type StartedSession } from "../start-session";
import { oidcRedirectUri } from "./begin-visit";
import { oidcConfiguration } from "./client";
import { readVisit, visitOwner, visitSecrets, type Visit } from "./visit";

interface FinishVisit {
  /** Code, state or an error, as the identity provider appended them. */
  query: URLSearchParams;
  browserSecret: string | undefined;
  /** Who is signed in in this browser. */
  userId: string | null;
  sessionToken: string | undefined;
  deviceToken: string | undefined;
  userAgent: string | null;
  ip: string | null;
}

export type VisitFinished =
  | { state: "signed-in"; session: StartedSession; callbackUrl: string | null }
  | { state: "stepped-up"; session: SessionToken; callbackUrl: string | null }
  /** unfinished, unconfirmed: another browser, too late, used, refused or answered wrongly; no-access: nobody of ours. */
  | { state: "refused"; reason: "unfinished" | "unconfirmed" | "no-access" | "other-person" };

const VisitData = z.object({ callbackUrl: z.string().nullable(), startedAt: z.coerce.date() });

const refused = (reason: Extract<VisitFinished, { state: "refused" }>["reason"]) =>
  ({ state: "refused", reason }) as const;

/**
 * Finishes a visit at the identity provider, once, in the browser that began it. Issuer and subject are the
 * identity: whoever is unknown by them has no access here, whatever their address. A step-up counts only where the
 * same person signed in there anew since it began.
 */
export async function finishOidcVisit(input: FinishVisit): Promise<VisitFinished> {
  const visit = readVisit(input.query.get("state"), input.browserSecret);
  if (!visit || !input.browserSecret) return refused("unfinished");
  const stepsUp = visit.purpose === "step-up";
  const failed = refused(stepsUp ? "unconfirmed" : "unfinished");
  if (stepsUp && !input.userId) return failed;
  const owner = visitOwner(visit.purpose, input.browserSecret, stepsUp ? input.userId : null);
  const database = loginDatabase(env().AUTH_DATABASE_URL);
  const kept = await database.transaction((tx) => takeAuthChallenge(tx, visit.id, owner));
  if (!kept) return failed;
  const { callbackUrl, startedAt } = VisitData.parse(kept);
  const claims = await exchange(visit, startedAt, input.browserSecret, input.query);
  if (!claims) return failed;
  const userId = await findUserOfIdentity(database, { issuer: claims.iss, subject: claims.sub });
  return stepsUp ? stepUp(input, userId, callbackUrl) : signIn(input, userId, claims, callbackUrl);
}

async function stepUp(
  input: FinishVisit,
  userId: string | null,
  callbackUrl: string | null,
): Promise<VisitFinished> {
  if (!userId || userId !== input.userId) return refused("other-person");
  const session = await stepUpSession(input.sessionToken ?? "", "oidc").catch((error: unknown) => {
    if (error instanceof DomainError) return null;
    throw error;
  });
  return session ? { state: "stepped-up", session, callbackUrl } : refused("unconfirmed");
}

async function signIn(
  input: FinishVisit,
  userId: string | null,
  claims: IDToken,
  callbackUrl: string | null,
): Promise<VisitFinished> {
  const grants = userId ? await listGrants(loginDatabase(env().AUTH_DATABASE_URL), userId) : [];
  if (!userId || countingGrants(grants, "oidc", env().mode).length === 0) return refused("no-access");
  await fillProfile(userId, claims);
  const { deviceToken, userAgent, ip, sessionToken: previousToken } = input;
  const session = await startSession({
    userId,
    method: "oidc",
    deviceToken,
    userAgent,
    ip,
    previousToken,
  });
  return { state: "signed-in", session, callbackUrl };
}

/** The id token's claims, checked against state, nonce, verifier and the moment of signing in; or null. */
async function exchange(
  visit: Visit,
  startedAt: Date,
  browserSecret: string,
  query: URLSearchParams,
): Promise<IDToken | null> {
  const { state, nonce, verifier } = visitSecrets(browserSecret, visit);
  const back = new URL(oidcRedirectUri());
  back.search = query.toString();
  try {
    const tokens = await authorizationCodeGrant(await oidcConfiguration(), back, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
      // Signed in there within this visit: what the provider remembers from before proves nothing.
      ...(visit.purpose === "step-up"
        ? { maxAge: Math.ceil((Date.now() - startedAt.getTime()) / 1000) }
        : {}),
    });
    return tokens.claims() ?? null;
  } catch (error) {
    log.warn("a visit at the identity provider failed", { code: codeOf(error) });
    return null;
  }
}

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : null;
  return typeof code === "string" ? code.slice(0, 60) : "unknown";
}

async function fillProfile(userId: string, claims: IDToken): Promise<void> {
  const email = claims.email_verified === true && typeof claims.email === "string" ? claims.email : null;
  const name = typeof claims.name === "string" ? claims.name.trim().slice(0, 120) : "";
  try {
    await fillIdentityProfile(loginDatabase(env().AUTH_DATABASE_URL), userId, {
      email: email && findAddress(email),
      name: name || null,
    });
  } catch (error) {
    // Two at once with one address: the other has it, and this person keeps the placeholder.
    log.error("the profile of a sign-in was not kept", error, {});
  }
}
