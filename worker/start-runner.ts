import { EventEmitter } from "node:events";
import { Logger, run, type RunnerOptions, type TaskList, type WorkerEvents } from "graphile-worker";
import { log } from "@/lib/log";
import { startLiveness, type Liveness } from "./liveness";

/** Jobs wake a runner by NOTIFY; polling is for delayed ones and for what a dead worker held. */
const pollIntervalMs = 1_000;

interface StartRunnerOptions {
  connectionString: string;
  taskList: TaskList;
  /** Which jobs these are, in a word. */
  takes?: string;
  /** Jobs at a time. */
  concurrency: number;
  /** Sessions of the queue itself; the jobs' own are the process's pool. */
  sessions: number;
  more?: Pick<RunnerOptions, "forbiddenFlags" | "parsedCronItems" | "preset">;
}

export interface QueueRunner {
  /** Ends when the runner stops, by itself or not. */
  promise: Promise<void>;
  /** Jobs in hand get this long; what is not done then is free for the next worker. */
  stop(graceMs: number): Promise<void>;
}

/** Takes jobs of these names from the queue, under a lock that tells the others that it lives. */
export async function startRunner({
  connectionString,
  taskList,
  takes = "every job",
  concurrency,
  sessions,
  more,
}: StartRunnerOptions): Promise<QueueRunner> {
  const events: WorkerEvents = new EventEmitter();
  const liveness = new Promise<Liveness>((resolve, reject) => {
    events.once("pool:create", ({ workerPool }) => {
      startLiveness(connectionString, workerPool.id, { concurrency, takes }).then(resolve, reject);
    });
  });
  const runner = await run({
    ...more,
    connectionString,
    events,
    concurrency,
    maxPoolSize: sessions,
    pollInterval: pollIntervalMs,
    noHandleSignals: true,
    taskList,
    logger: quietLogger(),
  });
  const alive = await liveness;
  await alive.reap();
  return {
    promise: runner.promise,
    async stop(graceMs) {
      const inTime = await settledWithin(runner.stop(), graceMs);
      await alive.stop({ freeJobs: !inTime });
    },
  };
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
