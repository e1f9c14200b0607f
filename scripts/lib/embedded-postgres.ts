/**
 * A real PostgreSQL without an installation: the binaries of the npm package, started on a loopback port.
 * The postmaster leads its own process group and writes to a log file, so it outlives a killed parent unharmed;
 * the next start finds it through `postmaster.pid` and takes it over.
 */
import { spawn, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { findFreePort, isPortFree, loopback } from "./net";
import {
  findPostgresBinaries,
  isReachableByNobody,
  nobody,
  sharedFolder,
  startedAsRoot,
} from "./postgres-binaries";
import { databaseUrl, findRunning, readPidFile } from "./postmaster";
import { isAlive, signalGroup, waitUntil } from "./processes";
import { UserError } from "./user-error";

const readyTimeoutMs = 60_000;
const stopTimeoutMs = 3_500;
const keptPortTimeoutMs = 2_000;
const leftoverTimeoutMs = 30_000;
const leftoverPauseMs = 300;
const logLimitBytes = 10_000_000;

export interface EmbeddedPostgresOptions {
  /** Holds the database folder, the port that was chosen, and the log. Made if missing. */
  dataDir: string;
  superuserPassword: string;
  /** Extra `-c name=value` settings. */
  settings?: Record<string, string>;
}

export interface EmbeddedPostgres {
  port: number;
  pid: number;
  /** Where the database files are (not always below the data folder). */
  folder: string;
  logFile: string;
  /** The process of an earlier, killed run was taken over. */
  adopted: boolean;
  /** Sentences for the person who started it: what was put somewhere unusual. */
  notes: string[];
  superuserUrl: string;
  /** Resolves when the database process has ended, whoever ended it. */
  exited: Promise<void>;
  /** Ends it cleanly and waits; connections are closed, nothing is lost. */
  stop(): Promise<void>;
  /** Ends it at once; the next start recovers from the write-ahead log. */
  kill(): void;
}

export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = path.resolve(options.dataDir);
  prepareDataDir(dataDir);
  const notes: string[] = [];
  const folder = databaseFolder(dataDir, notes);
  const logFile = path.join(dataDir, "postgres.log");

  const orphan = await findRunning(folder, options.superuserPassword);
  if (orphan) {
    return {
      ...describe(options, orphan.port),
      pid: orphan.pid,
      folder,
      logFile,
      adopted: true,
      notes,
      ...controls(orphan.pid),
    };
  }

  const binaries = findPostgresBinaries();
  if (binaries.copiedTo)
    notes.push(`PostgreSQL runs from ${binaries.copiedTo}, because its user may not enter this folder.`);
  if (!existsSync(path.join(folder, "PG_VERSION")))
    await initialize(binaries.initdb, folder, options.superuserPassword);
  const port = await choosePort(dataDir);
  const again = () => launch(binaries.postgres, folder, port, logFile, options.settings ?? {});
  const { child, pid } = await startPatiently(again, folder, logFile);
  return { ...describe(options, port), pid, folder, logFile, adopted: false, notes, ...controls(pid, child) };
}

/** The folder of everything that this copy keeps: closed to others, but passable for the database user of root. */
export function prepareDataDir(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, startedAsRoot ? 0o711 : 0o700);
}

function describe(options: EmbeddedPostgresOptions, port: number) {
  return {
    port,
    superuserUrl: databaseUrl({
      user: "postgres",
      password: options.superuserPassword,
      port,
      database: "postgres",
    }),
  };
}

function databaseFolder(dataDir: string, notes: string[]): string {
  const usual = path.join(dataDir, "postgres");
  const pointer = path.join(dataDir, "postgres.location");
  if (!startedAsRoot || existsSync(usual)) return usual;
  if (isReachableByNobody(dataDir)) return usual;
  // The pointer keeps copies with the same path over time apart: a new data folder never meets an old database.
  if (!existsSync(pointer)) {
    writeFileSync(pointer, path.join(sharedFolder(), `data-${crypto.randomUUID()}`), { mode: 0o600 });
  }
  const elsewhere = readFileSync(pointer, "utf8").trim();
  notes.push(
    `The database files are in ${elsewhere}, because PostgreSQL's user may not enter ${path.dirname(dataDir)}.`,
  );
  return elsewhere;
}

async function initialize(initdb: string, folder: string, password: string): Promise<void> {
  const partial = `${folder}.new`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { mode: 0o700 });
  const passwordFile = `${folder}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (startedAsRoot) for (const file of [partial, passwordFile]) chownSync(file, nobody.uid, nobody.gid);
  const locale = process.platform === "linux" ? "C.UTF-8" : "C";
  try {
    await run(initdb, [
      ...["-D", partial, "-U", "postgres", "-A", "scram-sha-256", `--pwfile=${passwordFile}`],
      ...["-E", "UTF8", `--locale=${locale}`, "--no-sync", "--no-instructions"],
    ]);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  // A rename at the end: a folder of this name is always a complete one.
  renameSync(partial, folder);
}

const databaseUser = () => ({
  cwd: "/",
  env: {
    NODE_ENV: "production" as const,
    PATH: process.env["PATH"] ?? "",
    LC_ALL: process.platform === "linux" ? "C.UTF-8" : "C",
    TZ: "UTC",
  },
  ...(startedAsRoot ? nobody : {}),
});

function run(command: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...databaseUser(), stdio: ["ignore", "ignore", "pipe"] });
    let errors = "";
    child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else
        reject(
          new UserError(`PostgreSQL could not prepare its data folder: ${errors.trim() || `exit ${code}`}`),
        );
    });
  });
}

const portFile = (dataDir: string) => path.join(dataDir, "postgres.port");

/** The port of this data folder's server at its last start; 0 before the first one. */
export function readKeptPort(dataDir: string): number {
  return existsSync(portFile(dataDir)) ? Number(readFileSync(portFile(dataDir), "utf8")) : 0;
}

async function choosePort(dataDir: string): Promise<number> {
  const kept = readKeptPort(dataDir);
  // Those who use the database know this port: a killed server may hold it for a moment.
  if (kept > 0 && (await waitUntil(() => isPortFree(kept), keptPortTimeoutMs, 50))) return kept;
  const port = await findFreePort();
  writeFileSync(portFile(dataDir), String(port), { mode: 0o600 });
  return port;
}

function launch(
  program: string,
  folder: string,
  port: number,
  logFile: string,
  settings: Record<string, string>,
): ChildProcess {
  const tooLong = existsSync(logFile) && statSync(logFile).size > logLimitBytes;
  const log = openSync(logFile, tooLong ? "w" : "a", 0o600);
  const all = {
    listen_addresses: loopback,
    unix_socket_directories: "",
    timezone: "UTC",
    log_timezone: "UTC",
    ...settings,
  };
  const args = [
    "-D",
    folder,
    "-p",
    String(port),
    ...Object.entries(all).flatMap(([k, v]) => ["-c", `${k}=${v}`]),
  ];
  const child = spawn(program, args, { ...databaseUser(), stdio: ["ignore", log, log], detached: true });
  child.on("error", () => undefined);
  child.unref();
  closeSync(log);
  return child;
}

/** Sessions of a server that was killed may work on for a moment; until then a new one refuses to start. */
async function startPatiently(
  begin: () => ChildProcess,
  folder: string,
  logFile: string,
): Promise<{ child: ChildProcess; pid: number }> {
  const until = Date.now() + leftoverTimeoutMs;
  for (;;) {
    const from = existsSync(logFile) ? statSync(logFile).size : 0;
    const child = begin();
    try {
      return { child, pid: await untilReady(child, folder, logFile) };
    } catch (error) {
      // The sessions that are left write to the same log, so the reason need not be among its last lines.
      const isInUse =
        error instanceof UserError && readLogFrom(logFile, from).includes("shared memory block");
      if (!isInUse || Date.now() > until) throw error;
      await setTimeout(leftoverPauseMs);
    }
  }
}

/** What was logged since the file had this size; all of it where it was begun anew. */
function readLogFrom(logFile: string, from: number): string {
  if (!existsSync(logFile)) return "";
  const log = readFileSync(logFile);
  return log.subarray(from <= log.length ? from : 0).toString("utf8");
}

async function untilReady(child: ChildProcess, folder: string, logFile: string): Promise<number> {
  const ended = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  await waitUntil(
    () => {
      const file = readPidFile(folder);
      return ended() || (file?.pid === child.pid && file?.ready === true);
    },
    readyTimeoutMs,
    10,
  );
  const file = readPidFile(folder);
  if (!ended() && child.pid && file?.pid === child.pid && file.ready) return child.pid;
  if (child.pid) signalGroup(child.pid, "SIGKILL");
  const tail = existsSync(logFile)
    ? readFileSync(logFile, "utf8").trim().split("\n").slice(-5).join("\n")
    : "";
  throw new UserError(`PostgreSQL did not start. The end of ${logFile}:\n${tail}`);
}

function controls(pid: number, child?: ChildProcess) {
  const alive = () => (child ? child.exitCode === null && child.signalCode === null : isAlive(pid));
  const exited = new Promise<void>((resolve) => {
    if (child) child.once("exit", () => resolve());
    else {
      const timer = setInterval(() => {
        if (isAlive(pid)) return;
        clearInterval(timer);
        resolve();
      }, 500);
      timer.unref();
    }
  });
  return {
    exited,
    kill: () => signalGroup(pid, "SIGQUIT"),
    stop: async () => {
      if (!alive()) return;
      process.kill(pid, "SIGINT");
      if (await waitUntil(() => !alive(), stopTimeoutMs, 10)) return;
      signalGroup(pid, "SIGQUIT");
      if (!(await waitUntil(() => !alive(), 1_000, 10))) signalGroup(pid, "SIGKILL");
    },
  };
}
