/** How long a session lasts (SECURITY 3), in milliseconds. */
export const sessionLimits = {
  person: { idleMs: 12 * 3_600_000, absoluteMs: 7 * 24 * 3_600_000 },
  staff: { idleMs: 30 * 60_000, absoluteMs: 12 * 3_600_000 },
} as const;

/** A session's last use is written at most this often. */
export const sessionTouchMs = 60_000;

export const limitsFor = (isStaff: boolean) => (isStaff ? sessionLimits.staff : sessionLimits.person);

interface SessionTimes {
  createdAt: Date;
  lastSeenAt: Date;
}

/** When the session is over if it is not used again, by what its user is now. */
export function sessionEnd({ createdAt, lastSeenAt }: SessionTimes, isStaff: boolean): Date {
  const { idleMs, absoluteMs } = limitsFor(isStaff);
  return new Date(Math.min(lastSeenAt.getTime() + idleMs, createdAt.getTime() + absoluteMs));
}
