import { loginDatabase } from "@/db/client";
import { notifyUser, recordAccountEvent } from "@/db/repositories/account-events";
import { listGrants } from "@/db/repositories/grants";
import { deleteOtherSessionsOf, deleteSessionOf, listSessionsOf } from "@/db/repositories/sessions";
import { DomainError } from "@/lib/domain/errors";
import { isStaff } from "@/lib/domain/users/grants";
import { env } from "@/lib/env";
import { describeBrowser } from "@/lib/format/describe-browser";
import { sessionEnd } from "./session-limits";

/** Whose sessions, and in which of them the request came. */
export interface OwnSession {
  userId: string;
  sessionId: string;
}

export interface OwnSessionView {
  id: string;
  browser: string;
  os: string;
  mobile: boolean;
  method: string;
  ip: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  /** The one that this request came in. */
  current: boolean;
}

const database = () => loginDatabase(env().AUTH_DATABASE_URL);

/** The sessions of a person that are not over: this one first, then by last use. */
export async function listOwnSessions(own: OwnSession, now = new Date()): Promise<OwnSessionView[]> {
  const [rows, grants] = await Promise.all([
    listSessionsOf(database(), own.userId),
    listGrants(database(), own.userId),
  ]);
  const staff = isStaff(grants);
  return rows
    .filter((row) => sessionEnd(row, staff) > now)
    .map(({ id, userAgent, method, ip, createdAt, lastSeenAt }) => {
      const { browser, os, mobile } = describeBrowser(userAgent);
      const current = id === own.sessionId;
      return { id, browser, os, mobile, method, ip, createdAt, lastSeenAt, current };
    })
    .sort((a, b) => Number(b.current) - Number(a.current));
}

/**
 * Ends one session of a person: its next request is signed out.
 * @throws DomainError NOT_FOUND where it is over already, or somebody else's
 */
export async function endOwnSession({ userId }: OwnSession, targetId: string): Promise<void> {
  await database().transaction(async (tx) => {
    if (!(await deleteSessionOf(tx, userId, targetId))) {
      throw new DomainError("NOT_FOUND", "This session has ended already.");
    }
    await recordAccountEvent(tx, {
      userId,
      action: "session.end",
      targetType: "session",
      targetId,
    });
  });
}

/** Ends all sessions of a person but the one that asks, and tells them by mail. Returns how many were open. */
export async function endOtherSessions(
  { userId, sessionId }: OwnSession,
  by: string | null,
): Promise<number> {
  const { browser, os } = describeBrowser(by);
  return database().transaction(async (tx) => {
    const count = await deleteOtherSessionsOf(tx, userId, sessionId);
    if (count === 0) return 0;
    await notifyUser(tx, userId, "sessions-ended", { count, browser, os, at: new Date().toISOString() });
    await recordAccountEvent(tx, {
      userId,
      action: "session.end_all",
      targetType: "user",
      targetId: userId,
      details: { count },
    });
    return count;
  });
}
