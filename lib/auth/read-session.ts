import { loginDatabase } from "@/db/client";
import { listGrants, type GrantRow } from "@/db/repositories/grants";
import { deleteSession, findSession, type SessionMethod } from "@/db/repositories/sessions";
import { sha256 } from "@/lib/crypto";
import { isStaff } from "@/lib/domain/users/grants";
import { env } from "@/lib/env";
import { cookieName } from "./cookies";
import { countingGrants } from "@/lib/domain/users/counting-grants";
import { authOptions } from "./options";
import { runNextAuth } from "./run";
import { sessionEnd } from "./session-limits";

export interface SessionUser {
  id: string;
  email: string;
  name: string | null;
}

export interface SignedInSession {
  user: SessionUser;
  /** The roles that count in this session. They are read with every request, never kept in it. */
  grants: GrantRow[];
  session: {
    /** What the sessions page names it by; no secret. */
    id: string;
    method: SessionMethod;
    createdAt: Date;
    /** When a second factor was last shown in it. */
    steppedUpAt: Date | null;
    /** Its user's roles changed: it is to get a new token. */
    rotateDue: boolean;
  };
}

const methods: readonly string[] = ["email", "passkey", "oidc"] satisfies SessionMethod[];
const isMethod = (value: string): value is SessionMethod => methods.includes(value);

function toSessionUser(body: unknown): SessionUser | null {
  const user: unknown = body && typeof body === "object" ? Reflect.get(body, "user") : null;
  if (!user || typeof user !== "object") return null;
  const { id, email, name } = user as Partial<Record<"id" | "email" | "name", unknown>>;
  if (typeof id !== "string" || typeof email !== "string") return null;
  return { id, email, name: typeof name === "string" ? name : null };
}

interface ReadSessionOptions {
  /** False for what a page asks by itself: an open tab alone must not keep a session from idling out. */
  touch?: boolean;
}

/** The session of a token, or null: over, of a disabled user, or of one without any role. */
export async function readSession(
  token: string | undefined,
  { touch = true }: ReadSessionOptions = {},
): Promise<SignedInSession | null> {
  if (!token) return null;
  const answer = await runNextAuth(authOptions(undefined, touch), {
    path: ["session"],
    method: "GET",
    cookies: { [cookieName("session")]: token },
  });
  const user = toSessionUser(answer.body);
  if (!user) return null;
  const database = loginDatabase(env().AUTH_DATABASE_URL);
  const [held, found] = await Promise.all([
    listGrants(database, user.id),
    findSession(database, sha256(token)),
  ]);
  if (!found || found.user.id !== user.id) return null;
  // The shorter limits of staff hold for whoever is staff, also where the platform's roles do not count.
  if (isStaff(held) && sessionEnd(found.session, true) <= new Date()) return null;
  const { id, method: stored, createdAt, stepUpAt, rotateDue } = found.session;
  const method = isMethod(stored) ? stored : "email";
  const grants = countingGrants(held, method, env().mode);
  if (grants.length === 0) return null;
  return { user, grants, session: { id, method, createdAt, steppedUpAt: stepUpAt, rotateDue } };
}

/** Ends a session. Ending it twice is the same. */
export async function endSession(token: string): Promise<void> {
  await deleteSession(loginDatabase(env().AUTH_DATABASE_URL), sha256(token));
}
