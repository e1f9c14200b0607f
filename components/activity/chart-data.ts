import type { ActivityBucketView } from "@/lib/domain/activity/views";
import { formatInstant } from "@/lib/format/dates";

/** One bucket as the charts and their table have it: plain values, for it goes to the browser. */
export interface ChartBucket {
  /** Under the axis: "2:30 pm", or "Nov 17" where buckets are long. */
  tick: string;
  /** "Nov 22, 2:30 pm to 3:00 pm". */
  label: string;
  requests: number;
  answered: number;
  failed: number;
  pending: number;
  /** Percent; null where nothing but 202 came. */
  errorPercent: number | null;
  p50Ms: number | null;
  p95Ms: number | null;
}

const dayMs = 86_400_000;

const timeOf = (instant: Date, now: Date) => formatInstant(instant, null, { now }).split(", ").at(-1) ?? "";
const dayOf = (instant: Date, now: Date) =>
  formatInstant(instant, null, { now }).split(", ").slice(0, -1).join(", ");

/** "Nov 22, 2:30 pm to 3:00 pm", in UTC. */
export function timeSpan(from: Date, to: Date, now: Date): string {
  const begin = formatInstant(from, null, { now });
  const end = dayOf(from, now) === dayOf(to, now) ? timeOf(to, now) : formatInstant(to, null, { now });
  return `${begin} to ${end}`;
}

/** @param lengthMs of the whole time: longer than two days it is told by days */
export function toChartBuckets(
  buckets: readonly ActivityBucketView[],
  { now, lengthMs }: { now: Date; lengthMs: number },
): ChartBucket[] {
  return buckets.map(({ from, to, requests, failed, pending, errorRate, p50Ms, p95Ms }) => ({
    tick: lengthMs > 2 * dayMs ? dayOf(from, now) : timeOf(from, now),
    label: timeSpan(from, to, now),
    requests,
    answered: requests - failed - pending,
    failed,
    pending,
    errorPercent: errorRate === null ? null : Math.round(errorRate * 1_000) / 10,
    p50Ms,
    p95Ms,
  }));
}

/** A share as "2.4%"; what is not none never reads as 0%. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.0005) return "<0.1%";
  return `${(share * 100).toLocaleString("en-US", { maximumFractionDigits: 1 })}%`;
}

/** The bucket in which a figure was highest; null where it was never there. */
export function highest(buckets: readonly ChartBucket[], of: (bucket: ChartBucket) => number | null) {
  return buckets.reduce<ChartBucket | null>((best, each) => {
    const value = of(each);
    return value !== null && value > (best ? (of(best) ?? 0) : 0) ? each : best;
  }, null);
}
