import { describe, expect, it, vi } from "vitest";
import { newEmployer, useConnectWorld } from "@/db/testing/connect-world";
import { countRequests, signInAtFinch } from "@/db/testing/finch-connect";
import { sha256 } from "@/lib/crypto";
import type { CustomerContext } from "@/lib/domain/context";
import { testContext } from "@/lib/domain/testing";
import { completeConnect } from "./complete-connect";
import type { OpenedAttempt } from "./open-attempt";
import { startConnect } from "./start-connect";
import { requestedProducts } from "./requested-products";
import { startReauthenticate } from "./start-reauthenticate";

const world = useConnectWorld();
const sql = () => world().database.sql("superuser");

async function press(
  ctx: CustomerContext,
  flow: "embedded" | "redirect" = "embedded",
): Promise<OpenedAttempt> {
  const started = await startConnect(ctx, { flow });
  if (started.kind !== "opened") throw new Error("Finch Connect was not opened");
  return started;
}

const finish = (ctx: CustomerContext, { sessionId, flow, nonce }: OpenedAttempt, code: string) =>
  completeConnect(ctx, { sessionId, flow, code, nonce });

async function connect(ctx: CustomerContext, flow: "embedded" | "redirect" = "embedded"): Promise<string> {
  const attempt = await press(ctx, flow);
  const result = await finish(ctx, attempt, await signInAtFinch(world().finch, attempt));
  if (result.kind !== "connected") throw new Error(`not connected: ${result.problem}`);
  return result.connectionId;
}

const stored = async (customerId: string) => ({
  connections: await sql()`select * from connections where customer_id = ${customerId}`,
  tokens: await sql()`select * from access_tokens where customer_id = ${customerId}`,
});

/** A refusal stores nothing and never tells Finch to disconnect: that would end the rightful owner's tokens. */
async function expectNothingStored(customerId: string) {
  const { connections, tokens } = await stored(customerId);
  expect(connections).toHaveLength(0);
  expect(tokens).toHaveLength(0);
  expect(countRequests(world().finch, "POST /disconnect")).toBe(0);
}

describe("completing a connection", () => {
  it.each(["embedded", "redirect"] as const)(
    "the %s flow stores a sealed token and enqueues the first sync",
    async (flow) => {
      const { ctx, customerId } = await newEmployer(world());
      const connectionId = await connect(ctx, flow);
      const { connections, tokens } = await stored(customerId);
      expect(connections).toHaveLength(1);
      expect(connections[0]).toMatchObject({
        id: connectionId,
        provider_id: "gusto",
        finch_customer_id: customerId,
      });
      expect(connections[0]?.["current_token_id"]).toBe(tokens[0]?.["id"]);
      expect(tokens[0]?.["state"]).toBe("current");
      const runs = await sql()`select reason, status from sync_runs where customer_id = ${customerId}`;
      expect([...runs]).toEqual([{ reason: "first", status: "queued" }]);
      const events =
        await sql()`select kind, actor_kind from connection_events where customer_id = ${customerId}`;
      expect([...events]).toEqual([{ kind: "connected", actor_kind: "user" }]);
      const audit =
        await sql()`select action from audit_log where customer_id = ${customerId} order by seq desc limit 1`;
      expect(audit[0]?.["action"]).toBe("connection.connect");
    },
  );

  it("no token and no code stands anywhere in clear", async () => {
    const { ctx } = await newEmployer(world());
    const attempt = await press(ctx);
    const code = await signInAtFinch(world().finch, attempt);
    await finish(ctx, attempt, code);
    const rows =
      await sql()`select s::text as row from connect_sessions s union all select l::text from lookups l
      union all select t::text from access_tokens t union all select r::text from api_requests r`;
    const text = rows.map((row) => String(row["row"])).join("\n");
    for (const secret of [code, attempt.state, attempt.nonce]) expect(text).not.toContain(secret);
  });

  it("each further connection has a customer_id of its own at Finch", async () => {
    const { ctx, customerId } = await newEmployer(world());
    await connect(ctx);
    await connect(ctx);
    const { connections } = await stored(customerId);
    const ids = connections.map((row) => String(row["finch_customer_id"])).sort();
    expect(ids[0]).toBe(customerId);
    expect(ids[1]).toMatch(new RegExp(`^${customerId}:[0-9a-f-]{36}$`));
  });

  it("two callbacks at once exchange the code once and both get the connection", async () => {
    const { ctx } = await newEmployer(world());
    const attempt = await press(ctx);
    const code = await signInAtFinch(world().finch, attempt);
    const before = countRequests(world().finch, "POST /auth/token");
    world().finch.sandbox.desk.faults.add({
      operation: "POST /auth/token",
      kind: "latency",
      ms: 400,
      times: 1,
    });
    const results = await Promise.all([finish(ctx, attempt, code), finish(ctx, attempt, code)]);
    expect(results[0]).toMatchObject({ kind: "connected" });
    expect(results[1]).toEqual(results[0]);
    expect(countRequests(world().finch, "POST /auth/token") - before).toBe(1);
  });

  it("a later callback with the same code gets the same connection without the cookie", async () => {
    const { ctx } = await newEmployer(world());
    const attempt = await press(ctx);
    const code = await signInAtFinch(world().finch, attempt);
    const first = await finish(ctx, attempt, code);
    const before = countRequests(world().finch, "POST /auth/token");
    const again = await finish(ctx, { ...attempt, nonce: "" }, code);
    expect(again).toEqual(first);
    expect(countRequests(world().finch, "POST /auth/token")).toBe(before);
  });

  it("a second code for an attempt that ended is refused", async () => {
    const { ctx } = await newEmployer(world());
    const attempt = await press(ctx);
    await finish(ctx, attempt, await signInAtFinch(world().finch, attempt));
    expect(await finish(ctx, attempt, "another-code")).toMatchObject({
      kind: "problem",
      problem: "attempt_used",
    });
  });
});

describe("what is refused stores nothing and disconnects nothing", () => {
  it("the state of another browser", async () => {
    const { ctx, customerId } = await newEmployer(world());
    const attempt = await press(ctx);
    const other = await press(ctx);
    const code = await signInAtFinch(world().finch, attempt);
    for (const nonce of [other.nonce, null]) {
      const result = await completeConnect(ctx, {
        sessionId: attempt.sessionId,
        flow: "embedded",
        code,
        nonce,
      });
      expect(result).toMatchObject({ kind: "problem", problem: "other_browser" });
    }
    await expectNothingStored(customerId);
  });

  it("another person's attempt", async () => {
    const { ctx, customerId } = await newEmployer(world());
    const attempt = await press(ctx);
    const code = await signInAtFinch(world().finch, attempt);
    const colleague = testContext("employer_admin", customerId);
    expect(await finish(colleague, attempt, code)).toMatchObject({ problem: "other_browser" });
    await expectNothingStored(customerId);
  });

  it("an attempt of another employer does not exist", async () => {
    const mine = await newEmployer(world());
    const theirs = await newEmployer(world());
    const attempt = await press(theirs.ctx);
    await expect(finish(mine.ctx, attempt, "code")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("a code of another employer's session, whose owner can still connect", async () => {
    const mine = await newEmployer(world());
    const theirs = await newEmployer(world());
    const [attempt, theirAttempt] = [await press(mine.ctx), await press(theirs.ctx)];
    const code = await signInAtFinch(world().finch, theirAttempt);
    expect(await finish(mine.ctx, attempt, code)).toMatchObject({ problem: "wrong_customer" });
    await expectNothingStored(mine.customerId);
    expect(await finish(theirs.ctx, theirAttempt, code)).toMatchObject({ problem: "code_used" });
    expect(await connect(theirs.ctx)).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("a code that Finch no longer takes", async () => {
    const { ctx, customerId } = await newEmployer(world());
    const attempt = await press(ctx);
    const code = await signInAtFinch(world().finch, attempt);
    const { store } = world().finch.sandbox.world;
    const issued = store.codes.get(code);
    if (!issued) throw new Error("the sandbox knows no such code");
    store.codes.set(code, { ...issued, expiresAt: new Date(0).toISOString() });
    expect(await finish(ctx, attempt, code)).toMatchObject({ problem: "code_expired" });
    await expectNothingStored(customerId);
  });

  it("an attempt that is older than half an hour", async () => {
    const { ctx, customerId } = await newEmployer(world());
    const attempt = await press(ctx);
    const code = await signInAtFinch(world().finch, attempt);
    await sql()`update connect_sessions set expires_at = now() where id = ${attempt.sessionId}`;
    expect(await finish(ctx, attempt, code)).toMatchObject({ problem: "expired" });
    await expectNothingStored(customerId);
  });

  it("a person whose role went away during the exchange", async () => {
    const { ctx, customerId } = await newEmployer(world());
    const attempt = await press(ctx);
    const code = await signInAtFinch(world().finch, attempt);
    world().finch.sandbox.desk.faults.add({
      operation: "POST /auth/token",
      kind: "latency",
      ms: 2_000,
      times: 1,
    });
    const result = finish(ctx, attempt, code);
    await vi.waitFor(async () => {
      const [row] = await sql()`select status from connect_sessions where id = ${attempt.sessionId}`;
      expect(row?.["status"]).toBe("exchanging");
    }, 20_000);
    await sql()`delete from user_roles where customer_id = ${customerId}`;
    expect(await result).toMatchObject({ problem: "no_permission" });
    await expectNothingStored(customerId);
  });

  it("a connection that belongs to another employer", async () => {
    const mine = await newEmployer(world());
    const theirs = await newEmployer(world());
    const attempt = await press(mine.ctx);
    const code = await signInAtFinch(world().finch, attempt);
    const finchConnectionId = world().finch.sandbox.world.store.codes.get(code)?.connectionId ?? "";
    await sql()`insert into lookups (kind, hash, customer_id, row_id)
      values ('finch_connection', ${sha256(finchConnectionId)}, ${theirs.customerId}, gen_random_uuid())`;
    expect(await finish(mine.ctx, attempt, code)).toMatchObject({ problem: "other_employer" });
    await expectNothingStored(mine.customerId);
  });

  it("an answer of Finch that is an outage says so, with the request's id", async () => {
    const { ctx, customerId } = await newEmployer(world());
    const attempt = await press(ctx);
    const code = await signInAtFinch(world().finch, attempt);
    world().finch.sandbox.desk.faults.add({
      operation: "POST /auth/token",
      kind: "status",
      status: 502,
      times: 1,
    });
    const result = await finish(ctx, attempt, code);
    expect(result).toMatchObject({ problem: "finch_unavailable", requestId: expect.any(String) });
    await expectNothingStored(customerId);
  });
});

describe("repairing a connection", () => {
  it("brings a new token, destroys the old one here and tells Finch nothing", async () => {
    const { ctx, customerId } = await newEmployer(world());
    const connectionId = await connect(ctx);
    await sql()`update connections set action_needed_at = now(), action_needed_reason = 'reauthenticate_user' where id = ${connectionId}`;
    const attempt = await startReauthenticate(ctx, { connectionId, flow: "embedded" });
    const result = await finish(ctx, attempt, await signInAtFinch(world().finch, attempt));
    expect(result).toEqual({ kind: "connected", connectionId, reconnected: true });
    const { connections, tokens } = await stored(customerId);
    expect(connections[0]).toMatchObject({ action_needed_at: null, consecutive_failures: 0 });
    const states = tokens.map((row) => [row["state"], row["ciphertext"] === null]).sort();
    expect(states).toEqual([
      ["current", false],
      ["destroyed", true],
    ]);
    expect(countRequests(world().finch, "POST /disconnect")).toBe(0);
  });

  it("that comes back with another connection is refused", async () => {
    const { ctx, customerId } = await newEmployer(world());
    const connectionId = await connect(ctx);
    const attempt = await startReauthenticate(ctx, { connectionId, flow: "embedded" });
    const code = await signInAtFinch(world().finch, attempt);
    const { store } = world().finch.sandbox.world;
    const issued = store.codes.get(code);
    const own = issued && store.connections.get(issued.connectionId);
    if (!issued || !own) throw new Error("the sandbox knows no such code");
    const twin = { ...own, id: crypto.randomUUID() };
    store.connections.set(twin.id, twin);
    store.codes.set(code, { ...issued, connectionId: twin.id });
    expect(await finish(ctx, attempt, code)).toMatchObject({ problem: "wrong_connection", connectionId });
    expect((await stored(customerId)).tokens).toHaveLength(1);
  });

  it("with fewer products says what was lost", async () => {
    const { ctx, customerId } = await newEmployer(world());
    const connectionId = await connect(ctx);
    const attempt = await startReauthenticate(ctx, { connectionId, flow: "embedded" });
    const { store } = world().finch.sandbox.world;
    const session = store.sessions.get(attempt.finchSessionId);
    if (!session) throw new Error("the sandbox knows no such session");
    store.sessions.set(session.id, { ...session, products: ["company", "directory"] });
    await finish(ctx, attempt, await signInAtFinch(world().finch, attempt));
    const { connections } = await stored(customerId);
    expect(connections[0]?.["products"]).toEqual(["company", "directory"]);
    expect(connections[0]?.["lost_products"]).toEqual(
      requestedProducts.filter((product) => product !== "company" && product !== "directory"),
    );
  });

  it("asks for what Perch reads only since it was made, which counts as lost to nobody", async () => {
    const { ctx, customerId } = await newEmployer(world());
    const connectionId = await connect(ctx);
    const older = ["company", "directory", "individual", "employment", "ssn"];
    await sql()`update connections set products = ${older} where id = ${connectionId}`;
    const attempt = await startReauthenticate(ctx, { connectionId, flow: "embedded" });
    const session = world().finch.sandbox.world.store.sessions.get(attempt.finchSessionId);
    expect([...(session?.products ?? [])].sort()).toEqual([...requestedProducts].sort());
    await finish(ctx, attempt, await signInAtFinch(world().finch, attempt));
    const { connections } = await stored(customerId);
    expect(connections[0]).toMatchObject({ lost_products: [] });
    expect([...(connections[0]?.["products"] as string[])].sort()).toEqual([...requestedProducts].sort());
  });
});

describe("what never arrived here", () => {
  it("a lease that died is lost, and the next press takes the connection up", async () => {
    const { ctx, customerId } = await newEmployer(world());
    const attempt = await press(ctx);
    const code = await signInAtFinch(world().finch, attempt);
    await sql()`update connect_sessions set status = 'exchanging', code_hash = ${sha256(code)},
      lease_until = now() - interval '1 second' where id = ${attempt.sessionId}`;
    expect(await finish(ctx, attempt, code)).toMatchObject({ problem: "lost" });
    await expectNothingStored(customerId);
    expect(await connect(ctx)).toMatch(/^[0-9a-f-]{36}$/);
    expect((await stored(customerId)).connections[0]).toMatchObject({ finch_customer_id: customerId });
  });

  it("a tab closed after success heals at the next press, for a second connection too", async () => {
    const { ctx, customerId } = await newEmployer(world());
    await connect(ctx);
    const closed = await press(ctx);
    await signInAtFinch(world().finch, closed);
    const open = () =>
      world().finch.sandbox.world.store.connections.where((row) =>
        (row.customerId ?? "").startsWith(customerId),
      );
    expect(open()).toHaveLength(2);
    await connect(ctx);
    expect(open()).toHaveLength(2);
    expect((await stored(customerId)).connections).toHaveLength(2);
  });
});
