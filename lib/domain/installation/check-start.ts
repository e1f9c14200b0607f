import { inSystem, loginDatabase } from "@/db/client";
import { claimInstallation, findLoginDangers } from "@/db/repositories/installation-start";
import { checkKeys, compareKeys, WrongKeyError } from "@/lib/domain/keys/check-keys";
import { env, type Env } from "@/lib/env";
import { log } from "@/lib/log";
import { DemoDatabaseError, refuseDemoDatabase } from "./refuse-demo-database";

/** The database belongs to an installation of another kind, or the login could skip its locks. */
class InstallationError extends Error {
  override name = "InstallationError";
}

/** Whether the operator has to mend something, rather than wait. */
export function isStartRefusal(error: unknown): error is Error {
  return (
    error instanceof DemoDatabaseError || error instanceof WrongKeyError || error instanceof InstallationError
  );
}

interface CheckStartOptions {
  /** The worker also notes the answer of a new key. */
  as: "web" | "worker";
  settings?: Pick<Env, "mode" | "FINCH_ENVIRONMENT">;
}

/**
 * What has to be right in the database before a process serves anybody (SECURITY 1, 17, 22): no demo on a server,
 * logins without power over the locks, one Finch environment for good, keys that fit. A restored copy is quarantined.
 * @throws an error for which isStartRefusal() holds
 */
export async function checkStart({ as, settings = env() }: CheckStartOptions): Promise<void> {
  const { mode, FINCH_ENVIRONMENT } = settings;
  await refuseDemoDatabase({ mode });
  if (mode === "server") await refuseStrongLogins(as);
  const claimed = await inSystem((tx) => claimInstallation(tx, FINCH_ENVIRONMENT));
  if (claimed.environment !== FINCH_ENVIRONMENT) {
    throw new InstallationError(
      `This database belongs to an installation for Finch's ${claimed.environment} environment, and FINCH_ENVIRONMENT is ${FINCH_ENVIRONMENT}. ` +
        "One installation serves one environment: set it back, or give Perch a database of its own.",
    );
  }
  if (claimed.restored)
    log.warn("this database is a restored copy: sessions and links are void, mail and disconnects wait");
  else if (claimed.quarantined) log.warn("a restored copy waits for staff to confirm it");
  await (as === "worker" ? checkKeys() : compareKeys());
}

/** Web has a second login, for sign-in: row-level security would hold for it no more than for the first. */
async function refuseStrongLogins(as: CheckStartOptions["as"]): Promise<void> {
  const dangers = await inSystem(findLoginDangers);
  if (as === "web")
    dangers.push(...(await loginDatabase(env().AUTH_DATABASE_URL).transaction(findLoginDangers)));
  if (dangers.length === 0) return;
  throw new InstallationError(
    `${[...new Set(dangers)].join(", and ")}, so row-level security would not hold. Use the logins that npm run db:migrate makes (docs/operations.md).`,
  );
}
