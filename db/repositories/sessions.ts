import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { sessions, users } from "@/db/schema";

/** Sessions, on the login perch_auth. `hash` is the SHA-256 of the session's token, which is never stored. */
export type SessionRow = typeof sessions.$inferSelect;
export type UserRow = typeof users.$inferSelect;

const milliseconds = (ms: number) => sql`make_interval(secs => ${ms / 1000}::float8)`;

interface NewSession {
  hash: string;
  userId: string;
  idleMs: number;
  absoluteMs: number;
  userAgent: string | null;
  /** The session that this browser had before: it ends here. */
  replaces: string | null;
}

/** Starts a session and ends the one that the browser had: its token is never carried over a sign-in. */
export async function insertSession(database: Database, input: NewSession): Promise<SessionRow> {
  return database.transaction(async (tx) => {
    if (input.replaces) await tx.delete(sessions).where(eq(sessions.sessionToken, input.replaces));
    const [row] = await tx
      .insert(sessions)
      .values({
        sessionToken: input.hash,
        userId: input.userId,
        expires: sql`now() + ${milliseconds(Math.min(input.idleMs, input.absoluteMs))}`,
        expiresAbsolutely: sql`now() + ${milliseconds(input.absoluteMs)}`,
        userAgent: input.userAgent,
      })
      .returning();
    if (!row) throw new TypeError("An insert returned no row");
    return row;
  });
}

/** A session that is not over, of a user who is not disabled; or null. */
export async function findSession(
  database: Database,
  hash: string,
): Promise<{ session: SessionRow; user: UserRow } | null> {
  const [row] = await database
    .select({ session: sessions, user: users })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.sessionToken, hash),
        gt(sessions.expires, sql`now()`),
        gt(sessions.expiresAbsolutely, sql`now()`),
        isNull(users.disabledAt),
      ),
    );
  return row ?? null;
}

interface SessionTouch {
  idleMs: number;
  /** Not written more often than this. */
  everyMs: number;
}

/** Moves the idle limit on, never past the absolute one. */
export async function touchSession(database: Database, hash: string, touch: SessionTouch): Promise<void> {
  await database
    .update(sessions)
    .set({
      lastSeenAt: sql`now()`,
      expires: sql`least(now() + ${milliseconds(touch.idleMs)}, expires_absolutely)`,
    })
    .where(
      and(
        eq(sessions.sessionToken, hash),
        lt(sessions.lastSeenAt, sql`now() - ${milliseconds(touch.everyMs)}`),
      ),
    );
}

export async function deleteSession(database: Database, hash: string): Promise<void> {
  await database.delete(sessions).where(eq(sessions.sessionToken, hash));
}
