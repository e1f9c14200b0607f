import { inScope } from "@/db/client";
import { cancelOpenRuns } from "@/db/repositories/sync-runs";
import { freeGate } from "@/lib/finch/testing";
import { editsAt } from "@/sandbox/cases/dates";
import type { PayrollEdits } from "@/sandbox/payroll";
import { findDifferences, sayDifferences } from "@/soak/mirror/checker";
import { claimWork } from "../claim-step";
import type { SyncReason } from "../run-scope";
import { startSync } from "../start-sync";
import { payStatementsStep } from "../steps/pay-statements";
import { paymentsStep } from "../steps/payments";
import type { ConnectOptions, SyncWorld, TestConnection } from "../testing";
import type { StepEnd, StepWork } from "../work";

/** A connected employer with payroll, for the tests of reading it. Never imported by the product. */

export interface AskedPage {
  payment_id: string;
  offset: number;
  limit: number;
}

/** A worker that dies while it waits for an answer. */
export class Killed extends Error {}

const slipTables = ["pay_statements", "pay_statement_lines", "wage_totals", "wage_total_lines"];

export class PayStage {
  private constructor(
    readonly world: SyncWorld,
    readonly connection: TestConnection,
  ) {}

  static async open(world: SyncWorld, options: ConnectOptions = {}): Promise<PayStage> {
    const products = ["directory", "payment", "pay_statement"];
    return new PayStage(world, await world.connect({ products, employees: 8, payments: 6, ...options }));
  }

  get edits(): PayrollEdits {
    return editsAt(this.world.sandbox().sandbox.world, this.connection.finchConnectionId).edits;
  }

  /** Payments as the mirror has them, newest first. */
  payments() {
    return this.world.rows<{ id: string; people: string[]; state: string; count: number; deleted: boolean }>(
      `select finch_payment_id as id, individual_ids as people, statements_state as state, statements_count as count,
        deleted_at is not null as deleted from payments where connection_id = $1 order by pay_date desc, 1`,
      [this.connection.connectionId],
    );
  }

  async payment(finchId: string) {
    const found = (await this.payments()).find(({ id }) => id === finchId);
    if (!found) throw new Error("no such payment");
    return found;
  }

  /** Statements of a payment in the mirror, in Finch's order. */
  statements(finchPaymentId: string) {
    return this.world.rows<{ person: string; ordinal: number; id: string; version: number; cents: string }>(
      `select i.finch_individual_id as person, s.ordinal, s.id, s.version, s.gross_pay_cents::text as cents
       from pay_statements s join payments p on p.id = s.payment_id join individuals i on i.id = s.individual_id
       where p.finch_payment_id = $1 and s.deleted_at is null order by i.finch_individual_id, s.ordinal`,
      [finchPaymentId],
    );
  }

  /** Where the mirror of pay is not what Finch would answer now; empty where it is. */
  async differences(tables = ["payments", ...slipTables]): Promise<string> {
    const { world, connection } = this;
    const sql = world.database().sql("superuser");
    const place = { sql, url: world.sandbox().url, token: connection.accessToken, ...connection };
    return sayDifferences((await findDifferences(place)).filter(({ table }) => tables.includes(table)));
  }

  /** The same where the list of payments is a sync older than their statements. */
  slipDifferences(): Promise<string> {
    return this.differences(slipTables);
  }

  /** As if all of it had been read once: from now on there are windows and repairs. */
  async seasoned(): Promise<this> {
    const { connectionId } = this.connection;
    await this.world.rows("update connections set fully_synced_at = now() where id = $1", [connectionId]);
    return this;
  }

  /** A run whose steps are taken by hand, with its payments listed. It ends with `close`. */
  async begin(reason: SyncReason = "first"): Promise<ByHand> {
    const { customerId } = this.connection;
    const { runId } = await this.world.enqueue(this.connection, reason);
    await startSync({ customerId, runId });
    const run = new ByHand(this, runId);
    if (reason !== "repair") await paymentsStep(await run.claim("payments"));
    return run;
  }

  /** The pages that each request for statements asked for, since a request of the sandbox's log. */
  async askedSince(seq: number): Promise<AskedPage[][]> {
    const log = this.world.sandbox().sandbox.desk.log;
    return log
      .after(seq)
      .filter(
        (row) =>
          row.operation === "POST /employer/pay-statement" &&
          row.connection_id === this.connection.finchConnectionId,
      )
      .map(
        (row) => (JSON.parse(log.find(row.seq)?.request_body ?? "{}") as { requests: AskedPage[] }).requests,
      );
  }
}

export class ByHand {
  private attempts = 0;

  constructor(
    private readonly stage: PayStage,
    readonly runId: string,
  ) {}

  /** Takes a step as a worker does; its requests wait for no slot. */
  async claim(name: string, attempt = 1): Promise<StepWork> {
    const { ctx, customerId } = this.stage.connection;
    const key = { customerId, runId: this.runId, name, entityId: "" };
    const work = await claimWork(ctx, { key, epoch: 0, attempt });
    if (!work) throw new Error(`${name} was not free`);
    return { ...work, caller: { ...work.caller, gate: freeGate } };
  }

  /** Reads statements, as the worker that took the step over where one had it. @param dieAt request in which it dies */
  async read(
    pageSize?: number,
    { dieAt = Infinity, meanwhile = async (_request: number) => {} } = {},
  ): Promise<StepEnd> {
    this.attempts += 1;
    const work = await this.claim("pay_statements", this.attempts);
    let requests = 0;
    const record: typeof work.caller.record = async (request) => {
      requests += 1;
      if (requests >= dieAt) throw new Killed();
      await work.caller.record(request);
      await meanwhile(requests);
    };
    return payStatementsStep({ ...work, caller: { ...work.caller, record } }, pageSize);
  }

  step() {
    return this.stage.world.row<Record<string, unknown>>(
      "select done, total, requests, planned_requests, item_errors from sync_steps where run_id = $1 and name = 'pay_statements'",
      [this.runId],
    );
  }

  async close(): Promise<void> {
    const { ctx, customerId, connectionId } = this.stage.connection;
    await inScope(ctx, (tx) => cancelOpenRuns(tx, customerId, connectionId, { code: "test", message: "" }));
  }
}
