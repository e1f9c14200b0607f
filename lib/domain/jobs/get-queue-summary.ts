import { inScope } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { countQueue, listWorkers } from "@/db/repositories/queue";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/domain/context";
import { toWorkers } from "./to-jobs-view";

export interface QueueSummaryView {
  due: number;
  oldestDueAt: Date | null;
  running: number;
  /** Given up after all tries. */
  failed: number;
  retrying: number;
  /** Processes. */
  alive: number;
  gone: number;
  now: Date;
}

/** The queue in a few figures. @throws DomainError FORBIDDEN */
export async function getQueueSummary(ctx: Context): Promise<QueueSummaryView> {
  requirePermission(ctx, "platform:read");
  return inScope(
    { ...ctx, scope: { kind: "platform" } },
    async (tx) => {
      const kinds = await countQueue(tx);
      const workers = toWorkers(await listWorkers(tx));
      const due = kinds.flatMap(({ oldestDueAt }) => oldestDueAt?.getTime() ?? []);
      const total = (of: (kind: (typeof kinds)[number]) => number) =>
        kinds.reduce((sum, kind) => sum + of(kind), 0);
      return {
        due: total((kind) => kind.due),
        oldestDueAt: due.length > 0 ? new Date(Math.min(...due)) : null,
        running: total((kind) => kind.running),
        failed: total((kind) => kind.failed),
        retrying: total((kind) => kind.retrying),
        alive: workers.filter((worker) => worker.alive).length,
        gone: workers.filter((worker) => !worker.alive).length,
        now: await readClock(tx),
      };
    },
    { readOnly: true },
  );
}
