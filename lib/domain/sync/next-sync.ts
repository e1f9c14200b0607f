import { cadenceMs, renewalMs, spreadMs } from "@/lib/domain/connections/cadence";

const hourMs = 3_600_000;
const minuteMs = 60_000;
/** Looks in a cadence for what Finch was still fetching. */
const pendingLooks = 12;

export interface NextSyncInput {
  syncKind: string;
  /** Age of the data; null where Finch does not say. */
  dataRetrievedAt: Date | null;
  /** When Finch says that it renews the data next; null where it does not say. */
  renewsAt?: Date | null;
  /** Syncs that failed in a row. */
  consecutiveFailures: number;
  /** Finch was still fetching something when the last sync ended. */
  isPending?: boolean;
  now: Date;
  /** From 0 to 1: spreads connections over time. */
  random: number;
}

/**
 * When a connection is synced next: as soon as Finch has renewed what is here (by its own schedule, or the data's age
 * plus the cadence where that is sooner or nothing is scheduled), a cadence from now at the latest; an hour from now, and
 * ever more rarely, where Finch has nothing newer by then; sooner after a failure, or where Finch was still fetching
 * something. Pure.
 */
export function nextSyncAt({
  syncKind,
  dataRetrievedAt,
  renewsAt = null,
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
  const ended = dataRetrievedAt ? dataRetrievedAt.getTime() + cadence : Infinity;
  const scheduled = renewsAt && renewsAt > now ? renewsAt.getTime() : Infinity;
  const soonest = Math.min(ended, scheduled);
  const renewed = Number.isFinite(soonest) ? soonest + renewalMs : now.getTime() + cadence;
  const untilRenewed = renewed - now.getTime();
  const latest = isPending ? cadence / pendingLooks : cadence;
  // Asking each hour for what Finch cannot renew would cost a whole sync each time.
  const wait = untilRenewed > 0 ? Math.min(untilRenewed, latest) : Math.max(hourMs, -untilRenewed / 2);
  return new Date(now.getTime() + Math.min(wait, cadence) + spreadMs(syncKind) * random);
}
