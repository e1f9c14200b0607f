import { randomUUID } from "node:crypto";
import { isAssistedConnection, standingAccounts, writeStatus } from "@/sandbox/accounts";
import type { World } from "@/sandbox/call";
import type { Change } from "@/sandbox/changes";
import { finishW4Sync } from "@/sandbox/documents/sync";
import type { Connection, Job, JobOutcome } from "@/sandbox/records";
import { wantsChanges, type SyncWindow } from "@/sandbox/publish";
import { stableUuid } from "@/sandbox/seed/ids";
import type { Settler } from "@/sandbox/settle";

export { settle } from "@/sandbox/settle";

const hourMs = 3_600_000;
const keptJobs = 50;

/** How often a connection is refreshed by itself: daily, or weekly where only people work for it. */
export function cadenceMs(world: World, connectionId: string): number {
  return (isAssistedConnection(world, connectionId) ? 7 * 24 : 24) * hourMs;
}

const iso = (ms: number) => new Date(ms).toISOString();

function addJob(world: World, job: Omit<Job, "settled">): Job {
  const kept = world.store.jobs.group(job.connectionId).filter((row) => row.settled);
  for (const old of kept.slice(0, Math.max(0, kept.length - keptJobs))) world.store.jobs.delete(old.id);
  return world.store.jobs.set(job.id, { ...job, settled: false });
}

/** Starts a job now; it ends by itself after the sandbox's job time. */
export function startJob(
  world: World,
  connectionId: string,
  wanted: {
    type: Job["type"];
    origin: Job["origin"];
    outcome: JobOutcome;
    individualId?: string;
    delayMs?: number;
    /** When it starts, where that was before now. */
    at?: number;
  },
): Job {
  const now = wanted.at ?? world.clock.now();
  const delay = wanted.delayMs ?? world.settings.jobDelayMs;
  return addJob(world, {
    id: randomUUID(),
    connectionId,
    type: wanted.type,
    origin: wanted.origin,
    outcome: wanted.outcome,
    individualId: wanted.individualId ?? null,
    createdAt: iso(now),
    scheduledAt: null,
    // A short wait first, so that a job is seen pending, then running, then done.
    startsAt: iso(now + Math.floor(delay / 8)),
    endsAt: iso(now + delay),
  });
}

/** The first sync of a connection. Data answers 202 until it is done. */
export function startInitialSync(
  world: World,
  connectionId: string,
  delayMs = world.settings.initialSyncMs,
  at = world.clock.now(),
): void {
  if (runningSync(world, connectionId)) return;
  const first = { type: "data_sync_all", origin: "initial", outcome: "complete" } as const;
  startJob(world, connectionId, { ...first, delayMs, at });
}

/** The data sync that is running now, if any: Finch runs one at a time for a connection. */
export function runningSync(world: World, connectionId: string): Job | null {
  const now = world.clock.iso();
  const running = (job: Job) =>
    !job.settled && job.type === "data_sync_all" && (job.origin !== "scheduled" || job.startsAt <= now);
  return world.store.jobs.group(connectionId).find(running) ?? null;
}

/** What a job looks like at an instant. */
export function jobStatus(job: Job, nowMs: number): "pending" | "in_progress" | JobOutcome {
  if (nowMs < Date.parse(job.startsAt)) return "pending";
  return nowMs < Date.parse(job.endsAt) ? "in_progress" : job.outcome;
}

const brokenStatus = { reauth_error: "reauth", permissions_error: "error_permissions" } as const;

/** A connection that no login can reach cannot be synced, whatever the job was told. */
function reachableOutcome(world: World, job: Job): JobOutcome {
  const statuses = standingAccounts(world, job.connectionId).map((account) => account.status);
  if (statuses.includes("connected") || statuses.length === 0) return job.outcome;
  if (statuses.includes("reauth")) return "reauth_error";
  return statuses.includes("error_permissions") ? "permissions_error" : "error";
}

/** Shows what the provider has by now, and tells what changed by it. */
function finishSync(world: World, job: Job, connection: Connection): void {
  const at = Date.parse(job.endsAt);
  const from = connection.lastSyncedAt === null ? null : Date.parse(connection.lastSyncedAt);
  const sync: SyncWindow = { from, at };
  const current = () => world.store.connections.get(connection.id) ?? connection;
  const shown = world.publishers.flatMap((publisher) => publisher(world, current(), sync));
  world.store.connections.set(connection.id, {
    ...current(),
    lastSyncedAt: job.endsAt,
    lastAttemptAt: job.endsAt,
    lastAttemptResult: "success",
  });
  if (!wantsChanges(world, sync)) return;
  for (const { entityId, change } of shown) {
    world.changes.tell({ connectionId: connection.id, entityId, at, change });
  }
}

function failSync(world: World, job: Job, connection: Connection): void {
  world.store.connections.set(connection.id, {
    ...connection,
    lastAttemptAt: job.endsAt,
    lastAttemptResult: "error",
  });
  if (job.outcome === "error" || job.outcome === "complete") return;
  const status = brokenStatus[job.outcome];
  const accounts = standingAccounts(world, connection.id).filter((account) => account.status === "connected");
  // A machine's sync says nothing about the login that Finch's people use beside it.
  const automated = accounts.filter((account) => account.authenticationType !== "assisted");
  for (const account of automated.length > 0 ? automated : accounts) {
    writeStatus(world, account, status, Date.parse(job.endsAt));
  }
}

/** Every end is told; the first data of organization and payroll in events of their own (Finch: Webhooks). */
function tellEnd(world: World, job: Job, wasFirst: boolean): void {
  const tell = (change: Change) =>
    world.changes.tell({
      connectionId: job.connectionId,
      entityId: null,
      at: Date.parse(job.endsAt),
      change,
    });
  tell({ event: `job.${job.type}.completed`, jobId: job.id });
  if (!wasFirst || job.outcome !== "complete") return;
  tell({ event: "job.initial_data_sync_org.succeeded", jobId: job.id });
  const products = standingAccounts(world, job.connectionId).flatMap((account) => account.products);
  if (products.some((product) => product === "payment" || product === "pay_statement"))
    tell({ event: "job.initial_data_sync_payroll.succeeded", jobId: job.id });
}

function finishJob(world: World, running: Job): void {
  const isSync = running.type === "data_sync_all";
  const outcome = isSync ? reachableOutcome(world, running) : running.outcome;
  const job = world.store.jobs.set(running.id, { ...running, outcome, settled: true });
  const connection = world.store.connections.get(job.connectionId);
  if (!connection) return;
  if (isSync) (outcome === "complete" ? finishSync : failSync)(world, job, connection);
  else if (outcome === "complete") finishW4Sync(world, connection, job);
  tellEnd(world, job, isSync && connection.lastSyncedAt === null);
}

/** Keeps the next scheduled sync of a connection in place. */
function scheduleNext(world: World, connectionId: string): void {
  const connection = world.store.connections.get(connectionId);
  const isPlanned = world.store.jobs
    .group(connectionId)
    .some((job) => !job.settled && job.origin === "scheduled");
  if (isPlanned || !world.settings.autoSync || !connection?.lastAttemptAt) return;
  const after = Date.parse(connection.lastAttemptAt);
  const cadence = cadenceMs(world, connectionId);
  const missed = Math.floor((world.clock.now() - after) / cadence);
  // Of many syncs that nobody was told of, those matter whose jobs are still listed.
  const skipped = world.changes.heard ? 0 : Math.max(0, missed - keptJobs);
  const at = after + cadence * (skipped + 1);
  addJob(world, {
    id: stableUuid("scheduled job", connectionId, at),
    connectionId,
    type: "data_sync_all",
    origin: "scheduled",
    outcome: connection.jobOutcome,
    individualId: null,
    createdAt: iso(after),
    scheduledAt: iso(at),
    startsAt: iso(at),
    endsAt: iso(at + world.settings.jobDelayMs),
  });
}

/** After a start: what this start says about scheduled syncs may not be what the last one said. */
export function reviseSchedules(world: World): void {
  for (const { id } of world.store.connections.all()) {
    if (world.settings.autoSync) scheduleNext(world, id);
    else
      for (const job of world.store.jobs.group(id))
        if (!job.settled && job.origin === "scheduled") world.store.jobs.delete(job.id);
  }
}

function nextJob(world: World, connectionId: string): Job | null {
  let first: Job | null = null;
  for (const job of world.store.jobs.group(connectionId)) {
    if (!job.settled && (first === null || job.endsAt < first.endsAt)) first = job;
  }
  return first;
}

/** Data syncs end by the clock, one after the other, each followed by the next scheduled one. */
export const syncSettler: Settler = {
  dueAt: (world, connectionId) => {
    const job = nextJob(world, connectionId);
    return job && Date.parse(job.endsAt);
  },
  settleNext: (world, connectionId) => {
    const job = nextJob(world, connectionId);
    if (job) finishJob(world, job);
    scheduleNext(world, connectionId);
  },
};
