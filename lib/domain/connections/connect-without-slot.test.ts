import { describe, expect, it, vi } from "vitest";
import { newEmployer, useConnectWorld } from "@/db/testing/connect-world";
import { countRequests, signInAtFinch } from "@/db/testing/finch-connect";
import { completeConnect } from "./complete-connect";
import { startConnect } from "./start-connect";

/** Somebody connects while the installation has used up what Finch allows for it; that is waited for, 10 seconds long. */
const world = useConnectWorld();
vi.setConfig({ testTimeout: 60_000 });
const sql = () => world().database.sql("superuser");

/** What may leave in this minute has left. */
async function useUp(key: string): Promise<void> {
  await sql()`update quota_slots set free_at = now() + interval '1 minute', holder = null where key = ${key}`;
}
const free = (key: string) => sql()`update quota_slots set free_at = now() where key = ${key}`;

describe("without a slot", () => {
  it("no session is opened: the attempt has ended, and the next press works", async () => {
    const { ctx, customerId } = await newEmployer(world());
    // The first press makes the sets.
    await startConnect(ctx, { flow: "embedded" });
    await useUp("connect");
    const before = countRequests(world().finch, "POST /connect/sessions");
    await expect(startConnect(ctx, { flow: "embedded" })).rejects.toMatchObject({ code: "RATE_LIMITED" });
    expect(countRequests(world().finch, "POST /connect/sessions")).toBe(before);
    const attempts = await sql()`select status, failure_code from connect_sessions
      where customer_id = ${customerId} order by created_at desc limit 1`;
    expect([...attempts]).toEqual([{ status: "failed", failure_code: "finch_unavailable" }]);
    await free("connect");
    expect(await startConnect(ctx, { flow: "embedded" })).toMatchObject({ kind: "opened" });
  });

  it("no code is spent: the attempt says that Finch could not be asked, and nothing is stored", async () => {
    const { ctx, customerId } = await newEmployer(world());
    const press = async () => {
      const attempt = await startConnect(ctx, { flow: "embedded" });
      if (attempt.kind !== "opened") throw new Error("Finch Connect was not opened");
      return attempt;
    };
    const finish = ({ sessionId, flow, nonce }: Awaited<ReturnType<typeof press>>, code: string) =>
      completeConnect(ctx, { sessionId, flow, code, nonce });
    // The first exchange makes the sets.
    expect(await finish(await press(), "no-such-code")).toMatchObject({ problem: "code_expired" });
    const attempt = await press();
    const code = await signInAtFinch(world().finch, attempt);
    await useUp("auth");
    const before = countRequests(world().finch, "POST /auth/token");
    const result = await finish(attempt, code);
    expect(result).toMatchObject({ kind: "problem", problem: "finch_unavailable", requestId: null });
    expect(countRequests(world().finch, "POST /auth/token")).toBe(before);
    expect(await sql()`select from connections where customer_id = ${customerId}`).toHaveLength(0);
  });
});
