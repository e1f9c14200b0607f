import { inScope, inSystem, type Tx } from "@/db/client";
import { lockConnection, updateConnection, type ConnectionRow } from "@/db/repositories/connections";
import { cancelOpenRuns, findRun, listSteps, type SyncRunRow } from "@/db/repositories/sync-runs";
import { databaseNow, lockRun, updateRun } from "@/db/repositories/sync-steps";
import { userMay } from "@/db/repositories/user-permissions";
import { workerContext } from "@/lib/domain/context";
import { advanceRun } from "./advance-run";

interface StartSyncInput {
  customerId: string;
  runId: string;
  /** The job of the step at work is lost: it is taken over. */
  revive?: boolean | undefined;
}

/**
 * Starts a queued run with the connection's present token, or goes on with an open one. A run that somebody
 * asked for starts only while that person still may (SECURITY 6). A step that somebody works on is left alone.
 */
export async function startSync({ customerId, runId, revive = false }: StartSyncInput): Promise<void> {
  const ctx = workerContext(customerId, "sync");
  const asked = await inScope(ctx, (tx) => findRun(tx, customerId, runId), { readOnly: true });
  if (!asked) return;
  const may = await stillPermitted(asked);
  await inScope(ctx, async (tx) => {
    const connection = await lockConnection(tx, customerId, asked.connectionId);
    const run = await lockRun(tx, customerId, runId);
    if (!connection || !run || !["queued", "running", "waiting"].includes(run.status)) return;
    const obstacle = obstacleOf(connection, run, may);
    if (obstacle) return cancelOpenRuns(tx, customerId, connection.id, obstacle);
    if (run.status !== "queued" && !revive && (await isAtWork(tx, run))) return;
    const started = run.status === "queued" ? await begin(tx, connection, run) : run;
    await advanceRun(tx, ctx, connection, started);
  });
}

const isAtWork = async (tx: Tx, { customerId, id }: SyncRunRow) =>
  (await listSteps(tx, customerId, id)).some((step) => step.status === "running");

async function begin(tx: Tx, connection: ConnectionRow, run: SyncRunRow): Promise<SyncRunRow> {
  const now = await databaseNow(tx);
  const started = { status: "running", tokenId: connection.currentTokenId, startedAt: now };
  await updateRun(tx, run.customerId, run.id, started);
  await updateConnection(tx, run.customerId, connection.id, { lastSyncStartedAt: now });
  return { ...run, ...started };
}

function obstacleOf(connection: ConnectionRow, run: SyncRunRow, may: boolean) {
  if (connection.disconnectedAt || !connection.currentTokenId) {
    return { code: "disconnected", message: "The connection was disconnected." };
  }
  if (run.tokenId && run.tokenId !== connection.currentTokenId) {
    return { code: "reconnected", message: "The connection was reconnected." };
  }
  if (!may && run.status === "queued") {
    return { code: "forbidden", message: "Whoever asked for this sync may no longer ask for it." };
  }
  return null;
}

/** Scheduled runs are nobody's; the first one after connecting belongs to the connecting itself. */
async function stillPermitted(run: SyncRunRow): Promise<boolean> {
  if (run.requestedBy === null) return true;
  const permission = run.reason === "requested" ? "connection:sync" : "connection:connect";
  return inSystem((tx) => userMay(tx, { ...run, userId: run.requestedBy ?? "", permission }));
}
