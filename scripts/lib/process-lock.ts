import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { isAlive, processStartTime } from "./processes";

export interface LockHolder {
  pid: number;
  /** Tells apart two processes that were given the same id one after the other. */
  startTime: string | null;
  /** Where the holder can be reached, for the message to whoever finds the lock taken. */
  where: string;
  /** Settings that a command needs to join in, such as the ports. */
  settings?: Record<string, string>;
}

/** `swept`: an earlier holder died without releasing it. */
export type LockResult =
  { held: true; swept: boolean; release: () => void } | { held: false; holder: LockHolder };

/** Takes a lock that dies with its process: the file of a dead holder is swept aside. */
export function tryProcessLock(
  file: string,
  where: string,
  settings: Record<string, string> = {},
): LockResult {
  const me: LockHolder = { pid: process.pid, startTime: processStartTime(process.pid), where, settings };
  const unique = `${file}.${process.pid}-${randomBytes(4).toString("hex")}`;
  writeFileSync(unique, JSON.stringify(me), { mode: 0o600 });
  try {
    for (let swept = false; ; swept = true) {
      // A link appears with its content or not at all, so nobody ever reads half a lock.
      if (link(unique, file)) return { held: true, swept, release: () => release(file, me) };
      const holder = readHolder(file);
      if (holder && isHolderAlive(holder)) return { held: false, holder };
      if (holder) sweep(file, holder, `${unique}.stale`);
    }
  } finally {
    rmSync(unique, { force: true });
  }
}

export function isHolderAlive(holder: LockHolder): boolean {
  return isAlive(holder.pid) && processStartTime(holder.pid) === holder.startTime;
}

export function readHolder(file: string): LockHolder | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as LockHolder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    // Not written by us: nobody holds it.
    return { pid: 0, startTime: null, where: "" };
  }
}

/** Moves a dead holder's file away; if another process was faster and the file is a new one, puts it back. */
function sweep(file: string, dead: LockHolder, aside: string): void {
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved && moved.pid !== dead.pid) link(aside, file);
  rmSync(aside, { force: true });
}

function release(file: string, me: LockHolder): void {
  const holder = readHolder(file);
  if (holder?.pid === me.pid && holder.startTime === me.startTime) rmSync(file, { force: true });
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
