/**
 * The production build, made only when its sources changed. One build folder serves every copy that runs from
 * this checkout, so a build waits for another one, and never replaces what a running copy serves.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { root } from "./local-environment";
import { isHolderAlive, readHolder, tryProcessLock } from "./process-lock";
import { processStartTime } from "./processes";
import { UserError } from "./user-error";

const folder = path.join(root, ".build");
const usersFolder = path.join(folder, "users");
const keyFile = path.join(root, ".next", "perch-build-key");
const sources = ["app", "components", "lib", "db", "public", "proxy.ts", "instrumentation.ts"].concat([
  ...["next.config.mjs", "postcss.config.mjs", "tailwind.config.ts", "tsconfig.json", "package-lock.json"],
]);
const keptVariables = [
  "PATH",
  "HOME",
  "TMPDIR",
  "LANG",
  "NODE_OPTIONS",
  "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY",
];

/** Changes exactly when the result of a build could. */
export function buildKey(actionsKey: string | undefined): string {
  const hash = createHash("sha256");
  for (const file of sources.flatMap((name) => listFiles(path.join(root, name)))) {
    hash.update(path.relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash
    .update(
      createHash("sha256")
        .update(actionsKey ?? "")
        .digest(),
    )
    .digest("hex");
}

function listFiles(target: string): string[] {
  if (!existsSync(target)) return [];
  if (path.extname(target) && !target.endsWith("/")) return [target];
  return readdirSync(target, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** Builds if the sources differ from the last build. Resolves to the key of the build that now stands. */
export async function ensureBuild(say: (text: string) => void, signal?: AbortSignal): Promise<string> {
  const key = buildKey(process.env["NEXT_SERVER_ACTIONS_ENCRYPTION_KEY"]);
  if (currentKey() === key) return key;
  mkdirSync(usersFolder, { recursive: true });
  const release = await takeBuildLock(say, signal);
  try {
    if (currentKey() === key) return key;
    const user = liveUsers().find((holder) => holder.key !== key);
    if (user) {
      throw new UserError(
        `The sources changed since the copy at ${user.where} was started from this folder, and a new build would break it. ` +
          "Stop that copy first (or start this one from a checkout of its own).",
      );
    }
    await runBuild(say, signal);
    writeFileSync(keyFile, key);
    return key;
  } finally {
    release();
  }
}

const currentKey = () => (existsSync(keyFile) ? readFileSync(keyFile, "utf8") : null);

async function takeBuildLock(say: (text: string) => void, signal?: AbortSignal): Promise<() => void> {
  for (let waited = false; ; waited = true) {
    const lock = tryProcessLock(path.join(folder, "build.lock"), "a build");
    if (lock.held) return lock.release;
    if (!waited) say(`Waiting for a build that process ${lock.holder.pid} is making`);
    await new Promise((resolve) => setTimeout(resolve, 200));
    signal?.throwIfAborted();
  }
}

/** Says that a running copy serves this build, until the returned function is called or its process is gone. */
export function registerBuildUser(key: string, where: string): () => void {
  mkdirSync(usersFolder, { recursive: true });
  const file = path.join(usersFolder, `${process.pid}.json`);
  writeFileSync(
    file,
    JSON.stringify({ pid: process.pid, startTime: processStartTime(process.pid), where, key }),
  );
  return () => rmSync(file, { force: true });
}

function liveUsers(): { where: string; key: string }[] {
  return readdirSync(usersFolder).flatMap((name) => {
    const file = path.join(usersFolder, name);
    const holder = readHolder(file) as ReturnType<typeof readHolder> & { key?: string };
    if (holder && isHolderAlive(holder)) return [{ where: holder.where, key: holder.key ?? "" }];
    rmSync(file, { force: true });
    return [];
  });
}

async function runBuild(say: (text: string) => void, signal?: AbortSignal): Promise<void> {
  const started = performance.now();
  say("Building the web application (only when its sources changed; about a minute)");
  rmSync(keyFile, { force: true });
  const logFile = path.join(folder, "build.log");
  const log = createWriteStream(logFile);
  // No value of the environment may end up in the build, so it hardly gets any.
  const kept = keptVariables.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []));
  const child = spawn(process.execPath, [path.join(root, "node_modules/next/dist/bin/next"), "build"], {
    cwd: root,
    env: {
      ...Object.fromEntries(kept),
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
    } as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = () => child.kill("SIGKILL");
  process.once("exit", stop);
  signal?.addEventListener("abort", stop, { once: true });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  process.off("exit", stop);
  await new Promise((resolve) => log.end(resolve));
  if (code !== 0) {
    const tail = readFileSync(logFile, "utf8").trim().split("\n").slice(-40).join("\n");
    throw new UserError(`${tail}\n\nThe build failed. The whole output is in ${logFile}.`);
  }
  say(`Built in ${Math.round((performance.now() - started) / 1000)} s`);
}
