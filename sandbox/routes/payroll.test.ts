import type Finch from "@tryfinch/finch-api";
import { describe, expect, it } from "vitest";
import { payrollEdits } from "@/sandbox/payroll";
import { createTestConnection, failureOf, startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox();
const { world } = sandbox.sandbox;
world.clock.adjust({ now: Date.parse("2026-09-10T12:00:00Z") });
const acme = await createTestConnection(sandbox);
const { client } = acme;
const unknownId = "11111111-1111-4111-8111-111111111111";
const summer = { start_date: "2026-06-01", end_date: "2026-08-31" };

const listPayments = async (from: Finch, dates = summer) => (await from.hris.payments.list(dates)).items;
type Item = Finch.HRIS.PayStatementResponse;
type Data = Finch.HRIS.PayStatementData;

async function statementsOf(from: Finch, paymentId: string, page = {}): Promise<Item> {
  const request = { requests: [{ payment_id: paymentId, ...page }] };
  return (await from.hris.payStatements.retrieveMany(request)).responses[0]!;
}
const pageOf = (item: Item): Data => item.body as Data;

interface Ledger {
  code: number;
  body: {
    source: string;
    totals: { debit: { amount: number }; credit: { amount: number }; balanced: boolean };
    paging: { count: number; offset: number };
    ledger_items: { type: string; debit: { amount: number }; credit: { amount: number } }[];
  };
}

async function post(token: string, path: string, body: unknown) {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const response = await fetch(`${sandbox.url}${path}`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { responses: Ledger[] } };
}

function editsOf(connectionId: string) {
  const connection = world.store.connections.get(connectionId)!;
  return payrollEdits(world, connection, connection.entities[0]!);
}

describe("payments", () => {
  it("are found by pay date, both days included, oldest first", async () => {
    const payments = await listPayments(client);
    const dates = payments.map((row) => row.pay_date ?? "");
    expect(dates).toEqual([...dates].sort());
    const [first = "", last = ""] = [dates[0], dates.at(-1)];
    expect([first >= "2026-06-01", last <= "2026-08-31"]).toEqual([true, true]);
    const day = await listPayments(client, { start_date: first, end_date: first });
    expect(day).toEqual(payments.filter((row) => row.pay_date === first));
  });

  it("come from four calendars and outside of them, with groups that exist", async () => {
    const payments = await listPayments(client, { start_date: "2026-01-01", end_date: "2026-09-30" });
    expect(new Set(payments.flatMap((row) => row.pay_frequencies))).toEqual(
      new Set(["weekly", "bi_weekly", "semi_monthly", "monthly", "other"]),
    );
    const groups = new Set((await client.payroll.payGroups.list()).items.map((group) => group.id));
    for (const id of payments.flatMap((row) => row.pay_group_ids ?? [])) expect(groups).toContain(id);
  });

  it("are not there after the next run of each calendar", async () => {
    const ahead = await listPayments(client, { start_date: "2026-09-11", end_date: "2030-01-01" });
    expect(ahead.map((row) => row.pay_frequencies).sort()).toEqual([
      ["bi_weekly"],
      ["monthly"],
      ["semi_monthly"],
      ["weekly"],
    ]);
  });

  it("need both dates, in order, and the product", async () => {
    for (const query of ["", "?start_date=2026-01-01", "?start_date=2026-01-01&end_date=31/12/2026"]) {
      expect((await failureOf(client.get(`/employer/payment${query}`))).body).toMatchObject({
        code: 400,
        finch_code: "invalid_request",
      });
    }
    const backwards = client.hris.payments.list({ start_date: "2026-02-01", end_date: "2026-01-01" });
    expect((await failureOf(backwards)).status).toBe(400);
    const { client: poor } = await createTestConnection(sandbox, { products: ["company"] });
    expect((await failureOf(poor.hris.payments.list(summer))).body["name"]).toBe("insufficient_scope_error");
  });

  it("lack what an assisted provider does not give, and it has no pay groups", async () => {
    const { client: assisted } = await createTestConnection(sandbox, { provider_id: "adp_total_source" });
    await assisted.sandbox.connections.accounts.update({ connection_status: "connected" });
    const [payment] = await listPayments(assisted);
    expect(payment).toMatchObject({ debit_date: null, pay_group_ids: null });
    const [statement] = pageOf(await statementsOf(assisted, payment!.id)).pay_statements;
    expect(statement).toMatchObject({ payment_method: null, total_hours: null });
    expect((await failureOf(assisted.payroll.payGroups.list())).status).toBe(501);
  });
});

describe("pay statements", () => {
  it("are pages of each payment asked for, and unknown payments items with 404", async () => {
    const payments = await listPayments(client);
    const payment = payments.find((row) => (row.individual_ids ?? []).length > 3)!;
    const ids = payment.individual_ids ?? [];
    const { responses } = await client.hris.payStatements.retrieveMany({
      requests: [{ payment_id: payment.id, limit: 2, offset: 1 }, { payment_id: unknownId }],
    });
    expect(pageOf(responses[0]!).paging).toEqual({ count: ids.length, offset: 1 });
    expect(pageOf(responses[0]!).pay_statements.map((row) => row.individual_id)).toEqual(ids.slice(1, 3));
    expect(responses[1]).toMatchObject({
      payment_id: unknownId,
      code: 404,
      body: { code: 404, name: "not_found_error", finch_code: "payment_not_found" },
    });
  });

  it("are refused above ten payments and 5,000 statements a page, and without payments", async () => {
    const many = Array.from({ length: 11 }, () => ({ payment_id: unknownId }));
    const refused = async (requests: object[]) =>
      (await failureOf(client.post("/employer/pay-statement", { body: { requests } }))).body;
    expect(await refused(many)).toMatchObject({
      code: 422,
      name: "unprocessable_entity_error",
      finch_code: "batch_limit_exceeded",
    });
    expect(await refused([{ payment_id: unknownId, limit: 5_001 }])).toMatchObject({
      code: 422,
      finch_code: "page_size_limit_exceeded",
    });
    for (const requests of [[], [{ payment_id: 7 }], [{ payment_id: unknownId, offset: -1 }]]) {
      expect((await refused(requests))["code"]).toBe(400);
    }
  });

  it("of another connection are unknown", async () => {
    const { client: stranger } = await createTestConnection(sandbox);
    const [payment] = await listPayments(stranger);
    expect((await statementsOf(client, payment!.id)).code).toBe(404);
  });

  it("may still be fetched, or fail from a page on, for as long as was said", async () => {
    const [payment] = await listPayments(client);
    const edits = editsOf(acme.created.connection_id);
    edits.holdStatements(payment!.id, { times: 1 });
    expect(await statementsOf(client, payment!.id)).toMatchObject({
      code: 202,
      body: { code: 202, name: "accepted", finch_code: "data_sync_in_progress" },
    });
    expect((await statementsOf(client, payment!.id)).code).toBe(200);
    edits.holdStatements(payment!.id, { code: 502, fromOffset: 1 });
    const codes = [];
    for (const offset of [0, 1, 1]) codes.push((await statementsOf(client, payment!.id, { offset })).code);
    expect(codes).toEqual([200, 502, 502]);
    edits.releaseStatements(payment!.id);
    expect((await statementsOf(client, payment!.id, { offset: 1 })).code).toBe(200);
  });

  it("of payments that were just found take their time where the sandbox is told so", async () => {
    const slow = await startTestSandbox({ statementDelayMs: 60_000 });
    const { client: patient } = await createTestConnection(slow);
    const today = slow.sandbox.world.clock.iso().slice(0, 10);
    const dates = { start_date: `${Number(today.slice(0, 4)) - 1}-01-01`, end_date: today };
    const payment = (await listPayments(patient, dates)).at(-1)!;
    expect((await statementsOf(patient, payment.id)).code).toBe(202);
    slow.sandbox.world.clock.adjust({ advanceMs: 60_001 });
    expect((await statementsOf(patient, payment.id)).code).toBe(200);
  });
});

describe("pay groups", () => {
  it("are listed without people, by person and frequency, and read one by one with them", async () => {
    const groups = (await client.payroll.payGroups.list()).items;
    expect(groups.map((group) => group.pay_frequencies)).toEqual([
      ["semi_monthly"],
      ["bi_weekly"],
      ["weekly"],
      ["monthly"],
    ]);
    expect(groups[0]).not.toHaveProperty("individual_ids");
    const weekly = await client.payroll.payGroups.retrieve(groups[2]!.id);
    const [person = ""] = weekly.individual_ids;
    const ofPerson = await client.payroll.payGroups.list({ individual_id: person });
    expect(ofPerson.items.map((group) => group.id)).toEqual([weekly.id]);
    const some = await client.get("/employer/pay-groups?pay_frequencies=weekly,monthly");
    expect((some as { id: string }[]).map((group) => group.id)).toEqual([groups[2]!.id, groups[3]!.id]);
    expect((await failureOf(client.payroll.payGroups.retrieve(unknownId))).status).toBe(404);
  });
});

describe("the ledger", () => {
  it("balances, in pages, and comes from statements where the provider keeps none", async () => {
    const payments = await listPayments(client);
    const ids = payments.slice(0, 12).map((row) => ({ payment_id: row.id }));
    const { body } = await post(acme.token, "/employer/ledger-items", { requests: ids });
    for (const [place, item] of body.responses.entries()) {
      const { totals, paging, ledger_items: items, source } = item.body;
      expect([totals.balanced, totals.debit.amount, source]).toEqual([true, totals.credit.amount, "direct"]);
      expect(items).toHaveLength(paging.count);
      const net = items.find((row) => row.type === "cash_debit_net_pay");
      expect(net?.credit.amount).toBe(payments[place]!.net_pay?.amount);
    }
    const page = { requests: [{ ...ids[0], offset: 1, limit: 2 }, { payment_id: unknownId }] };
    const answer = (await post(acme.token, "/employer/ledger-items", page)).body.responses;
    expect(answer[0]).toMatchObject({ code: 200, body: { paging: { offset: 1 }, ledger_items: [{}, {}] } });
    expect(answer[1]).toMatchObject({ code: 404, body: { finch_code: "payment_not_found" } });
  });
});
