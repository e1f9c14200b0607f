import { configureDatabase, closeDatabase } from "@/db/client";
import { rotateKeys } from "@/lib/domain/keys/rotate-keys";
import { env } from "@/lib/env";

/** The process that is killed: `perch keys:rotate` without its checks of the environment. One line a batch. */
await configureDatabase({ url: env().WORKER_DATABASE_URL ?? "", max: 2 });
await rotateKeys({
  reencrypt: true,
  batchSize: Number(process.argv[2] ?? 500),
  onBatch: ({ values }) => process.stdout.write(`${values}\n`),
});
await closeDatabase();
