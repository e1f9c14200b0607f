import { spawn, type ChildProcess } from "node:child_process";
import { ensureBuild } from "@/scripts/lib/build";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "@/scripts/lib/embedded-postgres";
import { root } from "@/scripts/lib/local-environment";
import { waitUntil } from "@/scripts/lib/processes";
import { workerMemory } from "@/scripts/lib/worker-memory";
import { pause } from "./stage";

/** The processes of a copy of Perch, each of which may be killed at any moment and is started again. */

export const victims = ["worker", "web", "postgres"] as const;
export type Victim = (typeof victims)[number];

export interface FleetOptions {
  dataDir: string;
  superuserPassword: string;
  database: EmbeddedPostgres;
  env: Record<string, string>;
  webUrl: string;
}

const scripts = { worker: "worker/main.ts", web: "scripts/web.ts" } as const;
/** A supervisor looks after a process that ended by itself within this time. */
const restartAfterMs = 200;

export class Fleet {
  private readonly children = new Map<string, ChildProcess>();
  private database: EmbeddedPostgres;
  private stopping = false;
  /** From each kill of the database until web, worker and database are all there again. Milliseconds. */
  readonly recoveries: number[] = [];

  private constructor(private readonly options: FleetOptions) {
    this.database = options.database;
  }

  /** Two workers, so that one is there to take over, and the web server of the production build. */
  static async start(options: FleetOptions): Promise<Fleet> {
    await ensureBuild((text) => process.stderr.write(`${text}\n`));
    const fleet = new Fleet(options);
    for (const name of ["worker 1", "worker 2", "web"]) fleet.launch(name);
    await fleet.untilReady(120_000);
    return fleet;
  }

  private launch(name: string): void {
    if (this.stopping) return;
    const script = scripts[name === "web" ? "web" : "worker"];
    const memory = name === "web" ? [] : workerMemory;
    const child = spawn(process.execPath, [...memory, "--import", "tsx", script], {
      cwd: root,
      env: { ...process.env, ...this.options.env, NODE_ENV: "production" },
      stdio: "ignore",
    });
    this.children.set(name, child);
    child.once("exit", () => {
      if (this.children.get(name) === child) setTimeout(() => this.launch(name), restartAfterMs).unref();
    });
  }

  async isReady(): Promise<boolean> {
    try {
      const url = `${this.options.webUrl}/api/health/ready`;
      return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
    } catch {
      return false;
    }
  }

  /** @throws where it takes longer */
  async untilReady(ms = 60_000): Promise<void> {
    if (!(await waitUntil(() => this.isReady(), ms, 20))) throw new Error("Perch did not get ready");
  }

  /** Ends a process at once and without warning. What was killed is started again. */
  async kill(victim: Victim, worker = 1): Promise<void> {
    if (victim === "postgres") return this.killDatabase();
    this.children.get(victim === "web" ? "web" : `worker ${worker}`)?.kill("SIGKILL");
  }

  private async killDatabase(): Promise<void> {
    const killedAt = performance.now();
    process.kill(this.database.pid, "SIGKILL");
    await this.database.exited;
    const { dataDir, superuserPassword } = this.options;
    this.database = await startEmbeddedPostgres({ dataDir, superuserPassword });
    await this.untilReady();
    this.recoveries.push(Math.round(performance.now() - killedAt));
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const children = [...this.children.values()];
    for (const child of children) child.kill("SIGTERM");
    await waitUntil(
      () => children.every((child) => child.exitCode !== null || child.signalCode !== null),
      6_000,
    );
    for (const child of children) child.kill("SIGKILL");
    await pause(50);
    await this.database.stop();
  }
}
