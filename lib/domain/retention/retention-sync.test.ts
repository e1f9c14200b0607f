import { describe, expect, it } from "vitest";
import { inScope } from "@/db/client";
import { deletePayments } from "@/db/repositories/delete-connection-data";
import { useSyncWorld, type TestConnection } from "@/lib/domain/sync/testing";
import { listHolds } from "@/lib/domain/connections/list-holds";
import { testContext } from "@/lib/domain/testing";
import { deleteConnectionData } from "./delete-connection-data";
import { runDailyRetention } from "./run-daily-retention";

const world = useSyncWorld();

async function plant(
  table: string,
  { customerId, connectionId }: TestConnection,
  columns: string,
  values: string,
) {
  const [row] = await world.rows<{ id: string }>(
    `insert into ${table} (customer_id, connection_id, ${columns}) select $1, $2, ${values} returning *`,
    [customerId, connectionId],
  );
  return row?.id ?? "";
}

describe("what syncs leave behind", () => {
  const kinds = ["syncs", "checks", "holds", "finch_jobs"];
  const run = async () => (await runDailyRetention({ kinds })).results;
  const day = (days: number) => `now() - interval '${days} days'`;

  it("goes after 90 days, but for the last sync and the last check of each connection", async () => {
    const busy = await world.connect({ products: ["directory"] });
    const idle = await world.connect({ products: ["directory"] }, busy.customerId);
    for (const days of [400, 91, 89]) {
      await plant(
        "sync_runs",
        busy,
        "reason, status, created_at, finished_at",
        `'scheduled', 'succeeded', ${day(days)}, ${day(days)}`,
      );
      await plant(
        "reconciliations",
        busy,
        "kind, started_at, finished_at",
        `'totals', ${day(days)}, ${day(days)}`,
      );
      await plant(
        "sync_holds",
        busy,
        "product, rows, finch_id, created_at, resolved_at",
        `'payments', 1, 'x${days}', ${day(days)}, ${day(days)}`,
      );
      await plant(
        "finch_jobs",
        busy,
        "finch_job_id, type, status, fetched_at",
        `'j${days}', 'data_sync_all', 'complete', ${day(days)}`,
      );
    }
    const old = await plant(
      "sync_runs",
      idle,
      "reason, status, created_at, finished_at",
      `'first', 'failed', ${day(400)}, ${day(400)}`,
    );
    await plant(
      "reconciliations",
      idle,
      "kind, started_at, finished_at",
      `'reconcile', ${day(400)}, ${day(400)}`,
    );
    await plant("sync_holds", idle, "product, rows, created_at", `'payments', 1, ${day(400)}`);
    await world.rows(
      "insert into sync_steps (customer_id, run_id, name, ordinal) select customer_id, id, 'introspect', 0 from sync_runs where connection_id = $1",
      [busy.connectionId],
    );
    expect(await run()).toEqual({ syncs: 2, checks: 2, holds: 2, finch_jobs: 2 });
    expect(await run()).toEqual({ syncs: 0, checks: 0, holds: 0, finch_jobs: 0 });
    expect(await world.rows("select 1 from sync_steps")).toHaveLength(1);
    expect(
      await world.rows("select id from sync_runs where connection_id = $1", [idle.connectionId]),
    ).toEqual([{ id: old }]);
    expect(
      await world.rows("select 1 from sync_holds where connection_id = $1", [idle.connectionId]),
    ).toHaveLength(1);
  });

  it("never takes a sync that is open", async () => {
    const connection = await world.connect({ products: ["directory"] });
    const { runId } = await world.enqueue(connection);
    await plant("sync_runs", connection, "reason, status", "'first', 'cancelled'");
    await world.rows("update sync_runs set created_at = now() - interval '200 days' where id = $1", [runId]);
    expect((await run())["syncs"]).toBe(0);
    await world.work();
  });
});

/** A connection whose whole mirror is here, and a payroll that takes several batches. */
async function large(): Promise<TestConnection> {
  const products = ["company", "directory", "individual", "employment", "ssn", "payment", "benefits"];
  const connection = await world.connect({ products });
  await world.sync(connection);
  const { customerId, connectionId } = connection;
  const [{ id: person = "" } = {}] = await world.rows<{ id?: string }>(
    "select id from individuals where connection_id = $1 limit 1",
    [connectionId],
  );
  for (const rows of [4_500, 10, 0]) {
    const payment = await plant(
      "payments",
      connection,
      "finch_payment_id, fetched_at",
      "gen_random_uuid()::text, now()",
    );
    await world.rows(
      `with s as (insert into pay_statements (customer_id, connection_id, payment_id, individual_id, ordinal, digest, seen_at, fetched_at)
         select $1, $2, $3, $4, n, '', now(), now() from generate_series(1, $5) n returning id)
       insert into pay_statement_lines (customer_id, connection_id, statement_id, individual_id, ordinal, category)
         select $1, $2, s.id, $4, 0, 'earning' from s`,
      [customerId, connectionId, payment, person, rows],
    );
  }
  await world.rows(
    `insert into wage_totals (customer_id, connection_id, individual_id, year, currency, gross_cents, net_cents, hours)
     select $1, $2, $3, n, 'usd', 1, 1, 0 from generate_series(1, 2500) n`,
    [customerId, connectionId, person],
  );
  await world.rows(
    `insert into wage_total_lines (customer_id, connection_id, individual_id, year, currency, line_key, category, amount_cents, hours)
     select $1, $2, $3, n, 'usd', 'k', 'earning', 1, 0 from generate_series(1, 2500) n`,
    [customerId, connectionId, person],
  );
  const benefit = await plant("benefits", connection, "finch_benefit_id, fetched_at", "'planted', now()");
  await world.rows(
    "insert into enrollments (customer_id, connection_id, benefit_id, individual_id, fetched_at) values ($1, $2, $3, $4, now())",
    [customerId, connectionId, benefit, person],
  );
  await plant(
    "documents",
    connection,
    "finch_document_id, fetched_at, individual_id",
    `'d', now(), '${person}'`,
  );
  await plant("pay_statement_items", connection, "ordinal, fetched_at", "0, now()");
  await plant("pay_statement_rules", connection, "finch_rule_id, fetched_at", "'r', now()");
  await plant(
    "item_errors",
    connection,
    "product, finch_id, code, first_seen_at, last_seen_at",
    "'benefits', 'x', 500, now(), now()",
  );
  await plant("sync_holds", connection, "product, rows", "'payments', 3");
  await plant("reconciliations", connection, "kind, started_at", "'totals', now()");
  await plant("suppressions", connection, "hmac", "'h'");
  return connection;
}

const disconnect = ({ connectionId }: TestConnection, days = 31) =>
  world.rows(
    "update connections set disconnected_at = now() - make_interval(days => $2), data_delete_at = now() - interval '1 minute', current_token_id = null where id = $1",
    [connectionId, days],
  );

/** Tables that have rows of a connection, by the catalog: one that is new is among them. */
async function tablesOf({ connectionId }: TestConnection): Promise<string[]> {
  const tables = await world.rows<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'connection_id'
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await world.rows(`select 1 from ${name} where connection_id = $1 limit 1`, [connectionId]);
    if (rows.length > 0) found.push(name);
  }
  return found;
}

describe("the data of a disconnected connection with payroll", () => {
  /** Its history without data of anybody, and who must not come back. */
  const kept = ["api_requests", "connection_events", "suppressions", "sync_runs"];

  it("goes from every table that there is, but for its history", async () => {
    const connection = await large();
    const before = await tablesOf(connection);
    expect(before.length).toBeGreaterThan(25);
    await disconnect(connection);
    await deleteConnectionData(connection);
    expect(await tablesOf(connection)).toEqual(kept);
    const row = await world.connectionRow(connection);
    expect(row).toMatchObject({ fully_synced_at: null, unsupported: {}, freshness: {} });
    expect(row["data_deleted_at"]).toBeInstanceOf(Date);
  });

  it("goes in transactions of bounded size, and a kill between two of them loses and repeats nothing", async () => {
    const connection = await large();
    const { ctx, customerId, connectionId } = connection;
    await disconnect(connection);
    const left = async () =>
      (
        await world.row<{ n: number }>(
          `select ((select count(*) from pay_statements where connection_id = $1)
            + (select count(*) from payments where connection_id = $1))::int as n`,
          [connectionId],
        )
      ).n;
    const all = await left();
    const first = await inScope(ctx, (tx) => deletePayments(tx, { customerId, connectionId }, 2_000));
    expect(first).toBe(2_000);
    expect(all - (await left())).toBe(2_000);
    expect((await world.connectionRow(connection))["data_deleted_at"]).toBeNull();
    await deleteConnectionData(connection);
    expect(await left()).toBe(0);
    expect(await tablesOf(connection)).toEqual(kept);
  });

  it("is another connection's no more than another employer's", async () => {
    const mine = await large();
    const sister = await world.connect({ products: ["directory", "payment"] }, mine.customerId);
    await world.sync(sister);
    const before = await tablesOf(sister);
    await disconnect(mine);
    await deleteConnectionData(mine);
    expect(await tablesOf(sister)).toEqual(before);
  });

  it("is hidden at once: what is held is not told any more", async () => {
    const connection = await large();
    const admin = testContext("employer_admin", connection.customerId);
    expect(await listHolds(admin, connection.connectionId)).toHaveLength(1);
    await disconnect(connection, 0);
    expect(await listHolds(admin, connection.connectionId)).toEqual([]);
  });
});
