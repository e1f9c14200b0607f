import { IncomingMessage, request } from "node:http";
import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { startSandbox } from "@/sandbox/server";
import { control, createTestConnection, failureOf, startTestSandbox } from "@/sandbox/testing/harness";

const controlKey = "a-key-of-at-least-thirty-two-bytes!";
const sandbox = await startTestSandbox({ controlKey });

/** A request with headers that `fetch` would not let through. */
function rawStatus(path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(`${sandbox.url}/_sandbox${path}`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on("error", reject);
    call.end();
  });
}

describe("control", () => {
  const own = { "X-Sandbox-Control": "1" };

  it.each([
    ["this machine with the header", own, 200],
    ["no header", {}, 403],
    ["a name that is not loopback, as after DNS rebinding", { ...own, Host: "evil.example" }, 403],
    ["another site's page", { ...own, Origin: "https://evil.example" }, 403],
    ["a proxy", { ...own, "X-Forwarded-For": "10.0.0.9" }, 403],
    ["a proxy, whatever else is said", { ...own, Forwarded: "", "X-Forwarded-For": "10.0.0.9" }, 403],
    ["a proxy of another kind", { ...own, Via: "1.1 gate" }, 403],
    ["a wrong key", { "X-Sandbox-Key": "wrong" }, 403],
    ["a proxy that has the key", { "X-Sandbox-Key": controlKey, "X-Forwarded-For": "10.0.0.9" }, 200],
  ])("from %s", async (_title, headers, status) => {
    expect(await rawStatus("/connections", headers)).toBe(status);
  });

  it("from a socket that is closed, and so has no address, is refused", async () => {
    const { app } = sandbox.sandbox;
    const asked = () => new Request("http://localhost/_sandbox/connections", { headers: own });
    expect((await app.fetch(asked(), { incoming: new IncomingMessage(new Socket()) })).status).toBe(403);
    expect((await app.fetch(asked())).status).toBe(200);
  });

  it("has no key that can be guessed", async () => {
    await expect(startSandbox({ controlKey: "" })).rejects.toThrow("32 bytes");
  });

  it("has a health check for everybody", async () => {
    expect(await rawStatus("/health", {})).toBe(200);
  });

  it("lists connections without their tokens, and sets a status", async () => {
    const { client, created, token } = await createTestConnection(sandbox);
    const list = await control(sandbox.url, "GET", "/connections");
    expect(list).toContainEqual(expect.objectContaining({ connection_id: created.connection_id, tokens: 1 }));
    expect(JSON.stringify(list)).not.toContain(token);
    await control(sandbox.url, "PUT", `/connections/${created.connection_id}`, { status: "reauth" });
    expect((await failureOf(client.hris.company.retrieve())).body["finch_code"]).toBe("reauthenticate_user");
  });

  it("counts requests, without secrets", async () => {
    const { client, created, token } = await createTestConnection(sandbox);
    await control(sandbox.url, "DELETE", "/requests");
    await client.hris.company.retrieve();
    await client.hris.directory.list({ limit: 5 });
    const rows = await control(sandbox.url, "GET", "/requests");
    expect(rows).toEqual([
      expect.objectContaining({
        operation: "GET /employer/company",
        status: 200,
        connection_id: created.connection_id,
      }),
      expect.objectContaining({ operation: "GET /employer/directory", query: "?limit=5" }),
    ]);
    expect(JSON.stringify(rows)).not.toContain(token);
    const [first] = rows as { seq: number }[];
    expect(await control(sandbox.url, "GET", `/requests?after=${first?.seq}`)).toHaveLength(1);
  });

  it("moves the clock and ends jobs", async () => {
    const { client } = await createTestConnection(sandbox);
    await client.hris.company.retrieve();
    const before = Date.parse(sandbox.sandbox.world.clock.iso());
    const state = await control(sandbox.url, "PUT", "/clock", { advance_ms: 5_000 });
    expect(Date.parse((state as { now: string }).now) - before).toBe(5_000);
    sandbox.sandbox.world.settings.jobDelayMs = 60_000;
    const { job_id } = await client.sandbox.jobs.create({ type: "data_sync_all" });
    expect((await client.jobs.automated.retrieve(job_id)).status).toBe("pending");
    expect(await control(sandbox.url, "POST", "/jobs/complete")).toEqual({ completed: 1 });
    expect((await client.jobs.automated.retrieve(job_id)).status).toBe("complete");
    sandbox.sandbox.world.settings.jobDelayMs = 0;
  });

  it("does not move the clock beyond the years that dates can be compared in", async () => {
    const own = await startTestSandbox();
    const step = () => control(own.url, "PUT", "/clock", { advance_ms: 20 * 366 * 86_400_000 });
    for (let i = 0; i < 3; i++) await step();
    await expect(step()).rejects.toThrow(/400.*2101/);
    expect(await control(own.url, "GET", "/clock")).toMatchObject({ now: expect.stringMatching(/^20/) });
  });

  it("refuses inputs that it does not know, naming them", async () => {
    await expect(control(sandbox.url, "PUT", "/clock", { speed: 3 })).rejects.toThrow(/400.*speed/);
    await expect(control(sandbox.url, "POST", "/faults", { kind: "earthquake" })).rejects.toThrow(
      /400.*kind/,
    );
  });
});

describe("an ordered fault", () => {
  const order = (fault: object) => control(sandbox.url, "POST", "/faults", fault);

  it.each([
    [{ kind: "status", status: 500 }, 500, "server_error"],
    [{ kind: "status", status: 502 }, 502, "bad_gateway_error"],
    [{ kind: "status", status: 429 }, 429, "rate_limit_exceeded_error"],
    [{ kind: "status", status: 402 }, 402, "payment_required"],
  ])("%o meets so many requests and then is gone", async (fault, status, name) => {
    const { client } = await createTestConnection(sandbox);
    await order({ ...fault, operation: "GET /employer/company", times: 2 });
    await client.hris.directory.list();
    for (let i = 0; i < 2; i++) {
      const failure = await failureOf(client.hris.company.retrieve());
      expect([failure.status, failure.body["name"]]).toEqual([status, name]);
    }
    await expect(client.hris.company.retrieve()).resolves.toHaveProperty("id");
  });

  it("of one token leaves other tokens alone", async () => {
    const { client: unlucky, token } = await createTestConnection(sandbox);
    const { client: lucky } = await createTestConnection(sandbox);
    await order({ kind: "status", status: 500, token });
    await lucky.hris.company.retrieve();
    expect((await failureOf(unlucky.hris.company.retrieve())).status).toBe(500);
  });

  it("answers 202 in the variant asked for", async () => {
    const { client } = await createTestConnection(sandbox);
    await order({ kind: "pending", finch_code: "accountant_setup_pending" });
    const { data, response } = await client.hris.company.retrieve().withResponse();
    expect([response.status, data]).toEqual([
      202,
      expect.objectContaining({ finch_code: "accountant_setup_pending" }),
    ]);
  });

  it("breaks the body: not JSON, cut off, or no answer at all", async () => {
    const { token } = await createTestConnection(sandbox);
    const init = { headers: { Authorization: `Bearer ${token}` } };
    const company = () => fetch(`${sandbox.url}/employer/company`, init);
    await order({ kind: "malformed" });
    await expect((await company()).json()).rejects.toThrow(SyntaxError);
    await order({ kind: "truncated" });
    await expect(company().then((response) => response.text())).rejects.toThrow();
    await order({ kind: "reset" });
    await expect(company()).rejects.toThrow();
    expect((await company()).status).toBe(200);
  });

  it("holds a request back until the client gives up", async () => {
    const { token } = await createTestConnection(sandbox);
    await order({ kind: "timeout" });
    const headers = { Authorization: `Bearer ${token}` };
    const call = fetch(`${sandbox.url}/employer/company`, { headers, signal: AbortSignal.timeout(100) });
    await expect(call).rejects.toThrow(/timeout/i);
  });
});

describe("a reset", () => {
  it("forgets everything and starts from the seed", async () => {
    const { client } = await createTestConnection(sandbox);
    await control(sandbox.url, "POST", "/faults", { kind: "status" });
    expect(await control(sandbox.url, "POST", "/reset", { seed: "case-49" })).toEqual({ seed: "case-49" });
    expect(await control(sandbox.url, "GET", "/connections")).toEqual([]);
    expect(await control(sandbox.url, "GET", "/faults")).toEqual([]);
    expect((await failureOf(client.account.introspect())).body["name"]).toBe("invalid_token_error");
    const { client: next } = await createTestConnection(sandbox);
    const names = (await next.hris.directory.list()).individuals.map((row) => row.first_name);
    expect(names).toContain('=HYPERLINK("http://evil.example","Click")');
  });
});
