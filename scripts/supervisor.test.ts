import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { findFreePort } from "./lib/net";
import { isAlive, signalGroup, waitUntil } from "./lib/processes";

const fixture = path.join(import.meta.dirname, "testing", "supervisor-fixture.ts");
const started: Run[] = [];
let home: string;
let port: number;

interface Pids {
  web: number;
  stubborn?: number;
  postgres: number;
  adopted: boolean;
}

/** One supervisor process and what it printed. */
class Run {
  output = "";
  code: number | null = null;
  readonly process: ChildProcess;

  constructor(env: Record<string, string>) {
    const all = {
      ...process.env,
      npm_lifecycle_event: "",
      FINCH_CLIENT_ID: "x",
      FINCH_CLIENT_SECRET: "x",
      ...env,
    };
    this.process = spawn(process.execPath, ["--import", "tsx", fixture], {
      env: all,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.on("data", (chunk: Buffer) => (this.output += chunk.toString()));
    this.process.once("close", (code) => (this.code = code));
    started.push(this);
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  ended(withinMs: number): Promise<boolean> {
    return waitUntil(() => this.process.exitCode !== null || this.process.signalCode !== null, withinMs);
  }

  async ready(): Promise<Pids> {
    await waitUntil(() => this.output.includes("READY") || this.code !== null, 30_000);
    const line = this.output.split("\n").find((text) => text.startsWith("READY "));
    if (!line) throw new Error(this.output);
    return JSON.parse(line.slice("READY ".length)) as Pids;
  }
}

/** The database that starts takes its predecessor's file away before it writes its own. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

const settings = (extra: Record<string, string> = {}) => ({
  DATA_DIR: path.join(home, "data"),
  PORT: String(port),
  ...extra,
});

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), "perch-supervisor-"));
  chmodSync(home, 0o711);
  port = await findFreePort();
});
afterEach(async () => {
  for (const run of started.splice(0)) {
    run.process.kill("SIGINT");
    if (!(await run.ended(8_000))) run.process.kill("SIGKILL");
  }
});
afterAll(() => {
  try {
    const pid = readFileSync(path.join(home, "data/postgres/postmaster.pid"), "utf8").split("\n")[0];
    signalGroup(Number(pid), "SIGKILL");
  } catch {
    // Stopped, as it should be.
  }
  rmSync(home, { recursive: true, force: true });
});

describe("the supervisor", () => {
  it("SIGINT ends every process within five seconds, even one that does not listen", async () => {
    const run = new Run(settings({ STUBBORN: "1" }));
    const pids = await run.ready();
    run.process.kill("SIGINT");
    // Five seconds of its own, and what a busy machine adds.
    expect(await run.ended(15_000)).toBe(true);
    expect([pids.web, pids.stubborn ?? 0, pids.postgres].filter(isAlive)).toEqual([]);
    expect(run.process.exitCode).toBe(0);
  });

  it("a second one on the same data folder says where the first one runs and leaves it alone", async () => {
    const first = new Run(settings());
    const pids = await first.ready();
    const second = new Run(settings({ PORT: String(await findFreePort()) }));
    expect(await second.ended(30_000)).toBe(true);
    expect(second.process.exitCode).toBe(1);
    expect(second.output).toContain(`already running at http://localhost:${port}`);
    expect([pids.web, pids.postgres].filter(isAlive)).toHaveLength(2);
  });

  it("after SIGKILL the processes end by themselves and the next start takes the database over", async () => {
    const first = new Run(settings({ STUBBORN: "1" }));
    const pids = await first.ready();
    first.process.kill("SIGKILL");
    expect(await waitUntil(() => !isAlive(pids.web) && !isAlive(pids.stubborn ?? 0), 20_000)).toBe(true);
    expect(isAlive(pids.postgres)).toBe(true);

    const second = new Run(settings());
    const next = await second.ready();
    expect(next).toMatchObject({ postgres: pids.postgres, adopted: true });
    second.process.kill("SIGINT");
    expect(await second.ended(15_000)).toBe(true);
    expect(isAlive(pids.postgres)).toBe(false);
  });

  it("a lost lock file does not let a second one touch a database that is in use", async () => {
    const first = new Run(settings());
    const pids = await first.ready();
    rmSync(path.join(home, "data/supervisor.lock"));
    const second = new Run(settings({ PORT: String(await findFreePort()) }));
    expect(await second.ended(15_000)).toBe(true);
    expect(second.output).toContain(`already running on this database at http://localhost:${port}`);
    expect(isAlive(pids.postgres)).toBe(true);
  });

  it("a process that dies is started again", async () => {
    const run = new Run(settings());
    const pids = await run.ready();
    process.kill(pids.web, "SIGKILL");
    expect(await waitUntil(() => run.output.includes("The web process runs again"), 30_000)).toBe(true);
    expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe("here");
  });

  it("a database that dies is started again", async () => {
    const run = new Run(settings());
    const pids = await run.ready();
    signalGroup(pids.postgres, "SIGKILL");
    const pidFile = path.join(home, "data/postgres/postmaster.pid");
    const back = () => {
      const lines = readIfThere(pidFile).split("\n");
      return Number(lines[0]) !== pids.postgres && lines[7]?.trim() === "ready";
    };
    expect(await waitUntil(back, 45_000)).toBe(true);
    expect(isAlive(pids.web)).toBe(true);
  }, 240_000);

  it("a taken port is named together with the way out", async () => {
    const taken = net.createServer().listen(port, "127.0.0.1");
    const run = new Run(settings());
    expect(await run.ended(30_000)).toBe(true);
    taken.close();
    expect(run.process.exitCode).toBe(1);
    expect(run.output).toContain(`Port ${port}, meant for the dashboard, is taken`);
    expect(run.output).not.toContain("    at ");
  });

  it("secrets are kept for their owner alone and survive a restart", async () => {
    const file = path.join(home, "data/secrets.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const before = readFileSync(file, "utf8");
    const run = new Run(settings());
    await run.ready();
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  it("a data folder that cannot be one is refused in a sentence", async () => {
    const file = path.join(home, "a-file");
    writeFileSync(file, "");
    const run = new Run(settings({ DATA_DIR: path.join(file, "data") }));
    expect(await run.ended(30_000)).toBe(true);
    expect(run.process.exitCode).toBe(1);
    expect(run.output).toContain("Perch cannot write to its data folder");
    expect(run.output).not.toContain("    at ");
  });

  it("a folder that holds other things is not taken as data folder", async () => {
    const run = new Run(settings({ DATA_DIR: path.join(import.meta.dirname, "lib") }));
    expect(await run.ended(30_000)).toBe(true);
    expect(run.output).toContain("holds other things");
  });
});
