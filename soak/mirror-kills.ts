import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sessionCookie, startDatabase } from "@/bench/lib/stand";
import { closeDatabase } from "@/db/client";
import { createTestUser } from "@/db/seed/factories";
import { testEnvironment } from "@/db/testing/environment";
import { addressOf, builtActions } from "@/e2e/http/discover";
import { paths } from "@/lib/paths";
import { startSandbox } from "@/sandbox/server";
import { findFreePort } from "@/scripts/lib/net";
import { Driver, type Tally } from "./mirror/driver";
import { Fleet, victims, type Victim } from "./mirror/fleet";
import { connectEmployer } from "./mirror/history";
import { noteRequests, type Outage } from "./mirror/repeats";
import { pause, Stage } from "./mirror/stage";
import { pick, randomOf, type Random } from "./random";
import type { SoakResult } from "./result";

/**
 * Several employers are synced over and over while workers, web and Postgres are killed with SIGKILL at random moments.
 * After every sync the mirror has to be what Finch gives, without another one that would mend it, and of its requests
 * only those that were in flight at a kill were sent again, each once.
 */

const employers = 5;
const mostPeople = 120;
/** Time to the next kill (milliseconds). */
const pauses = { least: 300, most: 4_000 };
const slowestRecoveryMs = 10_000;
const inTransitMs = 100;

interface Kill extends Outage {
  victim: Victim;
}

async function killAll(fleet: Fleet, count: number, random: Random, kills: Kill[]): Promise<void> {
  while (kills.length < count) {
    await pause(pauses.least + random() * (pauses.most - pauses.least));
    const victim = pick(random, [...victims, "worker"] as const);
    // What was sent just before it may reach the sandbox a moment after.
    const kill: Kill = { victim, at: Date.now(), until: Date.now() + inTransitMs };
    kills.push(kill);
    await fleet.kill(victim, 1 + Math.floor(random() * 2));
    if (victim === "postgres") kill.until = Date.now();
    process.stderr.write(`\r${kills.length} of ${count} kills`);
  }
}

/** A person at the dashboard, so that there is always something to kill the web server in. */
async function browse(url: string, cookie: string, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await fetch(url, { headers: { cookie }, redirect: "manual" })
      .then((response) => response.arrayBuffer())
      .catch(() => undefined);
    await pause(100);
  }
}

/** Sessions of the proof itself end with each kill of the database; what they were asked for is asked again. */
function outliveKills(): void {
  process.on("unhandledRejection", (reason) => {
    const code: unknown = reason instanceof Error ? Reflect.get(reason, "code") : undefined;
    if (code !== "ECONNRESET" && code !== "CONNECTION_CLOSED") throw reason;
  });
  // postgres.js writes to the socket of a session that has just ended. The product ends here and is started again.
  process.on("uncaughtException", (error) => {
    if (error instanceof TypeError && error.stack?.includes("at Immediate.nextWrite")) return;
    process.stderr.write(`${error.stack ?? error.message}\n`);
    process.exit(1);
  });
}

async function setUp(seed: number) {
  outliveKills();
  const dataDir = mkdtempSync(path.join(tmpdir(), "perch-soak-"));
  const sandbox = await startSandbox({
    port: 0,
    initialSyncMs: 0,
    jobDelayMs: 0,
    latencyMs: { min: 5, max: 60 },
  });
  const seen = noteRequests(sandbox);
  const { server, urls, sql, superuserPassword } = await startDatabase(dataDir);
  const port = await findFreePort();
  const webUrl = `http://localhost:${port}`;
  const env = {
    ...testEnvironment(urls, dataDir),
    NODE_ENV: "production",
    NEXTAUTH_URL: webUrl,
    PORT: String(port),
    FINCH_BASE_URL: sandbox.url,
    FINCH_CONNECT_URL: sandbox.url,
    SYNC_POLL_MS: "50",
    QUOTA_CLOCK_RATE: "60",
  };
  Object.assign(process.env, env);
  // There is no demo here to wait for.
  await sql`update installation set demo_seeded_at = now()`;
  const stage = new Stage({ sql, workerUrl: urls.worker, sandbox });
  await stage.openDatabase();
  const random = randomOf(seed);
  const fleet = await Fleet.start({ dataDir, superuserPassword, database: server, env, webUrl });
  const stop = async () => {
    await fleet.stop();
    await closeDatabase();
    await sql.end({ timeout: 2 });
    await sandbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { stage, fleet, seen, random, webUrl, port, stop };
}

export async function mirrorKills({ kills, seed }: { kills: number; seed: number }): Promise<SoakResult> {
  const { stage, fleet, seen, random, webUrl, port, stop } = await setUp(seed);
  const done: Kill[] = [];
  let over = false;
  const tally: Tally = { runs: 0, failed: 0, differences: 0, requests: 0, repeated: 0, unexplained: 0 };
  const action = builtActions().find(({ name }) => name === "requestSyncAction");
  if (!action) throw new Error("The build has no action that asks for a sync");
  try {
    const drivers: Driver[] = [];
    const readers: Promise<void>[] = [];
    for (let n = 0; n < employers; n++) {
      const ground = await connectEmployer(stage, random, mostPeople);
      const { customerId, connectionId } = ground.employer;
      const user = await createTestUser(stage.sql, { role: "employer_admin", customerId });
      const cookie = await sessionCookie(stage.sql, user.id, port);
      const page = webUrl + addressOf(action.page, { customerId, connectionId });
      drivers.push(new Driver(ground, { webUrl, page, cookie, actionId: action.id }, seen, done, tally));
      if (n === 0) readers.push(browse(webUrl + paths.connections(customerId), cookie, () => over));
    }
    const driving = drivers.map((driver) => driver.drive(() => over));
    await killAll(fleet, kills, random, done);
    over = true;
    await Promise.all([...driving, ...readers]);
    const recoveryMs = Math.max(0, ...fleet.recoveries);
    const count = (victim: Victim) => done.filter((kill) => kill.victim === victim).length;
    const counted = { workers: count("worker"), webs: count("web"), databases: count("postgres") };
    const isGood = tally.failed + tally.differences + tally.unexplained === 0 && tally.runs >= employers;
    const pass = isGood && recoveryMs < slowestRecoveryMs;
    return { soak: "mirror-kills", pass, detail: { kills, seed, ...counted, ...tally, recoveryMs } };
  } finally {
    over = true;
    await stop();
  }
}
