/**
 * Everything that a local copy of Perch consists of, started in order and stopped in the opposite one. What is
 * registered with `Shutdown` before a step begins is undone even when that step fails half way.
 */
import path from "node:path";
import { supervisorLockFile } from "./command-environment";
import { openDataFolder } from "./data-folder";
import { openLocalDatabase, type LocalDatabase } from "./local-database";
import type { Plan } from "./local-environment";
import { ManagedChild, type ChildSpec } from "./managed-child";
import { isPortFree, probePort } from "./net";
import { tryProcessLock } from "./process-lock";
import { waitUntil } from "./processes";
import { loadSecrets } from "./secrets";
import { Shutdown } from "./shutdown";
import { UserError } from "./user-error";

const childGraceMs = 2_800;
/** Processes of a run that was killed end by themselves within this time. */
const leftoverGraceMs = 4_000;

export interface SupervisorOptions {
  plan: Plan;
  /** Shows everything that the children print, not only warnings. */
  showAll: boolean;
  say: (text: string) => void;
  /** Runs while the database starts; what it returns is called at the end. */
  prepare: (signal: AbortSignal) => Promise<() => void>;
  children: (database: LocalDatabase) => ChildSpec[];
  /** Called once when everything is ready. */
  onReady: (database: LocalDatabase, children: ManagedChild[]) => Promise<void>;
}

/** Runs until it is asked to stop. Resolves to the exit code; every process is gone by then. */
export async function supervise(options: SupervisorOptions): Promise<number> {
  const shutdown = new Shutdown();
  shutdown.listen(options.say);
  const startUp = start(options, shutdown).catch((error: unknown) => shutdown.fail(error));
  try {
    await shutdown.requested;
    return 0;
  } finally {
    await shutdown.run(startUp);
  }
}

async function start(options: SupervisorOptions, shutdown: Shutdown): Promise<void> {
  const { plan, say } = options;
  openDataFolder(plan.dataDir);
  const afterKill = takeFolderLock(plan, shutdown);
  await requireFreePorts(plan, afterKill);
  const secrets = loadSecrets(plan.dataDir);

  const [database] = await settleAll([
    openLocalDatabase(plan, secrets).then((opened) => {
      shutdown.add(
        () => closeDatabase(opened),
        () => opened.server?.kill(),
      );
      return opened;
    }),
    options.prepare(shutdown.signal).then((undo) => shutdown.add(undo)),
  ]);
  if (shutdown.signal.aborted) return;
  for (const note of database.server?.notes ?? []) say(note);
  if (database.server?.adopted) say("Took over the database of a run that was killed");

  const logs = path.join(plan.dataDir, "logs");
  const children = options
    .children(database)
    .map((spec) => new ManagedChild(spec, { logs, showAll: options.showAll }));
  shutdown.add(
    async () => void (await Promise.all(children.map((child) => child.stop(childGraceMs)))),
    () => children.forEach((child) => child.kill()),
  );
  watchDatabase(database, () => openLocalDatabase(plan, secrets), shutdown);
  await settleAll(children.map((child) => child.start()));
  await options.onReady(database, children);
}

/** @returns true when the run before this one was killed */
function takeFolderLock(plan: Plan, shutdown: Shutdown): boolean {
  const settings = {
    NEXTAUTH_URL: plan.appUrl,
    PORT: String(plan.port),
    SANDBOX_PORT: String(plan.sandboxPort),
  };
  const lock = tryProcessLock(supervisorLockFile(plan.dataDir), plan.appUrl, settings);
  if (!lock.held) {
    throw new UserError(
      `Perch is already running at ${lock.holder.where} with the data folder ${plan.dataDir} (process ${lock.holder.pid}). ` +
        "Stop it first, or start a second copy beside it: PORT=3100 SANDBOX_PORT=4110 DATA_DIR=.data-2 npm start",
    );
  }
  shutdown.add(lock.release);
  return lock.swept;
}

async function requireFreePorts(plan: Plan, afterKill: boolean): Promise<void> {
  const ports = [
    { name: "PORT", port: plan.port, what: "the dashboard" },
    ...(plan.sandbox ? [{ name: "SANDBOX_PORT", port: plan.sandboxPort, what: "the Finch emulator" }] : []),
  ];
  for (const { name, port, what } of ports) {
    if (await isPortFree(port)) continue;
    if (afterKill && (await waitUntil(() => isPortFree(port), leftoverGraceMs, 100))) continue;
    const instead = `${name}=${port < 1_024 ? port + 8_000 : port + 100} npm start`;
    throw new UserError(
      (await probePort(port)) === "forbidden"
        ? `Port ${port}, meant for ${what}, may be used by an administrator only. Choose another port: ${instead}`
        : `Port ${port}, meant for ${what}, is taken by another program. Stop that program, or choose another port: ${instead}`,
    );
  }
}

/** Waits for all, then throws the first failure: what succeeded beside it has been registered to be undone. */
async function settleAll<T extends readonly Promise<unknown>[]>(work: [...T]) {
  await Promise.allSettled(work);
  return Promise.all(work);
}

/** A database that dies is started again; the processes around it reconnect by themselves. */
function watchDatabase(
  database: LocalDatabase,
  restart: () => Promise<LocalDatabase>,
  shutdown: Shutdown,
): void {
  void database.server?.exited.then(async () => {
    if (shutdown.signal.aborted) return;
    console.log("The database process ended; starting it again");
    try {
      Object.assign(database, await restart());
      watchDatabase(database, restart, shutdown);
    } catch (error) {
      shutdown.fail(error);
    }
  });
}

async function closeDatabase(database: LocalDatabase): Promise<void> {
  await database.lock.release();
  await database.server?.stop();
}
