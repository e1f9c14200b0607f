/**
 * What was opened is closed in the opposite order, once, whichever way the end comes: a signal, a failure, or a
 * parent that is gone.
 */
const startUpGraceMs = 4_000;

export class Shutdown {
  /** Resolves when the end was asked for, rejects when something failed. */
  readonly requested: Promise<void>;
  private readonly controller = new AbortController();
  /** Fires when the end begins, for work that is under way. */
  readonly signal = this.controller.signal;
  private readonly late: Promise<void>[] = [];
  private readonly steps: { stop: () => Promise<void> | void; kill?: () => void }[] = [];
  private request!: () => void;
  private reject!: (error: unknown) => void;
  private running: Promise<void> | undefined;

  constructor() {
    this.requested = new Promise((resolve, reject) => {
      this.request = resolve;
      this.reject = reject;
    });
  }

  /** Registers how to undo a step; `kill` is the way without waiting. */
  add(stop: () => Promise<void> | void, kill?: () => void): void {
    // Start-up may finish a step after the end began: that step is undone right away.
    if (this.signal.aborted) this.late.push(Promise.resolve(stop()));
    else this.steps.push({ stop, kill });
  }

  fail(error: unknown): void {
    this.reject(error);
  }

  /** Listens to signals; the second one ends everything at once. Watches for a launcher that was killed. */
  listen(say: (text: string) => void): void {
    let asked = false;
    const onSignal = (signal: NodeJS.Signals) => {
      if (asked) {
        this.kill();
        process.exit(130);
      }
      asked = true;
      say(signal === "SIGINT" ? "Stopping (Ctrl-C again stops at once)" : "Stopping");
      this.request();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
    // The terminal may be gone before we are.
    process.stdout.on("error", () => undefined);
    process.stderr.on("error", () => undefined);
    const parent = process.ppid;
    if (!process.env["npm_lifecycle_event"]) return;
    setInterval(() => process.ppid !== parent && this.request(), 500).unref();
  }

  /** Undoes everything; `startUp` may still be finishing a step, which is then undone too. */
  run(startUp: Promise<unknown>): Promise<void> {
    this.controller.abort();
    this.running ??= (async () => {
      for (const step of this.steps.toReversed()) {
        try {
          await step.stop();
        } catch (error) {
          console.error(error);
        }
      }
      const timeout = new Promise((resolve) => setTimeout(resolve, startUpGraceMs).unref());
      await Promise.race([startUp, timeout]);
      await Promise.allSettled(this.late);
    })();
    return this.running;
  }

  kill(): void {
    for (const step of this.steps.toReversed()) step.kill?.();
  }
}
