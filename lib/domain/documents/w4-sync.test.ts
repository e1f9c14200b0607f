import { describe, expect, it } from "vitest";
import { createTestUser, grantTestRole } from "@/db/seed/factories";
import type { Role } from "@/lib/auth/permissions";
import type { CustomerContext } from "@/lib/domain/context";
import { useUpLimit } from "@/lib/domain/limits/testing";
import { useSyncWorld, type ConnectOptions, type TestConnection } from "@/lib/domain/sync/testing";
import { testContext } from "@/lib/domain/testing";
import { getDocument } from "./get-document";
import { listDocuments } from "./list-documents";
import { requestW4Sync, stopW4Sync } from "./request-w4-sync";

const world = useSyncWorld();
const products = ["directory", "individual", "employment", "documents"];

async function connected(options: ConnectOptions = {}): Promise<TestConnection> {
  const connection = await world.connect({ provider: "adp_run", products, employees: 8, ...options });
  await world.sync(connection);
  return connection;
}

async function as(role: Role, { customerId }: TestConnection): Promise<CustomerContext> {
  const sql = world.database().sql("superuser");
  const user = await createTestUser(sql);
  await grantTestRole(sql, { userId: user.id, role, customerId });
  return testContext(role, customerId, { userId: user.id });
}

const stateOf = async (ctx: CustomerContext) => (await listDocuments(ctx, {})).syncs[0];

describe("asking for W-4 forms", () => {
  it("fetches the form of everybody who files one, and a sync reads them", async () => {
    const connection = await connected();
    const ctx = await as("payroll_manager", connection);
    const before = await stateOf(ctx);
    expect(before).toMatchObject({ obstacle: null, withForm: 0, sync: null, maySync: true });
    const people = before?.people ?? 0;
    expect(people).toBeGreaterThan(3);
    const since = await world.lastRequest();
    expect(await requestW4Sync(ctx, { connectionId: connection.connectionId })).toMatchObject({
      joined: false,
      people,
    });
    expect(await stateOf(ctx)).toMatchObject({ sync: { status: "queued", total: people, waiting: people } });
    await world.work();
    expect(await stateOf(ctx)).toMatchObject({
      people,
      withForm: people,
      sync: { status: "done", total: people, fetched: people, waiting: 0, asked: 0, failed: 0, failures: [] },
    });
    const counts = await world.requestsSince(since, connection);
    expect(counts["POST /jobs/automated"]).toBe(people);
    const { rows, total } = await listDocuments(ctx, {});
    expect(total).toBeGreaterThanOrEqual(people);
    const { form, document } = await getDocument(ctx, { documentId: rows[0]?.id ?? "" });
    expect(form.form).toBe(document.type);
    const again = requestW4Sync(ctx, { connectionId: connection.connectionId });
    await expect(again).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("twice at once is one request, which may be stopped", async () => {
    const connection = await connected();
    const ctx = await as("employer_admin", connection);
    const { connectionId } = connection;
    const first = await requestW4Sync(ctx, { connectionId });
    expect(await requestW4Sync(ctx, { connectionId })).toMatchObject({ syncId: first.syncId, joined: true });
    await stopW4Sync(ctx, { connectionId });
    const since = await world.lastRequest();
    await world.work();
    expect((await world.requestsSince(since, connection))["POST /jobs/automated"]).toBeUndefined();
    expect(await stateOf(ctx)).toMatchObject({ sync: { status: "stopped", fetched: 0 } });
    await expect(stopW4Sync(ctx, { connectionId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is asked for so often by a person, also where each is stopped at once", async () => {
    const connection = await connected();
    const ctx = await as("employer_admin", connection);
    const { connectionId } = connection;
    if (ctx.actor.kind !== "user") throw new Error("the administrator is a person");
    await useUpLimit(world.database().sql("superuser"), "forms", `${ctx.actor.userId}/${connectionId}`);
    await expect(requestW4Sync(ctx, { connectionId })).rejects.toMatchObject({ code: "RATE_LIMITED" });
    expect((await stateOf(ctx))?.sync).toBeNull();
  });

  it("keeps why Finch refused one person, and goes on with the others", async () => {
    const connection = await connected();
    const ctx = await as("employer_admin", connection);
    await world.fault({ kind: "status", status: 400, operation: "POST /jobs/automated", times: 1 });
    const { people } = await requestW4Sync(ctx, { connectionId: connection.connectionId });
    await world.work();
    const state = await stateOf(ctx);
    expect(state?.sync).toMatchObject({ status: "done", failed: 1, fetched: people - 1 });
    expect(state?.sync?.failures).toHaveLength(1);
  });

  it("tries again after Finch's own errors and refusals, without losing anybody", async () => {
    const connection = await connected();
    const ctx = await as("employer_admin", connection);
    await world.fault({ kind: "status", status: 500, operation: "POST /jobs/automated", times: 2 });
    const { people } = await requestW4Sync(ctx, { connectionId: connection.connectionId });
    await world.work();
    expect(await stateOf(ctx)).toMatchObject({ sync: { status: "done", fetched: people, failed: 0 } });
  });

  it("ends where the sign-in is no longer accepted, and says so", async () => {
    const connection = await connected();
    const ctx = await as("employer_admin", connection);
    await world.fault({ kind: "status", status: 401, operation: "POST /jobs/automated", times: 1 });
    await requestW4Sync(ctx, { connectionId: connection.connectionId });
    await world.work();
    const state = await stateOf(ctx);
    expect(state?.sync).toMatchObject({ status: "failed", fetched: 0 });
    expect(state?.sync?.message).toBe("The provider no longer accepts the saved sign-in.");
  });

  it("is not begun for whoever may no longer ask when it is its turn", async () => {
    const connection = await connected();
    const ctx = await as("employer_admin", connection);
    await requestW4Sync(ctx, { connectionId: connection.connectionId });
    await world.rows("delete from user_roles where customer_id = $1", [connection.customerId]);
    await world.work();
    expect(await stateOf(ctx)).toMatchObject({ sync: { status: "failed", fetched: 0 } });
  });

  it("is for one person where one is named, a stranger's does not exist", async () => {
    const connection = await connected();
    const other = await connected();
    const ctx = await as("employer_admin", connection);
    const person = ({ connectionId }: TestConnection) =>
      world.row<{ id: string }>("select id from individuals where connection_id = $1 order by id limit 1", [
        connectionId,
      ]);
    const own = (await person(connection)).id;
    const { connectionId } = connection;
    expect(await requestW4Sync(ctx, { connectionId, individualId: own })).toMatchObject({ people: 1 });
    await stopW4Sync(ctx, { connectionId });
    const stranger = requestW4Sync(ctx, { connectionId, individualId: (await person(other)).id });
    await expect(stranger).rejects.toMatchObject({ code: "NOT_FOUND" });
    const foreign = requestW4Sync(ctx, { connectionId: other.connectionId });
    await expect(foreign).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(stopW4Sync(ctx, { connectionId: other.connectionId })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    const viewer = await as("hr_viewer", connection);
    await expect(requestW4Sync(viewer, { connectionId })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(stopW4Sync(viewer, { connectionId })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(listDocuments(viewer, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("is refused with its reason where Finch could not do it", async () => {
    const connection = await connected();
    const ctx = await as("employer_admin", connection);
    const { connectionId } = connection;
    const refused = async (change: string, obstacle: string) => {
      await world.rows(`update connections set ${change} where id = $1`, [connectionId]);
      expect((await stateOf(ctx))?.obstacle).toBe(obstacle);
      await expect(requestW4Sync(ctx, { connectionId })).rejects.toMatchObject({ code: "CONFLICT" });
    };
    await refused("action_needed_at = now()", "action_needed");
    await refused("sync_kind = 'assisted'", "assisted");
    await refused("products = '{directory}'", "no_product");
    expect(await stateOf(ctx)).toMatchObject({ mayReconnect: true });
    const manager = await stateOf(await as("payroll_manager", connection));
    expect(manager).toMatchObject({ obstacle: "no_product", maySync: true, mayReconnect: false });
  });
});
