import { findDifferences, sayDifferences } from "./checker";
import type { Ground } from "./ground";
import { letSomethingHappen, placeOf, showAll } from "./history";
import { judgeRepeats, tokenDigest, type Outage, type Seen } from "./repeats";
import { pause } from "./stage";

/** What all employers of a run of kills add up to. */
export interface Tally {
  /** Syncs that ended. */
  runs: number;
  /** Syncs that ended otherwise than well, or not at all. */
  failed: number;
  /** Cells in which the mirror was not what Finch gives. */
  differences: number;
  requests: number;
  /** Requests that were sent again, and those of them that no kill explains. */
  repeated: number;
  unexplained: number;
}

export interface Door {
  webUrl: string;
  page: string;
  cookie: string;
  /** Id of the built action that asks for a sync. */
  actionId: string;
}

interface Run extends Record<string, unknown> {
  id: string;
  status: string;
  failure_code: string | null;
  started_at: Date;
  finished_at: Date;
}

const longestRunMs = 180_000;
const patienceMs = 60_000;
/** A question whose session ended at the wrong moment is never answered. */
const longestAttemptMs = 30_000;

const report = (text: string) => process.stderr.write(`\n${text}\n`);

async function giveUp(afterMs: number): Promise<never> {
  await pause(afterMs);
  throw new Error(`No answer within ${afterMs} ms`);
}

/** The database may be away for a while. */
async function insist<T>(act: () => Promise<T>): Promise<T> {
  for (const end = Date.now() + patienceMs; ; await pause(100)) {
    try {
      return await Promise.race([act(), giveUp(longestAttemptMs)]);
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

/** Changes one employer, has it synced, and compares; over and over. */
export class Driver {
  constructor(
    private readonly ground: Ground,
    private readonly door: Door,
    private readonly seen: Seen[],
    private readonly kills: readonly (Outage & { victim: string })[],
    private readonly tally: Tally,
  ) {}

  async drive(isOver: () => boolean): Promise<void> {
    for (let round = 0; round === 0 || !isOver(); round++) {
      for (let n = this.ground.number(1, 4); n > 0; n--) await letSomethingHappen(this.ground);
      await showAll(this.ground);
      await insist(() => this.ground.employer.forgetFullSync());
      const run = await this.sync(round);
      this.tally.runs += 1;
      if (run?.status !== "succeeded") {
        this.tally.failed += 1;
        report(`a sync ended ${run ? `${run.status} (${run.failure_code ?? ""})` : "never"}`);
        if (!run) return;
      }
      this.judge(run);
      await this.compare();
    }
  }

  private async sync(round: number): Promise<Run | null> {
    const reason = round === 0 ? "first" : "scheduled";
    if (round === 0 || this.ground.chance(0.5) || !(await this.askInBrowser()))
      await insist(() => this.ground.employer.enqueue(reason));
    return this.untilEnd();
  }

  /** "Sync now" as a person presses it. False where the web server was not there to take it. */
  private async askInBrowser(): Promise<boolean> {
    const { webUrl, page, cookie, actionId } = this.door;
    const { customerId, connectionId } = this.ground.employer;
    try {
      const response = await fetch(page, {
        method: "POST",
        headers: {
          cookie,
          origin: webUrl,
          "content-type": "text/plain;charset=UTF-8",
          "next-action": actionId,
        },
        body: JSON.stringify([{ customerId, connectionId }]),
      });
      return response.status === 200 && (await response.text()).includes('"ok":true');
    } catch {
      return false;
    }
  }

  private async untilEnd(): Promise<Run | null> {
    const { sql } = this.ground.stage;
    const { connectionId } = this.ground.employer;
    for (const end = Date.now() + longestRunMs; Date.now() < end; await pause(100)) {
      const [run] = await insist(
        () => sql<Run[]>`
          select id, status, failure_code, started_at, finished_at from sync_runs where connection_id = ${connectionId}
          order by created_at desc limit 1`,
      );
      if (run && !["queued", "running", "waiting"].includes(run.status)) return run;
    }
    report(await this.ground.stage.whyOpen(connectionId));
    return null;
  }

  /** Of the run's requests only those are repeated that were in flight at a kill. */
  private judge(run: Run): void {
    const token = tokenDigest(this.ground.employer.token);
    const [from, to] = [run.started_at.getTime(), run.finished_at.getTime()];
    const own = this.seen.filter(
      (request) => request.token === token && request.at >= from && request.at <= to,
    );
    // What the web server does is written down before anybody works on it.
    const kills = this.kills.filter(({ victim }) => victim !== "web");
    const { repeated, unexplained } = judgeRepeats(own, kills);
    this.tally.requests += own.length;
    this.tally.repeated += repeated;
    this.tally.unexplained += unexplained.length;
    for (const what of unexplained) report(`repeated without a kill: ${what}`);
  }

  private async compare(): Promise<void> {
    const differences = await insist(() => findDifferences(placeOf(this.ground)));
    this.tally.differences += differences.length;
    if (differences.length > 0)
      report(`${this.ground.story.join("\n")}\n${sayDifferences(differences.slice(0, 20))}`);
    this.ground.story.length = 0;
  }
}
