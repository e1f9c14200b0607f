import { sql } from "drizzle-orm";
import type { Sql } from "postgres";
import { inScope, type Tx } from "@/db/client";
import { listAbsentPayments, markPaymentsDeleted, upsertPayments } from "@/db/repositories/mirror-payments";
import { beginPasses, lockPasses } from "@/db/repositories/payment-passes";
import type { MirrorScope } from "@/db/repositories/raw-records";
import { deleteStatementsOf, redateStatements } from "@/db/repositories/statement-removals";
import { workerContext, type CustomerContext } from "@/lib/domain/context";
import type { FinchPayStatement } from "@/lib/finch";
import { finishPasses } from "../finish-passes";
import { recomputeTotals } from "../recompute-totals";
import type { SentPayment, Slip, Totals } from "./expected-totals";
import { writeStatements, type StatementOnPage } from "../write-statements";

/** Answers of Finch about payments, written as a sync writes them, without Finch. Never imported by the product. */

export interface SentAnswer {
  payment: string;
  slips: Slip[];
  pageSize: number;
  /** Statements in a transaction. */
  chunk: number;
  ends: boolean;
}

const blank = {
  ...{ payPeriodStart: null, payPeriodEnd: null, debitDate: null, companyDebitCents: null },
  ...{ companyDebitCurrency: null, grossPayCents: null, grossPayCurrency: null, netPayCents: null },
  ...{
    netPayCurrency: null,
    employerTaxesCents: null,
    employerTaxesCurrency: null,
    employeeTaxesCents: null,
  },
  ...{ employeeTaxesCurrency: null, individualIds: null, payGroupIds: null, payFrequencies: null },
};

export function toStatement({ person, gross, net, hours, lines }: Slip): FinchPayStatement {
  const money = (given: Slip["gross"]) =>
    given && { amountCents: given.amount === null ? null : BigInt(given.amount), currency: given.currency };
  return {
    ...{
      individualId: person,
      type: null,
      paymentMethod: null,
      totalHours: hours,
      nullCategories: [],
      extra: null,
    },
    ...{ grossPay: money(gross), netPay: money(net) },
    lines: lines.map(({ amount, ...line }) => ({
      ...line,
      ...{ amountCents: amount === null ? null : BigInt(amount), attributes: null },
    })),
  };
}

export class PayHistory {
  /** What was sent, as it should stand. */
  readonly payments = new Map<string, SentPayment>();
  private clockMs = Date.UTC(2026, 0, 1);

  private constructor(
    readonly ctx: CustomerContext,
    readonly scope: MirrorScope,
  ) {}

  /** A new employer with a connection. */
  static async begin(owner: Sql): Promise<PayHistory> {
    const [customer] = await owner`insert into customers (name) values ('Acme Inc.') returning id`;
    const customerId = String(customer?.id);
    const connectionId = crypto.randomUUID();
    await owner`insert into connections (customer_id, id, finch_connection_id, finch_customer_id, provider_id, provider_name)
      values (${customerId}, ${connectionId}, ${connectionId}, ${customerId}, 'gusto', 'Gusto')`;
    return new PayHistory(workerContext(customerId, "test"), { customerId, connectionId, entityId: "" });
  }

  /** A second later each time: requests follow each other. */
  private now(): Date {
    this.clockMs += 1_000;
    return new Date(this.clockMs);
  }

  /** The list of payments gives this one with this date. */
  async list(finchId: string, payDate: string | null): Promise<void> {
    const before = this.payments.get(finchId);
    const at = this.now();
    await inScope(this.ctx, async (tx) => {
      const moved = await upsertPayments(tx, this.scope, [{ ...blank, finchId, payDate }], at);
      await redateStatements(
        tx,
        this.scope,
        moved.map(({ id }) => id),
      );
    });
    const slips = before?.isThere ? before.slips : new Map<string, Slip>();
    this.payments.set(finchId, { payDate, isThere: true, slips });
  }

  /** The list of payments does not give it any more. */
  async vanish(finchId: string): Promise<void> {
    const known = this.payments.get(finchId);
    if (!known?.isThere) return;
    const at = this.now();
    await inScope(this.ctx, async (tx) => {
      const range = { from: "2000-01-01", to: "2100-01-01", isAll: true };
      const ids = await listAbsentPayments(tx, this.scope, range, at);
      const [own] = await tx.execute<{
        id: string;
      }>(sql`select id from payments where finch_payment_id = ${finchId}
        and connection_id = ${this.scope.connectionId}::uuid`);
      const gone = ids.filter((id) => id === own?.id);
      await markPaymentsDeleted(tx, this.scope, gone, at);
      await deleteStatementsOf(tx, this.scope, gone, at);
    });
    this.payments.set(finchId, { ...known, isThere: false, slips: new Map() });
  }

  /** Two answers about two payments whose transactions meet. */
  async readBeside(left: SentAnswer, right: SentAnswer): Promise<void> {
    if (left.payment === right.payment) return this.read(left);
    await Promise.all(
      [left, right].map((answer) =>
        this.list(answer.payment, this.payments.get(answer.payment)?.payDate ?? "2025-05-01"),
      ),
    );
    await Promise.all([this.read(left), this.read(right)]);
  }

  /** Reads a payment's statements, page by page and chunk by chunk; all of them, or some. */
  async read({ payment: finchId, slips, pageSize, chunk, ends }: SentAnswer): Promise<void> {
    if (!this.payments.get(finchId)?.isThere) await this.list(finchId, "2025-02-01");
    const sent = this.payments.get(finchId);
    if (!sent) return;
    const at = this.now();
    const runId = crypto.randomUUID();
    const id = await this.idOf(finchId);
    await inScope(this.ctx, (tx) => beginPasses(tx, this.scope, [id], { runId, at }));
    const rows = this.rowsOf(id, slips, pageSize, at, sent.payDate);
    const written = ends ? rows : rows.slice(0, Math.ceil(rows.length / 2));
    for (let from = 0; from < written.length; from += chunk) {
      await inScope(this.ctx, (tx) => writeStatements(tx, this.scope, written.slice(from, from + chunk), at));
    }
    const isHeld = slips.length === 0 && sent.slips.size > 0;
    if (ends) await inScope(this.ctx, (tx) => this.finish(tx, id, runId, slips.length));
    if (ends && !isHeld) sent.slips.clear();
    this.keep(sent, slips.slice(0, written.length));
  }

  private keep(sent: SentPayment, slips: readonly Slip[]): void {
    const seen = new Map<string, number>();
    for (const slip of slips) {
      const place = seen.get(slip.person) ?? 0;
      seen.set(slip.person, place + 1);
      sent.slips.set(`${slip.person} ${place}`, slip);
    }
  }

  private rowsOf(
    paymentId: string,
    slips: readonly Slip[],
    pageSize: number,
    passStartedAt: Date,
    payDate: string | null,
  ): StatementOnPage[] {
    return slips.map((slip, index) => {
      const pageOffset = Math.floor(index / pageSize) * pageSize;
      const nth = slips.slice(pageOffset, index).filter(({ person }) => person === slip.person).length;
      return { paymentId, pageOffset, nth, passStartedAt, payDate, statement: toStatement(slip) };
    });
  }

  private async finish(tx: Tx, id: string, runId: string, count: number): Promise<void> {
    const pass = (await lockPasses(tx, this.scope, [id])).get(id);
    if (!pass) throw new Error("the payment is gone");
    const lease = {
      key: { ...this.scope, runId, name: "pay_statements" },
      epoch: 1,
      tokenId: "",
      ...this.scope,
    };
    await finishPasses(tx, { scope: this.scope, lease }, [{ ...pass, count }], null);
  }

  private async idOf(finchId: string): Promise<string> {
    const [row] = await inScope(this.ctx, (tx) =>
      tx.execute<{ id: string }>(sql`select id from payments
        where connection_id = ${this.scope.connectionId}::uuid and finch_payment_id = ${finchId}`),
    );
    return row?.id ?? "";
  }

  recompute() {
    return recomputeTotals(this.ctx, this.scope.connectionId);
  }

  /** The kept totals in the form of `expectedTotals`. */
  async keptTotals(): Promise<Totals> {
    const rows = await inScope(this.ctx, (tx) =>
      tx.execute<{ key: string; sum: Record<string, unknown> }>(sql`
        select concat_ws('/', i.finch_individual_id, t.year, t.currency) as key, json_build_object('gross', gross_cents,
          'net', net_cents, 'statements', statements, 'withoutGross', without_gross, 'withoutNet', without_net,
          'withoutHours', without_hours, 'hours', round(hours * 10000)::int, 'first', first_pay_date,
          'last', last_pay_date) as sum
        from wage_totals t join individuals i on i.id = t.individual_id
        where t.connection_id = ${this.scope.connectionId}::uuid
        union all
        select concat_ws('/', i.finch_individual_id, t.year, t.currency, replace(json_build_array(category, type, name, pre_tax,
          employer)::text, ', ', ',')), json_build_object('amount', amount_cents, 'lines', lines, 'withoutAmount', without_amount,
          'hours', round(hours * 10000)::int, 'first', first_pay_date, 'last', last_pay_date)
        from wage_total_lines t join individuals i on i.id = t.individual_id
        where t.connection_id = ${this.scope.connectionId}::uuid`),
    );
    return Object.fromEntries(rows.map(({ key, sum }) => [key, sum]));
  }
}
