import { describe, expect, it, vi } from "vitest";
import { useSyncWorld, type TestConnection } from "@/lib/domain/sync/testing";
import { testContext } from "@/lib/domain/testing";
import { log } from "@/lib/log";
import { checkTotals } from "./check-totals";
import { listReconciliations } from "./list-reconciliations";
import { CheckedWorld } from "./testing";

const world = useSyncWorld();
const checked = new CheckedWorld(world);
const targetOf = ({ customerId, connectionId }: TestConnection) => ({ customerId, connectionId });
const checksOf = ({ customerId, connectionId }: TestConnection) =>
  listReconciliations(testContext("hr_viewer", customerId), connectionId);
const eventsOf = ({ connectionId }: TestConnection) =>
  world.rows("select detail from connection_events where connection_id = $1 and kind = 'totals_repaired'", [
    connectionId,
  ]);

/** 20 people with a dated statement of 100.00 each, and totals that are right. */
async function paid(): Promise<TestConnection> {
  const connection = await checked.withPay();
  const payment = await checked.plantPayment(connection, "complete", 20, 20);
  await world.rows(
    `update pay_statements set pay_date = '2026-03-13', gross_pay_cents = 10000, gross_pay_currency = 'usd', net_pay_cents = 8000,
       net_pay_currency = 'usd', total_hours = 80 where payment_id = $1`,
    [payment],
  );
  await world.rows(
    `insert into pay_statement_lines (customer_id, connection_id, statement_id, individual_id, ordinal, category, type, name, amount_cents, currency)
     select customer_id, connection_id, id, individual_id, 0, 'earning', 'salary', 'Salary', 10000, 'usd' from pay_statements where payment_id = $1`,
    [payment],
  );
  await checkTotals(targetOf(connection));
  await world.rows("delete from reconciliations where connection_id = $1", [connection.connectionId]);
  await world.rows("delete from connection_events where connection_id = $1", [connection.connectionId]);
  return connection;
}

const spoil = ({ connectionId }: TestConnection, which = "true") =>
  world.rows(
    `update wage_totals t set gross_cents = gross_cents + 1 where connection_id = $1 and ${which} returning individual_id`,
    [connectionId],
  );
const grossOf = async ({ connectionId }: TestConnection) =>
  (
    await world.rows<{ gross: string }>(
      "select distinct gross_cents::text as gross from wage_totals where connection_id = $1 order by 1",
      [connectionId],
    )
  ).map(({ gross }) => gross);

describe("the nightly recompute of totals", () => {
  it("that finds them right says how many it looked at, and nothing else", async () => {
    const connection = await paid();
    await checkTotals(targetOf(connection));
    expect(await checksOf(connection)).toMatchObject([
      {
        kind: "totals",
        // 20 years, 20 kinds of line in them, and of the day gross, net and the kind of line.
        checked: 43,
        differences: 0,
        repaired: 0,
        counts: [],
        finishedAt: expect.any(String),
      },
    ]);
    expect(await eventsOf(connection)).toEqual([]);
  });

  it("makes anew what differs, and says so in the log, the timeline and the record", async () => {
    const connection = await paid();
    await spoil(connection);
    await world.rows("delete from wage_total_lines where connection_id = $1", [connection.connectionId]);
    const error = vi.spyOn(log, "error");
    await checkTotals(targetOf(connection));
    expect(await grossOf(connection)).toEqual(["10000"]);
    expect(await checksOf(connection)).toMatchObject([
      { checked: 43, differences: 40, repaired: 40, counts: [{ kind: "totals", count: 40 }] },
    ]);
    expect(await eventsOf(connection)).toEqual([{ detail: { differences: 40, repaired: 40 } }]);
    expect(error).toHaveBeenCalledExactlyOnceWith(expect.any(String), expect.any(Error), {
      ...targetOf(connection),
      count: 40,
    });
    error.mockRestore();
    await checkTotals(targetOf(connection));
    expect((await checksOf(connection))[0]).toMatchObject({ differences: 0 });
    expect(await eventsOf(connection)).toHaveLength(1);
  });

  it("makes anew what a day's sums say otherwise than its statements", async () => {
    const connection = await paid();
    const sums = () =>
      world.rows(
        `select category, amount_cents::text as cents, count from wage_day_sums where connection_id = $1 and count + amount_cents <> 0
         order by category`,
        [connection.connectionId],
      );
    const right = await sums();
    expect(right).toEqual([
      { category: "earning", cents: "200000", count: 20 },
      { category: "gross", cents: "200000", count: 20 },
      { category: "net", cents: "160000", count: 0 },
    ]);
    const where = "where connection_id = $1";
    const id = [connection.connectionId];
    await world.rows(
      `update wage_day_sums set amount_cents = amount_cents - 1 ${where} and category = 'gross'`,
      id,
    );
    await world.rows(`delete from wage_day_sums ${where} and category = 'net'`, id);
    await world.rows(
      `insert into wage_day_sums select customer_id, connection_id, entity_id, '2019-01-01', currency, line_key, category, type, name,
        pre_tax, employer, 7, 0, 1, 0 from wage_day_sums ${where} and category = 'earning'`,
      id,
    );
    await checkTotals(targetOf(connection));
    expect(await sums()).toEqual(right);
    expect((await checksOf(connection))[0]).toMatchObject({ differences: 3, repaired: 3 });
    await checkTotals(targetOf(connection));
    expect((await checksOf(connection))[0]).toMatchObject({ differences: 0 });
  });

  it("makes anew the sums beside statements, whoever changed them", async () => {
    const connection = await paid();
    const id = [connection.connectionId];
    const lines = [
      ["tax", 10n, false],
      ["tax", 7n, true],
      ["tax", 3n, null],
      ["deduction", 50n, null],
      ["contribution", 40n, null],
    ] as const;
    for (const [at, [category, cents, employer]] of lines.entries())
      await world.rows(
        `insert into pay_statement_lines (customer_id, connection_id, statement_id, individual_id, ordinal, category, name, amount_cents,
           currency, employer) select customer_id, connection_id, id, individual_id, $2, $3, $3, $4, 'usd', ${employer} from pay_statements
         where connection_id = $1`,
        [connection.connectionId, at + 1, category, String(cents)],
      );
    await checkTotals(targetOf(connection));
    const sums = () =>
      world.rows(
        `select distinct employee_taxes_cents::text as taxes, employer_taxes_cents::text as employer, unknown_taxes_cents::text as unknown,
           deductions_cents::text as deductions, contributions_cents::text as contributions from pay_statements where connection_id = $1`,
        id,
      );
    const right = [{ taxes: "10", employer: "7", unknown: "3", deductions: "50", contributions: "40" }];
    expect(await sums()).toEqual(right);
    const one = "id = (select min(id::text)::uuid from pay_statements where connection_id = $1)";
    for (const change of [
      "employee_taxes_cents = 11",
      "employer_taxes_cents = null",
      "unknown_taxes_cents = 0",
      "deductions_cents = -50",
      "contributions_cents = 41",
    ]) {
      await world.rows(`update pay_statements set ${change} where ${one}`, id);
      expect(await sums(), change).toHaveLength(2);
      await checkTotals(targetOf(connection));
      expect(await sums(), change).toEqual(right);
      expect((await checksOf(connection))[0], change).toMatchObject({ differences: 1, repaired: 1 });
      expect((await eventsOf(connection)).at(-1), change).toMatchObject({ detail: { repaired: 1 } });
    }
    await checkTotals(targetOf(connection));
    expect((await checksOf(connection))[0]).toMatchObject({ differences: 0 });
  });

  it.each([
    ["wage_totals", "gross_cents = gross_cents + 1"],
    ["wage_totals", "net_cents = 0"],
    ["wage_totals", "hours = hours + 0.0001"],
    ["wage_totals", "statements = 2"],
    ["wage_totals", "without_net = 1"],
    ["wage_totals", "last_pay_date = '2026-03-14'"],
    ["wage_totals", "currency = 'cad'"],
    ["wage_total_lines", "amount_cents = -amount_cents"],
    ["wage_total_lines", "type = 'bonus'"],
    ["wage_total_lines", "pre_tax = true"],
    ["wage_total_lines", "without_amount = 1"],
    ["wage_day_sums", "amount_cents = amount_cents + 1"],
    ["wage_day_sums", "hours = hours + 1"],
    ["wage_day_sums", "missing = 1"],
    ["wage_day_sums", "day = '2026-03-20'"],
    ["wage_day_sums", "count = 0, amount_cents = 0, hours = 0"],
  ])("finds and mends one row of %s with %s", async (table, change) => {
    const connection = await paid();
    const id = [connection.connectionId];
    const all = async () =>
      (
        await world.rows<{ row: string }>(
          `select (t.*)::text as row from ${table} t where connection_id = $1 order by 1`,
          id,
        )
      ).map(({ row }) => row);
    const right = await all();
    await world.rows(
      `update ${table} set ${change} where ctid = (select min(ctid) from ${table} where connection_id = $1)`,
      id,
    );
    expect(await all()).not.toEqual(right);
    await checkTotals(targetOf(connection));
    const [check] = await checksOf(connection);
    expect(check?.differences).toBeGreaterThan(0);
    expect(check?.repaired).toBe(check?.differences);
    expect(await all()).toEqual(right);
  });

  it("that was broken off goes on after the last person it compared, and its record is one", async () => {
    const connection = await paid();
    const ids = (
      await world.rows<{ id: string }>("select id from individuals where connection_id = $1 order by id", [
        connection.connectionId,
      ])
    ).map(({ id }) => id);
    const tenth = ids[9] ?? "";
    await world.rows(
      `insert into reconciliations (customer_id, connection_id, kind, started_at, checked, differences, repaired, detail)
       values ($1, $2, 'totals', now() - interval '1 minute', 20, 1, 1, jsonb_build_object('afterId', $3::text))`,
      [connection.customerId, connection.connectionId, tenth],
    );
    await spoil(connection);
    await checkTotals(targetOf(connection));
    expect(await checksOf(connection)).toMatchObject([{ checked: 40, differences: 11, repaired: 11 }]);
    expect(await grossOf(connection)).toEqual(["10000", "10001"]);
    await checkTotals(targetOf(connection));
    expect(await grossOf(connection)).toEqual(["10000"]);
    expect(await checksOf(connection)).toHaveLength(2);
  });

  it("comes once for a night, and not for a connection that is disconnected", async () => {
    const connection = await paid();
    const dueAt = new Date(Date.now() - 60_000).toISOString();
    await checkTotals({ ...targetOf(connection), dueAt });
    await checkTotals({ ...targetOf(connection), dueAt });
    expect(await checksOf(connection)).toHaveLength(1);
    await world.rows("update connections set disconnected_at = now() where id = $1", [
      connection.connectionId,
    ]);
    await checkTotals(targetOf(connection));
    expect(await checksOf(connection)).toHaveLength(1);
  });

  it("of another employer's connection does nothing", async () => {
    const connection = await paid();
    await spoil(connection);
    await checkTotals({ customerId: await world.addCustomer(), connectionId: connection.connectionId });
    expect(await checksOf(connection)).toEqual([]);
    expect(await grossOf(connection)).toEqual(["10001"]);
  });
});
