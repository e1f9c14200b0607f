import { EventEmitter } from "node:events";
import { Logger, run, type WorkerEvents } from "graphile-worker";
import { closeDatabase, configureDatabase, inSystem } from "@/db/client";
import { enqueueProvidersRefresh } from "@/lib/domain/providers/enqueue-refresh";
import { checkStart } from "@/lib/domain/installation/check-start";
import { heldJobFlags } from "@/lib/domain/installation/held-jobs";
import { env } from "@/lib/env";
import { signAuditJob } from "@/lib/jobs/audit";
import { enqueue } from "@/lib/jobs/define";
import { dailyRetentionJob } from "@/lib/jobs/retention";
import { log } from "@/lib/log";
import { startLiveness, type Liveness } from "./liveness";
import { taskList } from "./registry";
import { schedules } from "./schedules";

const concurrency = 8;
/** Jobs wake a worker by NOTIFY; polling is for delayed ones and for what a dead worker held. */
const pollIntervalMs = 1_000;
/** Jobs in hand get this long; what is not done then is free for the next worker. */
const graceMs = 3_000;

export interface RunningWorker {
  /** Ends when the worker stops, by itself or not. */
  promise: Promise<void>;
  stop(): Promise<void>;
}

/** Starts a worker: its own login, its lock, its jobs and schedules. @throws what isStartRefusal() names */
export async function startWorker(): Promise<RunningWorker> {
  const connectionString = env().WORKER_DATABASE_URL ?? env().DATABASE_URL;
  await configureDatabase({ url: connectionString, max: concurrency + 4 });
  await checkStart({ as: "worker" });
  await enqueueAtStart();
  const events: WorkerEvents = new EventEmitter();
  const liveness = new Promise<Liveness>((resolve, reject) => {
    events.once("pool:create", ({ workerPool }) => {
      startLiveness(connectionString, workerPool.id, { concurrency }).then(resolve, reject);
    });
  });
  const runner = await run({
    connectionString,
    events,
    concurrency,
    pollInterval: pollIntervalMs,
    noHandleSignals: true,
    taskList,
    forbiddenFlags: heldJobFlags(),
    parsedCronItems: schedules(),
    logger: quietLogger(),
  });
  const alive = await liveness;
  await alive.reap();
  log.info("the worker runs", { count: concurrency });
  return {
    promise: runner.promise,
    async stop() {
      const inTime = await settledWithin(runner.stop(), graceMs);
      await alive.stop({ freeJobs: !inTime });
      await closeDatabase();
    },
  };
}

/** What must not wait for its hour: the list of providers, the partitions of the coming days, heads left unsigned. */
async function enqueueAtStart(): Promise<void> {
  await inSystem(async (tx) => {
    await enqueueProvidersRefresh(tx);
    await enqueue(tx, dailyRetentionJob, {}, { key: dailyRetentionJob.name });
    await enqueue(tx, signAuditJob, {}, { key: signAuditJob.name });
  });
}

async function settledWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), ms)));
  const done = work.then(
    () => true,
    () => true,
  );
  return Promise.race([done, timeout]).finally(() => clearTimeout(timer));
}

/** The queue's own log quotes payloads and errors, so only the fact of an error passes. */
function quietLogger(): Logger {
  return new Logger(() => (level) => {
    if (level === "error") log.warn("the queue reported an error");
  });
}
