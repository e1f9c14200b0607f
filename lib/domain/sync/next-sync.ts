import { cadenceMs } from "@/lib/domain/connections/status";

const hourMs = 3_600_000;
const minuteMs = 60_000;
/** Finch's own sync takes a while. */
const renewalMs = 10 * minuteMs;
/** An hour for a daily cadence: a thousand connections of one minute come back 17 a minute. */
const jitterShare = 1 / 24;
/** Looks in a cadence for what Finch was still fetching. */
const pendingLooks = 12;

export interface NextSyncInput {
  syncKind: string;
  /** Age of the data; null where Finch does not say. */
  dataRetrievedAt: Date | null;
  /** Syncs that failed in a row. */
  consecutiveFailures: number;
  /** Finch was still fetching something when the last sync ended. */
  isPending?: boolean;
  now: Date;
  /** From 0 to 1: spreads connections over time. */
  random: number;
}

/**
 * When a connection is synced next: as soon as Finch has renewed what is here (the data's own age plus the
 * cadence), a cadence from now at the latest, an hour at the earliest; ever more rarely where Finch has nothing
 * newer; sooner after a failure, or where Finch was still fetching something. Pure.
 */
export function nextSyncAt({
  syncKind,
  dataRetrievedAt,
  consecutiveFailures,
  isPending = false,
  now,
  random,
}: NextSyncInput): Date {
  const cadence = cadenceMs(syncKind);
  if (consecutiveFailures > 0) {
    const backoff = Math.min(cadence, 15 * minuteMs * 2 ** Math.min(consecutiveFailures - 1, 10));
    return new Date(now.getTime() + backoff * (1 + random * 0.2));
  }
  const renewed = dataRetrievedAt ? dataRetrievedAt.getTime() + cadence + renewalMs : now.getTime() + cadence;
  // Asking each hour for what Finch cannot renew would cost a whole sync each time.
  const overdue = Math.max(0, now.getTime() - renewed);
  const latest = isPending ? cadence / pendingLooks : cadence;
  const wait = Math.max(Math.min(renewed - now.getTime(), latest), hourMs, overdue / 2);
  return new Date(now.getTime() + Math.min(wait, cadence) + cadence * jitterShare * random);
}
