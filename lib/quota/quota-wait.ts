/** No slot is free, or others wait for one: the work has to join its lane and end (DESIGN §7). */
export class QuotaWait extends Error {
  constructor(
    /** The quota to wait for. */
    readonly key: string,
  ) {
    super(`The quota ${key} has no free slot`);
    this.name = "QuotaWait";
  }
}
