import { describe, expect, it } from "vitest";
import { atGusto, connectVisits, sdkHost as host } from "@/sandbox/testing/connect-visits";
import { startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox();
const { store } = sandbox.sandbox.world;
const { embedded, exchange, customerId } = connectVisits(sandbox);

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
    expect(answer.customer_id).toBe(customerId());
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

  it("by OAuth connects at once, as Finch's sandbox does", async () => {
    const page = await embedded({ integration: { provider: "rippling" } });
    await page.send("consent");
    await page.send("authenticate");
    expect(page.message?.data["kind"]).toBe("success");
  });

  it.each([
    ["where the person asks for it", {}, { way: "page" }],
    ["in a provider's own sandbox", { sandbox: "provider" }, {}],
  ])("at the provider's own page, %s, connects when it is allowed", async (_title, more, fields) => {
    const page = await embedded({ integration: { provider: "rippling" }, ...more });
    await page.send("consent");
    await page.send("authenticate", fields);
    await page.send("oauth", { decision: "deny" });
    expect(page.alert).toBe("Access was not allowed.");
    await page.send("authenticate", fields);
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

  it("takes no time over an address that is none, and keeps no more of it than an address has", async () => {
    const page = await embedded({ integration: { provider: "adp_total_source" } });
    await page.send("consent");
    const startedAt = performance.now();
    await page.send("authenticate", { username: `a@${"@.".repeat(5_000)} x`, added: "no" });
    expect(performance.now() - startedAt).toBeLessThan(8_000);
    const kept = store.sessions.all().map(({ progress }) => progress.username?.length ?? 0);
    expect(Math.max(...kept)).toBe(255);
  });

  it.each([
    ["good_user", "Secret-Canary-77", "Gusto did not accept this user name and password."],
    ["somebody", "good_pass", "Gusto did not accept this user name and password."],
    ["no_permission_user", "good_pass", "This login may not see everything that is asked for."],
    ["locked_user", "good_pass", "Gusto has locked this login."],
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
      expect(page.message?.data).toEqual({
        name: "finch-auth-message-v2",
        kind: "error",
        error: { shouldClose: false, message: words, type: "employer_connection_error" },
      });
      expect(JSON.stringify(store.sessions.all())).not.toContain("Secret-Canary-77");
      await page.send("authenticate", { username: "good_user", password: "good_pass" });
      expect(page.message?.data["kind"]).toBe("success");
    },
  );
});
