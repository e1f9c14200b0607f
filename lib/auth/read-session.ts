import { loginDatabase } from "@/db/client";
import { listGrants, type GrantRow } from "@/db/repositories/grants";
import { deleteSession, findSession } from "@/db/repositories/sessions";
import { sha256 } from "@/lib/crypto";
import { isStaff } from "@/lib/domain/users/grants";
import { env } from "@/lib/env";
import { cookieName } from "./cookies";
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
  /** Roles are read with every request, never kept in the session. */
  grants: GrantRow[];
}

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
  const grants = await listGrants(database, user.id);
  if (grants.length === 0) return null;
  if (isStaff(grants) && (await isOverForStaff(token))) return null;
  return { user, grants };
}

async function isOverForStaff(token: string): Promise<boolean> {
  const found = await findSession(loginDatabase(env().AUTH_DATABASE_URL), sha256(token));
  return !found || sessionEnd(found.session, true) <= new Date();
}

/** Ends a session. Ending it twice is the same. */
export async function endSession(token: string): Promise<void> {
  await deleteSession(loginDatabase(env().AUTH_DATABASE_URL), sha256(token));
}
