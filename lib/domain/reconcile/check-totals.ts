import { inScope } from "@/db/client";
import { insertConnectionEvent } from "@/db/repositories/connection-events";
import { findConnection } from "@/db/repositories/connections";
import {
  addToReconciliation,
  findLastCheck,
  finishReconciliation,
  startReconciliation,
} from "@/db/repositories/reconciliations";
import { databaseNow } from "@/db/repositories/sync-steps";
import { workerContext, type CustomerContext } from "@/lib/domain/context";
import { recomputeTotals } from "@/lib/domain/sync/statements/recompute-totals";
import { log } from "@/lib/log";
import { readCheckDetail } from "./check-detail";
import { isDone, type CheckInput } from "./reconcile-connection";

/** One that was broken off longer ago begins anew. */
const resumableMs = 24 * 3_600_000;

class TotalsDiffer extends Error {
  override name = "TotalsDiffer";
}

/**
 * The nightly recompute of one connection's totals: what differs from the statements is made anew, and said loudly,
 * for it should never be. A few hundred people at a time; one that was broken off goes on where it was.
 */
export async function checkTotals(input: CheckInput): Promise<void> {
  const { customerId, connectionId } = input;
  const ctx = workerContext(customerId, "totals");
  const check = await beginOrResume(ctx, input);
  if (!check) return;
  await recomputeTotals(ctx, connectionId, {
    afterId: check.afterId,
    onPart: (tx, part, afterId) =>
      addToReconciliation(tx, customerId, check.id, { ...part, detail: { afterId } }),
  });
  await inScope(ctx, async (tx) => {
    const ended = await finishReconciliation(tx, customerId, check.id);
    if (!ended || ended.differences === 0) return;
    const { differences, repaired } = ended;
    log.error("totals were not those of their statements and were made anew", new TotalsDiffer(), {
      customerId,
      connectionId,
      count: differences,
    });
    await insertConnectionEvent(tx, {
      customerId,
      connectionId,
      kind: "totals_repaired",
      actorKind: "worker",
      actorUserId: null,
      actorName: "Perch",
      detail: { differences, repaired },
    });
  });
}

async function beginOrResume(
  ctx: CustomerContext,
  { customerId, connectionId, dueAt }: CheckInput,
): Promise<{ id: string; afterId: string | null } | null> {
  return inScope(ctx, async (tx) => {
    const connection = await findConnection(tx, customerId, connectionId);
    if (!connection || connection.disconnectedAt) return null;
    const last = await findLastCheck(tx, customerId, connectionId, "totals");
    if (isDone(last, dueAt)) return null;
    const now = await databaseNow(tx);
    if (last && !last.finishedAt && now.getTime() - last.startedAt.getTime() < resumableMs)
      return { id: last.id, afterId: readCheckDetail(last.detail).afterId };
    const id = await startReconciliation(tx, { customerId, connectionId, kind: "totals", startedAt: now });
    return { id, afterId: null };
  });
}
