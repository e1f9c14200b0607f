import { beforeAll, describe, expect, it } from "vitest";
import { createTestConnection, createTestIndividuals, createTestUser } from "@/db/seed/factories";
import { newEmployer, useConnectWorld } from "@/db/testing/connect-world";
import { countRequests, signInAtFinch } from "@/db/testing/finch-connect";
import { listVisibleConnectionIds } from "@/db/repositories/connections";
import { inScope } from "@/db/client";
import type { CustomerContext } from "@/lib/domain/context";
import { useUpLimit } from "@/lib/domain/limits/testing";
import { testContext } from "@/lib/domain/testing";
import { closeConnect } from "./close-connect";
import { completeConnect } from "./complete-connect";
import { getConnectionRecord } from "./detail/get-connection-record";
import { disconnectConnection } from "./disconnect-connection";
import { getConnection } from "./get-connection";
import { listConnections } from "./list-connections";
import { listProviders } from "./list-providers";
import { requestSync } from "./request-sync";
import { startConnect } from "./start-connect";
import { startReauthenticate } from "./start-reauthenticate";

const world = useConnectWorld();
const sql = () => world().database.sql("superuser");

let admin: CustomerContext;
let customerId: string;
let viewer: CustomerContext;
let stranger: CustomerContext;

beforeAll(async () => {
  const mine = await newEmployer(world());
  admin = mine.ctx;
  customerId = mine.customerId;
  const user = await createTestUser(sql(), { customerId, role: "hr_viewer" });
  viewer = testContext("hr_viewer", customerId, { userId: user.id });
  stranger = (await newEmployer(world())).ctx;
});

const newConnection = () => createTestConnection(sql(), { customerId, providerName: "Gusto" });

/** A connection with a real token of the sandbox. */
async function connected(): Promise<string> {
  const started = await startConnect(admin, { flow: "embedded" });
  if (started.kind !== "opened") throw new Error("Finch Connect was not opened");
  const { sessionId, nonce } = started;
  const code = await signInAtFinch(world().finch, started);
  const result = await completeConnect(admin, { sessionId, flow: "embedded", code, nonce });
  if (result.kind !== "connected") throw new Error(`not connected: ${result.problem}`);
  return result.connectionId;
}

const rowOf = async (id: string) => (await sql()`select * from connections where id = ${id}`)[0];
const jobsOf = async (connectionId: string) => {
  const rows = await sql()`select j.key, t.identifier from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id where j.payload::text like ${`%${connectionId}%`}`;
  return rows.map((row) => String(row["identifier"])).sort();
};

describe("starting to connect", () => {
  it("a viewer cannot", async () => {
    await expect(startConnect(viewer, { flow: "embedded" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("an administrator of some connections only cannot add another", async () => {
    const limited = testContext("employer_admin", customerId, { connectionIds: [crypto.randomUUID()] });
    await expect(startConnect(limited, { flow: "embedded" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("fields that do not belong to it are refused", async () => {
    const input = { flow: "embedded" as const, customerId: "x", status: "succeeded" };
    await expect(startConnect(admin, input)).rejects.toThrow();
  });

  it("the redirect flow sends its address to Finch and gets the state back by it", async () => {
    const started = await startConnect(admin, { flow: "redirect", providerId: "gusto" });
    if (started.kind !== "opened") throw new Error("Finch Connect was not opened");
    expect(new URL(started.connectUrl).searchParams.get("state")).toBe(started.state);
    const session = world().finch.sandbox.world.store.sessions.get(started.finchSessionId);
    expect(session).toMatchObject({
      redirectUri: "http://localhost:3000/api/finch/callback",
      providerId: "gusto",
    });
  });

  it("a failure of Finch is told with its request id", async () => {
    world().finch.sandbox.desk.faults.add({
      operation: "POST /connect/sessions",
      kind: "status",
      status: 500,
      times: 1,
    });
    await expect(startConnect(admin, { flow: "embedded" })).rejects.toMatchObject({
      code: "UPSTREAM",
      requestId: expect.any(String),
    });
  });

  it("what Finch has and we have is offered for reconnecting", async () => {
    const employer = await newEmployer(world());
    const first = await startConnect(employer.ctx, { flow: "embedded" });
    if (first.kind !== "opened") throw new Error("Finch Connect was not opened");
    await signInAtFinch(world().finch, first);
    const [theirs] = world().finch.sandbox.world.store.connections.where(
      (row) => row.customerId === employer.customerId,
    );
    const row = await createTestConnection(sql(), { customerId: employer.customerId });
    await sql()`update connections set finch_connection_id = ${theirs?.id ?? ""} where id = ${row.id}`;
    const again = await startConnect(employer.ctx, { flow: "embedded" });
    expect(again).toMatchObject({ kind: "exists", connectionId: row.id, disconnected: false });
  });
});

describe("starting a repair", () => {
  it("a viewer cannot, and a stranger's connection does not exist", async () => {
    const { id: connectionId } = await newConnection();
    const input = { connectionId, flow: "embedded" as const };
    await expect(startReauthenticate(viewer, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(startReauthenticate(stranger, input)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("a disconnected connection is not repaired", async () => {
    const { id: connectionId } = await createTestConnection(sql(), { customerId, disconnected: true });
    await expect(startReauthenticate(admin, { connectionId, flow: "embedded" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });
});

describe("leaving Finch Connect", () => {
  it("is noted with Connect's error, and a code that comes after all still counts", async () => {
    const started = await startConnect(admin, { flow: "embedded" });
    if (started.kind !== "opened") throw new Error("Finch Connect was not opened");
    const { sessionId, nonce } = started;
    await closeConnect(admin, {
      sessionId,
      outcome: "failed",
      errorType: "employer_connection_error",
      errorMessage: "no",
    });
    const [row] =
      await sql()`select status, failure_code, failure_message from connect_sessions where id = ${sessionId}`;
    expect(row).toEqual({
      status: "failed",
      failure_code: "connect_error",
      failure_message: "employer_connection_error: no",
    });
    const code = await signInAtFinch(world().finch, started);
    expect(await completeConnect(admin, { sessionId, flow: "embedded", code, nonce })).toMatchObject({
      kind: "connected",
    });
  });

  it("somebody else's attempt does not exist", async () => {
    const started = await startConnect(admin, { flow: "embedded" });
    if (started.kind !== "opened") throw new Error("Finch Connect was not opened");
    const input = { sessionId: started.sessionId, outcome: "closed" as const };
    await expect(closeConnect(stranger, input)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(closeConnect(viewer, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("sync now", () => {
  it("starts a run, and joins it while it is open", async () => {
    const { id: connectionId } = await newConnection();
    const first = await requestSync(admin, { connectionId });
    const second = await requestSync(admin, { connectionId });
    expect(first.joined).toBe(false);
    expect(second).toEqual({ runId: first.runId, joined: true, refresh: null });
    const events = await sql()`select kind from connection_events where connection_id = ${connectionId}`;
    expect([...events]).toEqual([{ kind: "sync_requested" }]);
  });

  it("is asked for so often by a person, and not for another connection", async () => {
    const { id: connectionId } = await newConnection();
    const { id: another } = await newConnection();
    if (admin.actor.kind !== "user") throw new Error("the administrator is a person");
    await useUpLimit(sql(), "sync", `${admin.actor.userId}/${connectionId}`);
    await expect(requestSync(admin, { connectionId })).rejects.toMatchObject({ code: "RATE_LIMITED" });
    expect(await requestSync(admin, { connectionId: another })).toMatchObject({ joined: false });
  });

  it("a viewer cannot, a stranger's does not exist, support may", async () => {
    const { id: connectionId } = await newConnection();
    await expect(requestSync(viewer, { connectionId })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(requestSync(stranger, { connectionId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const support = testContext("staff_support", customerId);
    expect(await requestSync(support, { connectionId })).toMatchObject({ joined: false });
  });
});

describe("disconnecting", () => {
  it("hides the data at once, keeps the token for disconnecting only and plans its end", async () => {
    const connectionId = await connected();
    await disconnectConnection(admin, { connectionId, name: " gusto " });
    const row = await rowOf(connectionId);
    const days =
      (new Date(String(row?.["data_delete_at"])).getTime() -
        new Date(String(row?.["disconnected_at"])).getTime()) /
      86_400_000;
    expect(days).toBeCloseTo(30, 3);
    expect(row).toMatchObject({ current_token_id: null, next_sync_at: null });
    const tokens = await sql()`select state from access_tokens where connection_id = ${connectionId}`;
    expect(tokens.map((token) => token["state"])).toEqual(["disconnect_only"]);
    expect(await jobsOf(connectionId)).toEqual(["connection.delete_data", "token.revoke"]);
    const runs = await sql()`select status from sync_runs where connection_id = ${connectionId}`;
    expect(runs.map((run) => run["status"])).toEqual(["cancelled"]);
    const visible = await inScope(admin, (tx) => listVisibleConnectionIds(tx, customerId));
    expect(visible).not.toContain(connectionId);
    expect(countRequests(world().finch, "POST /disconnect")).toBe(0);
  });

  it("a second time changes nothing", async () => {
    const { id: connectionId } = await newConnection();
    await disconnectConnection(admin, { connectionId, name: "Gusto" });
    const before = await rowOf(connectionId);
    await disconnectConnection(admin, { connectionId, name: "whatever" });
    expect(await rowOf(connectionId)).toEqual(before);
  });

  it("another name changes nothing", async () => {
    const { id: connectionId } = await newConnection();
    const input = { connectionId, name: "Gust" };
    await expect(disconnectConnection(admin, input)).rejects.toMatchObject({
      code: "INVALID",
      field: "name",
    });
    expect((await rowOf(connectionId))?.["disconnected_at"]).toBeNull();
  });

  it("without a second factor shown in the last ten minutes is refused, and changes nothing", async () => {
    const { id: connectionId } = await newConnection();
    const input = { connectionId, name: "Gusto" };
    for (const steppedUpAt of [null, new Date(Date.now() - 10 * 60_000)]) {
      const ctx = testContext("employer_admin", customerId, { steppedUpAt });
      await expect(disconnectConnection(ctx, input)).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
    }
    expect((await rowOf(connectionId))?.["disconnected_at"]).toBeNull();
  });

  it("a viewer and support cannot, a stranger's does not exist, a staff admin may", async () => {
    const { id: connectionId } = await newConnection();
    const input = { connectionId, name: "Gusto" };
    for (const ctx of [viewer, testContext("staff_support", customerId)]) {
      await expect(disconnectConnection(ctx, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    await expect(disconnectConnection(stranger, input)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await rowOf(connectionId))?.["disconnected_at"]).toBeNull();
    await disconnectConnection(testContext("staff_admin", customerId), input);
    expect((await rowOf(connectionId))?.["disconnected_at"]).not.toBeNull();
  });
});

describe("what screens get", () => {
  it("each role's deeds are those it may do", async () => {
    const { id } = await newConnection();
    const may = async (ctx: CustomerContext) => (await getConnection(ctx, id)).may;
    expect(await may(admin)).toEqual({ connect: true, sync: true, disconnect: true });
    expect(await may(viewer)).toEqual({ connect: false, sync: false, disconnect: false });
    expect(await may(testContext("staff_support", customerId))).toEqual({
      connect: false,
      sync: true,
      disconnect: false,
    });
    expect(await may(testContext("staff_admin", customerId))).toEqual({
      connect: false,
      sync: true,
      disconnect: true,
    });
  });

  it("no token, ciphertext or key is in a view, for whomever", async () => {
    const id = await connected();
    const [token] = await sql()`select id, ciphertext, key_id from access_tokens where connection_id = ${id}`;
    for (const ctx of [
      admin,
      viewer,
      testContext("staff_admin", customerId),
      testContext("staff_support", customerId),
    ]) {
      const text = JSON.stringify([await listConnections(ctx), await getConnection(ctx, id)]);
      for (const secret of [token?.["id"], token?.["ciphertext"], token?.["key_id"]])
        expect(text).not.toContain(secret);
    }
  });

  it("a stranger's connection does not exist, and the own list holds none of it", async () => {
    const { id } = await newConnection();
    await expect(getConnection(stranger, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await listConnections(stranger)).connections).toEqual([]);
  });

  it("a role for one connection sees that one only", async () => {
    const [one, other] = [await newConnection(), await newConnection()];
    const limited = testContext("hr_viewer", customerId, { connectionIds: [one.id] });
    expect((await listConnections(limited)).connections.map(({ id }) => id)).toEqual([one.id]);
    await expect(getConnection(limited, other.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("people are counted, and a disconnected connection tells nothing of them", async () => {
    const { id } = await newConnection();
    await createTestIndividuals(sql(), { customerId, connectionId: id, count: 7 });
    expect((await getConnection(admin, id)).people).toBe(7);
    await disconnectConnection(admin, { connectionId: id, name: "Gusto" });
    const after = await getConnection(viewer, id);
    expect(after).toMatchObject({ people: null, accountName: null, status: "disconnected" });
    const record = await getConnectionRecord(viewer, id);
    expect(record.freshness.every(({ records }) => records === null)).toBe(true);
    expect(record.timeline[0]).toMatchObject({ kind: "disconnected", actorName: "Test Person" });
  });

  it("what needs a person stands first", async () => {
    const employer = await newEmployer(world());
    const make = (providerName: string) =>
      createTestConnection(sql(), { customerId: employer.customerId, providerName });
    const [, broken] = [await make("Aaa healthy"), await make("Zzz broken")];
    await sql()`update connections set action_needed_at = now() where id = ${broken.id}`;
    const names = (await listConnections(employer.ctx)).connections.map(({ providerName }) => providerName);
    expect(names).toEqual(["Zzz broken", "Aaa healthy"]);
  });

  it("the first look at the providers asks the worker for them, once", async () => {
    expect(await listProviders(admin)).toEqual({ providers: [], fetchedAt: null });
    await listProviders(admin);
    const jobs = await sql()`select j.id from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'providers.refresh'`;
    expect(jobs).toHaveLength(1);
    await sql()`insert into providers (id, display_name, products, authentication_methods, fetched_at)
      values ('gusto', 'Gusto', '{}', '[{"type":"assisted"},{"type":"oauth"}]', now()), ('deel', 'Deel', '{}', '[{"type":"assisted"}]', now())`;
    const { providers } = await listProviders(admin);
    expect(providers.map(({ name, automated, assisted }) => [name, automated, assisted])).toEqual([
      ["Deel", false, true],
      ["Gusto", true, true],
    ]);
    await expect(listProviders(viewer)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
