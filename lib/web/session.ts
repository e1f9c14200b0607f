import "server-only";
import { cache } from "react";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cookieName, cookieOptions } from "@/lib/auth/cookies";
import { endSession, readSession, type SessionUser, type SignedInSession } from "@/lib/auth/read-session";
import { rotateSession, stepUpSession, type SessionToken, type StepUpMethod } from "@/lib/auth/start-session";
import { findSafePath } from "@/lib/domain/sign-in/safe-path";
import { paths } from "@/lib/paths";
import { isPolled } from "./is-polled";
import { getPeer } from "./peer";

export type { SessionUser, SignedInSession };

const deviceSeconds = 365 * 24 * 3600;

/** The token of the session's cookie. Its only place in a process is between cookie and hash. */
export async function sessionToken(): Promise<string | undefined> {
  return (await cookies()).get(cookieName("session"))?.value;
}

/** Sets the session's cookie: after signing in (with the browser's own), a step-up, a rotation. Actions and routes only. */
export async function setSessionCookie(session: SessionToken & { deviceToken?: string }): Promise<void> {
  const jar = await cookies();
  jar.set(cookieName("session"), session.token, { ...cookieOptions(), expires: session.expires });
  if (session.deviceToken) {
    jar.set(cookieName("device"), session.deviceToken, { ...cookieOptions(), maxAge: deviceSeconds });
  }
}

/** What a sign-in notes of the browser that it comes from. */
export async function readBrowser() {
  const [jar, all, { ip }] = await Promise.all([cookies(), headers(), getPeer()]);
  return {
    userAgent: all.get("user-agent"),
    ip,
    deviceToken: jar.get(cookieName("device"))?.value,
    sessionToken: jar.get(cookieName("session"))?.value,
  };
}

/** Who is signed in, with all their roles as they are now; null otherwise. Read once a request. */
export const getSession = cache(async (): Promise<SignedInSession | null> => {
  // The headers are set by proxy.ts and by our own server, never by a client.
  const all = await headers();
  const isUse = !isPolled(all.get("x-perch-path")) && all.get("x-perch-ahead") !== "1";
  return readSession(await sessionToken(), { touch: isUse });
});

/**
 * The session of a page, or the sign-in page, which leads back here. A page cannot set cookies: where a changed role
 * asks for a new token, it leads through the route that can, and back.
 */
export async function requireSession(): Promise<SignedInSession> {
  const session = await getSession();
  const here = findSafePath((await headers()).get("x-perch-path"));
  if (!session) redirect(paths.signIn(here && here !== "/" ? here : undefined));
  if (session.session.rotateDue && here) redirect(paths.renewSession(here));
  return session;
}

/** For the doors of actions and routes: a session whose roles changed gets its new token with the answer. */
export async function renewSessionIfDue(session: SignedInSession): Promise<void> {
  const token = session.session.rotateDue ? await sessionToken() : undefined;
  const renewed = token ? await rotateSession(token, { onlyIfDue: true }) : null;
  if (renewed) await setSessionCookie(renewed);
}

/** A second factor was shown: notes it and hands the browser its new token. Actions and routes only. */
export async function stepUpHere(method: StepUpMethod): Promise<void> {
  const token = await sessionToken();
  await setSessionCookie(await stepUpSession(token ?? "", method));
}

/** The signed-in person, or the sign-in page. */
export async function requireUser(): Promise<SessionUser> {
  return (await requireSession()).user;
}

/** Destroys the session's row; the cookie is the caller's. */
export async function destroySession(): Promise<void> {
  const token = await sessionToken();
  if (token) await endSession(token);
}
