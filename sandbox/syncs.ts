import { randomUUID } from "node:crypto";
import { advanceSetups, standingAccounts, writeStatus } from "@/sandbox/accounts";
import type { World } from "@/sandbox/call";
import type { Connection, Job, JobOutcome, RefreshKind } from "@/sandbox/records";
import { stableUuid } from "@/sandbox/seed/ids";

const hourMs = 3_600_000;
const keptJobs = 50;

/** How often a connection is refreshed by itself: daily, or weekly where only people work for it. */
export function cadenceMs(world: World, connectionId: string): number {
  const assisted = standingAccounts(world, connectionId).every(
    (row) => row.authenticationType === "assisted",
  );
  return (assisted ? 7 * 24 : 24) * hourMs;
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
  },
): Job {
  const now = world.clock.now();
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
): void {
  if (runningSync(world, connectionId)) return;
  startJob(world, connectionId, { type: "data_sync_all", origin: "initial", outcome: "complete", delayMs });
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

/** Shows what was written since the last sync. */
function publish(world: World, connection: Connection): Connection {
  for (const overlay of world.store.overlays.group(connection.id)) {
    world.store.overlays.set(`${connection.id}/${overlay.individualId}`, {
      ...overlay,
      published: overlay.working,
    });
  }
  const shown = connection.entities.map((entity) =>
    entity.company
      ? { ...entity, company: { ...entity.company, published: entity.company.working } }
      : entity,
  );
  return { ...connection, entities: shown };
}

const brokenStatus = { reauth_error: "reauth", permissions_error: "error_permissions" } as const;

/** A connection that no login can reach cannot be synced, whatever the job was told. */
function reachableOutcome(world: World, job: Job): JobOutcome {
  const statuses = standingAccounts(world, job.connectionId).map((account) => account.status);
  if (statuses.includes("connected") || statuses.length === 0) return job.outcome;
  if (statuses.includes("reauth")) return "reauth_error";
  return statuses.includes("error_permissions") ? "permissions_error" : "error";
}

function finishJob(world: World, running: Job): void {
  const outcome = running.type === "data_sync_all" ? reachableOutcome(world, running) : running.outcome;
  const job = world.store.jobs.set(running.id, { ...running, outcome, settled: true });
  const connection = world.store.connections.get(job.connectionId);
  if (!connection || job.type !== "data_sync_all") return;
  if (job.outcome === "complete") {
    const shown = publish(world, connection);
    const done = {
      lastSyncedAt: job.endsAt,
      lastAttemptAt: job.endsAt,
      lastAttemptResult: "success",
    } as const;
    world.store.connections.set(connection.id, { ...shown, ...done });
    return;
  }
  world.store.connections.set(connection.id, {
    ...connection,
    lastAttemptAt: job.endsAt,
    lastAttemptResult: "error",
  });
  if (job.outcome === "error") return;
  const status = brokenStatus[job.outcome];
  const accounts = standingAccounts(world, connection.id).filter((account) => account.status === "connected");
  // A machine's sync says nothing about the login that Finch's people use beside it.
  const automated = accounts.filter((account) => account.authenticationType !== "assisted");
  for (const account of automated.length > 0 ? automated : accounts) {
    writeStatus(world, account, status, Date.parse(job.endsAt));
  }
}

function scheduleNext(world: World, connection: Connection, after: number): void {
  const cadence = cadenceMs(world, connection.id);
  const missed = Math.max(0, Math.floor((world.clock.now() - after) / cadence));
  // Of the syncs that were missed while nobody looked, only the last one matters.
  const at = after + cadence * Math.max(1, missed);
  addJob(world, {
    id: stableUuid("scheduled job", connection.id, at),
    connectionId: connection.id,
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

/** A login that the clock has finished setting up gets its first data. */
function startOverdueSync(world: World, connectionId: string): void {
  const connection = world.store.connections.get(connectionId);
  const ready = standingAccounts(world, connectionId).some((account) => account.status === "connected");
  if (connection?.lastAttemptAt === null && ready) startInitialSync(world, connectionId, 0);
}

/**
 * Brings a connection up to the clock: ends jobs that are over, in their order, and keeps the
 * next scheduled sync in place. Called before a request reads the connection, so no timer is needed.
 */
export function settle(world: World, connectionId: string): void {
  if (world.store.connections.get(connectionId)?.disconnectedAt !== null) return;
  advanceSetups(world, connectionId);
  startOverdueSync(world, connectionId);
  for (let round = 0; round < 8; round++) {
    const connection = world.store.connections.get(connectionId);
    if (!connection || connection.disconnectedAt !== null) return;
    const now = world.clock.now();
    const over = world.store.jobs
      .group(connectionId)
      .filter((job) => !job.settled && Date.parse(job.endsAt) <= now)
      .sort((a, b) => a.endsAt.localeCompare(b.endsAt));
    for (const job of over) finishJob(world, job);
    const current = world.store.connections.get(connectionId);
    const scheduled = world.store.jobs
      .group(connectionId)
      .some((job) => !job.settled && job.origin === "scheduled");
    if (!scheduled && world.settings.autoSync && current?.lastAttemptAt) {
      scheduleNext(world, current, Date.parse(current.lastAttemptAt));
    }
    if (over.length === 0) return;
  }
}

/** Ends all running jobs now. Scheduled ones stay scheduled. */
export function completeJobs(world: World): number {
  const now = world.clock.iso();
  const running = world.store.jobs.where((job) => !job.settled && job.origin !== "scheduled");
  for (const job of running) world.store.jobs.set(job.id, { ...job, startsAt: now, endsAt: now });
  for (const id of new Set(running.map((job) => job.connectionId))) settle(world, id);
  return running.length;
}

export interface Refreshes {
  allowed: number;
  remaining: number;
  /** When the running window ends; null outside of one. */
  retryAt: string | null;
}

/** How many refreshes are left in the running hour. A window starts with its first refresh. */
export function refreshesOf(world: World, connection: Connection, kind: RefreshKind): Refreshes {
  const allowed = world.settings.refreshQuota[kind];
  const window = connection.quota[kind];
  const end = window ? Date.parse(window.startedAt) + hourMs : 0;
  if (!window || end <= world.clock.now()) return { allowed, remaining: allowed, retryAt: null };
  return { allowed, remaining: Math.max(0, allowed - window.used), retryAt: iso(end) };
}

/** Takes one refresh from the quota. */
export function spendRefresh(world: World, connection: Connection, kind: RefreshKind): Refreshes {
  const { retryAt } = refreshesOf(world, connection, kind);
  const window = retryAt === null ? undefined : connection.quota[kind];
  const next = window ? { ...window, used: window.used + 1 } : { startedAt: world.clock.iso(), used: 1 };
  const updated = { ...connection, quota: { ...connection.quota, [kind]: next } };
  world.store.connections.set(connection.id, updated);
  return refreshesOf(world, updated, kind);
}
