import { describe, expect, it } from "vitest";
import { scheduleSyncs } from "./schedule-syncs";
import { useSyncWorld } from "./testing";

const world = useSyncWorld();

describe("the schedule", () => {
  it("syncs what is due, once, and nothing that is not", async () => {
    const due = await world.connect({ products: ["directory"] });
    const later = await world.connect({ products: ["directory"] });
    const gone = await world.connect({ products: ["directory"] });
    await world.rows(
      "update connections set next_sync_at = now() - interval '1 minute' where id in ($1, $2)",
      [due.connectionId, gone.connectionId],
    );
    await world.rows("update connections set disconnected_at = now() where id = $1", [gone.connectionId]);
    await world.rows("update connections set next_sync_at = now() + interval '1 minute' where id = $1", [
      later.connectionId,
    ]);
    expect(await scheduleSyncs()).toMatchObject({ syncs: 1 });
    expect(await scheduleSyncs()).toMatchObject({ syncs: 0 });
    await world.work();
    expect(await world.rows("select connection_id, reason, status from sync_runs")).toEqual([
      { connection_id: due.connectionId, reason: "scheduled", status: "succeeded" },
    ]);
    const row = await world.connectionRow(due);
    expect(Number(row["next_sync_at"])).toBeGreaterThan(Date.now());
  });

  it("comes back when Finch says that it renews the data, where that is sooner than a day", async () => {
    const connection = await world.connect({ products: ["directory"] });
    const { jobs } = world.sandbox().sandbox.world.store;
    const next = jobs.group(connection.finchConnectionId).find(({ origin }) => origin === "scheduled");
    if (!next) throw new Error("nothing is scheduled");
    const renewsAt = new Date(Date.now() + 5 * 3_600_000).toISOString();
    const endsAt = new Date(Date.parse(renewsAt) + 60_000).toISOString();
    jobs.set(next.id, { ...next, scheduledAt: renewsAt, startsAt: renewsAt, endsAt });
    await world.sync(connection);
    const row = await world.connectionRow(connection);
    const waitedMs = Number(row["next_sync_at"]) - Date.parse(renewsAt);
    expect(waitedMs).toBeGreaterThanOrEqual(10 * 60_000);
    expect(waitedMs).toBeLessThan(71 * 60_000);
  });

  it("revives a run whose job was lost", async () => {
    const connection = await world.connect({ products: ["directory"] });
    const { runId } = await world.enqueue(connection);
    await world.rows("delete from graphile_worker._private_jobs");
    expect((await scheduleSyncs()).revived).toBe(0);
    await world.rows("update sync_runs set created_at = now() - interval '2 hours' where id = $1", [runId]);
    expect((await scheduleSyncs()).revived).toBe(1);
    await world.work();
    expect(await world.row("select status from sync_runs where id = $1", [runId])).toEqual({
      status: "succeeded",
    });
  });

  it("ends attempts at connecting that ran out", async () => {
    const customerId = await world.addCustomer();
    await world.rows(
      `insert into connect_sessions (customer_id, kind, flow, finch_customer_id, user_id, state_hash, nonce_hash, expires_at)
       values ($1, 'new', 'embedded', 'x', 'u', 's', 'n', now() - interval '1 minute')`,
      [customerId],
    );
    expect((await scheduleSyncs()).expired).toBe(1);
    expect(
      await world.row("select status from connect_sessions where customer_id = $1", [customerId]),
    ).toEqual({ status: "expired" });
  });
});
