import { describe, expect, it } from "vitest";
import { sdkHost } from "@/sandbox/testing/connect-visits";
import { ConnectDriver, sdkParams } from "@/sandbox/testing/connect-driver";
import { basicClient, startTestSandbox } from "@/sandbox/testing/harness";
import { defaultClient } from "@/sandbox/server";

const sandbox = await startTestSandbox();
const { store } = sandbox.sandbox.world;
const redirectUri = `${sdkHost}/callback`;
const legacy = { client_id: defaultClient.id, products: "company directory", redirect_uri: redirectUri };

const visit = (params: Record<string, string>) =>
  fetch(`${sandbox.url}/authorize?${new URLSearchParams(params).toString()}`, { redirect: "manual" });

/** Follows to the session that such an address opens. */
async function opened(params: Record<string, string>, embedded: Record<string, string> = {}) {
  const answer = await visit({ ...params, ...embedded });
  const location = new URL(answer.headers.get("location") ?? "", sandbox.url);
  const { session = "", ...rest } = Object.fromEntries(location.searchParams);
  return new ConnectDriver(sandbox.url, session, rest).open();
}

describe("the address that the SDK builds without a session", () => {
  it("connects by redirect, and the code belongs to no customer", async () => {
    const built = new URL(
      basicClient(sandbox.url).getAuthURL({ products: "company directory", redirectUri, sandbox: true }),
    );
    const page = await opened({ ...Object.fromEntries(built.searchParams), state: "legacy-1" });
    await page.send("consent");
    await page.send("provider", { provider: "gusto" });
    await page.send("authenticate", { username: "good_user", password: "good_pass" });
    const { searchParams } = page.returnUrl;
    expect(searchParams.get("state")).toBe("legacy-1");
    const code = searchParams.get("code") ?? "";
    const token = await basicClient(sandbox.url).accessTokens.create({ code, redirect_uri: redirectUri });
    expect(token).toMatchObject({ customer_id: null, products: ["company", "directory"] });
  });

  it("skips the list for the provider that it names", async () => {
    const page = await opened({ ...legacy, payroll_provider: "gusto" });
    await page.send("consent");
    expect(page.heading).toBe("Connect Gusto");
  });

  it("connects once, however often its last form is sent at the same time", async () => {
    const page = await opened({ ...legacy, payroll_provider: "gusto" });
    await page.send("consent");
    const session = store.sessions.all().at(-1)?.id ?? "";
    const body = "username=good_user&password=good_pass";
    const headers = { "Content-Length": String(body.length) };
    const address = `${sandbox.url}/authorize/authenticate?session=${session}`;
    const send = () => sandbox.sandbox.app.fetch(new Request(address, { method: "POST", body, headers }));
    const [connections, codes] = [store.connections.size, store.codes.size];
    await Promise.all([send(), send(), send()]);
    expect([store.connections.size, store.codes.size]).toEqual([connections + 1, codes + 1]);
  });

  it.each([
    ["an unknown application", { client_id: "nobody" }, "unknown client_id"],
    ["an address that is not registered", { redirect_uri: "https://evil.example/" }, "not registered"],
    ["a product that Finch does not have", { products: "company secrets" }, "products must be"],
    ["an unknown provider", { payroll_provider: "nope" }, "unknown payroll_provider"],
    ["a connection of nobody", { connection_id: "nope" }, "connection_id names no connection"],
  ])("with %s says so and leads nowhere", async (_title, wrong, words) => {
    const answer = await visit({ ...legacy, ...wrong });
    expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
    expect(await answer.text()).toContain(words);
  });
});

describe("the SDK's preview", () => {
  it("shows the page and connects nothing", async () => {
    const connections = store.connections.size;
    const preview = { preview: "true", client_id: defaultClient.id, products: "company directory" };
    const page = await opened({ ...preview, redirect_uri: "https://www.tryfinch.com" }, sdkParams(sdkHost));
    await page.send("consent");
    await page.send("provider", { provider: "gusto" });
    await page.send("authenticate", { username: "good_user", password: "good_pass" });
    expect(page.alert).toBe("This is a preview.");
    expect(store.connections.size).toBe(connections);
  });
});
