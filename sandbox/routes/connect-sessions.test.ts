import { describe, expect, it } from "vitest";
import { createConnectedCompany } from "@/sandbox/testing/connections";
import { basicClient, failureOf, startTestSandbox } from "@/sandbox/testing/harness";
import { ConnectDriver, sdkParams } from "@/sandbox/testing/connect-driver";

const sandbox = await startTestSandbox({ redirectUris: ["https://app.example/finch/callback"] });
const client = basicClient(sandbox.url);
const host = "http://localhost:4590";

const session = (customer: string, more: object = {}) =>
  client.connect.sessions.new({
    customer_id: customer,
    customer_name: "Acme Inc.",
    products: ["company"],
    ...more,
  });

describe("new sessions", () => {
  it("answer 201 with an id and an address on this sandbox", async () => {
    const { data, response } = await session("cs-1").withResponse();
    expect(response.status).toBe(201);
    expect(data.connect_url).toBe(`${sandbox.url}/authorize?session=${data.session_id}`);
    expect(response.headers.get("finch-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("are refused with a wrong secret, without a name in the body", async () => {
    const wrong = basicClient(sandbox.url, "wrong").connect.sessions.new({
      customer_id: "a",
      customer_name: "A",
      products: ["company"],
    });
    const { status, body } = await failureOf(wrong);
    expect(status).toBe(401);
    expect(body).toEqual({
      code: 401,
      finch_code: "invalid_client",
      message: "Invalid client: Unable to validate credentials",
    });
  });

  it.each([
    ["an empty customer", { customer_id: "" }, "customer_id"],
    ["no product", { products: [] }, "products"],
    ["an unknown product", { products: ["payrolls"] }, "products"],
    ["deduction beside benefits", { products: ["benefits", "deduction"] }, "products"],
    ["zero minutes", { minutes_to_expire: 0 }, "minutes_to_expire"],
    ["more than ninety days", { minutes_to_expire: 129_601 }, "minutes_to_expire"],
    ["a recordkeeper without the product", { recordkeeping: { recordkeeper: "voya" } }, "recordkeeping"],
    [
      "an unknown recordkeeper",
      { products: ["recordkeeping"], recordkeeping: { recordkeeper: "nobody" } },
      "recordkeeper",
    ],
    [
      "a plan without an id",
      { products: ["recordkeeping"], recordkeeping: { recordkeeper: "voya", plan_id: "" } },
      "plan_id",
    ],
    ["an unknown sandbox", { sandbox: "mine" }, "sandbox"],
    ["manual that is no yes or no", { manual: "yes" }, "manual"],
    ["an email address that is none", { customer_email: "acme" }, "customer_email"],
    ["an integration without a provider", { integration: { auth_method: "oauth" } }, "provider"],
    ["an unknown method", { integration: { provider: "gusto", auth_method: "magic" } }, "auth_method"],
    ["an unknown provider", { integration: { provider: "nobody" } }, "Unknown provider"],
    [
      "a method that the provider lacks",
      { integration: { provider: "gusto", auth_method: "api_token" } },
      "api_token",
    ],
    ["an https address that is not registered", { redirect_uri: "https://evil.example/cb" }, "redirect_uri"],
    ["an http address that is not loopback", { redirect_uri: "http://10.0.0.1/cb" }, "redirect_uri"],
    [
      "a name that only begins like loopback",
      { redirect_uri: "http://localhost.evil.example/cb" },
      "redirect_uri",
    ],
  ])("are refused with %s, naming it", async (_title, wrong, word) => {
    const { status, body } = await failureOf(session("cs-2", wrong));
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 400, name: "bad_request", finch_code: "invalid_request" });
    expect(body["message"]).toContain(word);
  });

  it.each(["http://localhost:3000/cb", "http://127.0.0.1/x?y=1", "https://app.example/finch/callback"])(
    "take %s as a registered redirect",
    async (redirect_uri) => {
      await expect(session("cs-3", { redirect_uri })).resolves.toHaveProperty("session_id");
    },
  );

  it("take every field that Finch names", async () => {
    const { session_id } = await session("cs-5", {
      products: ["company", "recordkeeping"],
      customer_email: "hr@acme.example",
      sandbox: "provider",
      manual: true,
      integration: { provider: "gusto", auth_method: "oauth" },
      recordkeeping: { recordkeeper: "fidelity", plan_id: "p-1" },
    });
    expect(sandbox.sandbox.world.store.sessions.get(session_id)).toMatchObject({
      customerEmail: "hr@acme.example",
      connectionType: "provider",
      manual: true,
      providerId: "gusto",
      authMethod: "oauth",
    });
  });

  it.each([
    [{}, 90 * 24 * 60],
    [{ minutes_to_expire: null }, 90 * 24 * 60],
    [{ minutes_to_expire: 129_600 }, 90 * 24 * 60],
    [{ minutes_to_expire: 1 }, 1],
  ])("with %o are good for %i minutes", async (more, minutes) => {
    const { session_id } = await session("cs-6", more);
    const row = sandbox.sandbox.world.store.sessions.get(session_id);
    expect(Date.parse(String(row?.expiresAt)) - Date.parse(String(row?.createdAt))).toBe(minutes * 60_000);
  });

  it("are refused for a customer that is connected, with the connection to reauthenticate", async () => {
    const { session_id } = await session("cs-4", { integration: { provider: "gusto" } });
    const page = await new ConnectDriver(sandbox.url, session_id, sdkParams(host)).open();
    await page.send("consent");
    await page.send("authenticate", { username: "good_user", password: "good_pass" });
    const { status, body } = await failureOf(session("cs-4"));
    const [connection] = sandbox.sandbox.world.store.connections.where((row) => row.customerId === "cs-4");
    expect(status).toBe(400);
    expect(body).toMatchObject({
      finch_code: "connection_already_exists",
      context: { customer_id: "cs-4", connection_id: connection?.id },
    });
    const again = await client.connect.sessions.reauthenticate({ connection_id: connection?.id ?? "" });
    expect(again.connect_url).toContain(again.session_id);
  });
});

describe("reauthentication sessions", () => {
  it("are good for thirty days, and ask for the same products unless others are named", async () => {
    const { connection } = createConnectedCompany(sandbox, { products: ["company", "directory"] });
    const open = async (more: object) => {
      const { session_id } = await client.connect.sessions.reauthenticate({
        connection_id: connection.id,
        ...more,
      });
      return sandbox.sandbox.world.store.sessions.get(session_id);
    };
    const same = await open({});
    expect(same?.products).toEqual(["company", "directory"]);
    expect(Date.parse(String(same?.expiresAt)) - Date.parse(String(same?.createdAt))).toBe(30 * 86_400_000);
    expect((await open({ products: ["company", "payment"] }))?.products).toEqual(["company", "payment"]);
    for (const wrong of [{ minutes_to_expire: 1.5 }, { minutes_to_expire: 0 }, { products: ["magic"] }]) {
      const { body } = await failureOf(open(wrong));
      expect(body).toMatchObject({ code: 400, finch_code: "invalid_request" });
    }
  });

  it("are refused for a connection that was ended", async () => {
    const { connection, client: bearer } = createConnectedCompany(sandbox);
    const reopen = () => client.connect.sessions.reauthenticate({ connection_id: connection.id });
    await reopen();
    await bearer.account.disconnect();
    expect((await failureOf(reopen())).body["finch_code"]).toBe("connection_not_found");
  });

  it("are refused for a connection that this client does not have", async () => {
    const { status, body } = await failureOf(
      client.connect.sessions.reauthenticate({ connection_id: "nope" }),
    );
    expect(status).toBe(400);
    expect(body).toEqual({
      code: 400,
      finch_code: "connection_not_found",
      message: "Connection not found",
      name: "bad_request",
      context: { connection_id: "nope" },
    });
  });
});
