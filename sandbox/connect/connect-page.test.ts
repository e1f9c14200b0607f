import { describe, expect, it } from "vitest";
import { bearerClient, basicClient, failureOf, startTestSandbox } from "@/sandbox/testing/harness";
import { ConnectDriver, sdkParams } from "@/sandbox/testing/connect-driver";

const sandbox = await startTestSandbox();
const { store, clock } = sandbox.sandbox.world;
const client = basicClient(sandbox.url);
const host = "http://localhost:4590";
const redirectUri = "http://localhost:4590/callback?from=finch";
let customers = 0;

async function newSession(more: object = {}): Promise<string> {
  customers += 1;
  const params = {
    customer_id: `page-${customers}`,
    customer_name: "Acme Inc.",
    products: ["company", "directory"] as const,
  };
  const { session_id } = await client.connect.sessions.new({
    ...params,
    products: [...params.products],
    ...more,
  });
  return session_id;
}

const embedded = async (more: object = {}, state = "s-1") =>
  new ConnectDriver(sandbox.url, await newSession(more), sdkParams(host, state)).open();

const redirecting = async (more: object = {}) =>
  new ConnectDriver(sandbox.url, await newSession({ redirect_uri: redirectUri, ...more }), {
    state: "s-2",
  }).open();

const atGusto = { integration: { provider: "gusto" } };

async function exchange(page: ConnectDriver) {
  const answer = await client.accessTokens.create({ code: String(page.message?.data["code"]) });
  return { answer, bearer: bearerClient(sandbox.url, answer.access_token) };
}

describe("the page", () => {
  it("says on every step that it is an emulator, and whom it is for", async () => {
    const page = await embedded();
    expect(page.html).toContain("never type real credentials");
    expect(page.html).toContain("Perch asks to read these data of Acme Inc.");
    await page.send("consent");
    expect(page.html).toContain("never type real credentials");
  });

  it("can be framed by the application only, and runs nothing without its nonce", async () => {
    const page = await embedded();
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain(`frame-ancestors ${host}`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    const other = await embedded();
    expect(other.headers.get("content-security-policy")).not.toBe(policy);
    const alone = await redirecting();
    expect(alone.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  });

  it("offers automated providers, and assisted ones where the session asks for them", async () => {
    const page = await embedded();
    await page.send("consent");
    expect(page.html).toContain('value="gusto"');
    expect(page.html).not.toContain('value="adp_total_source"');
    const manual = await embedded({ manual: true });
    await manual.send("consent");
    expect(manual.html).toContain('value="adp_total_source"');
  });

  it("escapes what the application sends", async () => {
    const page = await embedded({ customer_name: '<img src=x onerror="alert(1)">' });
    expect(page.html).not.toContain("<img");
  });
});

describe("a login", () => {
  it("with good_user and good_pass connects, and the code is for this application's origin", async () => {
    const page = await embedded(atGusto, "st-9");
    await page.send("consent");
    await page.send("authenticate", { username: "good_user", password: "good_pass" });
    expect(page.heading).toBe("Gusto is connected");
    expect(page.message).toEqual({
      target: host,
      data: { name: "finch-auth-message-v2", kind: "success", code: expect.any(String), state: "st-9" },
    });
    const { answer, bearer } = await exchange(page);
    expect(answer.customer_id).toBe(`page-${customers}`);
    expect(await bearer.account.introspect()).toMatchObject({ username: "good_user", provider_id: "gusto" });
  });

  it("through the provider list goes the same way", async () => {
    const page = await embedded();
    await page.send("consent");
    await page.send("provider", { provider: "adp_run" });
    expect(page.heading).toBe("Connect ADP Run");
    await page.send("authenticate", { username: "good_user", password: "good_pass" });
    expect(page.message?.data["kind"]).toBe("success");
  });

  it("with mfa asks for six digits, any of them", async () => {
    const page = await embedded(atGusto);
    await page.send("consent");
    await page.send("authenticate", { username: "good_user", password: "mfa" });
    expect(page.heading).toBe("Verification code");
    await page.send("mfa", { code: "12345" });
    expect(page.alert).toBe("The code has six digits.");
    await page.send("mfa", { code: "987 654" });
    expect(page.message?.data["kind"]).toBe("success");
  });

  it("with account_selection connects the company that is chosen", async () => {
    const page = await embedded(atGusto);
    await page.send("consent");
    await page.send("authenticate", { username: "good_user", password: "account_selection" });
    await page.send("accounts");
    expect(page.alert).toBe("No company is chosen.");
    await page.send("accounts", { account: "2" });
    const { bearer } = await exchange(page);
    expect((await bearer.hris.company.retrieve()).legal_name).toBe("Acme Holdings LLC");
  });

  it("with mfa_account_selection asks for both", async () => {
    const page = await embedded(atGusto);
    await page.send("consent");
    await page.send("authenticate", { username: "good_user", password: "mfa_account_selection" });
    await page.send("mfa", { code: "000000" });
    expect(page.heading).toBe("Choose a company");
    await page.send("accounts", { account: "0" });
    expect(page.message?.data["kind"]).toBe("success");
  });

  it("with good_user+40 connects a company of 40 people", async () => {
    const page = await embedded(atGusto);
    await page.send("consent");
    await page.send("authenticate", { username: "good_user+40", password: "good_pass" });
    const { bearer } = await exchange(page);
    expect((await bearer.hris.directory.list()).paging.count).toBe(40);
  });

  it("with an API token takes good_token and nothing else", async () => {
    const page = await embedded({ integration: { provider: "bob", auth_method: "api_token" } });
    await page.send("consent");
    await page.send("authenticate", { token: "bad_token" });
    expect(page.alert).toBe("bob did not accept this.");
    await page.send("authenticate", { token: "good_token" });
    expect(page.message?.data["kind"]).toBe("success");
  });

  it("with a client id and secret takes the documented pair", async () => {
    const page = await embedded({ integration: { provider: "personio" } });
    await page.send("consent");
    await page.send("authenticate", { username: "good_user", password: "good_pass" });
    expect(page.message?.data["kind"]).toBe("success");
  });

  it("at the provider's own page connects when it is allowed, and can be tried again when not", async () => {
    const page = await embedded({ integration: { provider: "rippling" } });
    await page.send("consent");
    await page.send("authenticate");
    await page.send("oauth", { decision: "deny" });
    expect(page.alert).toBe("Access was not allowed.");
    await page.send("authenticate");
    await page.send("oauth", { decision: "allow" });
    expect(page.message?.data["kind"]).toBe("success");
  });

  it("of an assisted provider leaves the connection pending", async () => {
    const page = await embedded({ integration: { provider: "adp_total_source" } });
    await page.send("consent");
    await page.send("authenticate", { username: "hr@acme.example" });
    expect(page.alert).toBe("The administrator is not confirmed.");
    await page.send("authenticate", { username: "hr@acme.example", added: "yes" });
    const { bearer } = await exchange(page);
    expect(await bearer.account.introspect()).toMatchObject({
      manual: true,
      connection_status: { status: "pending" },
    });
    expect((await bearer.hris.company.retrieve().withResponse()).response.status).toBe(202);
  });

  it.each([
    ["good_user", "Secret-Canary-77", "Gusto did not accept this user name and password."],
    ["somebody", "good_pass", "Gusto did not accept this user name and password."],
    ["no_permission_user", "good_pass", "This login may not see everything that is asked for."],
    ["outage_user", "good_pass", "Gusto cannot be reached right now."],
    ["", "good_pass", "Something is missing."],
  ])(
    "as %s with %s fails in words and keeps what was typed, but no password",
    async (username, password, words) => {
      const page = await embedded(atGusto);
      await page.send("consent");
      await page.send("authenticate", { username, password });
      expect(page.alert).toBe(words);
      if (username !== "") expect(page.html).toContain(`value="${username}"`);
      expect(page.message).toBeNull();
      expect(JSON.stringify(store.sessions.all())).not.toContain("Secret-Canary-77");
      await page.send("authenticate", { username: "good_user", password: "good_pass" });
      expect(page.message?.data["kind"]).toBe("success");
    },
  );
});

describe("a session", () => {
  it("goes on where it was after a reload, and after going back", async () => {
    const page = await embedded(atGusto);
    await page.send("consent");
    await page.send("authenticate", { username: "good_user", password: "mfa" });
    await page.open();
    expect(page.heading).toBe("Verification code");
    await page.send("back");
    expect(page.heading).toBe("Connect Gusto");
  });

  it("ignores forms of steps that it is not at", async () => {
    const page = await embedded(atGusto);
    await page.send("mfa", { code: "123456" });
    await page.send("accounts", { account: "0" });
    expect(page.heading).toBe("Connect your payroll to Perch");
    expect(page.message).toBeNull();
  });

  it("that is closed tells the application, and can be opened again from the start", async () => {
    const page = await embedded(atGusto);
    await page.send("consent");
    await page.send("close");
    expect(page.message).toEqual({ target: host, data: { name: "finch-auth-message-v2", kind: "closed" } });
    await page.open();
    expect(page.heading).toBe("Connect your payroll to Perch");
  });

  it("hands out the same code on a reload, until it is used", async () => {
    const page = await embedded(atGusto);
    await page.send("consent");
    await page.send("authenticate", { username: "good_user", password: "good_pass" });
    const code = page.message?.data["code"];
    await page.open();
    expect(page.message?.data["code"]).toBe(code);
    await exchange(page);
    await page.open();
    expect([page.status, page.heading]).toEqual([400, "This session has been used"]);
  });

  it("that expired says so", async () => {
    const page = await embedded({ minutes_to_expire: 5 });
    clock.adjust({ advanceMs: 5 * 60_000 });
    await page.open();
    expect(page.message?.data).toMatchObject({
      kind: "error",
      error: { type: "validation_error", shouldClose: true, message: expect.stringContaining("expired") },
    });
  });

  it.each([
    ["nobody knows", "unknown", sdkParams(host), "unknown session"],
    ["is missing", "", sdkParams(host), "unknown session"],
  ])("that %s is an error for the application", async (_title, id, params, detail) => {
    const page = await new ConnectDriver(sandbox.url, id, params).open();
    expect(page.status).toBe(400);
    expect(page.message?.target).toBe(host);
    expect(page.message?.data).toMatchObject({ error: { type: "validation_error" } });
    expect(page.html).toContain(detail);
  });

  it("is never framed by, nor tells anything to, a site that is not the application", async () => {
    const evil = "https://evil.example";
    const page = await new ConnectDriver(sandbox.url, await newSession(), sdkParams(evil)).open();
    expect(page.status).toBe(400);
    expect(page.message?.target).toBe("");
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  });

  it("is not driven by forms of another site", async () => {
    const page = await embedded(atGusto);
    await page.send("consent", {}, { Origin: "https://evil.example" });
    expect(page.status).toBe(403);
  });
});

describe("the redirect flow", () => {
  it("goes back with the code and the state, keeping the address's own parameters", async () => {
    const page = await redirecting(atGusto);
    await page.send("consent");
    await page.send("authenticate", { username: "good_user", password: "good_pass" });
    const { origin, pathname, searchParams } = page.returnUrl;
    expect(`${origin}${pathname}`).toBe("http://localhost:4590/callback");
    expect([searchParams.get("from"), searchParams.get("state")]).toEqual(["finch", "s-2"]);
    const code = searchParams.get("code") ?? "";
    await expect(client.accessTokens.create({ code, redirect_uri: redirectUri })).resolves.toHaveProperty(
      "access_token",
    );
  });

  it("goes back with an error when it is left", async () => {
    const page = await redirecting();
    await page.send("close");
    const target = new URL(page.location ?? "");
    expect(target.searchParams.get("error")).toBe("access_denied");
    expect(target.searchParams.get("error_description")).not.toBeNull();
    expect(target.searchParams.get("state")).toBe("s-2");
  });

  it("is refused for a session without a redirect URI", async () => {
    const page = await new ConnectDriver(sandbox.url, await newSession()).open();
    expect([page.status, page.heading]).toEqual([400, "This page was opened the wrong way"]);
  });
});

describe("reauthentication", () => {
  it("goes straight to the provider and gives a new token of the same connection", async () => {
    const page = await embedded(atGusto);
    await page.send("consent");
    await page.send("authenticate", { username: "good_user", password: "good_pass" });
    const { answer, bearer: old } = await exchange(page);
    const before = await old.hris.directory.list();
    await old.sandbox.connections.accounts.update({ connection_status: "reauth" });

    const { session_id } = await client.connect.sessions.reauthenticate({
      connection_id: answer.connection_id,
    });
    const again = await new ConnectDriver(sandbox.url, session_id, sdkParams(host)).open();
    expect(again.heading).toBe("Reconnect Gusto");
    await again.send("consent");
    await again.send("authenticate", { username: "good_user", password: "good_pass" });
    const { answer: renewed, bearer } = await exchange(again);
    expect(renewed).toMatchObject({
      connection_id: answer.connection_id,
      provider_id: "gusto",
      products: answer.products,
    });
    expect(renewed.access_token).not.toBe(answer.access_token);
    expect((await bearer.hris.directory.list()).individuals).toEqual(before.individuals);
    expect((await failureOf(old.hris.directory.list())).body["finch_code"]).toBe("reauthenticate_user");
  });

  it("of a connection that was ended meanwhile says so", async () => {
    const page = await embedded(atGusto);
    await page.send("consent");
    await page.send("authenticate", { username: "good_user", password: "good_pass" });
    const { answer, bearer } = await exchange(page);
    const { session_id } = await client.connect.sessions.reauthenticate({
      connection_id: answer.connection_id,
    });
    await bearer.account.disconnect();
    const again = await new ConnectDriver(sandbox.url, session_id, sdkParams(host)).open();
    expect(again.heading).toBe("This connection was ended");
  });
});
