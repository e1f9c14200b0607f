/** All that the time of a sandbox depends on beside the real one, so that it can be kept. Milliseconds. */
export interface ClockState {
  base: number;
  anchor: number;
  rate: number;
  frozen: boolean;
}

/** The sandbox's own time: real time moved by an offset, frozen, or run faster. Milliseconds. */
export class Clock {
  private kept: ClockState;
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly real: () => number = Date.now,
    kept?: ClockState,
  ) {
    this.kept = kept ?? this.asReal();
  }

  private asReal(): ClockState {
    const now = this.real();
    return { base: now, anchor: now, rate: 1, frozen: false };
  }

  now(): number {
    const { base, anchor, rate, frozen } = this.kept;
    return frozen ? base : Math.floor(base + (this.real() - anchor) * rate);
  }

  iso(): string {
    return new Date(this.now()).toISOString();
  }

  /** The machine's time, for what leaves the sandbox: clients compare it with their own. */
  realNow(): number {
    return this.real();
  }

  /** How long it really takes until an instant of this clock; null while it stands still before it. */
  realMsUntil(at: number): number | null {
    const left = at - this.now();
    if (left <= 0) return 0;
    return this.kept.frozen ? null : Math.ceil(left / this.kept.rate);
  }

  state() {
    return { now: this.iso(), frozen: this.kept.frozen, rate: this.kept.rate };
  }

  toKeep(): ClockState {
    return { ...this.kept };
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Sets the time, stops or starts it, changes its speed, or moves it forward. */
  adjust(change: { now?: number; frozen?: boolean; rate?: number; advanceMs?: number }): void {
    this.kept = {
      base: (change.now ?? this.now()) + (change.advanceMs ?? 0),
      anchor: this.real(),
      rate: change.rate ?? this.kept.rate,
      frozen: change.frozen ?? this.kept.frozen,
    };
    for (const listener of this.listeners) listener();
  }

  reset(): void {
    this.kept = this.asReal();
    for (const listener of this.listeners) listener();
  }
}
