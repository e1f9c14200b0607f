import { request, type ClientRequest } from "node:http";
import { describe, expect, it } from "vitest";
import { connectDeductions } from "@/sandbox/testing/deductions";
import { createTestConnection, startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox();

/** A request whose body comes in two halves; `end` sends the second one. */
function begin(method: string, path: string, token: string, body: string) {
  const headers = {
    Authorization: `Bearer ${token}`,
    "Content-Type": "application/json",
    "Content-Length": String(body.length),
  };
  let call: ClientRequest | undefined;
  const status = new Promise<number>((resolve, reject) => {
    call = request(sandbox.url + path, { method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    call.on("error", reject);
    call.write(body.slice(0, 5));
  });
  return { status, end: () => call?.end(body.slice(5)) };
}

describe("a request that is sent slowly", () => {
  it("is answered as if it had begun at its end: a connection that was ended meanwhile stays ended", async () => {
    const { client, created, token } = await createTestConnection(sandbox);
    const body = JSON.stringify({ type: "data_sync_all", completion_status: "error" });
    const slow = begin("PUT", "/sandbox/jobs/configuration", token, body);
    // Another request after it: by then it has begun.
    await client.hris.company.retrieve();
    await client.account.disconnect();
    slow.end();
    expect(await slow.status).toBe(401);
    const connection = sandbox.sandbox.world.store.connections.get(created.connection_id);
    expect(connection?.disconnectedAt).not.toBeNull();
  });
});

describe("a request for very many things at once", () => {
  it("is refused, and one for many is answered soon", async () => {
    const { id, token } = await connectDeductions(sandbox);
    const send = async (
      path: string,
      item: object,
      count: number,
      around = (list: object[]): object => list,
    ) => {
      const list = Array.from({ length: count }, () => item);
      const answer = await fetch(sandbox.url + path, {
        method: "POST",
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        body: JSON.stringify(around(list)),
      });
      return answer.status;
    };
    const startedAt = performance.now();
    expect(await send("/sandbox/directory", {}, 10_000)).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(15_000);
    expect(await send("/sandbox/directory", {}, 10_001)).toBe(400);
    expect(await send(`/employer/benefits/${id}/individuals`, { individual_id: "x" }, 10_001)).toBe(400);
    expect(await send("/sandbox/payment", {}, 0, () => ({ pay_date: "9999-12-31" }))).toBe(400);
    const { token: payroll } = await createTestConnection(sandbox);
    const requests = Array.from({ length: 1_001 }, () => ({
      payment_id: "11111111-1111-4111-8111-111111111111",
    }));
    const ledger = await fetch(`${sandbox.url}/employer/ledger-items`, {
      method: "POST",
      headers: { Authorization: `Bearer ${payroll}`, "Content-Type": "application/json" },
      body: JSON.stringify({ requests }),
    });
    expect(ledger.status).toBe(400);
  });
});
