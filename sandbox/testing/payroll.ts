import { createSandbox, type Sandbox } from "@/sandbox/app";
import { createAccount, createConnection, type NewConnection } from "@/sandbox/connections";
import { payrollEdits, payrollOf, type Payment, type PayStatement } from "@/sandbox/payroll";
import { findProvider } from "@/sandbox/providers";
import type { Connection, Entity } from "@/sandbox/records";
import { settle } from "@/sandbox/settle";
import { startJob } from "@/sandbox/syncs";

/** One company with payroll in a sandbox of its own, without HTTP. */
export class TestCompany {
  readonly sandbox: Sandbox;
  private readonly id: string;

  constructor(
    wanted: Partial<Omit<NewConnection, "provider">> & { now: string; seed?: string; provider?: string },
  ) {
    const { now, seed = "default", provider = "gusto", ...rest } = wanted;
    this.sandbox = createSandbox({ jobDelayMs: 0, autoSync: false, seed });
    this.world.clock.adjust({ now: Date.parse(now), frozen: true });
    const found = findProvider(provider);
    if (!found) throw new Error(`there is no provider ${provider}`);
    const connection = createConnection(this.world, {
      clientId: "00000000-0000-4000-8000-000000000001",
      connectionType: "finch",
      provider: found,
      customerId: null,
      customerName: "Acme, Inc.",
      customerEmail: null,
      employeeSize: 20,
      ...rest,
    });
    this.id = connection.id;
    createAccount(this.world, connection, { method: "credential", products: ["payment", "pay_statement"] });
    settle(this.world, this.id);
  }

  get world() {
    return this.sandbox.world;
  }

  get connection(): Connection {
    const connection = this.world.store.connections.get(this.id);
    if (!connection) throw new Error("the connection is gone");
    return connection;
  }

  get entity(): Entity {
    const [entity] = this.connection.entities;
    if (!entity) throw new Error("the connection has no entity");
    return entity;
  }

  get payroll() {
    return payrollOf(this.world, this.connection, this.entity, "published");
  }

  get working() {
    return payrollOf(this.world, this.connection, this.entity, "working");
  }

  get edits() {
    return payrollEdits(this.world, this.connection, this.entity);
  }

  /** Every payment that is seen. */
  payments(from = "2019-01-01", to = "2099-12-31"): Payment[] {
    return this.payroll.payments(from, to);
  }

  statements(paymentId: string): PayStatement[] {
    return this.payroll.statements(paymentId, 0, 1_000_000)?.statements ?? [];
  }

  /** Shows what was written, now or at an instant. */
  sync(at?: string): void {
    if (at !== undefined) this.world.clock.adjust({ now: Date.parse(at) });
    const outcome = "complete" as const;
    startJob(this.world, this.id, { type: "data_sync_all", origin: "sandbox", outcome, delayMs: 0 });
    settle(this.world, this.id);
  }
}
