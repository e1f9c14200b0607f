import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tryProcessLock } from "./process-lock";
import { processStartTime } from "./processes";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "perch-lock-"));
  file = path.join(folder, "lock");
});
afterEach(() => rmSync(folder, { recursive: true }));

const deadPid = () => spawnSync(process.execPath, ["-e", ""]).pid;

describe("tryProcessLock", () => {
  it("the second one learns who holds it", () => {
    expect(tryProcessLock(file, "http://first").held).toBe(true);
    const second = tryProcessLock(file, "http://second");
    expect(second).toMatchObject({ held: false, holder: { pid: process.pid, where: "http://first" } });
  });

  it("is free again after its release and leaves nothing behind", () => {
    const lock = tryProcessLock(file, "here");
    if (lock.held) lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("the lock of a dead process is swept aside", () => {
    writeFileSync(file, JSON.stringify({ pid: deadPid(), startTime: "long ago", where: "" }));
    expect(tryProcessLock(file, "here")).toMatchObject({ held: true, swept: true });
  });

  it("a process that was given a dead holder's id does not hold its lock", () => {
    writeFileSync(file, JSON.stringify({ pid: process.pid, startTime: "before the restart", where: "" }));
    expect(tryProcessLock(file, "here").held).toBe(true);
  });

  it("a file that is no lock holds nobody up", () => {
    writeFileSync(file, "");
    expect(tryProcessLock(file, "here").held).toBe(true);
  });

  it("a lock that another process took over is not released by the first one", () => {
    const lock = tryProcessLock(file, "here");
    writeFileSync(file, JSON.stringify({ pid: 1, startTime: processStartTime(1), where: "" }));
    if (lock.held) lock.release();
    expect(existsSync(file)).toBe(true);
  });
});
