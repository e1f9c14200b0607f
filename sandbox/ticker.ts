import type { World } from "@/sandbox/call";
import { dueAt, settleAll } from "@/sandbox/settle";

/** Something else with a time of its own: retries of webhooks. */
export interface Timed {
  nextAt(): number | null;
  plan(): void;
}

/** Timers beyond this are cut short, so that they do not overflow. Milliseconds. */
const longestTimerMs = 3_600_000;
/** How long settling may hold up requests before it goes on later. Milliseconds. */
const sliceMs = 40;

/**
 * Wakes when the next thing is over by the sandbox's clock, so that webhooks are sent when their cause happens.
 * Requests settle by themselves, so nothing they see depends on it. It keeps no process alive.
 */
export class Ticker {
  private readonly due = new Map<string, number>();
  private timer: NodeJS.Timeout | null = null;
  private isLooking = false;
  private isStopped = false;

  constructor(
    private readonly world: World,
    private readonly others: readonly Timed[],
  ) {
    world.store.onFlush(() => this.look());
    world.clock.onChange(() => this.look());
    this.look();
  }

  /** Looks for what is due next, once what runs now is done. */
  look(): void {
    if (this.isLooking || this.isStopped) return;
    this.isLooking = true;
    setImmediate(() => {
      this.isLooking = false;
      if (!this.isStopped) this.arm();
    }).unref();
  }

  private arm(): void {
    for (const id of this.world.store.takeTouched()) this.note(id);
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const next = this.nextAt();
    const wait = next === null ? null : this.world.clock.realMsUntil(next);
    if (wait !== null) this.timer = setTimeout(() => this.tick(), Math.min(wait, longestTimerMs)).unref();
  }

  private note(connectionId: string): void {
    const at = dueAt(this.world, connectionId);
    if (at === null) this.due.delete(connectionId);
    else this.due.set(connectionId, at);
  }

  private nextAt(): number | null {
    let next = Infinity;
    for (const at of this.due.values()) next = Math.min(next, at);
    for (const other of this.others) next = Math.min(next, other.nextAt() ?? Infinity);
    return next === Infinity ? null : next;
  }

  private tick(): void {
    if (this.isStopped) return;
    const now = this.world.clock.now();
    const over = [...this.due].filter(([, at]) => at <= now).map(([id]) => id);
    const until = performance.now() + sliceMs;
    settleAll(this.world, over, () => performance.now() < until);
    for (const other of this.others) if ((other.nextAt() ?? Infinity) <= now) other.plan();
    for (const id of over) this.note(id);
    this.world.store.flush();
  }

  stop(): void {
    this.isStopped = true;
    if (this.timer) clearTimeout(this.timer);
  }
}
