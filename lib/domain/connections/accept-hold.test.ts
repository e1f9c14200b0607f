import { describe, expect, it } from "vitest";
import { inScope } from "@/db/client";
import { holdRows } from "@/db/repositories/sync-holds";
import { useSyncWorld, type TestConnection } from "@/lib/domain/sync/testing";
import { testContext } from "@/lib/domain/testing";
import { acceptHold } from "./accept-hold";
import { listHolds } from "./list-holds";

const world = useSyncWorld();

/** A connection whose list of payments came back empty. */
async function held(): Promise<{ connection: TestConnection; holdId: string }> {
  const connection = await world.connect({ products: ["directory"] });
  const scope = { customerId: connection.customerId, connectionId: connection.connectionId, entityId: "" };
  await inScope(connection.ctx, (tx) =>
    holdRows(tx, scope, { product: "payments", rows: 26, runId: crypto.randomUUID(), requestId: "req_1" }),
  );
  const [hold] = await listHolds(testContext("hr_viewer", connection.customerId), connection.connectionId);
  if (!hold) throw new Error("no hold");
  expect(hold).toMatchObject({ product: "payments", rows: 26, requestId: "req_1", acceptedAt: null });
  return { connection, holdId: hold.id };
}

describe("letting held data go", () => {
  it("deletes nothing by itself: it notes who said so and asks for a sync", async () => {
    const { connection, holdId } = await held();
    const { customerId, connectionId } = connection;
    const admin = testContext("employer_admin", customerId);
    const { runId } = await acceptHold(admin, { connectionId, holdId });
    const userId = admin.actor.kind === "user" ? admin.actor.userId : "";
    expect(
      await world.row(
        "select accepted_by, accepted_at is not null as accepted, resolved_at from sync_holds where id = $1",
        [holdId],
      ),
    ).toEqual({ accepted_by: userId, accepted: true, resolved_at: null });
    expect(
      await world.row("select reason, status, requested_by from sync_runs where id = $1", [runId]),
    ).toEqual({
      reason: "requested",
      status: "queued",
      requested_by: userId,
    });
    expect(
      await world.rows("select kind, actor_user_id, detail from connection_events where connection_id = $1", [
        connectionId,
      ]),
    ).toEqual([
      { kind: "hold_accepted", actor_user_id: userId, detail: { holdId, product: "payments", rows: 26 } },
    ]);
    expect(
      await world.rows("select from audit_log where action = 'connection.accept_hold' and target_id = $1", [
        connectionId,
      ]),
    ).toHaveLength(1);
    const [after] = await listHolds(admin, connectionId);
    expect(after?.acceptedAt).not.toBeNull();
  });

  it("is done once, and not for what is over", async () => {
    const { connection, holdId } = await held();
    const { customerId, connectionId } = connection;
    const admin = testContext("employer_admin", customerId);
    await acceptHold(admin, { connectionId, holdId });
    await expect(acceptHold(admin, { connectionId, holdId })).rejects.toMatchObject({ code: "CONFLICT" });
    await world.rows("update sync_holds set resolved_at = now(), accepted_at = null where id = $1", [holdId]);
    await expect(acceptHold(admin, { connectionId, holdId })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await listHolds(admin, connectionId)).toEqual([]);
    expect(
      await world.rows("select from connection_events where connection_id = $1", [connectionId]),
    ).toHaveLength(1);
  });

  it("a viewer cannot, support and a staff admin may", async () => {
    const { connection, holdId } = await held();
    const { customerId, connectionId } = connection;
    const input = { connectionId, holdId };
    await expect(acceptHold(testContext("hr_viewer", customerId), input)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect((await listHolds(testContext("hr_viewer", customerId), connectionId))[0]?.acceptedAt).toBeNull();
    await acceptHold(testContext("staff_support", customerId), input);
    const again = await held();
    await acceptHold(testContext("staff_admin", again.connection.customerId), {
      connectionId: again.connection.connectionId,
      holdId: again.holdId,
    });
  });

  it("of another employer, or of another connection, does not exist", async () => {
    const { connection, holdId } = await held();
    const other = await held();
    const admin = testContext("employer_admin", other.connection.customerId);
    const input = { connectionId: connection.connectionId, holdId };
    await expect(acceptHold(admin, input)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(listHolds(admin, connection.connectionId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const misplaced = { connectionId: other.connection.connectionId, holdId };
    await expect(acceptHold(admin, misplaced)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
