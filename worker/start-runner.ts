import { EventEmitter } from "node:events";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
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
  const pool = startPool(connectionString, sessions);
  const runner = await run({
    ...more,
    pgPool: pool,
    events,
    concurrency,
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
      const stopped = runner
        .stop()
        // It may be stopping by itself already.
        .catch(() => undefined)
        .then(() => runner.promise)
        .catch(() => undefined)
        .then(() => written(pool));
      const inTime = await settledWithin(stopped, graceMs);
      await alive.stop();
      // What is still in hand may end until the process does, and is to find its sessions open.
      if (inTime) await pool.end();
    },
  };
}

/** The queue's own sessions. It looks after those that fail; without a listener they would end the process. */
function startPool(connectionString: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString, max, application_name: "perch queue" });
  const tell = () => log.warn("a session of the queue ended with an error");
  pool.on("error", tell);
  pool.on("connect", (client) => client.on("error", tell));
  return pool;
}

/**
 * Ends when no session is in use or waited for. The runner calls itself stopped while it still writes that jobs are
 * done; a process that ended then would leave them locked, and they would be done twice.
 */
async function written(pool: pg.Pool): Promise<void> {
  while (pool.waitingCount > 0 || pool.idleCount < pool.totalCount) await setTimeout(10);
}

async function settledWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  const over = new AbortController();
  const timeout = setTimeout(ms, false, { signal: over.signal }).catch(() => false);
  const inTime = await Promise.race([work.then(() => true), timeout]);
  over.abort();
  return inTime;
}

/** The queue's own log quotes payloads and errors, so only the fact of an error passes. */
function quietLogger(): Logger {
  return new Logger(() => (level) => {
    if (level === "error") log.warn("the queue reported an error");
  });
}
