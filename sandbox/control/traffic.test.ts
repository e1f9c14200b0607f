import { describe, expect, it } from "vitest";
import {
  basicClient,
  control,
  createTestConnection,
  failureOf,
  startTestSandbox,
} from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox({ initialSyncMs: 0 });

interface Logged {
  seq: number;
  path: string;
  operation: string | null;
  status: number;
}

const requests = async () => (await control(sandbox.url, "GET", "/requests")) as Logged[];
const order = (fault: object) =>
  control(sandbox.url, "POST", "/faults", fault) as Promise<{ id: number; remaining: number }>;

describe("what was received", () => {
  it("is kept with the bodies of the last requests, without anything secret in them", async () => {
    const { client, created, token } = await createTestConnection(sandbox);
    const [person] = (await client.hris.directory.list()).individuals;
    await client.sandbox.individual.update(person?.id ?? "", {
      ssn: "900-12-3456",
      preferred_name: "call me 900-65-4321",
    });
    const company = await client.hris.company.retrieve();
    const session = await basicClient(sandbox.url).connect.sessions.new({
      customer_id: "traffic",
      customer_name: "Traffic Inc.",
      products: ["company"],
    });
    const bodies = await Promise.all(
      (await requests()).map(({ seq }) => control(sandbox.url, "GET", `/requests/${seq}`)),
    );
    const text = JSON.stringify(bodies);
    for (const secret of [
      token,
      created.access_token,
      "900-12-3456",
      "900-65-4321",
      company.accounts?.[0]?.account_number ?? "",
      company.accounts?.[0]?.routing_number ?? "",
      session.session_id,
      "sandbox-secret",
    ]) {
      expect(secret).not.toBe("");
      expect(text).not.toContain(secret);
    }
    expect(text).toContain(company.legal_name);
    expect(text).toContain("call me [redacted]");
  });

  it("is not copied whole where an answer is long", async () => {
    const { client } = await createTestConnection(sandbox, { employee_size: 2_000 });
    await client.hris.directory.list({ limit: 2_000 });
    const last = (await requests()).at(-1);
    const { response_body } = (await control(sandbox.url, "GET", `/requests/${last?.seq}`)) as {
      response_body: string;
    };
    expect(response_body.length).toBeGreaterThan(10_000);
    expect(response_body.length).toBeLessThan(20_000);
  });

  it("holds paths that Finch does not have, and no control", async () => {
    await control(sandbox.url, "DELETE", "/requests");
    await fetch(`${sandbox.url}/employer/nothing?x=1`);
    await control(sandbox.url, "GET", "/clock");
    expect(await requests()).toMatchObject([{ path: "/employer/nothing", operation: null, status: 404 }]);
  });

  it("is not what pages of other sites send, which use up no fault either", async () => {
    const { client } = await createTestConnection(sandbox);
    await control(sandbox.url, "DELETE", "/requests");
    await order({ kind: "status", status: 500 });
    const headers = { "Sec-Fetch-Site": "cross-site" };
    const ask = async (path: string) =>
      (await sandbox.sandbox.app.fetch(new Request(`${sandbox.url}${path}`, { headers }))).status;
    expect(await Promise.all([ask("/providers"), ask("/nothing")])).toEqual([403, 403]);
    expect(await Promise.all([ask("/"), ask("/authorize")])).toEqual([200, 400]);
    expect(await requests()).toEqual([]);
    expect((await failureOf(client.hris.company.retrieve())).status).toBe(500);
  });

  it("is counted on after the list was emptied", async () => {
    await fetch(`${sandbox.url}/providers`);
    const before = (await requests()).at(-1)?.seq ?? 0;
    await control(sandbox.url, "DELETE", "/requests");
    await fetch(`${sandbox.url}/providers`);
    expect(await requests()).toMatchObject([{ seq: before + 1 }]);
    expect(await control(sandbox.url, "GET", `/requests?after=${before + 1}`)).toEqual([]);
  });
});

describe("a fault", () => {
  it("of 202 is met so many times, then there is data", async () => {
    const { client, token } = await createTestConnection(sandbox);
    await order({ kind: "pending", operation: "GET /employer/directory", token, times: 3 });
    const statuses: number[] = [];
    for (let i = 0; i < 4; i++) {
      statuses.push((await client.hris.directory.list().withResponse()).response.status);
    }
    expect(statuses).toEqual([202, 202, 202, 200]);
    expect(await control(sandbox.url, "GET", "/faults")).toEqual([]);
  });

  it("can be taken back, alone or with all others", async () => {
    const first = await order({ kind: "status", status: 500 });
    const second = await order({ kind: "status", status: 502 });
    await control(sandbox.url, "DELETE", `/faults/${first.id}`);
    expect(await control(sandbox.url, "GET", "/faults")).toMatchObject([{ id: second.id }]);
    await control(sandbox.url, "DELETE", "/faults");
    expect(await control(sandbox.url, "GET", "/faults")).toEqual([]);
    await expect(control(sandbox.url, "DELETE", `/faults/${first.id}`)).rejects.toThrow(/404/);
  });

  it("does not show the token that it is for", async () => {
    const { token } = await createTestConnection(sandbox);
    await order({ kind: "status", token });
    const list = JSON.stringify(await control(sandbox.url, "GET", "/faults"));
    expect(list).toContain('"for_one_token":true');
    expect(list).not.toContain(token);
    await control(sandbox.url, "DELETE", "/faults");
  });

  it("has the status, code and message that were ordered", async () => {
    const { client, token } = await createTestConnection(sandbox);
    await order({
      kind: "status",
      status: 401,
      finch_code: "account_setup_required",
      message: "Soon",
      token,
    });
    expect(await failureOf(client.hris.company.retrieve())).toMatchObject({
      status: 401,
      body: { code: 401, finch_code: "account_setup_required", message: "Soon" },
    });
  });

  it("makes an answer late without changing it", async () => {
    const { client, token } = await createTestConnection(sandbox);
    await order({ kind: "latency", ms: 120, token });
    const startedAt = performance.now();
    await client.hris.company.retrieve();
    expect(performance.now() - startedAt).toBeGreaterThan(115);
  });

  it("of a 429 looks like Finch's own", async () => {
    const { client, token } = await createTestConnection(sandbox);
    await order({ kind: "status", status: 429, finch_code: "upstream_rate_limit_exceeded", token });
    const { body } = await failureOf(client.hris.company.retrieve());
    expect(body).toMatchObject({ statusCode: 429, status: 429, finch_code: "upstream_rate_limit_exceeded" });
  });

  it("is refused for an operation that Finch does not have", async () => {
    await expect(order({ kind: "status", operation: "GET /employer/pay" })).rejects.toThrow(/operation/);
  });
});

describe("latency", () => {
  it.each([60, { min: 60, max: 90 }])("that the start asks for is in every answer: %j", async (latencyMs) => {
    const late = await startTestSandbox({ latencyMs });
    const startedAt = performance.now();
    await fetch(`${late.url}/providers`);
    expect(performance.now() - startedAt).toBeGreaterThan(55);
  });
});
