import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isAlive, signalGroup } from "@/scripts/lib/processes";

const prefix = "perch-test-";

/** Makes the folder of a run, after clearing those of runs that were killed. */
export function makeRunFolder(): string {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const owner = Number(name.slice(prefix.length).split("-")[0]);
    if (owner && !isAlive(owner)) stopTestCluster(path.join(tmpdir(), name));
  }
  const folder = mkdtempSync(path.join(tmpdir(), `${prefix}${process.pid}-`));
  chmodSync(folder, 0o711);
  return folder;
}

/** Ends the run's database, if one was started, and removes everything of it. */
export function stopTestCluster(runFolder: string): void {
  const pidFile = path.join(runFolder, "data", "postgres", "postmaster.pid");
  if (existsSync(pidFile)) {
    const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
    // Nothing in it is wanted any more, so the fastest end is the right one.
    if (pid > 1 && isAlive(pid)) signalGroup(pid, "SIGKILL");
  }
  rmSync(runFolder, { recursive: true, force: true, maxRetries: 5 });
}
