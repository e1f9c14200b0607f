import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** True while a process with this id exists (a zombie counts as gone). */
export function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return readStat(pid)?.state !== "Z";
}

/**
 * When a process started, as an opaque string that differs between two processes that were given the
 * same id one after the other. Null when there is no such process.
 */
export function processStartTime(pid: number): string | null {
  if (process.platform === "linux") return readStat(pid)?.startTime ?? null;
  try {
    return (
      execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8", stdio: "pipe" }).trim() ||
      null
    );
  } catch {
    return null;
  }
}

/** The program's name of a process, or null where there is no such process. */
export function programOf(pid: number): string | null {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
    return execFileSync("ps", ["-o", "comm=", "-p", String(pid)], { encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    return null;
  }
}

function readStat(pid: number): { state: string; startTime: string } | null {
  if (process.platform !== "linux") return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command name is in parentheses and may itself hold spaces: fields count from the last one.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0] ?? "", startTime: `${bootId()}:${fields[19] ?? ""}` };
  } catch {
    return null;
  }
}

let boot: string | undefined;
function bootId(): string {
  try {
    boot ??= readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    boot = "";
  }
  return boot;
}

/** Sends a signal to a process group; one that is gone is fine. Never to a lone process, whose id may be reused. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch {
    // Nobody left in it.
  }
}

/** Waits until the condition holds; false when the time is over. */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
  everyMs = 25,
): Promise<boolean> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    if (await condition()) return true;
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
