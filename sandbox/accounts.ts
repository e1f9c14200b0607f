import type { World } from "@/sandbox/call";
import type { Account, ConnectionStatus } from "@/sandbox/records";

/** Tells that an account has come, or is not what it was. */
export function tellAccount(world: World, account: Account, at = world.clock.now()): void {
  const change = { event: "account.updated", accountId: account.id } as const;
  world.changes.tell({ connectionId: account.connectionId, entityId: null, at, change });
}

/** Sets the status of an account and tells it; a status that it has already is no news. */
export function writeStatus(
  world: World,
  account: Account,
  status: ConnectionStatus,
  at = world.clock.now(),
): Account {
  if (account.status === status) return account;
  const statusAt = new Date(at).toISOString();
  const updated = world.store.accounts.set(account.id, { ...account, status, statusAt });
  tellAccount(world, updated, at);
  return updated;
}

/** The logins of a connection that no newer login has replaced. */
export const standingAccounts = (world: World, connectionId: string): Account[] =>
  world.store.accounts.group(connectionId).filter((account) => account.replacedAt === undefined);

/** How long Finch's people take with a new administrator account. Milliseconds. */
export interface SetupTimes {
  /** Until they have been let in. */
  pendingMs: number;
  /** Until the first data is there. */
  processingMs: number;
}

const dayMs = 86_400_000;

/** Finch: Integration Types, "Configuration Periods": two weeks, from the day that access was given. */
export const slowSetup: SetupTimes = { pendingMs: dayMs, processingMs: 14 * dayMs };

/**
 * Moves the setups that Finch's people work at along with the clock. Without times in the settings they wait
 * until they are told, as in Finch's own sandbox (Finch: Finch Sandbox, "Assisted connections").
 */
export function advanceSetups(world: World, connectionId: string): void {
  const times = world.settings.assistedSetup;
  if (times === null) return;
  for (const account of standingAccounts(world, connectionId)) {
    const since = Date.parse(account.statusAt ?? account.createdAt);
    const done = since + (account.status === "pending" ? times.pendingMs : times.processingMs);
    if (account.status !== "pending" && account.status !== "processing") continue;
    if (done > world.clock.now()) continue;
    const next = writeStatus(world, account, account.status === "pending" ? "processing" : "connected", done);
    if (next.status === "processing") advanceSetups(world, connectionId);
  }
}
