import type { World } from "@/sandbox/call";
import type { Connection, RefreshKind } from "@/sandbox/records";

const hourMs = 3_600_000;

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
  return { allowed, remaining: Math.max(0, allowed - window.used), retryAt: new Date(end).toISOString() };
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
