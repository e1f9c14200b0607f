import { DrizzleAdapter } from "@auth/drizzle-adapter";
import type { Adapter, AdapterSession, AdapterUser } from "next-auth/adapters";
import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { listGrants } from "@/db/repositories/grants";
import { deleteSession, findSession, touchSession } from "@/db/repositories/sessions";
import { consumeSignInRequest } from "@/db/repositories/sign-in-requests";
import { accounts, sessions, users, verificationTokens } from "@/db/schema";
import { sha256 } from "@/lib/crypto";
import { codeAttempts } from "@/lib/domain/sign-in/secrets";
import { isStaff } from "@/lib/domain/users/grants";
import { limitsFor, sessionEnd, sessionTouchMs } from "./session-limits";
import { startSession, type StartedSession } from "./start-session";

/** What a browser shows beside the link: its nonce, or the code that somebody typed. Hashes only. */
export interface SignInProof {
  nonceHash: string | null;
  codeHash: string | null;
  userAgent: string | null;
  ip: string | null;
  /** By which the browser is known from an earlier sign-in. */
  deviceToken: string | null;
  /** The session token that the browser already has. */
  previousToken: string | null;
}

/** What came of it; next-auth itself only says where to go next. */
export interface SignInOutcome {
  consumed?: "accepted" | "refused";
  callbackUrl?: string | null;
  session?: StartedSession;
}

export interface AdapterSignIn {
  proof: SignInProof;
  outcome: SignInOutcome;
}

const refuse = (what: string) => () => {
  throw new TypeError(`${what} is not part of this installation`);
};

function toUser(row: typeof users.$inferSelect): AdapterUser {
  return { id: row.id, name: row.name, email: row.email, emailVerified: row.emailVerified, image: null };
}

/** next-auth sees the token that the cookie holds; the table sees its SHA-256. */
function sessionMethods(database: Database, signIn: AdapterSignIn | undefined, touch: boolean) {
  return {
    async createSession(data: { sessionToken: string; userId: string }): Promise<AdapterSession> {
      if (!signIn) throw new TypeError("A session starts only by signing in");
      const { userAgent, ip, deviceToken, previousToken } = signIn.proof;
      const session = await startSession({
        userId: data.userId,
        method: "email",
        token: data.sessionToken,
        userAgent,
        ip,
        deviceToken,
        previousToken,
      });
      signIn.outcome.session = session;
      // The cookie lives to the absolute limit; the idle one is the row's.
      return { sessionToken: session.token, userId: data.userId, expires: session.expires };
    },
    async getSessionAndUser(token: string) {
      const found = await findSession(database, sha256(token));
      if (!found) return null;
      const { session, user } = found;
      return { session: { ...session, sessionToken: token }, user: toUser(user) };
    },
    async updateSession({ sessionToken }: { sessionToken: string }) {
      const hash = sha256(sessionToken);
      const found = await findSession(database, hash);
      if (!found) return null;
      const staff = isStaff(await listGrants(database, found.user.id));
      // Somebody who became staff since: the shorter limits hold from then on.
      if (sessionEnd(found.session, staff) <= new Date()) await deleteSession(database, hash);
      else if (touch)
        await touchSession(database, hash, { idleMs: limitsFor(staff).idleMs, everyMs: sessionTouchMs });
      return null;
    },
    async deleteSession(token: string): Promise<void> {
      await deleteSession(database, sha256(token));
    },
  };
}

/** next-auth's single-use token, which here also needs the nonce or the code. */
function tokenMethods(database: Database, signIn?: AdapterSignIn) {
  return {
    async useVerificationToken({ identifier, token }: { identifier: string; token: string }) {
      if (!signIn) return null;
      const { nonceHash, codeHash } = signIn.proof;
      const consumed = await consumeSignInRequest(database, {
        address: identifier,
        tokenHash: token,
        nonceHash,
        codeHash,
        codeAttempts,
      });
      if (!consumed) return null;
      signIn.outcome.consumed = consumed.accepted ? "accepted" : "refused";
      signIn.outcome.callbackUrl = consumed.row.callbackUrl;
      return consumed.accepted ? { identifier, token, expires: consumed.row.expires } : null;
    },
  };
}

/**
 * @auth/drizzle-adapter, wrapped: only hashes are stored, nobody is created, and a token is consumed only with its
 * proof. `database` is the login perch_auth, which has rights on identity alone and sees no table of any employer.
 */
export function authAdapter(database: Database, signIn?: AdapterSignIn, touch = true): Adapter {
  const base = DrizzleAdapter(database, {
    usersTable: users,
    accountsTable: accounts,
    sessionsTable: sessions,
    verificationTokensTable: verificationTokens,
  });
  return {
    ...base,
    async getUserByEmail(email) {
      const [row] = await database.select().from(users).where(eq(users.email, email));
      return row && !row.disabledAt ? toUser(row) : null;
    },
    getUserByAccount: () => Promise.resolve(null),
    async updateUser({ id }) {
      const [row] = await database
        .update(users)
        .set({ emailVerified: sql`coalesce(email_verified, now())` })
        .where(eq(users.id, id))
        .returning();
      if (!row) throw new TypeError("There is no such user");
      return toUser(row);
    },
    createUser: refuse("Signing up"),
    deleteUser: refuse("Deleting users"),
    linkAccount: refuse("Linking accounts"),
    unlinkAccount: refuse("Linking accounts"),
    createVerificationToken: refuse("next-auth's own request to sign in"),
    ...sessionMethods(database, signIn, touch),
    ...tokenMethods(database, signIn),
  };
}
