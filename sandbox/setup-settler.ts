import { standingAccounts, writeStatus } from "@/sandbox/accounts";
import type { World } from "@/sandbox/call";
import type { Account } from "@/sandbox/records";
import type { Settler } from "@/sandbox/settle";
import { startInitialSync } from "@/sandbox/syncs";

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
