import type { World } from "@/sandbox/call";
import type { Account, ConnectionStatus } from "@/sandbox/records";

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
