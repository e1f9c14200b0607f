import { describe, expect, it } from "vitest";
import { connectionStatus } from "@/lib/domain/connections/status";
import { toStatusFacts } from "@/lib/domain/connections/status-facts";
import { inScope } from "@/db/client";
import { findConnection } from "@/db/repositories/connections";
import { listRuns } from "@/db/repositories/sync-runs";
import { useSyncWorld, type TestConnection } from "./testing";

const world = useSyncWorld();

const stepsOf = (runId: string) =>
  world.rows<{
    name: string;
    status: string;
    outcome: string;
    message: string;
    requests: number;
    request_id: string;
  }>(
    "select name, status, outcome, message, requests, request_id from sync_steps where run_id = $1 order by ordinal",
    [runId],
  );
const runOf = (runId: string) =>
  world.row("select status, failure_code, failure_message, request_id from sync_runs where id = $1", [runId]);
const eventsOf = ({ connectionId }: TestConnection) =>
  world.rows<{ kind: string; request_id: string | null }>(
    "select kind, request_id from connection_events where connection_id = $1 order by at, id",
    [connectionId],
  );

async function statusOf({ ctx, customerId, connectionId }: TestConnection) {
  return inScope(ctx, async (tx) => {
    const row = await findConnection(tx, customerId, connectionId);
    const [latest] = await listRuns(tx, customerId, connectionId, 1);
    if (!row) throw new Error("no such connection");
    return connectionStatus(toStatusFacts(row, latest ?? null), new Date());
  });
}

const setStatus = ({ finchConnectionId }: TestConnection, status: string) =>
  world.finch("PUT", `/_sandbox/connections/${finchConnectionId}`, { status });

describe("202", () => {
  it("makes a run wait, with the connection setting up, and data ends both", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await world.fault({ operation: "GET /employer/directory", kind: "pending", times: 3 });
    const { runId } = await world.enqueue(connection);
    const waited: string[] = [];
    await world.work(async () => {
      const run = await runOf(runId);
      if (run["status"] === "waiting") waited.push((await statusOf(connection)).status);
      return false;
    });
    expect(waited).toEqual(["setting_up", "setting_up", "setting_up"]);
    expect(await runOf(runId)).toMatchObject({ status: "succeeded" });
    expect((await statusOf(connection)).status).toBe("healthy");
    expect((await world.connectionRow(connection))["setup_started_at"]).toBeNull();
  });

  it("lasts 14 days at most for an assisted provider", async () => {
    const connection = await world.connect({ products: ["directory"], authenticationType: "assisted" });
    await setStatus(connection, "pending");
    const { runId } = await world.enqueue(connection);
    await world.work(async () => (await runOf(runId))["status"] === "waiting");
    expect((await statusOf(connection)).status).toBe("setting_up");
    await world.rows("update connections set setup_started_at = now() - interval '15 days' where id = $1", [
      connection.connectionId,
    ]);
    await world.work();
    expect(await runOf(runId)).toMatchObject({ status: "failed" });
    expect((await statusOf(connection)).status).toBe("failing");
    await setStatus(connection, "connected");
    await world.sync(connection, "requested");
    expect((await statusOf(connection)).status).toBe("healthy");
  });

  it("keeps people who were there: nobody is deleted by a pending directory", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await world.sync(connection);
    await world.fault({ operation: "GET /employer/directory", kind: "pending", times: 1 });
    await world.sync(connection, "scheduled");
    const [left] = await world.rows(
      "select count(*)::int as n from individuals where connection_id = $1 and deleted_at is null",
      [connection.connectionId],
    );
    expect(left).toEqual({ n: 20 });
  });
});

describe("401 reauthenticate_user", () => {
  it("asks for action at once, is told once, and a new token repairs it", async () => {
    const connection = await world.connect();
    await world.sync(connection);
    await setStatus(connection, "reauth");
    const runId = await world.sync(connection, "scheduled");
    expect(await runOf(runId)).toMatchObject({ status: "failed", failure_code: "reauthenticate_user" });
    const status = await statusOf(connection);
    expect(status).toMatchObject({ status: "action_needed", remedy: { action: "reconnect" } });
    await world.sync(connection, "requested");
    expect((await eventsOf(connection)).filter((event) => event.kind === "action_needed")).toHaveLength(1);

    await setStatus(connection, "connected");
    await world.giveToken(connection, connection.accessToken);
    const repaired = await world.sync(connection, "reconnected");
    expect(await runOf(repaired)).toMatchObject({ status: "succeeded" });
    expect((await statusOf(connection)).status).toBe("healthy");
  });

  it("in the middle of a run stops it there and keeps the request id", async () => {
    const connection = await world.connect();
    await world.fault({ operation: "GET /employer/directory", kind: "status", status: 401 });
    const runId = await world.sync(connection);
    const steps = await stepsOf(runId);
    expect(steps.map((step) => `${step.name} ${step.status}`)).toEqual([
      "introspect succeeded",
      "finch_jobs succeeded",
      "company succeeded",
      "directory failed",
      "individual skipped",
      "employment skipped",
    ]);
    expect((await runOf(runId))["request_id"]).toBe(steps[3]?.request_id);
    expect((await statusOf(connection)).status).toBe("action_needed");
  });

  it("is not tried again by the schedule", async () => {
    const { scheduleSyncs } = await import("./schedule-syncs");
    const connection = await world.connect();
    await setStatus(connection, "reauth");
    await world.sync(connection);
    await world.rows("update connections set next_sync_at = now() - interval '1 hour' where id = $1", [
      connection.connectionId,
    ]);
    const before = await world.rows("select 1 from sync_runs where connection_id = $1", [
      connection.connectionId,
    ]);
    await scheduleSyncs();
    expect(
      await world.rows("select 1 from sync_runs where connection_id = $1", [connection.connectionId]),
    ).toHaveLength(before.length);
  });

  it("account_setup_required says what to finish", async () => {
    const connection = await world.connect();
    await setStatus(connection, "error_no_account_setup");
    await world.sync(connection);
    expect(await statusOf(connection)).toMatchObject({
      status: "action_needed",
      remedy: { action: "provider" },
    });
  });
});

describe("403", () => {
  it("of one product is a missing permission; the others arrive", async () => {
    const connection = await world.connect();
    await world.fault({ operation: "POST /employer/employment", kind: "status", status: 403 });
    const runId = await world.sync(connection);
    expect(await runOf(runId)).toMatchObject({
      status: "partly_failed",
      failure_code: "insufficient_permissions",
    });
    expect((await statusOf(connection)).status).toBe("missing_permission");
    await world.sync(connection, "requested");
    expect((await statusOf(connection)).status).toBe("healthy");
  });

  it("for a scope that was not granted is told apart", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await world.fault({
      operation: "GET /employer/directory",
      kind: "status",
      status: 403,
      finch_code: "insufficient_scope",
    });
    await world.rows("select 1");
    const runId = await world.sync(connection);
    const directory = (await stepsOf(runId)).find((step) => step.name === "directory");
    expect(directory?.status).toBe("failed");
    expect((await statusOf(connection)).status).toBe("missing_permission");
  });
});

describe("what may pass by itself", () => {
  it.each([
    { status: 500, requests: 3 },
    { status: 502, requests: 3 },
    { status: 429, requests: 3 },
    { status: 408, requests: 3 },
  ])("$status is tried again with a delay until it works", async ({ status, requests }) => {
    const connection = await world.connect({ products: ["directory"] });
    await world.fault({ operation: "GET /employer/directory", kind: "status", status, times: requests - 1 });
    const runId = await world.sync(connection);
    expect((await stepsOf(runId)).find((step) => step.name === "directory")).toMatchObject({
      status: "succeeded",
      requests,
    });
    expect(await runOf(runId)).toMatchObject({ status: "succeeded" });
  });

  it("gives up after seven tries, says so, and the next sync starts over", async () => {
    const connection = await world.connect({ products: ["company", "directory"] });
    await world.fault({ operation: "GET /employer/directory", kind: "status", status: 500, times: 7 });
    const runId = await world.sync(connection);
    expect((await stepsOf(runId)).map((step) => `${step.name} ${step.status} ${step.requests}`)).toEqual([
      "introspect succeeded 1",
      "finch_jobs succeeded 1",
      "company succeeded 1",
      "directory failed 7",
    ]);
    expect(await runOf(runId)).toMatchObject({ status: "partly_failed", failure_code: "finch_error" });
    expect(await statusOf(connection)).toMatchObject({
      status: "failing",
      lastResult: { result: "partly_failed" },
    });
    await world.sync(connection, "scheduled");
    expect((await statusOf(connection)).status).toBe("healthy");
  });

  it("a reset connection and a cut-off answer are no data", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await world.fault({ operation: "GET /employer/directory", kind: "reset" });
    await world.fault({ operation: "GET /employer/directory", kind: "truncated" });
    const runId = await world.sync(connection);
    expect(["succeeded", "failed"]).toContain(
      (await stepsOf(runId)).find((step) => step.name === "directory")?.status,
    );
    const requests = await world.rows<{ outcome: string }>(
      "select outcome from api_requests where sync_run_id = $1 and endpoint = 'GET /employer/directory' order by at",
      [runId],
    );
    expect(requests[0]?.outcome).toBe("finch_error");
    expect(requests[1]?.outcome).not.toBe("ok");
  });
});

describe("what does not pass by itself", () => {
  it("501 is asked once, skipped and said", async () => {
    const connection = await world.connect();
    await world.fault({ operation: "POST /employer/employment", kind: "status", status: 501, times: 5 });
    const runId = await world.sync(connection);
    expect((await stepsOf(runId)).find((step) => step.name === "employment")).toMatchObject({
      status: "skipped",
      requests: 1,
      message: "Gusto does not offer this.",
    });
    expect(await runOf(runId)).toMatchObject({ status: "succeeded" });
    await world.finch("DELETE", "/_sandbox/faults");
  });

  it("402 fails the step without another try", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await world.fault({ operation: "GET /employer/directory", kind: "status", status: 402 });
    const runId = await world.sync(connection);
    expect((await stepsOf(runId)).find((step) => step.name === "directory")).toMatchObject({
      outcome: "payment_required",
      requests: 1,
    });
  });

  it("an answer of the wrong form fails the step and takes nobody out", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await world.sync(connection);
    const before = await world.connectionRow(connection);
    await world.fault({ operation: "GET /employer/directory", kind: "malformed" });
    const runId = await world.sync(connection, "scheduled");
    expect((await stepsOf(runId)).find((step) => step.name === "directory")).toMatchObject({
      status: "failed",
      outcome: "malformed",
    });
    const here = "select 1 from individuals where connection_id = $1 and deleted_at is null";
    expect(await world.rows(here, [connection.connectionId])).toHaveLength(20);
    expect((await world.connectionRow(connection))["freshness"]).toEqual(before["freshness"]);
  });
});

describe("one person of a batch", () => {
  it("whom Finch does not know keeps the error, and everybody else arrives", async () => {
    const connection = await world.connect();
    await world.sync(connection);
    const stranger = crypto.randomUUID();
    await world.rows(
      `insert into individuals (customer_id, connection_id, finch_individual_id, directory_fetched_at, fetched_at)
       values ($1, $2, $3, now() + interval '1 day', now())`,
      [connection.customerId, connection.connectionId, stranger],
    );
    const runId = await world.sync(connection, "requested");
    const person = await world.row(
      "select individual_error, employment_error from individuals where finch_individual_id = $1",
      [stranger],
    );
    expect(person).toMatchObject({
      individual_error: { code: 404, finchCode: "individual_not_found" },
      employment_error: { code: 404, finchCode: "individual_not_found" },
    });
    expect(await runOf(runId)).toMatchObject({ status: "succeeded" });
    const [step] = await world.rows(
      "select item_errors, done from sync_steps where run_id = $1 and name = 'individual'",
      [runId],
    );
    expect(step).toEqual({ item_errors: 1, done: 21 });
  });
});
