import { Heap } from "@/sandbox/heap";

/** A short queue goes out one by one, in order; a long one so many at a time, as order is not promised. */
const longQueue = 64;
const atATime = 8;

/** What waits for one endpoint: ids of deliveries, by the time of their next try. */
export class EndpointQueue {
  private readonly waiting = new Heap<string>();
  private ready: string[] = [];
  private head = 0;
  private underWay = 0;

  get length(): number {
    return this.waiting.size + this.ready.length - this.head;
  }

  get nextAt(): number | null {
    return this.waiting.nextAt;
  }

  add(at: number, id: string): void {
    this.waiting.push(at, id);
  }

  /** Whether something is on its way, or should be by now. */
  isBusy(now: number): boolean {
    return this.underWay > 0 || this.head < this.ready.length || (this.nextAt ?? Infinity) <= now;
  }

  /** Takes the next delivery that is due, unless enough are on their way. `end` is to be called after each. */
  start(now: number, newestFirst: boolean): string | null {
    for (let id = this.waiting.popUntil(now); id !== undefined; id = this.waiting.popUntil(now)) {
      this.ready.push(id);
    }
    const left = this.ready.length - this.head;
    if (left === 0 || this.underWay >= (left > longQueue ? atATime : 1)) return null;
    this.underWay += 1;
    return (newestFirst ? this.ready.pop() : this.takeFirst()) ?? null;
  }

  private takeFirst(): string | undefined {
    const first = this.ready[this.head++];
    if (this.head > 1_000) {
      this.ready = this.ready.slice(this.head);
      this.head = 0;
    }
    return first;
  }

  end(): void {
    this.underWay -= 1;
  }
}
