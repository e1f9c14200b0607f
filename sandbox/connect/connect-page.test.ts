import { describe, expect, it } from "vitest";
import { ConnectDriver, sdkParams } from "@/sandbox/testing/connect-driver";
import { atGusto, connectVisits, redirectUri, sdkHost as host } from "@/sandbox/testing/connect-visits";
import { startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox();
const { clock } = sandbox.sandbox.world;
const { client, embedded, redirecting, exchange, newSession } = connectVisits(sandbox);

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
