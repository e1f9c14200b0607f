/**
 * Where the commands of `npm run perch` work: on a server with the environment they are given, locally with the
 * secrets that the supervisor kept, on the running database or on one that is started for the moment.
 */
import path from "node:path";
import { readKeptPort } from "./embedded-postgres";
import { openDataFolder } from "./data-folder";
import { openLocalDatabase } from "./local-database";
import { completeEnvironment, loadEnvFile, planFrom, type Plan } from "./local-environment";
import { isHolderAlive, readHolder, type LockHolder } from "./process-lock";
import { loadSecrets, readSecrets } from "./secrets";
import { UserError } from "./user-error";

export const supervisorLockFile = (dataDir: string) => path.join(dataDir, "supervisor.lock");

/** The supervisor that works on a data folder now, if there is one. */
export function findSupervisor(dataDir: string): LockHolder | null {
  const holder = readHolder(supervisorLockFile(dataDir));
  return holder && isHolderAlive(holder) ? holder : null;
}

/** The plan of this command: that of the running copy, where there is one. */
export function commandPlan(): { plan: Plan; supervisor: LockHolder | null } {
  loadEnvFile();
  const plan = planFrom(process.env);
  const supervisor = plan.mode === "local" ? findSupervisor(plan.dataDir) : null;
  return { plan: supervisor ? planFrom({ ...process.env, ...supervisor.settings }) : plan, supervisor };
}

/** Runs a command with a complete `process.env` and a reachable database. */
export async function withEnvironment<T>(run: (plan: Plan) => Promise<T>): Promise<T> {
  const { plan, supervisor } = commandPlan();
  if (plan.mode === "server") return run(plan);
  if (!plan.embeddedPostgres) {
    openDataFolder(plan.dataDir);
    Object.assign(process.env, completeEnvironment(plan, loadSecrets(plan.dataDir), null));
    return run(plan);
  }
  const secrets = readSecrets(plan.dataDir);
  if (!secrets) {
    throw new UserError(
      `There is no copy of Perch in ${plan.dataDir} yet. Start one with npm start, or set DATA_DIR.`,
    );
  }
  if (supervisor) {
    Object.assign(process.env, completeEnvironment(plan, secrets, readKeptPort(plan.dataDir)));
    return run(plan);
  }
  const database = await openLocalDatabase(plan, secrets);
  try {
    Object.assign(process.env, database.variables);
    return await run(plan);
  } finally {
    await database.lock.release();
    await database.server?.stop();
  }
}
