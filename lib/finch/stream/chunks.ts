/** As many items are handed over at a time: one transaction's worth (DESIGN §8). */
export const chunkItems = 1_000;

/** Items of so much text are handed over before they are 1,000. */
const chunkChars = 4 * 1024 * 1024;

/** Collects items until there are enough for a transaction, by number or by the text they came from. */
export class Chunks<T> {
  private items: T[] = [];
  private chars = 0;

  add(item: T): void {
    this.items.push(item);
  }

  /** @param chars of the text just read */
  count(chars: number): void {
    this.chars += chars;
  }

  /** Chunks that are full; with `all`, what is left too. */
  take(all = false): T[][] {
    const taken: T[][] = [];
    while (this.items.length >= chunkItems) taken.push(this.items.splice(0, chunkItems));
    if (this.items.length > 0 && (all || this.chars >= chunkChars)) {
      taken.push(this.items);
      this.items = [];
    }
    if (taken.length > 0) this.chars = 0;
    return taken;
  }
}
