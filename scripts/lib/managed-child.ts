import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ChildOutput } from "./child-output";
import { signalGroup, waitUntil } from "./processes";
import { red, yellow } from "./terminal";
import { UserError } from "./user-error";

const backoffMs = [500, 1_000, 2_000, 5_000, 10_000, 30_000];
const steadyAfterMs = 30_000;

export interface ChildSpec {
  name: string;
  /** A TypeScript or JavaScript file, run by this Node. */
  script: string;
  args?: string[];
  /** Of Node itself. */
  nodeArgs?: string[];
  env: Record<string, string>;
  /** Asked repeatedly until it says yes. A child may also send the message "ready". */
  isReady?: () => Promise<boolean>;
  readyTimeoutMs?: number;
}

/** A process of ours: started, watched, restarted with growing pauses when it dies, and stopped with its children. */
export class ManagedChild {
  pid = 0;
  private child: ChildProcess | null = null;
  private readonly output: ChildOutput;
  private stopping = false;
  private failures = 0;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    readonly spec: ChildSpec,
    options: { logs: string; showAll: boolean },
  ) {
    this.output = new ChildOutput(spec.name, path.join(options.logs, `${spec.name}.log`), options.showAll);
  }

  /** Starts it and waits until it is ready. @throws UserError with its last words when it dies before. */
  async start(): Promise<void> {
    const child = this.launch();
    let saidReady = false;
    child.on("message", (message) => (saidReady ||= message === "ready"));
    const timeoutMs = this.spec.readyTimeoutMs ?? 60_000;
    const isReady = this.spec.isReady ?? (() => Promise.resolve(saidReady));
    const ready = await waitUntil(async () => ended(child) || saidReady || (await isReady()), timeoutMs, 40);
    if (ready && !ended(child)) {
      child.once("exit", (code, signal) => this.onDeath(signal ?? `code ${code}`));
      return;
    }
    if (this.stopping) return;
    const how = ended(child) ? "ended before it was ready" : `was not ready after ${timeoutMs / 1000} s`;
    throw new UserError(
      `${this.output.tail.join("\n")}\nThe ${this.spec.name} process ${how}. Its log is ${this.output.logFile}.`,
    );
  }

  /** Asks it to end, waits, and ends its whole group by force when the time is over. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    clearTimeout(this.retry);
    const child = this.child;
    if (child?.pid && !ended(child)) {
      child.kill("SIGTERM");
      await waitUntil(() => ended(child), graceMs, 15);
    }
    this.kill();
    this.output.close();
  }

  /** Ends it and whatever it started, at once. */
  kill(): void {
    this.stopping = true;
    clearTimeout(this.retry);
    this.killGroup();
  }

  /** The group may outlive its leader, so it is signalled even when the child itself has ended. */
  private killGroup(): void {
    if (this.child?.pid) signalGroup(this.child.pid, "SIGKILL");
  }

  private launch(): ChildProcess {
    const preload = pathToFileURL(path.join(import.meta.dirname, "die-with-parent.mjs")).href;
    const own = this.spec.nodeArgs ?? [];
    const args = [
      ...own,
      "--import",
      preload,
      "--import",
      "tsx",
      this.spec.script,
      ...(this.spec.args ?? []),
    ];
    const child = spawn(process.execPath, args, {
      env: this.spec.env as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      // A group of its own: Ctrl-C reaches the supervisor alone, which then stops everything in order.
      detached: true,
    });
    child.on("error", () => undefined);
    if (child.stdout) this.output.read(child.stdout, false);
    if (child.stderr) this.output.read(child.stderr, true);
    this.child = child;
    this.pid = child.pid ?? 0;
    return child;
  }

  private onDeath(how: string): void {
    if (this.stopping) return;
    this.killGroup();
    const pause = backoffMs[Math.min(this.failures, backoffMs.length - 1)] ?? 0;
    this.failures += 1;
    console.log(
      yellow(`The ${this.spec.name} process ended (${how}); starting it again in ${pause / 1000} s`),
    );
    this.retry = setTimeout(() => void this.restart(), pause);
  }

  private async restart(): Promise<void> {
    try {
      await this.start();
      if (this.stopping) return;
      console.log(`The ${this.spec.name} process runs again`);
      setTimeout(() => (this.failures = 0), steadyAfterMs).unref();
    } catch (error) {
      if (this.stopping) return;
      console.log(red((error as Error).message));
      this.onDeath("it did not come up");
    }
  }
}

const ended = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
