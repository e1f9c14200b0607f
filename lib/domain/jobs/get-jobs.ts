import { inScope, type Tx } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import {
  countQueue,
  listClockTimes,
  listQueueFailures,
  listReaps,
  listWorkers,
  type QueueFailureRow,
} from "@/db/repositories/queue";
import { can, requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/domain/context";
import { schedules } from "@/lib/jobs/schedules";
import { jobLabel } from "./job-words";
import { JobsQuery } from "./jobs-query";
import { nextRun } from "./next-run";
import { toFailure, toKinds, toReap, toWorkers } from "./to-jobs-view";
import type { JobsView, ScheduleView } from "./views";

export const failurePageSize = 50;
const shownReaps = 20;

/**
 * The queue: how much waits, what failed and why, who works on it, what comes by the clock.
 * @throws DomainError FORBIDDEN
 */
export async function getJobs(ctx: Context, raw: Partial<JobsQuery>): Promise<JobsView> {
  const query = JobsQuery.parse(raw);
  requirePermission(ctx, "platform:read");
  return inScope(
    { ...ctx, scope: { kind: "platform" } },
    async (tx) => {
      const now = await readClock(tx);
      const found = await readFailures(tx, query);
      const rows = found.slice(0, failurePageSize);
      const customer = query.customerId ? await findCustomer(tx, query.customerId) : null;
      return {
        kinds: toKinds(await countQueue(tx)),
        failures: rows.map(toFailure),
        next: found.length > failurePageSize ? placeOf(rows.at(-1)) : null,
        employer: customer ? { id: customer.id, name: customer.name } : null,
        workers: toWorkers(await listWorkers(tx)),
        reaps: (await listReaps(tx, shownReaps)).map(toReap),
        schedules: await readSchedules(tx, now),
        mayRetry: can(ctx, "platform:jobs"),
        now,
      };
    },
    { readOnly: true },
  );
}

const placeOf = (row: QueueFailureRow | undefined) => (row ? `${row.failedMicros}.${row.id}` : null);

function readFailures(tx: Tx, { job, state, customerId, after }: JobsQuery): Promise<QueueFailureRow[]> {
  const [micros, id] = after?.split(".") ?? [];
  const before = micros && id ? { micros, id } : null;
  return listQueueFailures(tx, { job, state, customerId, before, limit: failurePageSize + 1 });
}

async function readSchedules(tx: Tx, now: Date): Promise<ScheduleView[]> {
  const times = await listClockTimes(tx);
  return schedules
    .map(({ job, identifier = job, match }) => ({
      id: identifier,
      label: jobLabel(job) + (identifier === job ? "" : ` (${identifier.slice(job.length + 1)})`),
      lastAt: times.get(identifier) ?? null,
      nextAt: nextRun(match, now),
    }))
    .sort((a, b) => a.nextAt.getTime() - b.nextAt.getTime());
}
