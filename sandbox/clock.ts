/** The sandbox's own time: real time moved by an offset, frozen, or run faster. Milliseconds. */
export class Clock {
  private base: number;
  private anchor: number;
  private rate = 1;
  private frozen = false;

  constructor(private readonly real: () => number = Date.now) {
    this.anchor = real();
    this.base = this.anchor;
  }

  now(): number {
    if (this.frozen) return this.base;
    return Math.floor(this.base + (this.real() - this.anchor) * this.rate);
  }

  iso(): string {
    return new Date(this.now()).toISOString();
  }

  state() {
    return { now: this.iso(), frozen: this.frozen, rate: this.rate };
  }

  /** Sets the time, stops or starts it, changes its speed, or moves it forward. */
  adjust(change: { now?: number; frozen?: boolean; rate?: number; advanceMs?: number }): void {
    this.base = (change.now ?? this.now()) + (change.advanceMs ?? 0);
    this.anchor = this.real();
    this.rate = change.rate ?? this.rate;
    this.frozen = change.frozen ?? this.frozen;
  }

  reset(): void {
    this.anchor = this.real();
    this.base = this.anchor;
    this.rate = 1;
    this.frozen = false;
  }
}
