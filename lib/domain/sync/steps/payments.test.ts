import { describe, expect, it } from "vitest";
import { inScope } from "@/db/client";
import { upsertPayments, type PaymentValues } from "@/db/repositories/mirror-payments";
import { readToday } from "@/db/repositories/customers-clock";
import { QuotaWait } from "@/lib/quota";
import { payrollEdits } from "@/sandbox/payroll";
import { erase } from "../door/testing";
import { addDays } from "../payment-dates";
import { settleStep } from "../settle-step";
import { useSyncWorld, type TestConnection } from "../testing";
import { paymentsStep } from "./payments";
import { claim, driveTo } from "./testing";

const world = useSyncWorld();
const listPayments = "GET /employer/payment";

interface WirePayment {
  [field: string]: unknown;
  id: string;
  pay_date: string | null;
  individual_ids: string[] | null;
}

const asFinchSaysIt = ({ accessToken }: TestConnection) =>
  world.finch<WirePayment[]>(
    "GET",
    "/employer/payment?start_date=2000-01-01&end_date=2099-12-31",
    undefined,
    accessToken,
  );

/** Payroll of the connection's only entity, to write to. */
function payrollOf({ finchConnectionId }: TestConnection) {
  const { world: finch } = world.sandbox().sandbox;
  const connection = finch.store.connections.get(finchConnectionId);
  const [entity] = connection?.entities ?? [];
  if (!connection || !entity) throw new Error("no such connection");
  return payrollEdits(finch, connection, entity);
}

const stepOf = (runId: string) =>
  world.row<{ status: string; message: string | null; requests: number; outcome: string }>(
    "select status, message, requests, outcome from sync_steps where run_id = $1 and name = 'payments'",
    [runId],
  );
const stored = ({ connectionId }: TestConnection, finchId: string) =>
  world.row<{ pay_date: string | null; deleted: boolean; statements_state: string; gross: string | null }>(
    `select pay_date::text, deleted_at is not null as deleted, statements_state, gross_pay_cents::text as gross
     from payments where connection_id = $1 and finch_payment_id = $2`,
    [connectionId, finchId],
  );
const holdsOf = ({ connectionId }: TestConnection) =>
  world.rows<{ rows: number; open: boolean }>(
    `select rows, resolved_at is null as open from sync_holds where connection_id = $1 and product = 'payments'`,
    [connectionId],
  );

async function connect(payments = 30): Promise<TestConnection> {
  const connection = await world.connect({ products: ["payment"], employees: 6, payments });
  await world.sync(connection);
  return connection;
}

/** The payment so many places from the newest, whose pay date is in every run's dates. */
async function recent(connection: TestConnection, place = 2): Promise<WirePayment> {
  const payment = (await asFinchSaysIt(connection)).at(-place);
  if (!payment) throw new Error("no such payment");
  return payment;
}

async function syncWindow(connection: TestConnection) {
  await world.publish(connection);
  const runId = await world.sync(connection, "scheduled");
  expect(await world.row("select scope from sync_runs where id = $1", [runId])).toEqual({ scope: "window" });
  return stepOf(runId);
}

describe("a full run", () => {
  it("mirrors every payment exactly, in one request", async () => {
    const connection = await world.connect({ products: ["payment"] });
    const runId = await world.sync(connection);
    expect(await stepOf(runId)).toMatchObject({ status: "succeeded", requests: 1 });
    const wire = await asFinchSaysIt(connection);
    expect(wire.length).toBeGreaterThan(100);
    const rows = await world.rows<WirePayment>(
      `select finch_payment_id as id, pay_date::text, debit_date::text,
         case when pay_period_start is null and pay_period_end is null then null
           else jsonb_build_object('start_date', pay_period_start, 'end_date', pay_period_end) end as pay_period,
         individual_ids, pay_group_ids, pay_frequencies,
         jsonb_build_object('amount', company_debit_cents, 'currency', company_debit_currency) as company_debit,
         jsonb_build_object('amount', gross_pay_cents, 'currency', gross_pay_currency) as gross_pay,
         jsonb_build_object('amount', net_pay_cents, 'currency', net_pay_currency) as net_pay,
         jsonb_build_object('amount', employer_taxes_cents, 'currency', employer_taxes_currency) as employer_taxes,
         jsonb_build_object('amount', employee_taxes_cents, 'currency', employee_taxes_currency) as employee_taxes
       from payments where connection_id = $1 and deleted_at is null`,
      [connection.connectionId],
    );
    const byId = (list: WirePayment[]) => [...list].sort((left, right) => (left.id < right.id ? -1 : 1));
    expect(byId(rows)).toEqual(byId(wire));
    const [raw] = await world.rows<{ n: number }>(
      "select count(*)::int as n from raw_records where connection_id = $1 and kind = 'payment'",
      [connection.connectionId],
    );
    expect(raw?.n).toBe(wire.length);
  });

  it("asks up to 60 days after today in the employer's time zone", async () => {
    const [east, west] = [await world.addCustomer("East"), await world.addCustomer("West")];
    await world.rows("update customers set time_zone = 'Pacific/Kiritimati' where id = $1", [east]);
    await world.rows("update customers set time_zone = 'Pacific/Pago_Pago' where id = $1", [west]);
    const days = [];
    for (const customerId of [east, west]) {
      const connection = await world.connect(
        { products: ["payment"], employees: 3, payments: 1 },
        customerId,
      );
      const today = await inScope(connection.ctx, (tx) => readToday(tx, customerId));
      const before = await world.lastRequest();
      await world.sync(connection);
      const log = await world.finch<{ operation: string; query: string }[]>(
        "GET",
        `/_sandbox/requests?after=${before}`,
      );
      const query = new URLSearchParams(log.find(({ operation }) => operation === listPayments)?.query);
      expect([query.get("start_date"), query.get("end_date")]).toEqual(["2000-01-01", addDays(today, 60)]);
      days.push(today);
    }
    // 25 hours lie between the two.
    expect(days[0]).not.toBe(days[1]);
  });
});

describe("a payment that changed", () => {
  it("has its statements read again", async () => {
    const connection = await connect();
    const payment = await recent(connection);
    await world.rows("update payments set statements_state = 'complete' where connection_id = $1", [
      connection.connectionId,
    ]);
    payrollOf(connection).editPayment(payment.id, { gross_pay: { amount: 987_654_321, currency: "usd" } });
    await syncWindow(connection);
    expect(await stored(connection, payment.id)).toMatchObject({
      gross: "987654321",
      statements_state: "partial",
    });
    const others = "select 1 from payments where connection_id = $1 and statements_state = 'partial'";
    expect(await world.rows(others, [connection.connectionId])).toHaveLength(1);
  });

  it("and moved to another day of the window is the same payment on that day", async () => {
    const connection = await connect();
    const payment = await recent(connection);
    const day = addDays(payment.pay_date ?? "", -1);
    payrollOf(connection).editPayment(payment.id, { pay_date: day });
    expect(await syncWindow(connection)).toMatchObject({ status: "succeeded", requests: 1, message: null });
    expect(await stored(connection, payment.id)).toMatchObject({ pay_date: day, deleted: false });
  });

  it("and moved out of the window is found there by one more request, not deleted", async () => {
    const connection = await connect(60);
    const payment = await recent(connection);
    const day = addDays(payment.pay_date ?? "", -700);
    payrollOf(connection).editPayment(payment.id, { pay_date: day });
    expect(await syncWindow(connection)).toMatchObject({ status: "succeeded", requests: 2, message: null });
    expect(await stored(connection, payment.id)).toMatchObject({ pay_date: day, deleted: false });
    expect(await syncWindow(connection)).toMatchObject({ requests: 1 });
  });

  it("and lost its pay date stays, in no year", async () => {
    const connection = await connect();
    const payment = await recent(connection);
    payrollOf(connection).editPayment(payment.id, { pay_date: null });
    await syncWindow(connection);
    expect(await stored(connection, payment.id)).toMatchObject({ pay_date: null, deleted: false });
  });
});

describe("a payment that vanished", () => {
  it("inside the dates that were asked for is marked, and comes back as the same one to be read anew", async () => {
    const connection = await connect();
    const payment = await recent(connection);
    await world.rows("update payments set statements_state = 'complete' where connection_id = $1", [
      connection.connectionId,
    ]);
    payrollOf(connection).deletePayment(payment.id);
    expect(await syncWindow(connection)).toMatchObject({
      requests: 2,
      message: "1 payment is no longer at the provider.",
    });
    expect(await stored(connection, payment.id)).toMatchObject({ deleted: true });
    const { store } = world.sandbox().sandbox.world;
    const row = store.payments.get(payment.id);
    if (row) store.payments.set(payment.id, { ...row, working: { ...row.working, deleted: false } });
    await syncWindow(connection);
    expect(await stored(connection, payment.id)).toMatchObject({
      deleted: false,
      statements_state: "unread",
    });
  });

  it("outside of them is marked by the next full run", async () => {
    const connection = await connect(60);
    const [oldest] = await asFinchSaysIt(connection);
    payrollOf(connection).deletePayment(oldest?.id ?? "");
    expect(await syncWindow(connection)).toMatchObject({ requests: 1 });
    expect(await stored(connection, oldest?.id ?? "")).toMatchObject({ deleted: false });
    await world.sync(connection, "reconnected");
    expect(await stored(connection, oldest?.id ?? "")).toMatchObject({ deleted: true });
  });

  it("because the provider's history ended before it stays, and its statements are not asked for", async () => {
    for (const [provider, deleted] of [
      ["paycom", false],
      ["gusto", true],
    ] as const) {
      const products = ["payment", "pay_statement"];
      const connection = await world.connect({ products, employees: 6, payments: 4, provider });
      await world.sync(connection);
      await world.rows(
        `insert into payments (customer_id, connection_id, finch_payment_id, pay_date, fetched_at)
         values ($1, $2, 'long-ago', now() - interval '30 months', now() - interval '1 day')`,
        [connection.customerId, connection.connectionId],
      );
      const runId = await world.sync(connection, "reconnected");
      expect(await stored(connection, "long-ago")).toMatchObject({ deleted });
      const errors =
        "select item_errors, requests from sync_steps where run_id = $1 and name = 'pay_statements'";
      expect(await world.row(errors, [runId])).toEqual({ item_errors: 0, requests: 1 });
    }
  });

  it("with all others is held until a person says that this is right", async () => {
    const connection = await connect(4);
    const wire = await asFinchSaysIt(connection);
    for (const { id } of wire) payrollOf(connection).deletePayment(id);
    await world.publish(connection);
    const runId = await world.sync(connection, "reconnected");
    expect((await stepOf(runId)).message).toContain(`there were ${wire.length} entries`);
    expect(await stored(connection, wire[0]?.id ?? "")).toMatchObject({ deleted: false });
    await world.sync(connection, "reconnected");
    expect(await holdsOf(connection)).toEqual([{ rows: wire.length, open: true }]);
    await world.rows("update sync_holds set accepted_at = now() where connection_id = $1", [
      connection.connectionId,
    ]);
    await world.sync(connection, "reconnected");
    expect(await stored(connection, wire[0]?.id ?? "")).toMatchObject({ deleted: true });
    expect(await holdsOf(connection)).toEqual([{ rows: wire.length, open: false }]);
  });

  it("and is there again ends the hold by itself", async () => {
    const connection = await connect(3);
    const wire = await asFinchSaysIt(connection);
    for (const { id } of wire) payrollOf(connection).deletePayment(id);
    await world.publish(connection);
    await world.sync(connection, "reconnected");
    const { store } = world.sandbox().sandbox.world;
    for (const { id } of wire) store.payments.delete(id);
    await world.publish(connection);
    await world.sync(connection, "reconnected");
    expect(await holdsOf(connection)).toEqual([{ rows: wire.length, open: false }]);
    expect(await stored(connection, wire[0]?.id ?? "")).toMatchObject({ deleted: false });
  });
});

describe("the list of payments", () => {
  it("is not asked for twice where the second request has to wait for its turn", async () => {
    const connection = await connect();
    payrollOf(connection).deletePayment((await recent(connection)).id);
    await world.publish(connection);
    const { runId } = await world.enqueue(connection, "scheduled");
    const step = await driveTo(connection, runId, "payments");
    const work = await claim(connection, step);
    let asked = 0;
    const gate = {
      enter: async (endpoint: string) => {
        asked += 1;
        if (asked > 1) throw new QuotaWait("payment");
        return work.gate.enter(endpoint);
      },
    };
    await expect(paymentsStep({ ...work, caller: { ...work.caller, gate } })).rejects.toThrow(QuotaWait);
    await settleStep(work, { end: "quota", key: "payment" });
    await work.gate.release();
    await world.work();
    expect(await stepOf(runId)).toMatchObject({ status: "succeeded", requests: 2 });
  });

  it("in an older answer overwrites nothing and brings nothing back", async () => {
    const { ctx, customerId, connectionId } = await world.connect({ products: ["payment"] });
    const scope = { customerId, connectionId, entityId: "" };
    const payment = (payDate: string): PaymentValues => ({
      ...{ finchId: "p", payPeriodStart: null, payPeriodEnd: null, payDate, debitDate: null },
      ...{ companyDebitCents: null, companyDebitCurrency: null, grossPayCents: "1", grossPayCurrency: "usd" },
      ...{ netPayCents: null, netPayCurrency: null, employerTaxesCents: null, employerTaxesCurrency: null },
      ...{ employeeTaxesCents: null, employeeTaxesCurrency: null },
      ...{ individualIds: null, payGroupIds: null, payFrequencies: null },
    });
    const day = (n: number) => new Date(Date.UTC(2026, 0, n));
    const write = (payDate: string, at: Date) =>
      inScope(ctx, (tx) => upsertPayments(tx, scope, [payment(payDate)], at));
    await write("2026-01-02", day(3));
    expect(await write("2025-12-31", day(2))).toEqual([]);
    expect(await stored({ ...scope, ctx, finchConnectionId: "", accessToken: "" }, "p")).toMatchObject({
      pay_date: "2026-01-02",
    });
    expect(await write("2025-12-31", day(4))).toMatchObject([{ moved: true }]);
  });

  it("names nobody who was erased", async () => {
    const connection = await connect(4);
    const { connectionId } = connection;
    const payment = await recent(connection, 1);
    const erased = payment.individual_ids?.[0] ?? "";
    await erase(world, connection, erased);
    await world.sync(connection, "reconnected");
    const named = "select 1 from payments where connection_id = $1 and $2 = any(individual_ids)";
    expect(await world.rows(named, [connectionId, erased])).toEqual([]);
    const other = payment.individual_ids?.[1] ?? "";
    expect((await world.rows(named, [connectionId, other])).length).toBeGreaterThan(0);
  });
});
