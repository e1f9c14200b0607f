import { describe, expect, it } from "vitest";
import { control, createTestConnection, startTestSandbox } from "@/sandbox/testing/harness";
import { startReceiver, type Receiver } from "@/sandbox/testing/receiver";
import { otherSecret, secret, startWebhookWorld, unwrap } from "@/sandbox/testing/webhook-world";

const { sandbox, receiver, register, drain, advance, deliveries, sendTest, types } =
  await startWebhookWorld();

describe("an endpoint", () => {
  it("has two secrets while one is replaced, and signs with each", async () => {
    await register();
    await register({ secret: otherSecret });
    await sendTest();
    await drain();
    const [message] = receiver.received;
    expect(message?.headers["finch-signature"]?.split(" ")).toHaveLength(2);
    expect(message && unwrap(message, secret)).toMatchObject({ event_type: "test" });
    expect(message && unwrap(message, otherSecret)).toMatchObject({ event_type: "test" });

    await control(sandbox.url, "DELETE", "/webhooks", { url: receiver.url, secret });
    await sendTest();
    await drain();
    const [, after] = receiver.received;
    expect(() => after && unwrap(after, secret)).toThrow(/signature/);
    expect(after && unwrap(after, otherSecret)).toMatchObject({ event_type: "test" });
  });

  it("gets everything that others get", async () => {
    const second = await startReceiver();
    await register();
    await register({}, sandbox, second);
    await createTestConnection(sandbox);
    await drain();
    const ids = (at: Receiver) => at.received.map((row) => row.headers["finch-event-id"]);
    expect(ids(second)).toEqual(ids(receiver));
    expect(ids(second).length).toBeGreaterThan(0);
  });

  it("gets each event twice, with one id, where it asks for duplicates", async () => {
    await register({ duplicates: true, shapes: "both" });
    await createTestConnection(sandbox);
    await drain();
    const ids = receiver.received.map((row) => row.headers["finch-event-id"]);
    const bodies = receiver.received.map((row) => row.body);
    expect(ids).toHaveLength(8);
    expect(ids.filter((_id, place) => place % 2 === 0)).toEqual(ids.filter((_id, place) => place % 2 === 1));
    expect(new Set(bodies).size).toBe(4);
  });

  it("gets what happened together the wrong way round, where it asks for it", async () => {
    const { client } = await createTestConnection(sandbox);
    await drain();
    await register({ reorder: true });
    await client.sandbox.directory.create({ body: [{ first_name: "New" }] });
    await client.sandbox.jobs.create({ type: "data_sync_all" });
    await drain();
    expect(types()).toEqual([
      "job.data_sync_all.completed",
      "employment.created",
      "individual.created",
      "directory.created",
    ]);
  });

  it("gets a delivery again where that is ordered", async () => {
    await register();
    await sendTest();
    await drain();
    const [{ id } = { id: "" }] = (await control(sandbox.url, "GET", "/webhooks/deliveries")) as {
      id: string;
    }[];
    await control(sandbox.url, "POST", `/webhooks/deliveries/${id}/resend`);
    await drain();
    const [first, again] = receiver.received;
    expect(again?.body).toBe(first?.body);
    expect(again?.headers["finch-event-id"]).toBe(first?.headers["finch-event-id"]);
  });

  it("of one application hears nothing of another's connections", async () => {
    await register({ client_id: "11111111-1111-4111-8111-111111111111" });
    await createTestConnection(sandbox);
    await drain();
    expect(receiver.received).toEqual([]);
  });

  it("that is removed gets nothing more, not even what waits", async () => {
    await register();
    receiver.status = 500;
    await sendTest();
    await drain();
    await control(sandbox.url, "DELETE", "/webhooks");
    await advance(86_400_000);
    await drain();
    expect(receiver.received).toHaveLength(2);
    expect(await deliveries()).toEqual([]);
  });

  it("that the start names stays over a reset", async () => {
    const named = await startTestSandbox({ webhooks: [{ url: receiver.url, secret }] });
    await control(named.url, "POST", "/reset", {});
    await control(named.url, "POST", "/webhooks/test", {});
    await drain(named);
    expect(types()).toEqual(["test"]);
  });

  it.each([
    ["another machine", { url: "https://hooks.example.com/x" }, /url.*not on this machine.*--webhook-host/],
    ["a private network", { url: "http://10.0.0.5/x" }, /url.*not on this machine/],
    ["an address that means this machine to some", { url: "http://0.0.0.0:1/x" }, /url.*not on this machine/],
    ["a name that ends like loopback", { url: "http://127.0.0.1.evil.test/" }, /url.*not on this machine/],
    ["a file", { url: "file:///etc/passwd" }, /url.*http or https/],
    ["a password in the URL", { url: "http://a:b@127.0.0.1/" }, /url.*user name/],
    ["no base64", { secret: "not base64!" }, /secret.*base64/],
    ["nothing known", { colour: "red" }, /colour/],
  ])("is refused for %s, with the reason", async (_title, wanted, reason) => {
    await expect(register(wanted)).rejects.toThrow(reason);
  });

  it("that an earlier start allowed gets nothing, not even where it is a number", async () => {
    await register();
    const { store } = sandbox.sandbox.world;
    for (const row of store.webhookEndpoints.all())
      store.webhookEndpoints.set(row.id, { ...row, url: "http://10.0.0.5:9/" });
    await sendTest();
    await drain();
    const [delivery] = await deliveries();
    expect(delivery?.attempts[0]?.error).toContain("is not on this machine");
  });

  it("is not shown with its secrets, except one that was made for it", async () => {
    const made = await register({ secret: undefined });
    expect(made).toHaveProperty("secret");
    const own = await startReceiver();
    await register({}, sandbox, own);
    const list = JSON.stringify(await control(sandbox.url, "GET", "/webhooks"));
    expect(list).not.toContain(secret);
    expect(list).not.toContain((made as { secret: string }).secret);
  });
});
