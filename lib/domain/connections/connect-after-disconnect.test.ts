import { beforeEach, describe, expect, it } from "vitest";
import { newEmployer, useConnectWorld } from "@/db/testing/connect-world";
import { countRequests, signInAtFinch } from "@/db/testing/finch-connect";
import type { CustomerContext } from "@/lib/domain/context";
import { completeConnect } from "./complete-connect";
import { disconnectConnection } from "./disconnect-connection";
import type { OpenedAttempt } from "./open-attempt";
import { startConnect } from "./start-connect";
import { startReauthenticate } from "./start-reauthenticate";

const world = useConnectWorld();
const sql = () => world().database.sql("superuser");

let ctx: CustomerContext;
let customerId: string;

beforeEach(async () => {
  ({ ctx, customerId } = await newEmployer(world()));
});

async function press(): Promise<OpenedAttempt> {
  const started = await startConnect(ctx, { flow: "embedded" });
  if (started.kind !== "opened") throw new Error("Finch Connect was not opened");
  return started;
}

const finish = ({ sessionId, flow, nonce }: OpenedAttempt, code: string) =>
  completeConnect(ctx, { sessionId, flow, code, nonce });

async function connect(attempt: OpenedAttempt): Promise<string> {
  const result = await finish(attempt, await signInAtFinch(world().finch, attempt));
  if (result.kind !== "connected") throw new Error(`not connected: ${result.problem}`);
  return result.connectionId;
}

async function expectDisconnected() {
  const connections = await sql()`select disconnected_at from connections where customer_id = ${customerId}`;
  expect(connections).toHaveLength(1);
  expect(connections[0]?.["disconnected_at"]).not.toBeNull();
  const tokens = await sql()`select state from access_tokens where customer_id = ${customerId}`;
  expect(tokens.map((row) => row["state"])).toEqual(["disconnect_only"]);
}

describe("a disconnect while somebody signs in", () => {
  it("ends a repair before its code is exchanged", async () => {
    const connectionId = await connect(await press());
    const attempt = await startReauthenticate(ctx, { connectionId, flow: "embedded" });
    const code = await signInAtFinch(world().finch, attempt);
    await disconnectConnection(ctx, { connectionId, name: "Gusto" });
    const before = countRequests(world().finch, "POST /auth/token");
    expect(await finish(attempt, code)).toMatchObject({ problem: "disconnected", connectionId });
    expect(countRequests(world().finch, "POST /auth/token")).toBe(before);
    await expectDisconnected();
  });

  it("is not undone by an older attempt that reaches the same connection", async () => {
    const [first, second] = [await press(), await press()];
    const connectionId = await connect(first);
    const code = await signInAtFinch(world().finch, second);
    await disconnectConnection(ctx, { connectionId, name: "Gusto" });
    expect(await finish(second, code)).toMatchObject({ problem: "disconnected" });
    await expectDisconnected();
    const audit =
      await sql()`select action from audit_log where customer_id = ${customerId} order by seq desc limit 1`;
    expect(audit[0]?.["action"]).toBe("connection.refuse");
  });
});
