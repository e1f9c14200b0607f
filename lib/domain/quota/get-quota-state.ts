import { inScope } from "@/db/client";
import {
  listBacklog,
  listQuotaSets,
  listQuotaWaiters,
  type QuotaSetRow,
  type QuotaWaiterRow,
} from "@/db/repositories/quota-state";
import { databaseNow } from "@/db/repositories/sync-steps";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/domain/context";
import { env } from "@/lib/env";
import { msUntilRequest } from "./estimate";
import { keyOfStep } from "./key-of-step";
import type { QuotaGaugeView, QuotaStateView, QuotaWaiterView } from "./views";

const shownWaiters = 100;
const priorityNames = ["person", "webhook", "scheduled"] as const;

/**
 * Each endpoint's window, who waits for it, and how long the backlog of all employers takes.
 * @throws DomainError FORBIDDEN
 */
export async function getQuotaState(ctx: Context): Promise<QuotaStateView> {
  requirePermission(ctx, "platform:read");
  const clientId = env().FINCH_CLIENT_ID;
  const read = await inScope(
    ctx,
    async (tx) => ({
      now: await databaseNow(tx),
      sets: await listQuotaSets(tx, clientId),
      waiters: await listQuotaWaiters(tx, clientId, shownWaiters),
      backlog: await listBacklog(tx),
    }),
    { readOnly: true },
  );
  const { now, sets, backlog } = read;
  const requestsOf = toRequests(backlog.steps);
  const endpoints = sets.filter((set) => set.addressSet !== null);
  const gauges = endpoints.map((set) => toGauge(set, requestsOf.get(set.key) ?? 0, now));
  const addresses = sets
    .filter((set) => set.addressSet === null)
    .map((set) => toAddress(set, endpoints, requestsOf, now));
  const last = longest([...gauges, ...addresses]);
  return {
    now: now.toISOString(),
    endpoints: gauges,
    addresses,
    waiters: read.waiters.map((row) => toWaiter(row, now)),
    waiting: gauges.reduce(
      (sum, { waiting }) => sum + waiting.person + waiting.webhook + waiting.scheduled,
      0,
    ),
    backlog: {
      requests: gauges.reduce((sum, gauge) => sum + gauge.backlog, 0),
      runs: backlog.runs,
      doneAt: last?.backlogDoneAt ?? null,
      key: last?.key ?? null,
      atLeast: backlog.steps.some(({ unplanned }) => unplanned > 0),
    },
  };
}

function toRequests(steps: readonly { name: string; requests: number }[]): Map<string, number> {
  const requests = new Map<string, number>();
  for (const step of steps) {
    const key = keyOfStep(step.name);
    if (key !== null) requests.set(key, (requests.get(key) ?? 0) + step.requests);
  }
  return requests;
}

function toGauge(set: QuotaSetRow, planned: number, now: Date): QuotaGaugeView {
  const { key, allowance, windowMs, source, busyMs, pausedMs, person, webhook, scheduled } = set;
  // Whoever waits without a sync (a person who connects) is not among the planned ones.
  const backlog = Math.max(planned, person + webhook + scheduled);
  const at = (ms: number) => (ms > 0 ? new Date(now.getTime() + ms).toISOString() : null);
  return {
    key,
    allowance,
    windowMs,
    source: source || null,
    used: Math.min(busyMs.length, allowance),
    nextFreeAt: at(msUntilRequest(set, 1)),
    pausedUntil: at(pausedMs),
    waiting: { person, webhook, scheduled },
    backlog,
    backlogDoneAt: backlog > 0 ? new Date(now.getTime() + msUntilRequest(set, backlog)).toISOString() : null,
  };
}

/** All requests of an installation with one address leave from it; with several they share the work. */
function toAddress(
  set: QuotaSetRow,
  endpoints: readonly QuotaSetRow[],
  requestsOf: ReadonlyMap<string, number>,
  now: Date,
): QuotaStateView["addresses"][number] {
  const [prefix = "", ...name] = set.key.split(":");
  const kind = prefix === "auth_ip" ? "auth_ip" : "ip";
  const requests = endpoints
    .filter((endpoint) => endpoint.addressSet === kind)
    .reduce((sum, { key }) => sum + (requestsOf.get(key) ?? 0), 0);
  return { ...toGauge(set, requests, now), kind, egress: name.join(":") };
}

function longest(gauges: readonly QuotaGaugeView[]): QuotaGaugeView | undefined {
  return gauges
    .filter((gauge) => gauge.backlogDoneAt !== null)
    .sort((a, b) => (b.backlogDoneAt ?? "").localeCompare(a.backlogDoneAt ?? ""))[0];
}

function toWaiter({ priority, waitedMs, ...row }: QuotaWaiterRow, now: Date): QuotaWaiterView {
  const { key, customerId, customerName, connectionId, providerName } = row;
  return {
    key,
    priority: priorityNames[priority] ?? "scheduled",
    since: new Date(now.getTime() - waitedMs).toISOString(),
    customerId,
    customerName,
    connectionId,
    providerName,
  };
}
