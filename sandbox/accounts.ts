import type { World } from "@/sandbox/call";
import type { Account, ConnectionStatus } from "@/sandbox/records";
import type { Settler } from "@/sandbox/settle";
import { startInitialSync } from "@/sandbox/syncs";

/** Tells that an account has come, or is not what it was. */
export function tellAccount(world: World, account: Account, at = world.clock.now()): void {
  const change = { event: "account.updated", accountId: account.id } as const;
  world.changes.tell({ connectionId: account.connectionId, entityId: null, at, change });
}

/** Tells that one entity of a connection is not what it was, through each of its logins. */
export function tellEntity(world: World, connectionId: string, entityId: string): void {
  for (const { id } of standingAccounts(world, connectionId)) {
    const change = { event: "account.updated", accountId: id } as const;
    world.changes.tell({ connectionId, entityId, at: world.clock.now(), change });
  }
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

/** Whether only Finch's people, no machine, work for a connection. */
export const isAssistedConnection = (world: World, connectionId: string): boolean =>
  standingAccounts(world, connectionId).every((account) => account.authenticationType === "assisted");

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

/** When a person is done with the next step of a setup (milliseconds); null without times in the settings. */
function nextSetup(world: World, connectionId: string): { account: Account; done: number } | null {
  const times = world.settings.assistedSetup;
  let first: { account: Account; done: number } | null = null;
  for (const account of times ? standingAccounts(world, connectionId) : []) {
    const { status } = account;
    if (!times || (status !== "pending" && status !== "processing")) continue;
    const since = Date.parse(account.statusAt ?? account.createdAt);
    const done = since + (status === "pending" ? times.pendingMs : times.processingMs);
    if (first === null || done < first.done) first = { account, done };
  }
  return first;
}

/**
 * Moves the setups that Finch's people work at along with the clock. Without times in the settings they wait
 * until they are told, as in Finch's own sandbox (Finch: Finch Sandbox, "Assisted connections").
 */
export const setupSettler: Settler = {
  dueAt: (world, connectionId) => nextSetup(world, connectionId)?.done ?? null,
  settleNext: (world, connectionId) => {
    const next = nextSetup(world, connectionId);
    if (!next) return;
    const { account, done } = next;
    writeStatus(world, account, account.status === "pending" ? "processing" : "connected", done);
    const isFirst = world.store.connections.get(connectionId)?.lastAttemptAt === null;
    if (account.status === "processing" && isFirst) startInitialSync(world, connectionId, 0, done);
  },
};
