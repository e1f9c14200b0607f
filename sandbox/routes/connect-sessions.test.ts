import { describe, expect, it } from "vitest";
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
