import { inScope } from "@/db/client";
import { lockConnection, updateConnection } from "@/db/repositories/connections";
import { findOpenRun, findRun } from "@/db/repositories/sync-runs";
import { databaseNow } from "@/db/repositories/sync-steps";
import { workerContext } from "@/lib/domain/context";
import { sweepLanes } from "@/lib/quota";
import { nextSyncAt } from "./next-sync";

interface AfterCancelInput {
  customerId: string;
  runId: string;
}

/**
 * Plans the next sync after a person stopped one: the worker does it, for support may stop syncs and change no
 * connection. Until then the schedule leaves the connection alone. A run that is open by now plans for itself. What
 * waited for a slot leaves its lane.
 */
export async function afterCancel({ customerId, runId }: AfterCancelInput): Promise<void> {
  const ctx = workerContext(customerId, "sync");
  await sweepLanes();
  await inScope(ctx, async (tx) => {
    const run = await findRun(tx, customerId, runId);
    if (run?.status !== "cancelled") return;
    const connection = await lockConnection(tx, customerId, run.connectionId);
    if (!connection || connection.disconnectedAt) return;
    if (await findOpenRun(tx, customerId, connection.id)) return;
    const now = await databaseNow(tx);
    await updateConnection(tx, customerId, connection.id, {
      nextSyncAt: nextSyncAt({ ...connection, now, random: Math.random() }),
    });
  });
}
