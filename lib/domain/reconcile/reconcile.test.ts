import { describe, expect, it } from "vitest";
import { inScope } from "@/db/client";
import { holdRows } from "@/db/repositories/sync-holds";
import { useSyncWorld, type TestConnection } from "@/lib/domain/sync/testing";
import { reconcileConnection } from "./reconcile-connection";
import { CheckedWorld, kindsOf } from "./testing";

const world = useSyncWorld();
const checked = new CheckedWorld(world);
const targetOf = ({ customerId, connectionId }: TestConnection) => ({ customerId, connectionId });

const requestsSince = (connection: TestConnection, runId: string | null) =>
  world.rows<{ endpoint: string }>(
    "select endpoint from api_requests where connection_id = $1 and sync_run_id = $2 order by at",
    [connection.connectionId, runId ?? ""],
  );

describe("the nightly check of a mirror that is whole", () => {
  it("finds nothing, asks Finch for nothing and plans nothing", async () => {
    const connection = await checked.synced();
    const before = await world.connectionRow(connection);
    expect(await checked.check(connection)).toMatchObject({
      kind: "reconcile",
      checked: 21,
      differences: 0,
      repaired: 0,
      counts: [],
      repairRunId: null,
    });
    expect(
      await world.rows("select from sync_runs where connection_id = $1 and reason = 'repair'", [
        connection.connectionId,
      ]),
    ).toEqual([]);
    expect((await world.connectionRow(connection))["next_sync_at"]).toEqual(before["next_sync_at"]);
  });

  it("comes once for a night, however often its job does", async () => {
    const connection = await checked.synced(["directory"]);
    const { customerId, connectionId } = connection;
    const dueAt = new Date(Date.now() - 60_000).toISOString();
    await reconcileConnection({ customerId, connectionId, dueAt });
    await reconcileConnection({ customerId, connectionId, dueAt });
    expect(await checked.checksOf(connection)).toHaveLength(1);
  });

  it("does not come for one that is disconnected", async () => {
    const connection = await checked.synced(["directory"]);
    await world.rows("update connections set disconnected_at = now() where id = $1", [
      connection.connectionId,
    ]);
    await reconcileConnection(targetOf(connection));
    expect(await checked.checksOf(connection)).toEqual([]);
  });
});

describe("what is missing in a mirror", () => {
  it("is found by kind and read again by a repair, and the next check says what that mended", async () => {
    const connection = await checked.synced();
    await world.rows(
      `update individuals set individual_error = '{"code": 500}' where id in (
        select id from individuals where connection_id = $1 order by id limit 3)`,
      [connection.connectionId],
    );
    await world.rows("update individuals set employment_fetched_at = null where connection_id = $1", [
      connection.connectionId,
    ]);
    const found = await checked.check(connection);
    expect(kindsOf(found)).toEqual({ individual_errors: 3, employment_missing: 20 });
    expect(found.differences).toBe(23);
    await world.work();
    expect((await requestsSince(connection, found.repairRunId)).map(({ endpoint }) => endpoint)).toEqual([
      "GET /introspect",
      "POST /employer/individual",
      "POST /employer/employment",
    ]);
    expect(await checked.check(connection)).toMatchObject({
      differences: 0,
      repaired: 23,
      repairRunId: null,
    });
  });

  it("is nothing where the product is not shared any more, or the provider does not offer it", async () => {
    const connection = await checked.synced();
    await world.rows(
      "update individuals set individual_error = '{}', employment_error = '{}' where connection_id = $1",
      [connection.connectionId],
    );
    await world.rows("update connections set products = '{directory,individual}' where id = $1", [
      connection.connectionId,
    ]);
    await checked.remember(connection, "individual");
    expect((await checked.check(connection)).counts).toEqual([]);
  });

  it("that a repair cannot mend is tried again once a week, not each night", async () => {
    const connection = await checked.synced();
    const stays = async () => {
      await world.rows("update individuals set individual_error = '{}' where connection_id = $1", [
        connection.connectionId,
      ]);
      return checked.check(connection);
    };
    const repaired: boolean[] = [];
    for (let night = 0; night < 8; night += 1) {
      repaired.push((await stays()).repairRunId !== null);
      await world.work();
    }
    expect(repaired).toEqual([true, false, false, false, false, false, false, true]);
    await world.rows("update individuals set employment_error = '{}' where connection_id = $1", [
      connection.connectionId,
    ]);
    expect((await stays()).repairRunId).not.toBeNull();
  });

  it("of payments is told by their state, and a wrong number of statements is read again", async () => {
    const connection = await checked.withPay();
    await checked.plantPayment(connection, "unread", null, 0);
    await checked.plantPayment(connection, "pending", null, 0);
    await checked.plantPayment(connection, "failed", null, 0);
    await checked.plantPayment(connection, "held", 3, 3);
    await checked.plantPayment(connection, "complete", 2, 2);
    const wrong = await checked.plantPayment(connection, "complete", 5, 4);
    const more = await checked.plantPayment(connection, "complete", 1, 2);
    const found = await checked.check(connection);
    expect(kindsOf(found)).toEqual({
      statements_unread: 1,
      statements_pending: 1,
      statements_failed: 1,
      statements_held: 1,
      statements_count: 2,
    });
    const states = await world.rows("select statements_state as state from payments where id in ($1, $2)", [
      wrong,
      more,
    ]);
    expect(states).toEqual([{ state: "partial" }, { state: "partial" }]);
    expect(found.repairRunId).not.toBeNull();
  });

  it("of payments that have left the provider's history is no difference: there is nothing to read any more", async () => {
    const connection = await checked.withPay();
    const dated = async (state: string, counted: number, date: string, listed: string) =>
      world.rows("update payments set pay_date = $2, fetched_at = now() - $3::interval where id = $1", [
        await checked.plantPayment(connection, state, counted, 1),
        date,
        listed,
      ]);
    await dated("failed", 1, "2021-01-08", "40 days");
    await dated("complete", 9, "2021-01-22", "40 days");
    await dated("failed", 1, "2026-03-13", "1 day");
    await dated("failed", 1, "2021-02-05", "0 days");
    expect(kindsOf(await checked.check(connection))).toEqual({ statements_failed: 3, statements_count: 1 });
    await world.rows("delete from sync_runs where connection_id = $1", [connection.connectionId]);
    await world.rows("update connections set provider_id = 'paychex_flex' where id = $1", [
      connection.connectionId,
    ]);
    expect(kindsOf(await checked.check(connection))).toEqual({ statements_failed: 2 });
  });

  it("because people were erased is no difference", async () => {
    const connection = await checked.withPay();
    await checked.plantPayment(connection, "complete", 5, 4);
    await world.rows("insert into suppressions (customer_id, connection_id, hmac) values ($1, $2, 'x')", [
      connection.customerId,
      connection.connectionId,
    ]);
    expect((await checked.check(connection)).counts).toEqual([]);
    await checked.plantPayment(connection, "complete", 3, 4);
    expect(kindsOf(await checked.check(connection))).toEqual({ statements_count: 1 });
  });

  it("of lists is told apart from what came with an error", async () => {
    const connection = await checked.synced(["directory", "payment", "benefits", "documents"]);
    const { customerId, connectionId } = connection;
    await world.rows("delete from benefits where connection_id = $1", [connectionId]);
    await world.rows("delete from documents where connection_id = $1", [connectionId]);
    await world.rows("update pay_groups set members_fetched_at = null where connection_id = $1", [
      connectionId,
    ]);
    const { n: groups } = await world.row<{ n: number }>(
      "select count(*)::int as n from pay_groups where connection_id = $1",
      [connectionId],
    );
    await world.rows("update connections set unsupported = '{}' where id = $1", [connectionId]);
    for (const [table, column] of [
      ["benefits", "finch_benefit_id"],
      ["documents", "finch_document_id"],
    ] as const)
      await world.rows(
        `insert into ${table} (customer_id, connection_id, ${column}, fetched_at) values ($1, $2, 'planted', now())`,
        [customerId, connectionId],
      );
    await world.rows(
      `insert into item_errors (customer_id, connection_id, product, finch_id, code, first_seen_at, last_seen_at)
       values ($1, $2, 'benefits', 'planted', 500, now(), now())`,
      [customerId, connectionId],
    );
    expect(kindsOf(await checked.check(connection))).toEqual({
      pay_groups_unread: groups,
      enrollments_unread: 1,
      documents_unread: 1,
      item_errors: 1,
    });
  });

  it("and waits for a person is counted, and no repair is asked for it", async () => {
    const connection = await checked.withPay();
    await checked.plantPayment(connection, "held", 3, 3);
    await inScope(connection.ctx, (tx) =>
      holdRows(
        tx,
        { ...connection, entityId: "" },
        { product: "pay_statements", finchId: "x", rows: 3, runId: crypto.randomUUID(), requestId: null },
      ),
    );
    expect(await checked.check(connection)).toMatchObject({ differences: 1, repairRunId: null });
  });
});
