import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startDatabase } from "@/bench/lib/stand";
import { closeDatabase } from "@/db/client";
import { testEnvironment } from "@/db/testing/environment";
import { startSandbox } from "@/sandbox/server";
import { root } from "@/scripts/lib/local-environment";
import { playHistory } from "./mirror/history";
import { Stage } from "./mirror/stage";
import type { SoakResult } from "./result";

/**
 * Random histories of employers, one after the other, each compared with Finch at its end. What was played is written
 * down after each, so that a run that was stopped goes on where it was as long as the sources are the same.
 */

interface Progress {
  commit: string;
  /** Seeds of histories that were played, and of those that left a difference. */
  played: number[];
  different: number[];
  /** Things that happened in them. */
  events: number;
}

const commitOf = () =>
  execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: root, encoding: "utf8" }).trim();
const folder = path.join(root, ".build", "soak");

function readProgress(file: string): Progress {
  const fresh = { commit: commitOf(), played: [], different: [], events: 0 };
  if (!existsSync(file)) return fresh;
  const kept = JSON.parse(readFileSync(file, "utf8")) as Progress;
  return kept.commit === fresh.commit ? kept : fresh;
}

/** `count` histories, whose seeds follow from `seed`. */
export async function mirrorHistories({ count, seed }: { count: number; seed: number }): Promise<SoakResult> {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `mirror-histories-${count}-${seed}.json`);
  const progress = readProgress(file);
  const dataDir = mkdtempSync(path.join(tmpdir(), "perch-soak-"));
  const sandbox = await startSandbox({ port: 0, initialSyncMs: 0, jobDelayMs: 0 });
  const { server, urls, sql } = await startDatabase(dataDir);
  Object.assign(process.env, testEnvironment(urls, dataDir), {
    FINCH_BASE_URL: sandbox.url,
    FINCH_CONNECT_URL: sandbox.url,
    SYNC_POLL_MS: "20",
    QUOTA_CLOCK_RATE: "60",
  });
  const stage = new Stage({ sql, workerUrl: urls.worker, sandbox });
  try {
    await stage.start();
    for (let n = 0; n < count; n++) {
      const own = seed * 10_000 + n;
      if (progress.played.includes(own)) continue;
      const { differences, story } = await playHistory(stage, own, 18);
      progress.played.push(own);
      progress.events += story.length;
      if (differences !== "") {
        progress.different.push(own);
        process.stderr.write(`\nhistory ${own}:\n${story.join("\n")}\n${differences.slice(0, 4_000)}\n`);
      }
      writeFileSync(file, JSON.stringify(progress));
      process.stderr.write(`\r${progress.played.length} of ${count} histories`);
    }
    const { played, different, events, commit } = progress;
    rmSync(file);
    const pass = played.length === count && different.length === 0;
    const detail = { count, seed, commit, events, different: different.join(" ") || "none" };
    return { soak: "mirror-histories", pass, detail };
  } finally {
    await stage.stop();
    await closeDatabase();
    await sql.end({ timeout: 2 });
    await sandbox.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
