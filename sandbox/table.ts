import type { Persistence } from "@/sandbox/persistence";
import { upgradeRow } from "@/sandbox/upgrade";

/** Records of one kind: in memory for reading, written through to the file at `flush`. */
export class Table<T> {
  private readonly rows = new Map<string, T>();
  private readonly groups = new Map<string, Map<string, T>>();

  constructor(
    readonly kind: string,
    private readonly persistence: Persistence,
    private readonly groupOf: (row: T) => string = () => "",
    /** Learns which group was written to. */
    private readonly touch: (group: string) => void = () => undefined,
  ) {
    for (const [id, json] of persistence.load(kind)) {
      const row = upgradeRow(kind, json);
      if (row !== null) this.keep(id, row as T);
    }
  }

  private keep(id: string, row: T): void {
    this.rows.set(id, row);
    const key = this.groupOf(row);
    let group = this.groups.get(key);
    if (!group) this.groups.set(key, (group = new Map<string, T>()));
    group.set(id, row);
    this.touch(key);
  }

  get(id: string): T | undefined {
    return this.rows.get(id);
  }

  set(id: string, row: T): T {
    this.keep(id, row);
    this.persistence.write(this.kind, id, row);
    return row;
  }

  delete(id: string): void {
    const row = this.rows.get(id);
    if (row === undefined) return;
    this.rows.delete(id);
    const key = this.groupOf(row);
    const group = this.groups.get(key);
    group?.delete(id);
    if (group?.size === 0) this.groups.delete(key);
    this.touch(key);
    this.persistence.write(this.kind, id, null);
  }

  all(): T[] {
    return [...this.rows.values()];
  }

  /** The rows of one connection (or whatever the table is grouped by), oldest first. */
  group(key: string): T[] {
    return [...(this.groups.get(key)?.values() ?? [])];
  }

  where(test: (row: T) => boolean): T[] {
    return this.all().filter(test);
  }

  clear(): void {
    for (const id of [...this.rows.keys()]) this.delete(id);
  }

  get size(): number {
    return this.rows.size;
  }
}
