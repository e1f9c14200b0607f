import { describe, expect, it, vi } from "vitest";
import { requestSync } from "@/lib/domain/connections/request-sync";
import { testContext } from "@/lib/domain/testing";
import { useSyncWorld, type TestConnection } from "./testing";

const world = useSyncWorld();

const spend = ({ accessToken }: TestConnection) =>
  world.finch<{ retry_at: string }>("POST", "/jobs/automated", { type: "data_sync_all" }, accessToken);
const stepOf = (runId: string) =>
  world.row("select status, message, requests from sync_steps where run_id = $1 and name = 'finch_jobs'", [
    runId,
  ]);
const refreshesOf = async (connection: TestConnection) => {
  const row = await world.connectionRow(connection);
  return [row["refreshes_allowed"], row["refreshes_remaining"], row["refreshes_retry_at"]];
};
const noneLeft = "No refresh is left at Finch right now; what it has is mirrored.";

describe("Finch's jobs", () => {
  it("are mirrored as Finch tells them, and the one that a sync waited for as it ended", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await world.sync(connection, "requested");
    const { data } = await world.finch<{ data: Record<string, string>[] }>(
      "GET",
      "/jobs/automated",
      undefined,
      connection.accessToken,
    );
    const rows = await world.rows<Record<string, string>>(
      "select finch_job_id as job_id, type, status from finch_jobs where connection_id = $1 order by created_at_finch desc, finch_job_id",
      [connection.connectionId],
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows).toContainEqual(expect.objectContaining({ status: "complete" }));
    for (const row of rows) expect(data).toContainEqual(expect.objectContaining(row));
  });

  it("are not asked for by a repair", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await world.sync(connection);
    const runId = await world.sync(connection, "repair");
    expect(await world.row("select status, scope from sync_runs where id = $1", [runId])).toEqual({
      status: "succeeded",
      scope: "repair",
    });
    expect(await stepOf(runId)).toBeUndefined();
  });
});

describe("the hour's refreshes", () => {
  it("are used by the first press, and the next one says when there is one again", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await world.sync(connection);
    expect(await refreshesOf(connection)).toEqual([1, 1, null]);
    await world.sync(connection, "requested");
    const [allowed, left, retryAt] = await refreshesOf(connection);
    expect([allowed, left]).toEqual([1, 0]);
    expect(Number(retryAt)).toBeGreaterThan(Date.now() + 50 * 60_000);
    const again = await world.sync(connection, "requested");
    expect(await stepOf(again)).toMatchObject({ status: "succeeded", message: noneLeft, requests: 1 });
    expect(await refreshesOf(connection)).toEqual([1, 0, retryAt]);
    expect(await world.row("select status from sync_runs where id = $1", [again])).toEqual({
      status: "succeeded",
    });
  });

  it("that somebody else used up between the list and the request are no failure", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await world.sync(connection);
    await world.fault({ operation: "POST /jobs/automated", kind: "latency", ms: 1_500, times: 1 });
    const syncing = world.sync(connection, "requested");
    await vi.waitFor(async () => expect(await world.finch("GET", "/_sandbox/faults")).toEqual([]), 30_000);
    const { retry_at: retryAt } = await spend(connection);
    const runId = await syncing;
    expect(await stepOf(runId)).toMatchObject({ status: "succeeded", message: noneLeft, requests: 2 });
    expect(await refreshesOf(connection)).toEqual([1, 0, new Date(retryAt)]);
    expect(await world.row("select status from sync_runs where id = $1", [runId])).toEqual({
      status: "succeeded",
    });
  });

  it("are told to whoever presses: what is left, and the next one", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await world.sync(connection, "requested");
    const admin = testContext("employer_admin", connection.customerId);
    const { refresh } = await requestSync(admin, { connectionId: connection.connectionId });
    expect(refresh).toMatchObject({ allowed: 1, left: 0, isExact: true });
    expect(Date.parse(refresh?.nextAt ?? "")).toBeGreaterThan(Date.now());
  });
});
