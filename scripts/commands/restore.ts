import { closeDatabase, configureDatabase } from "@/db/client";
import { beginRestore, confirmRestoreByOperator } from "@/lib/domain/installation/confirm-restore";
import { env } from "@/lib/env";
import { withEnvironment } from "../lib/command-environment";
import { UserError } from "../lib/user-error";

/**
 * Before the processes of a database restored to a point in time start: cluster and database are the same as before, so
 * Perch cannot see that it is a copy.
 */
export function restoreBegin(): Promise<number> {
  return asWorker(async () => {
    await beginRestore();
    console.log(
      "This is a restored copy now: nobody is signed in, links are void, mail and disconnects wait.\n" +
        "Look at it, then: npm run perch -- restore:confirm",
    );
  });
}

/** Lets mail and disconnects of a restored copy go on; written to the platform's audit. */
export function restoreConfirm(): Promise<number> {
  return asWorker(async () => {
    console.log(
      (await confirmRestoreByOperator())
        ? "Confirmed: what waited goes out now."
        : "Nothing waits: this is no restored copy, or it was confirmed already.",
    );
  });
}

function asWorker(run: () => Promise<void>): Promise<number> {
  return withEnvironment(async () => {
    const { WORKER_DATABASE_URL: url } = env();
    if (!url)
      throw new UserError("WORKER_DATABASE_URL is missing: a restore is declared with the worker's login.");
    await configureDatabase({ url, max: 1 });
    try {
      await run();
      return 0;
    } finally {
      await closeDatabase();
    }
  });
}
