/** Lets a few at a time through, in the order in which they asked. */
export class Permits {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async take(): Promise<void> {
    if (this.free > 0) {
      this.free -= 1;
      return;
    }
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  giveBack(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.free += 1;
  }
}

/** One reader's permit, which it may hold or not. */
export class Permit {
  private held = false;

  constructor(private readonly permits: Permits) {}

  async take(): Promise<void> {
    if (this.held) return;
    await this.permits.take();
    this.held = true;
  }

  giveBack(): void {
    if (!this.held) return;
    this.held = false;
    this.permits.giveBack();
  }
}
