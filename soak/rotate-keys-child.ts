import { configureDatabase, closeDatabase } from "@/db/client";
import { rotateKeys } from "@/lib/domain/keys/rotate-keys";
import { env } from "@/lib/env";

/**
 * The process that is killed: `perch keys:rotate` without its checks of the environment. It is told after how many
 * batches, because a kill from outside may come when everything is done.
 */
const [batchSize = "500", killAfter = ""] = process.argv.slice(2);
/** Long enough to be inside the next batch, too short for its end. */
const intoBatchMs = 2;

await configureDatabase({ url: env().WORKER_DATABASE_URL ?? "", max: 2 });
let batches = 0;
await rotateKeys({
  reencrypt: true,
  batchSize: Number(batchSize),
  onBatch() {
    batches += 1;
    if (batches === Number(killAfter)) setTimeout(() => process.kill(process.pid, "SIGKILL"), intoBatchMs);
  },
});
await closeDatabase();
