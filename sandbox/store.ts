import { personKey } from "@/sandbox/benefits/keys";
import type { Benefit, BenefitJob, Enrollment, OutcomeOrder } from "@/sandbox/benefits/records";
import { Database, type Persistence } from "@/sandbox/persistence";
import type {
  Account,
  AccessToken,
  AuthorizationCode,
  Connection,
  ConnectSession,
  Job,
  Overlay,
} from "@/sandbox/records";

/** Records of one kind: in memory for reading, written through to the file at `flush`. */
export class Table<T> {
  private readonly rows = new Map<string, T>();
  private readonly groups = new Map<string, Map<string, T>>();

  constructor(
    readonly kind: string,
    private readonly persistence: Persistence,
    private readonly groupOf: (row: T) => string = () => "",
  ) {
    for (const [id, json] of persistence.load(kind)) this.keep(id, JSON.parse(json) as T);
  }

  private keep(id: string, row: T): void {
    this.rows.set(id, row);
    const key = this.groupOf(row);
    let group = this.groups.get(key);
    if (!group) this.groups.set(key, (group = new Map<string, T>()));
    group.set(id, row);
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
    this.groups.get(this.groupOf(row))?.delete(id);
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

/** Settings that a reset keeps or replaces: the seed and the counter behind deterministic ids. */
export interface Meta {
  seed: string;
  nextOrdinal: number;
}

/**
 * All state of the sandbox that cannot be derived from the seed. `flush` makes what was
 * changed durable; it runs before every answer, so an answered token survives a SIGKILL.
 */
export class Store {
  readonly sessions: Table<ConnectSession>;
  readonly codes: Table<AuthorizationCode>;
  readonly tokens: Table<AccessToken>;
  readonly connections: Table<Connection>;
  readonly accounts: Table<Account>;
  readonly jobs: Table<Job>;
  readonly overlays: Table<Overlay>;
  readonly benefits: Table<Benefit>;
  readonly enrollments: Table<Enrollment>;
  readonly benefitJobs: Table<BenefitJob>;
  readonly outcomeOrders: Table<OutcomeOrder>;
  private readonly metas: Table<Meta>;
  private readonly persistence: Persistence;

  constructor(folder: string | undefined, seed: string) {
    this.persistence = new Database(folder);
    const ofConnection = (row: { connectionId: string }) => row.connectionId;
    this.sessions = new Table("session", this.persistence);
    this.codes = new Table("code", this.persistence);
    this.tokens = new Table<AccessToken>("token", this.persistence, ofConnection);
    this.connections = new Table("connection", this.persistence);
    this.accounts = new Table<Account>("account", this.persistence, ofConnection);
    this.jobs = new Table<Job>("job", this.persistence, ofConnection);
    this.overlays = new Table<Overlay>("overlay", this.persistence, ofConnection);
    this.benefits = new Table<Benefit>("benefit", this.persistence, ofConnection);
    this.enrollments = new Table<Enrollment>("enrollment", this.persistence, personKey);
    this.benefitJobs = new Table<BenefitJob>("benefit job", this.persistence, ofConnection);
    this.outcomeOrders = new Table<OutcomeOrder>("outcome order", this.persistence, ofConnection);
    this.metas = new Table("meta", this.persistence);
    if (!this.metas.get("meta")) this.metas.set("meta", { seed, nextOrdinal: 1 });
    this.flush();
  }

  private get meta(): Meta {
    return this.metas.get("meta") ?? { seed: "default", nextOrdinal: 1 };
  }

  get seed(): string {
    return this.meta.seed;
  }

  /** A number that no other connection of this state has; part of what ids are made from. */
  takeOrdinal(): number {
    const { meta } = this;
    this.metas.set("meta", { ...meta, nextOrdinal: meta.nextOrdinal + 1 });
    return meta.nextOrdinal;
  }

  flush(): void {
    this.persistence.flush();
  }

  /** Forgets everything and starts again from a seed. */
  reset(seed: string): void {
    for (const table of [
      this.sessions,
      this.codes,
      this.tokens,
      this.connections,
      this.accounts,
      this.jobs,
      this.overlays,
      this.benefits,
      this.enrollments,
      this.benefitJobs,
      this.outcomeOrders,
    ]) {
      table.clear();
    }
    this.metas.set("meta", { seed, nextOrdinal: 1 });
    this.flush();
  }

  close(): void {
    this.persistence.close();
  }
}
