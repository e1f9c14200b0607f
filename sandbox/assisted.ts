import { standingAccounts } from "@/sandbox/accounts";
import type { World } from "@/sandbox/call";
import { setAccountStatus } from "@/sandbox/connections";
import type { Account, Connection, ConnectionStatus } from "@/sandbox/records";
import { settle } from "@/sandbox/syncs";

/** How far Finch's people come with the administrator account that an employer made for them. */
export type SetupOutcome = "processing" | "connected" | "error_no_account_setup" | "error_permissions";

const unfinished: readonly ConnectionStatus[] = [
  "pending",
  "processing",
  "error_no_account_setup",
  "error_permissions",
];

/**
 * Lets Finch's people end their work on the logins of a connection that wait for them: the assisted ones,
 * and administrators that Finch sets up for others. Connected ones have data at once.
 * @returns the logins that were changed
 */
export function finishAssistedSetup(
  world: World,
  connection: Connection,
  outcome: SetupOutcome = "connected",
): Account[] {
  const waiting = standingAccounts(world, connection.id).filter((row) => unfinished.includes(row.status));
  const changed = waiting.map((account) => setAccountStatus(world, account, outcome));
  settle(world, connection.id);
  return changed;
}
