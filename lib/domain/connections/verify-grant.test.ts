import { afterEach, describe, expect, it, vi } from "vitest";
import { newEmployer, useConnectWorld } from "@/db/testing/connect-world";
import { countRequests, signInAtFinch } from "@/db/testing/finch-connect";
import type { CustomerContext } from "@/lib/domain/context";
import { env } from "@/lib/env";
import { completeConnect } from "./complete-connect";
import type { OpenedAttempt } from "./open-attempt";
import { startConnect } from "./start-connect";
import { startReauthenticate } from "./start-reauthenticate";

const world = useConnectWorld();
const sql = () => world().database.sql("superuser");

/** An attempt whose person has signed in at Finch: the code is there, and what it stands for can be changed. */
async function signedIn(attempt: OpenedAttempt) {
  const code = await signInAtFinch(world().finch, attempt);
  const { store } = world().finch.sandbox.world;
  const connectionId = store.codes.get(code)?.connectionId ?? "";
  const change = (patch: { customerId?: string | null; providerId?: string }) => {
    const connection = store.connections.get(connectionId);
    if (!connection) throw new Error("the sandbox knows no such connection");
    store.connections.set(connectionId, { ...connection, ...patch });
  };
  const { sessionId, flow, nonce } = attempt;
  const finish = (ctx: CustomerContext) => completeConnect(ctx, { sessionId, flow, code, nonce });
  return { change, finish };
}

async function press(ctx: CustomerContext) {
  const started = await startConnect(ctx, { flow: "embedded" });
  if (started.kind !== "opened") throw new Error("Finch Connect was not opened");
  return signedIn(started);
}

const tokensOf = (customerId: string) =>
  sql()`select id, state from access_tokens where customer_id = ${customerId}`;

/** A refused token is dropped: /disconnect would end the rightful owner's too. */
async function expectNothingStored(customerId: string): Promise<void> {
  expect(await tokensOf(customerId)).toHaveLength(0);
  expect(await sql()`select 1 from connections where customer_id = ${customerId}`).toHaveLength(0);
  expect(countRequests(world().finch, "POST /disconnect")).toBe(0);
}

/** Finch names no customer at the exchange, and this one when it is asked about the token. */
async function finishWithLateAnswer(
  { change, finish }: Awaited<ReturnType<typeof press>>,
  ctx: CustomerContext,
  customerId: string | null,
) {
  change({ customerId: null });
  const { faults } = world().finch.sandbox.desk;
  faults.add({ operation: "GET /introspect", kind: "latency", ms: 2_000, times: 1 });
  const result = finish(ctx);
  await vi.waitFor(() => expect(faults.list()).toEqual([]), 20_000);
  change({ customerId });
  return result;
}

describe("a token of which the exchange names no customer", () => {
  it("is stored where introspect names ours", async () => {
    const { ctx, customerId } = await newEmployer(world());
    const result = await finishWithLateAnswer(await press(ctx), ctx, customerId);
    expect(result).toMatchObject({ kind: "connected" });
    expect(await tokensOf(customerId)).toHaveLength(1);
  });

  it("is refused where introspect names another's", async () => {
    const { ctx, customerId } = await newEmployer(world());
    const other = await newEmployer(world());
    for (const id of [other.customerId, customerId.toUpperCase(), `${customerId}:`]) {
      const result = await finishWithLateAnswer(await press(ctx), ctx, id);
      expect(result).toMatchObject({ kind: "problem", problem: "wrong_customer" });
    }
    await expectNothingStored(customerId);
  });

  it("is refused where introspect names nobody either", async () => {
    const { ctx, customerId } = await newEmployer(world());
    const { change, finish } = await press(ctx);
    change({ customerId: null });
    expect(await finish(ctx)).toMatchObject({ kind: "problem", problem: "wrong_customer" });
    await expectNothingStored(customerId);
  });

  it("is refused where introspect does not answer", async () => {
    const { ctx, customerId } = await newEmployer(world());
    const { change, finish } = await press(ctx);
    change({ customerId: null });
    world().finch.sandbox.desk.faults.add({
      operation: "GET /introspect",
      kind: "status",
      status: 500,
      times: 1,
    });
    expect(await finish(ctx)).toMatchObject({ kind: "problem", problem: "finch_unavailable" });
    await expectNothingStored(customerId);
  });
});

describe("a token of another Finch environment than ours", () => {
  afterEach(() => void Object.assign(env(), { FINCH_ENVIRONMENT: "sandbox" }));

  it.each(["production", "development"])(
    "is refused: ours is %s, the token's is the sandbox",
    async (ours) => {
      const { ctx, customerId } = await newEmployer(world());
      const { finish } = await press(ctx);
      Object.assign(env(), { FINCH_ENVIRONMENT: ours });
      expect(await finish(ctx)).toMatchObject({ kind: "problem", problem: "wrong_environment" });
      await expectNothingStored(customerId);
    },
  );
});

describe("a repair", () => {
  it("that comes back with another provider for the same connection is refused, and the old token stays", async () => {
    const { ctx, customerId } = await newEmployer(world());
    const first = await (await press(ctx)).finish(ctx);
    if (first.kind !== "connected") throw new Error(`not connected: ${first.problem}`);
    const { connectionId } = first;
    const before = await tokensOf(customerId);
    const { change, finish } = await signedIn(
      await startReauthenticate(ctx, { connectionId, flow: "embedded" }),
    );
    change({ providerId: "adp_run" });
    expect(await finish(ctx)).toMatchObject({ problem: "wrong_connection", connectionId });
    expect(await tokensOf(customerId)).toEqual(before);
    expect(before).toMatchObject([{ state: "current" }]);
    expect(await sql()`select provider_id from connections where customer_id = ${customerId}`).toEqual([
      { provider_id: "gusto" },
    ]);
    expect(countRequests(world().finch, "POST /disconnect")).toBe(0);
  });
});
