import { EnvError, envAtStart } from "@/lib/env";
import { isStartRefusal } from "@/lib/domain/installation/check-start";
import { captureConsole, captureCrashes, configureLog, log } from "@/lib/log";
import { startWorker } from "./start-worker";

/** The worker process. It stops on SIGTERM and SIGINT, at the latest 5 s later. */
const lastResortMs = 4_500;

async function main(): Promise<void> {
  const { LOG_LEVEL, NODE_ENV } = envAtStart({ needs: ["WORKER_DATABASE_URL"] });
  configureLog({ level: LOG_LEVEL, name: "worker" });
  if (NODE_ENV === "production") {
    captureConsole();
    captureCrashes();
  }
  const starting = startWorker();
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info("the worker stops", { signal });
    const askedAt = performance.now();
    setTimeout(() => process.exit(0), lastResortMs).unref();
    starting
      .then((worker) => worker.stop(performance.now() - askedAt))
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  // Before the start is over: its first runner takes jobs while the second one still starts.
  process.on("SIGTERM", () => stop("SIGTERM"));
  process.on("SIGINT", () => stop("SIGINT"));
  const worker = await starting;
  await worker.promise;
  // A runner that ends by itself has lost the database: whoever supervises starts a new one.
  if (!stopping) process.exit(1);
}

main().catch((error: unknown) => {
  if (error instanceof EnvError || isStartRefusal(error)) process.stderr.write(`${error.message}\n`);
  else log.error("the worker could not start", error);
  process.exit(1);
});
