import { timeLeft } from "@/components/connections/step-detail";
import type { Tone } from "@/components/ui/tone";
import type { QuotaGaugeView, QuotaStateView } from "@/lib/domain/quota/views";
import { formatDuration } from "@/lib/format/dates";
import { formatCount, formatNumber } from "@/lib/format/money";

/** What a gauge says; pure. */

type Address = QuotaStateView["addresses"][number];

export const waitingIn = ({ waiting }: Pick<QuotaGaugeView, "waiting">): number =>
  waiting.person + waiting.webhook + waiting.scheduled;

/** Nothing was sent, waits or is planned. */
export const isIdle = (gauge: QuotaGaugeView): boolean =>
  gauge.used === 0 && waitingIn(gauge) === 0 && gauge.backlog === 0 && gauge.pausedUntil === null;

/** Shown always: Finch documents its allowance, or it is in use. */
export const isShown = (gauge: QuotaGaugeView): boolean => gauge.source !== null || !isIdle(gauge);

/** In the order in which a sync asks them; those without a documented limit after them. */
const documentedOrder = [
  ...["company", "directory", "individual", "employment"],
  ...["pay-groups", "payment", "pay-statement", "pay-statement-item"],
];
const rankOf = ({ key }: QuotaGaugeView) => {
  const at = documentedOrder.indexOf(key);
  return at < 0 ? documentedOrder.length : at;
};
export const inOrder = (gauges: readonly QuotaGaugeView[]): QuotaGaugeView[] =>
  [...gauges].sort((a, b) => rankOf(a) - rankOf(b) || a.key.localeCompare(b.key));

export const isAddress = (gauge: QuotaGaugeView): gauge is Address => "kind" in gauge;

export function gaugeName(gauge: QuotaGaugeView): string {
  if (!isAddress(gauge)) return gauge.key;
  return gauge.kind === "auth_ip" ? "connecting" : "all requests";
}

const seconds = (ms: number) => `${Math.ceil(ms / 1_000)} s`;
const windowWords = (ms: number) =>
  ms === 60_000 ? "minute" : ms < 60_000 ? seconds(ms) : formatDuration(ms);

/** "8 of 20 used in the last minute, 3 waiting, idle". */
export function gaugeSays(gauge: QuotaGaugeView, now: string): string {
  const { used, allowance, windowMs } = gauge;
  const waiting = waitingIn(gauge);
  return [
    `${formatNumber(used)} of ${formatNumber(allowance)} used in the last ${windowWords(windowMs)}`,
    ...(waiting > 0 ? [`${formatNumber(waiting)} waiting`] : []),
    doneIn(gauge, now),
  ].join(", ");
}

/** When its backlog is gone: "about 4 min", "paused 40 s", "idle". */
export function doneIn(gauge: QuotaGaugeView, now: string): string {
  const { pausedUntil, backlog, backlogDoneAt } = gauge;
  if (pausedUntil !== null) {
    const ms = Math.max(1_000, new Date(pausedUntil).getTime() - new Date(now).getTime());
    return `paused ${ms < 60_000 ? seconds(ms) : formatDuration(ms)}`;
  }
  if (backlog > 0 && backlogDoneAt !== null) return timeLeft(backlogDoneAt, now);
  return isIdle(gauge) ? "idle" : "no backlog";
}

/** Calm while there is room; waiting while full; alarm only where Finch refused. */
export function gaugeTone(gauge: QuotaGaugeView): Tone {
  if (gauge.pausedUntil !== null) return "failing";
  if (gauge.used < gauge.allowance) return "neutral";
  return waitingIn(gauge) > 0 ? "waiting" : "neutral";
}

/** The backlog of all in one sentence. */
export function backlogSays({ backlog, waiting, now }: QuotaStateView): string {
  const { requests, runs, doneAt, key, atLeast } = backlog;
  if (requests === 0 && waiting === 0) return "Nothing waits for Finch.";
  const left = `${atLeast ? "At least " : ""}${formatCount(requests, "request")} left for ${formatCount(runs, "sync")}`;
  const time = doneAt === null ? "" : `, done in ${timeLeft(doneAt, now)}`;
  const slowest = key === null ? "" : `; ${key.includes(":") ? "the address" : key} takes longest`;
  return `${left}${time}${slowest}.`;
}

export const priorityWords = {
  person: "a person waits",
  webhook: "a change at Finch",
  scheduled: "by schedule",
} as const;
