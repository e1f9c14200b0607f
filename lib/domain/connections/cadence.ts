import type { ProductFreshness, StatusFacts } from "./status-types";

/** How often Finch renews data, and until when it counts as fresh. Pure, and free of dependencies. */

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Finch refreshes automated providers daily and assisted ones weekly (Finch: Data Syncs). */
export function cadenceMs(syncKind: string): number {
  return syncKind === "assisted" ? 7 * dayMs : dayMs;
}

const minuteMs = 60_000;
/** Finch's own sync takes a while. */
export const renewalMs = 10 * minuteMs;

/** Syncs are spread over so long: a thousand connections of one minute come back 17 a minute. */
export function spreadMs(syncKind: string): number {
  return cadenceMs(syncKind) / 24;
}

/** A planned sync begins within a minute and reads for some more. */
const readingMs = 10 * minuteMs;

/**
 * Until when a product's data is fresh: for its cadence, and for as long as the sync that fetches what Finch renews by
 * then is still to come as planned. One that came and found nothing newer makes it late at once.
 */
export function freshUntil(
  { retrievedAt, fetchedAt }: Pick<ProductFreshness, "retrievedAt" | "fetchedAt">,
  { syncKind, nextSyncAt }: Pick<StatusFacts, "syncKind" | "nextSyncAt">,
): Date | null {
  if (retrievedAt === null) return null;
  const due = retrievedAt.getTime() + cadenceMs(syncKind);
  const looked = fetchedAt !== null && fetchedAt.getTime() > due;
  const planned = nextSyncAt?.getTime() ?? Infinity;
  const isPlanned = !looked && planned <= due + renewalMs + spreadMs(syncKind);
  return new Date(isPlanned ? Math.max(due, planned + readingMs) : due);
}

/** How long a first setup may take: 14 days where Finch's team does it, 2 where it is automatic. */
export function setupLimitMs(syncKind: string): number {
  return syncKind === "assisted" ? 14 * dayMs : 2 * dayMs;
}
