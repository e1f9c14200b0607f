import { and, desc, eq, gt, isNull, lt, ne, or, sql, type SQL } from "drizzle-orm";
import type { Database, Tx } from "@/db/client";
import { sessions, users } from "@/db/schema";

/** Sessions, on the login perch_auth. `hash` is the SHA-256 of the session's token, which is never stored. */
export type SessionRow = typeof sessions.$inferSelect;
export type UserRow = typeof users.$inferSelect;
export type SessionMethod = "email" | "passkey" | "oidc";

/** How long the token before a rotation still finds its session, in seconds: for requests that were on their way. */
const overlapSeconds = 30;

const milliseconds = (ms: number) => sql`make_interval(secs => ${ms / 1000}::float8)`;
const alive = and(gt(sessions.expires, sql`now()`), gt(sessions.expiresAbsolutely, sql`now()`));

const justReplaced = (hash: string): SQL | undefined =>
  and(
    eq(sessions.previousToken, hash),
    gt(sessions.rotatedAt, sql`now() - make_interval(secs => ${overlapSeconds})`),
  );

interface NewSession {
  hash: string;
  userId: string;
  method: SessionMethod;
  idleMs: number;
  absoluteMs: number;
  userAgent: string | null;
  ip: string | null;
  /** The session that this browser had before: it ends here. */
  replaces: string | null;
}

/** Starts a session and ends the one that the browser had: its token is never carried over a sign-in. */
export async function insertSession(tx: Tx, input: NewSession): Promise<SessionRow> {
  if (input.replaces) {
    await tx
      .delete(sessions)
      .where(or(eq(sessions.sessionToken, input.replaces), justReplaced(input.replaces)));
  }
  const [row] = await tx
    .insert(sessions)
    .values({
      sessionToken: input.hash,
      userId: input.userId,
      method: input.method,
      expires: sql`now() + ${milliseconds(Math.min(input.idleMs, input.absoluteMs))}`,
      expiresAbsolutely: sql`now() + ${milliseconds(input.absoluteMs)}`,
      userAgent: input.userAgent,
      ip: input.ip,
    })
    .returning();
  if (!row) throw new TypeError("An insert returned no row");
  return row;
}

/**
 * A session that is not over, of a user who is not disabled; or null. By the token before a rotation it is found for
 * a moment too, as a session that showed no second factor and is not to be rotated again.
 */
export async function findSession(
  database: Database,
  hash: string,
): Promise<{ session: SessionRow; user: UserRow } | null> {
  const [row] = await database
    .select({ session: sessions, user: users })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(or(eq(sessions.sessionToken, hash), justReplaced(hash)), alive, isNull(users.disabledAt)));
  if (!row || row.session.sessionToken === hash) return row ?? null;
  return { user: row.user, session: { ...row.session, stepUpAt: null, rotateDue: false } };
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

interface Rotation {
  from: string;
  to: string;
  /** Only where a changed role made it due. */
  onlyIfDue?: boolean;
}

const rotated = ({ from, to }: Rotation) => ({
  sessionToken: to,
  previousToken: from,
  rotatedAt: sql`now()`,
  rotateDue: false,
});

/** Gives a session another token; null where there is no such session or nothing was due. Of two at once one wins. */
export async function replaceSessionToken(database: Database, change: Rotation): Promise<SessionRow | null> {
  const due = change.onlyIfDue ? eq(sessions.rotateDue, true) : undefined;
  const [row] = await database
    .update(sessions)
    .set(rotated(change))
    .where(and(eq(sessions.sessionToken, change.from), alive, due))
    .returning();
  return row ?? null;
}

/** Notes that a second factor was shown, with another token; null where the session is over or was just rotated. */
export async function stepUpSessionRow(tx: Tx, change: Rotation): Promise<SessionRow | null> {
  const [row] = await tx
    .update(sessions)
    .set({ ...rotated(change), stepUpAt: sql`now()` })
    .where(and(eq(sessions.sessionToken, change.from), alive))
    .returning();
  return row ?? null;
}

export async function deleteSession(database: Database, hash: string): Promise<void> {
  await database.delete(sessions).where(or(eq(sessions.sessionToken, hash), justReplaced(hash)));
}

/** The sessions of a user that are not over, the last used first. */
export async function listSessionsOf(database: Database, userId: string): Promise<SessionRow[]> {
  return database
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), alive))
    .orderBy(desc(sessions.lastSeenAt), sessions.id);
}

/** Ends one session of a user; false where it is not theirs or is over. */
export async function deleteSessionOf(tx: Tx, userId: string, id: string): Promise<boolean> {
  const rows = await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), eq(sessions.id, id)))
    .returning({ id: sessions.id });
  return rows.length > 0;
}

/** Ends all sessions of a user but one. Returns how many that were not over went. */
export async function deleteOtherSessionsOf(tx: Tx, userId: string, keepId: string): Promise<number> {
  const rows = await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), ne(sessions.id, keepId)))
    .returning({ expires: sessions.expires });
  return rows.filter(({ expires }) => expires > new Date()).length;
}
