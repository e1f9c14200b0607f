import { closeDatabase, configureDatabase, inSystem } from "@/db/client";
import { enqueueProvidersRefresh } from "@/lib/domain/providers/enqueue-refresh";
import { checkStart } from "@/lib/domain/installation/check-start";
import { heldJobFlags } from "@/lib/domain/installation/held-jobs";
import { env } from "@/lib/env";
import { signAuditJob } from "@/lib/jobs/audit";
import { enqueue } from "@/lib/jobs/define";
import { dailyRetentionJob } from "@/lib/jobs/retention";
import { syncStepJob } from "@/lib/jobs/sync";
import { log } from "@/lib/log";
import { startDispatcher } from "./dispatcher";
import { taskList } from "./registry";
import { schedules } from "./schedules";
import { startRunner, type QueueRunner } from "./start-runner";

/**
 * A step of a sync mostly waits for an answer, for minutes where a provider hangs. So steps have a runner of their own
 * with many places, and whatever else there is (mails, schedules) never stands behind them.
 */
const places = { steps: 64, others: 8 };
/**
 * A step is in a transaction for milliseconds at a time, so its place needs no session of its own. In all a worker has 19
 * at most: these, two times the queue's, two of liveness, one that listens. Four workers and web stay below
 * PostgreSQL's 100.
 */
const poolSize = 10;
const queueSessions = 3;
/** Jobs in hand have this long from the signal; the supervisor kills what is there after 2.8 s. */
const graceMs = 2_000;

export interface RunningWorker {
  /** Ends when the worker stops, by itself or not. */
  promise: Promise<void>;
  /** `sinceMs`: how long ago it was told to, where it had to start first. */
  stop(sinceMs?: number): Promise<void>;
}

/** Starts a worker: its own login, its locks, its jobs and schedules, its share in giving out slots. @throws what isStartRefusal() names */
export async function startWorker(): Promise<RunningWorker> {
  const connectionString = env().WORKER_DATABASE_URL ?? env().DATABASE_URL;
  await configureDatabase({ url: connectionString, max: poolSize });
  await checkStart({ as: "worker" });
  await enqueueAtStart();
  const dispatcher = await startDispatcher();
  const runners = [await startStepRunner(connectionString), await startOtherRunner(connectionString)];
  log.info("the worker runs", { count: places.steps + places.others });
  return {
    promise: Promise.race(runners.map(({ promise }) => promise)),
    async stop(sinceMs = 0) {
      const leftMs = Math.max(0, graceMs - sinceMs);
      await Promise.all([dispatcher.stop(), ...runners.map((runner) => runner.stop(leftMs))]);
      await closeDatabase();
    },
  };
}

function startStepRunner(connectionString: string): Promise<QueueRunner> {
  return startRunner({
    connectionString,
    taskList: Object.fromEntries(Object.entries(taskList).filter(([name]) => name === syncStepJob.name)),
    takes: "steps of syncs",
    concurrency: places.steps,
    sessions: queueSessions,
    // One poller for all places instead of one each. It takes one job at a time, and gives one that finds no free
    // place back within a second: what waits here would wait behind whatever hangs.
    more: { preset: { worker: { localQueue: { size: 1, ttl: 1_000 } } } },
  });
}

function startOtherRunner(connectionString: string): Promise<QueueRunner> {
  return startRunner({
    connectionString,
    taskList: Object.fromEntries(Object.entries(taskList).filter(([name]) => name !== syncStepJob.name)),
    takes: "everything else",
    concurrency: places.others,
    sessions: queueSessions,
    more: { forbiddenFlags: heldJobFlags(), parsedCronItems: schedules() },
  });
}

/** What must not wait for its hour: the list of providers, the partitions of the coming days, heads left unsigned. */
async function enqueueAtStart(): Promise<void> {
  await inSystem(async (tx) => {
    await enqueueProvidersRefresh(tx);
    await enqueue(tx, dailyRetentionJob, {}, { key: dailyRetentionJob.name });
    await enqueue(tx, signAuditJob, {}, { key: signAuditJob.name });
  });
}
