import { describe, expect, it } from "vitest";
import { ConnectDriver, sdkParams } from "@/sandbox/testing/connect-driver";
import {
  basicClient,
  bearerClient,
  createTestConnection,
  failureOf,
  startTestSandbox,
} from "@/sandbox/testing/harness";
import { defaultClient } from "@/sandbox/server";

const other = { id: "00000000-0000-4000-8000-000000000002", secret: "other-secret" };
const sandbox = await startTestSandbox({ clients: [defaultClient, other] });
const client = basicClient(sandbox.url);
const host = "http://localhost:4590";
const redirectUri = "http://localhost:4590/callback";
let customers = 0;

async function newCode(flow: "embedded" | "redirect"): Promise<string> {
  customers += 1;
  const { session_id } = await client.connect.sessions.new({
    customer_id: `token-${customers}`,
    customer_name: "Acme Inc.",
    products: ["company", "directory"],
    integration: { provider: "gusto" },
    ...(flow === "redirect" ? { redirect_uri: redirectUri } : {}),
  });
  const page = await new ConnectDriver(
    sandbox.url,
    session_id,
    flow === "embedded" ? sdkParams(host) : {},
  ).open();
  await page.send("consent");
  await page.send("authenticate", { username: "good_user", password: "good_pass" });
  return flow === "embedded"
    ? String(page.message?.data["code"])
    : (page.returnUrl.searchParams.get("code") ?? "");
}

const exchange = (code: string, more: object = {}) => client.accessTokens.create({ code, ...more });

describe("a code", () => {
  it("becomes a token that works, with the customer it is for", async () => {
    const answer = await exchange(await newCode("embedded"));
    expect(answer).toMatchObject({
      token_type: "bearer",
      customer_id: `token-${customers}`,
      customer_name: "Acme Inc.",
      provider_id: "gusto",
      client_type: "sandbox",
      connection_type: "finch",
      products: ["company", "directory"],
    });
    expect(answer.entity_ids).toHaveLength(1);
    const company = await bearerClient(sandbox.url, answer.access_token).hris.company.retrieve();
    expect(company.legal_name).toBe("Acme Inc.");
  });

  it("works once", async () => {
    const code = await newCode("embedded");
    await exchange(code);
    const { status, body } = await failureOf(exchange(code));
    expect(status).toBe(400);
    expect(body).toMatchObject({ statusCode: 400, status: 400, code: 400, name: "invalid_grant_error" });
  });

  it("works for one of two exchanges at the same time", async () => {
    const code = await newCode("embedded");
    const results = await Promise.allSettled([exchange(code), exchange(code)]);
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("expires after ten minutes", async () => {
    const inTime = await newCode("embedded");
    const late = await newCode("embedded");
    sandbox.sandbox.world.clock.adjust({ advanceMs: 10 * 60_000 - 1 });
    await exchange(inTime);
    sandbox.sandbox.world.clock.adjust({ advanceMs: 1 });
    expect((await failureOf(exchange(late))).body["name"]).toBe("invalid_grant_error");
  });

  it("is refused with a redirect URI in the embedded flow, and stays good without", async () => {
    const code = await newCode("embedded");
    expect((await failureOf(exchange(code, { redirect_uri: redirectUri }))).body["name"]).toBe(
      "invalid_grant_error",
    );
    await expect(exchange(code)).resolves.toHaveProperty("access_token");
  });

  it("needs the same redirect URI in the redirect flow", async () => {
    const code = await newCode("redirect");
    expect((await failureOf(exchange(code))).status).toBe(400);
    expect((await failureOf(exchange(code, { redirect_uri: `${redirectUri}2` }))).status).toBe(400);
    await expect(exchange(code, { redirect_uri: redirectUri })).resolves.toHaveProperty("access_token");
  });

  it("is refused for another client, and for a wrong secret", async () => {
    const code = await newCode("embedded");
    const foreign = await failureOf(exchange(code, { client_id: other.id, client_secret: other.secret }));
    expect(foreign.body["name"]).toBe("invalid_grant_error");
    const wrong = await failureOf(exchange(code, { client_secret: "wrong" }));
    expect([wrong.status, wrong.body["name"]]).toEqual([401, "invalid_client_error"]);
  });

  it("is taken from a form with Basic authentication, as older clients send it", async () => {
    const response = await fetch(`${sandbox.url}/auth/token`, {
      method: "POST",
      body: new URLSearchParams({ code: await newCode("embedded") }),
      headers: { Authorization: `Basic ${btoa(`${defaultClient.id}:${defaultClient.secret}`)}` },
    });
    expect(response.status).toBe(200);
  });
});

describe("tokens", () => {
  it("all die when one of them disconnects", async () => {
    const { created, client: first } = await createTestConnection(sandbox);
    const added = await client.sandbox.connections.accounts.create({
      company_id: String(created.company_id),
      provider_id: "gusto",
    });
    const second = bearerClient(sandbox.url, added.access_token);
    await second.hris.company.retrieve();
    expect(await first.account.disconnect()).toEqual({ status: "success" });
    for (const dead of [first, second]) {
      const { status, body } = await failureOf(dead.account.introspect());
      expect([status, body["name"]]).toEqual([401, "invalid_token_error"]);
    }
  });

  it("are told apart: none, and one that nobody has", async () => {
    const none = await fetch(`${sandbox.url}/introspect`);
    expect([none.status, (await none.json()).name]).toEqual([401, "unauthorized_request_error"]);
    const unknown = await failureOf(bearerClient(sandbox.url, "nobody").account.introspect());
    expect(unknown.body["name"]).toBe("invalid_token_error");
    expect(unknown.requestId).not.toBeNull();
  });

  it("are kept as hashes only", async () => {
    const { token } = await createTestConnection(sandbox);
    expect(JSON.stringify(sandbox.sandbox.world.store.tokens.all())).not.toContain(token);
  });
});
