import { standingAccounts } from "@/sandbox/accounts";
import type { World } from "@/sandbox/call";
import { chip, type Html, type Tone } from "@/sandbox/console/parts";
import type { Connection, ConnectionStatus } from "@/sandbox/records";
import { runningSync } from "@/sandbox/syncs";

const looks: Record<ConnectionStatus, { tone: Tone; word: string; rank: number }> = {
  reauth: { tone: "attention", word: "Reauthenticate", rank: 5 },
  error_permissions: { tone: "attention", word: "Permissions missing", rank: 4 },
  error_no_account_setup: { tone: "attention", word: "No account set up", rank: 3 },
  pending: { tone: "waiting", word: "Pending", rank: 2 },
  processing: { tone: "waiting", word: "Processing", rank: 1 },
  connected: { tone: "healthy", word: "Connected", rank: 0 },
};

/** The status of a login, as a person reads it. */
export const statusChip = (status: ConnectionStatus): Html => chip(looks[status].tone, looks[status].word);

/** The status that matters most among the logins of a connection. */
export function worstStatus(world: World, connection: Connection): ConnectionStatus {
  const statuses = standingAccounts(world, connection.id).map((account) => account.status);
  return statuses.sort((a, b) => looks[b].rank - looks[a].rank)[0] ?? "connected";
}

export function connectionChip(world: World, connection: Connection): Html {
  if (connection.disconnectedAt !== null) return chip("neutral", "Disconnected");
  const status = worstStatus(world, connection);
  if (status !== "connected") return statusChip(status);
  if (runningSync(world, connection.id)) return chip("waiting", "Syncing");
  if (connection.lastAttemptResult === "error") return chip("failing", "Last sync failed");
  return statusChip(status);
}

/** When the next scheduled sync is due. */
export function nextSync(world: World, connection: Connection): string | null {
  if (connection.disconnectedAt !== null) return null;
  const jobs = world.store.jobs.group(connection.id);
  return jobs.find((job) => !job.settled && job.origin === "scheduled")?.scheduledAt ?? null;
}

export function statusOfAnswer(status: number | null): Html {
  if (status === null) return chip("failing", "none");
  const tone: Tone =
    status >= 500 ? "failing" : status >= 400 ? "attention" : status === 202 ? "waiting" : "healthy";
  return chip(tone, String(status));
}
