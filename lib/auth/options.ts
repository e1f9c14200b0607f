import type { AuthOptions } from "next-auth";
import EmailProvider from "next-auth/providers/email";
import { loginDatabase } from "@/db/client";
import { listGrants } from "@/db/repositories/grants";
import { newSecretToken } from "@/lib/crypto";
import { signInMinutes } from "@/lib/domain/sign-in/secrets";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { authAdapter, type AdapterSignIn } from "./adapter";
import { cookieName, cookieOptions } from "./cookies";
import { countingGrants } from "@/lib/domain/users/counting-grants";
import { sessionLimits, sessionTouchMs } from "./session-limits";

/**
 * next-auth for one operation: reading a session, consuming a mailed link, signing out. It has no routes of its own:
 * its email callback would consume the token on GET, which mail scanners send (SECURITY 2).
 */
export function authOptions(signIn?: AdapterSignIn, touch = true): AuthOptions {
  const database = loginDatabase(env().AUTH_DATABASE_URL);
  return {
    adapter: authAdapter(database, signIn, touch),
    secret: env().NEXTAUTH_SECRET,
    useSecureCookies: env().appUrl.startsWith("https://"),
    cookies: { sessionToken: { name: cookieName("session"), options: cookieOptions() } },
    session: {
      strategy: "database",
      maxAge: sessionLimits.person.idleMs / 1000,
      updateAge: sessionTouchMs / 1000,
      generateSessionToken: newSecretToken,
    },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      EmailProvider({
        maxAge: signInMinutes * 60,
        // Our own request writes token and mail job together; next-auth's is never called.
        sendVerificationRequest: () => Promise.reject(new TypeError("Mails are sent by the worker")),
      }),
    ],
    callbacks: {
      // Only known people with a role that counts after a sign-in by mail get a session.
      signIn: async ({ user }) =>
        user.id !== user.email &&
        countingGrants(await listGrants(database, user.id), "email", env().mode).length > 0,
      redirect: ({ baseUrl }) => baseUrl,
      session: ({ session, user }) => ({
        ...session,
        user: { id: user.id, email: user.email, name: user.name ?? null },
      }),
    },
    // Its own logger prints errors with all that they carry.
    logger: {
      error: (code, metadata) =>
        log.error("next-auth failed", metadata instanceof Error ? metadata : metadata.error, { code }),
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}
