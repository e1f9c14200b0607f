import "server-only";
import { cache } from "react";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cookieName } from "@/lib/auth/cookies";
import { endSession, readSession, type SessionUser, type SignedInSession } from "@/lib/auth/read-session";
import { findSafePath } from "@/lib/domain/sign-in/safe-path";
import { paths } from "@/lib/paths";

export type { SessionUser, SignedInSession };

async function sessionToken(): Promise<string | undefined> {
  return (await cookies()).get(cookieName("session"))?.value;
}

/** Who is signed in, with all their roles as they are now; null otherwise. Read once a request. */
export const getSession = cache(async (): Promise<SignedInSession | null> => {
  // Reads that a page polls; the header is set by proxy.ts, never by a client.
  const polled = (await headers()).get("x-perch-path")?.startsWith("/api/e/") ?? false;
  return readSession(await sessionToken(), { touch: !polled });
});

/** The session, or the sign-in page, which leads back here. */
export async function requireSession(): Promise<SignedInSession> {
  const session = await getSession();
  if (session) return session;
  const here = findSafePath((await headers()).get("x-perch-path"));
  redirect(paths.signIn(here && here !== "/" ? here : undefined));
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
