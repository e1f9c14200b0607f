import { z } from "zod";
import { inScope } from "@/db/client";
import { findUserNames, readClock } from "@/db/repositories/connections-clock";
import { findConnection } from "@/db/repositories/connections";
import { listStepsOfRuns, sumRuns } from "@/db/repositories/connections-detail";
import { listRuns } from "@/db/repositories/sync-runs";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import type { SyncRunView } from "../run-views";
import { toSyncRunView } from "../to-run-view";

/** Runs that the history shows. */
export const shownRuns = 20;

export const ListSyncRunsInput = z.strictObject({
  connectionId: z.uuid(),
  /** The run whose steps are shown too. */
  runId: z.uuid().nullable().default(null),
});
export type ListSyncRunsInput = z.input<typeof ListSyncRunsInput>;

export interface SyncRunsView {
  /** Newest first; without steps but for the one asked for. */
  runs: SyncRunView[];
  now: string;
}

/**
 * The last runs of a connection: why, who asked, how long, how many requests, how they ended.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function listSyncRuns(context: Context, raw: ListSyncRunsInput): Promise<SyncRunsView> {
  const { connectionId, runId } = ListSyncRunsInput.parse(raw);
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  return inScope(
    ctx,
    async (tx) => {
      const connection = await findConnection(tx, customerId, connectionId);
      if (!connection) throw notFound("connection");
      requirePermission(ctx, "connection:read", { connectionId });
      const rows = await listRuns(tx, customerId, connectionId, shownRuns);
      const ids = rows.map(({ id }) => id);
      const sums = await sumRuns(tx, customerId, ids);
      // Only of a run in the list: another connection's would not be in it.
      const steps = await listStepsOfRuns(tx, customerId, runId && ids.includes(runId) ? [runId] : []);
      const names = await findUserNames(
        tx,
        rows
          .flatMap(({ requestedBy, cancelledBy }) => [requestedBy, cancelledBy])
          .filter((id) => id !== null),
      );
      return {
        runs: rows.map((run) => ({
          ...toSyncRunView({ run, steps, providerName: connection.providerName, names }),
          ...(sums.get(run.id) ?? { requests: 0, itemErrors: 0 }),
        })),
        now: (await readClock(tx)).toISOString(),
      };
    },
    { readOnly: true },
  );
}
