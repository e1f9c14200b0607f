import { EnvError, env } from "@/lib/env";
import { WrongKeyError } from "@/lib/domain/keys/check-keys";
import { configureLog, log } from "@/lib/log";
import { startWorker } from "./start-worker";

/** The worker process. It stops on SIGTERM and SIGINT, at the latest 5 s later. */
const lastResortMs = 4_500;

async function main(): Promise<void> {
  configureLog({ level: env().LOG_LEVEL, name: "worker" });
  const worker = await startWorker();
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info("the worker stops", { signal });
    setTimeout(() => process.exit(0), lastResortMs).unref();
    worker.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGTERM", () => stop("SIGTERM"));
  process.on("SIGINT", () => stop("SIGINT"));
  await worker.promise;
  // A runner that ends by itself has lost the database: whoever supervises starts a new one.
  if (!stopping) process.exit(1);
}

main().catch((error: unknown) => {
  const isForPeople = error instanceof EnvError || error instanceof WrongKeyError;
  if (isForPeople) console.error(error.message);
  else log.error("the worker could not start", error);
  process.exit(1);
});
