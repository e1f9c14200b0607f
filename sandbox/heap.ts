/** Things in order of their time, the earliest on top; equal times in the order in which they came. */
export class Heap<T> {
  private readonly items: { at: number; order: number; value: T }[] = [];
  private order = 0;

  get size(): number {
    return this.items.length;
  }

  /** The time of the earliest, or null. */
  get nextAt(): number | null {
    return this.items[0]?.at ?? null;
  }

  push(at: number, value: T): void {
    this.items.push({ at, order: this.order++, value });
    let place = this.items.length - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.isEarlier(place, parent)) return;
      this.swap(place, parent);
      place = parent;
    }
  }

  /** Takes the earliest, if its time has come. */
  popUntil(now: number): T | undefined {
    const top = this.items[0];
    if (!top || top.at > now) return undefined;
    const last = this.items.pop();
    if (last && this.items.length > 0) {
      this.items[0] = last;
      this.sink(0);
    }
    return top.value;
  }

  clear(): void {
    this.items.length = 0;
  }

  private sink(from: number): void {
    let place = from;
    for (;;) {
      const [left, right] = [2 * place + 1, 2 * place + 2];
      let first = place;
      if (left < this.items.length && this.isEarlier(left, first)) first = left;
      if (right < this.items.length && this.isEarlier(right, first)) first = right;
      if (first === place) return;
      this.swap(place, first);
      place = first;
    }
  }

  private isEarlier(a: number, b: number): boolean {
    const [x, y] = [this.items[a], this.items[b]];
    if (!x || !y) return false;
    return x.at === y.at ? x.order < y.order : x.at < y.at;
  }

  private swap(a: number, b: number): void {
    const [x, y] = [this.items[a], this.items[b]];
    if (!x || !y) return;
    this.items[a] = y;
    this.items[b] = x;
  }
}
