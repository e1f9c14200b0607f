import { personKey } from "@/sandbox/benefits/keys";
import type { Benefit, BenefitJob, Enrollment, OutcomeOrder } from "@/sandbox/benefits/records";
import type { CaseRow } from "@/sandbox/cases/records";
import type { ClockState } from "@/sandbox/clock";
import type { W4Sync } from "@/sandbox/documents/records";
import type { PaymentRow, PayVersions, Rule, StatementHold } from "@/sandbox/payroll/records";
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
import { Table } from "@/sandbox/table";
import type { Delivery, WebhookEndpoint } from "@/sandbox/webhooks/records";

/** Settings that a reset keeps or replaces: the seed and the counter behind deterministic ids. */
export interface Meta {
  seed: string;
  nextOrdinal: number;
}

const ofConnection = (row: { connectionId: string }) => row.connectionId;

/**
 * All state of the sandbox that cannot be derived from the seed. `flush` makes what was
 * changed durable; it runs before every answer, so an answered token survives a SIGKILL.
 */
export class Store {
  private readonly persistence: Persistence;
  private readonly cleared: { clear(): void }[] = [];
  private readonly touched = new Set<string>();
  private readonly flushListeners: (() => void)[] = [];

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
  readonly w4Syncs: Table<W4Sync>;
  readonly webhookEndpoints: Table<WebhookEndpoint>;
  readonly deliveries: Table<Delivery>;
  readonly payments: Table<PaymentRow>;
  readonly payVersions: Table<PayVersions>;
  readonly statementHolds: Table<StatementHold>;
  readonly rules: Table<Rule>;
  readonly cases: Table<CaseRow>;
  private readonly metas: Table<Meta>;
  private readonly clocks: Table<ClockState>;

  constructor(folder: string | undefined, seed: string) {
    this.persistence = new Database(folder);
    this.sessions = this.table("session");
    this.codes = this.table("code");
    this.tokens = this.table<AccessToken>("token", ofConnection);
    this.connections = this.table("connection");
    this.accounts = this.table<Account>("account", ofConnection);
    this.jobs = this.table<Job>("job", ofConnection);
    this.overlays = this.table<Overlay>("overlay", ofConnection);
    this.benefits = this.table<Benefit>("benefit", ofConnection);
    this.enrollments = this.table<Enrollment>("enrollment", personKey);
    this.benefitJobs = this.table<BenefitJob>("benefit job", ofConnection);
    this.outcomeOrders = this.table<OutcomeOrder>("outcome order", ofConnection);
    this.w4Syncs = this.table<W4Sync>("w4 sync", ofConnection);
    this.webhookEndpoints = this.table("webhook endpoint");
    this.deliveries = this.table<Delivery>("delivery", (row) => row.endpointId);
    this.payments = this.table<PaymentRow>("payment", ofConnection);
    this.payVersions = this.table<PayVersions>("pay versions", ofConnection);
    this.statementHolds = this.table<StatementHold>("statement hold", ofConnection);
    this.rules = this.table<Rule>("rule", ofConnection);
    this.cases = this.table("case");
    this.metas = new Table("meta", this.persistence);
    this.clocks = new Table("clock", this.persistence);
    if (!this.metas.get("meta")) this.metas.set("meta", { seed, nextOrdinal: 1 });
    this.flush();
  }

  /** A table that a reset empties. Those of connections note which of them were written to. */
  private table<T>(kind: string, groupOf?: (row: T) => string): Table<T> {
    const touch = groupOf === ofConnection ? (id: string) => void this.touched.add(id) : undefined;
    const table = new Table<T>(kind, this.persistence, groupOf, touch);
    this.cleared.push(table);
    return table;
  }

  /** The connections that were written to since the last call. */
  takeTouched(): string[] {
    const ids = [...this.touched];
    this.touched.clear();
    return ids;
  }

  /** Calls back after each unit of work. */
  onFlush(listener: () => void): void {
    this.flushListeners.push(listener);
  }

  get clock(): ClockState | undefined {
    return this.clocks.get("clock");
  }

  keepClock(state: ClockState): void {
    this.clocks.set("clock", state);
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
    for (const listener of this.flushListeners) listener();
  }

  /** Forgets everything and starts again from a seed. */
  reset(seed: string): void {
    for (const table of this.cleared) table.clear();
    this.metas.set("meta", { seed, nextOrdinal: 1 });
    this.flush();
  }

  close(): void {
    this.persistence.close();
  }
}
