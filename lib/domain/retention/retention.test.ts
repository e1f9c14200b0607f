import { beforeAll, describe, expect, it, vi } from "vitest";
import { inScope } from "@/db/client";
import { sealForDisconnectOnly, swapCurrentToken } from "@/db/repositories/connections-tokens";
import { createTestUser } from "@/db/seed/factories";
import { sendMail } from "@/lib/domain/mail/send-mail";
import { enqueue } from "@/lib/jobs/define";
import { revokeTokenJob } from "@/lib/jobs/sync";
import { platformCustomerId } from "@/lib/domain/context";
import { refreshProviders } from "@/lib/domain/providers/refresh-providers";
import { useSyncWorld, type TestConnection } from "@/lib/domain/sync/testing";
import { deleteConnectionData } from "./delete-connection-data";
import { revokeToken } from "./revoke-token";
import { runDailyRetention } from "./run-daily-retention";

const world = useSyncWorld();

/** As the disconnect verb leaves a connection behind. */
async function disconnected(daysAgo = 0): Promise<TestConnection> {
  const connection = await world.connect();
  await world.sync(connection);
  const { ctx, customerId, connectionId } = connection;
  await inScope(ctx, async (tx) => {
    await sealForDisconnectOnly(tx, customerId, connectionId);
    const { current_token_id: current } = await world.row<{ current_token_id: string }>(
      "select current_token_id from connections where id = $1",
      [connectionId],
    );
    await swapCurrentToken(tx, customerId, connectionId, current, null);
  });
  await world.rows(
    `update connections set disconnected_at = now() - make_interval(days => $2), data_delete_at = now() - make_interval(days => $2) + interval '30 days' where id = $1`,
    [connectionId, daysAgo],
  );
  return connection;
}

const tokenOf = ({ connectionId }: TestConnection) =>
  world.row<{ state: string; ciphertext: string | null; disconnect_attempts: number }>(
    "select state, ciphertext, disconnect_attempts from access_tokens where connection_id = $1 order by created_at limit 1",
    [connectionId],
  );
const eventsOf = async ({ connectionId }: TestConnection) =>
  (
    await world.rows<{ kind: string }>(
      "select kind from connection_events where connection_id = $1 order by at",
      [connectionId],
    )
  ).map((event) => event.kind);
const worksAtFinch = async ({ accessToken }: TestConnection) => {
  const response = await fetch(`${world.sandbox().url}/introspect`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  return response.ok;
};

describe("the token of a disconnected connection", () => {
  it("is destroyed when Finch confirms", async () => {
    const connection = await disconnected();
    await revokeToken(connection);
    expect(await worksAtFinch(connection)).toBe(false);
    expect(await tokenOf(connection)).toMatchObject({ state: "destroyed", ciphertext: null });
    expect(await eventsOf(connection)).toContain("disconnect_confirmed");
  });

  it("is destroyed when Finch says that it is dead already", async () => {
    const connection = await disconnected();
    await world.fault({ operation: "POST /disconnect", kind: "status", status: 401 });
    await revokeToken(connection);
    expect(await tokenOf(connection)).toMatchObject({ state: "destroyed", ciphertext: null });
  });

  it("is kept and sent again while Finch is down", async () => {
    const connection = await disconnected();
    await world.fault({ operation: "POST /disconnect", kind: "status", status: 500, times: 2 });
    await inScope(connection.ctx, (tx) =>
      enqueue(tx, revokeTokenJob, {
        customerId: connection.customerId,
        connectionId: connection.connectionId,
      }),
    );
    await world.work();
    expect(await tokenOf(connection)).toMatchObject({
      state: "destroyed",
      ciphertext: null,
      disconnect_attempts: 2,
    });
    expect(await worksAtFinch(connection)).toBe(false);
  });

  it("waits for its next try in one job, however many tokens there are", async () => {
    const connection = await world.connect();
    await world.giveToken(connection, connection.accessToken);
    const { ctx, customerId, connectionId } = connection;
    await inScope(ctx, (tx) => sealForDisconnectOnly(tx, customerId, connectionId));
    await world.rows("update connections set disconnected_at = now() where id = $1", [connectionId]);
    await world.fault({ operation: "POST /disconnect", kind: "status", status: 500, times: 4 });
    await inScope(ctx, (tx) => enqueue(tx, revokeTokenJob, { customerId, connectionId }));
    const waiting = () =>
      world.rows("select 1 from graphile_worker.jobs where task_identifier = 'token.revoke'");
    const runs: number[] = [];
    await world.work(async () => {
      runs.push((await waiting()).length);
      return false;
    });
    // The last look is at an empty queue.
    expect(runs).toEqual([1, 1, 1, 0]);
    expect(await tokenOf(connection)).toMatchObject({ state: "destroyed", disconnect_attempts: 2 });
  });

  it("is destroyed after 7 days in any case, with an alert in the timeline", async () => {
    const connection = await disconnected(7);
    await world.fault({ operation: "POST /disconnect", kind: "status", status: 500 });
    await revokeToken(connection);
    expect(await tokenOf(connection)).toMatchObject({ state: "destroyed", ciphertext: null });
    expect(await eventsOf(connection)).toContain("disconnect_unconfirmed");
  });

  it("that Finch never confirmed is told to the staff administrators, once", async () => {
    const staff = await createTestUser(world.database().sql("superuser"), { role: "staff_admin" });
    const connection = await disconnected(7);
    await world.fault({ operation: "POST /disconnect", kind: "status", status: 500 });
    await revokeToken(connection);
    await revokeToken(connection);
    const mails = await world.rows<{ id: string; recipient: string }>(
      "select id, recipient from mail_outbox where template = 'disconnect-unconfirmed' and parameters->>'connectionId' = $1",
      [connection.connectionId],
    );
    expect(mails.map(({ recipient }) => recipient)).toEqual([staff.email]);
    expect(await sendMail(mails[0]?.id ?? "")).toBe("sent");
  });

  it("is never sent to Finch once the connection is connected again", async () => {
    const connection = await disconnected();
    await world.giveToken(connection, connection.accessToken);
    await world.rows("update connections set disconnected_at = null where id = $1", [
      connection.connectionId,
    ]);
    await revokeToken(connection);
    expect(await worksAtFinch(connection)).toBe(true);
    expect(await tokenOf(connection)).toMatchObject({ state: "destroyed" });
  });
});

describe("a token whose job came to nothing", () => {
  const destroy = () => runDailyRetention({ kinds: ["tokens"] });
  const mailsOf = ({ connectionId }: TestConnection) =>
    world.rows<{ id: string; recipient: string }>(
      "select id, recipient from mail_outbox where template = 'disconnect-unconfirmed' and parameters->>'connectionId' = $1",
      [connectionId],
    );
  beforeAll(async () => {
    await createTestUser(world.database().sql("superuser"), { role: "staff_admin" });
  });

  it("is destroyed by the daily run after 7 days, with a line in the timeline and one mail", async () => {
    const connection = await disconnected(7);
    expect(await destroy()).toEqual({ results: { tokens: 1 }, failed: [] });
    expect(await tokenOf(connection)).toMatchObject({ state: "destroyed", ciphertext: null });
    expect(await eventsOf(connection)).toContain("disconnect_unconfirmed");
    const mails = await mailsOf(connection);
    expect(new Set(mails.map(({ recipient }) => recipient)).size).toBe(mails.length);
    expect(mails.length).toBeGreaterThan(0);
    expect(await sendMail(mails[0]?.id ?? "")).toBe("sent");
    expect((await destroy()).results).toEqual({ tokens: 0 });
    expect(await mailsOf(connection)).toHaveLength(mails.length);
  });

  it("is destroyed where it cannot be opened any more", async () => {
    const connection = await disconnected(8);
    await world.rows(
      "update access_tokens set ciphertext = reverse(ciphertext) where connection_id = $1 returning id",
      [connection.connectionId],
    );
    await expect(revokeToken(connection)).rejects.toThrow();
    expect(await tokenOf(connection)).toMatchObject({ state: "disconnect_only" });
    expect((await destroy()).results).toEqual({ tokens: 1 });
    expect(await tokenOf(connection)).toMatchObject({ state: "destroyed", ciphertext: null });
  });

  it("stays before 7 days are over, and where the connection is connected", async () => {
    const early = await disconnected(7);
    await world.rows(
      "update connections set disconnected_at = disconnected_at + interval '1 minute' where id = $1",
      [early.connectionId],
    );
    const open = await world.connect();
    expect((await destroy()).results).toEqual({ tokens: 0 });
    expect(await tokenOf(early)).toMatchObject({ state: "disconnect_only" });
    expect(await tokenOf(open)).toMatchObject({ state: "current" });
  });

  it("that the daily run destroyed during a last request is told of once", async () => {
    const connection = await disconnected(7);
    const { faults } = world.sandbox().sandbox.desk;
    const slow = faults.add({ operation: "POST /disconnect", kind: "latency", ms: 1_500, times: 1 });
    const asking = revokeToken(connection);
    await vi.waitFor(() => expect(faults.list()).toEqual([]), 20_000);
    expect((await destroy()).results).toEqual({ tokens: 1 });
    // What was slow fails in the end.
    Object.assign(slow, { kind: "status", status: 500 });
    await asking;
    expect((await eventsOf(connection)).filter((kind) => kind === "disconnect_unconfirmed")).toHaveLength(1);
  });

  it("is told of where it goes together with the connection's data", async () => {
    const connection = await disconnected(31);
    await deleteConnectionData(connection);
    expect((await eventsOf(connection)).slice(-2)).toEqual(["disconnect_unconfirmed", "data_deleted"]);
    expect((await mailsOf(connection)).length).toBeGreaterThan(0);
  });
});

describe("the data of a disconnected connection", () => {
  const tables = [
    "individuals",
    "individual_profiles",
    "individual_traits",
    "income_history",
    "companies",
    "raw_records",
    "sealed_values",
  ];
  const countOf = async (table: string, { connectionId }: TestConnection) =>
    (
      await world.row<{ n: number }>(`select count(*)::int as n from ${table} where connection_id = $1`, [
        connectionId,
      ])
    ).n;

  it("is deleted when its time is over; the timeline and the audit stay", async () => {
    const connection = await disconnected(31);
    for (const table of tables) expect(await countOf(table, connection), table).toBeGreaterThan(0);
    await deleteConnectionData(connection);
    for (const table of tables) expect(await countOf(table, connection), table).toBe(0);
    expect(await countOf("access_tokens", connection)).toBe(0);
    expect(await eventsOf(connection)).toContain("data_deleted");
    expect(await world.connectionRow(connection)).toMatchObject({ provider_name: "Gusto", username: null });
    expect((await world.connectionRow(connection))["data_deleted_at"]).toBeInstanceOf(Date);
    expect(
      await world.rows("select 1 from audit_log where action = 'connection.delete_data' and target_id = $1", [
        connection.connectionId,
      ]),
    ).toHaveLength(1);
  });

  it("may go before Finch was told: the token for that stays up to 7 days", async () => {
    const connection = await disconnected(2);
    await world.rows("update connections set data_delete_at = now() where id = $1", [
      connection.connectionId,
    ]);
    await deleteConnectionData(connection);
    expect(await countOf("individuals", connection)).toBe(0);
    expect(await tokenOf(connection)).toMatchObject({ state: "disconnect_only" });
    await revokeToken(connection);
    expect(await worksAtFinch(connection)).toBe(false);
  });

  it("stays until then, and for good where it was connected again", async () => {
    const early = await disconnected(29);
    await deleteConnectionData(early);
    expect(await countOf("individuals", early)).toBe(20);
    const back = await disconnected(31);
    await world.rows("update connections set disconnected_at = null, data_delete_at = null where id = $1", [
      back.connectionId,
    ]);
    await deleteConnectionData(back);
    expect(await countOf("individuals", back)).toBe(20);
  });

  it("of another employer is never touched", async () => {
    const mine = await disconnected(31);
    const other = await world.connect();
    await world.sync(other);
    await deleteConnectionData({ customerId: other.customerId, connectionId: mine.connectionId });
    expect(await countOf("individuals", mine)).toBe(20);
    await deleteConnectionData(mine);
    expect(await countOf("individuals", other)).toBe(20);
  });

  it("is found by the daily run where its job was lost", async () => {
    const connection = await disconnected(31);
    expect((await runDailyRetention()).results["connection_data"]).toBeGreaterThan(0);
    await world.work();
    expect(await countOf("individuals", connection)).toBe(0);
  });
});

describe("requests to Finch", () => {
  it("are dropped by whole days after 30, and the coming days have their partitions", async () => {
    await world
      .database()
      .sql("owner")`select ensure_api_request_partitions(current_date - 40, current_date - 35)`;
    const insert = (days: number) =>
      world.rows(
        `insert into api_requests (customer_id, at, endpoint, outcome, duration_ms) values ($1, now() - make_interval(days => $2), 'GET /old', 'ok', 1)`,
        [platformCustomerId, days],
      );
    await insert(38);
    await insert(60);
    await insert(5);
    const { results } = await runDailyRetention();
    expect(results["api_requests"]).toBeGreaterThanOrEqual(5);
    expect(await world.rows("select 1 from api_requests where endpoint = 'GET /old'")).toHaveLength(1);
    const [ahead] = await world.rows(
      "select to_regclass('api_requests_' || to_char(current_date + 14, 'YYYYMMDD')) is not null as there",
    );
    expect(ahead).toEqual({ there: true });
  });
});

describe("the record of workers that died", () => {
  it("goes after 90 days", async () => {
    for (const days of [91, 89])
      await world.rows(
        `insert into worker_reaps (worker_id, process, takes, at, reaped_by, jobs) values ('pool', 'p', '', now() - make_interval(days => $1), 'other', $1)`,
        [days],
      );
    expect((await runDailyRetention()).results["reaps"]).toBe(1);
    expect(await world.rows("select jobs from worker_reaps")).toEqual([{ jobs: 89 }]);
  });
});

describe("the list of providers", () => {
  it("is fetched whole and written once more without doubles", async () => {
    const count = await refreshProviders();
    expect(count).toBeGreaterThan(50);
    await refreshProviders();
    expect(await world.row("select count(*)::int as n from providers")).toEqual({ n: count });
  });
});
