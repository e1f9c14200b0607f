import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { startSandbox } from "@/sandbox/server";
import { control, createTestConnection } from "@/sandbox/testing/harness";
import { startReceiver } from "@/sandbox/testing/receiver";
import { startWebhookWorld, unwrap } from "@/sandbox/testing/webhook-world";

const { sandbox, receiver, register, drain, advance, deliveries, sendTest } = await startWebhookWorld();

const folder = mkdtempSync(path.join(tmpdir(), "sandbox-webhooks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a delivery that fails", () => {
  it("is tried again at once, after 5 s, 5 min, 30 min and 2 h, then given up", async () => {
    await register();
    receiver.status = 500;
    await sendTest();
    const counts: number[] = [];
    for (const ms of [0, 4_999, 1, 299_999, 1, 1_799_999, 1, 7_199_999, 1, 86_400_000]) {
      await advance(ms);
      await drain();
      counts.push(receiver.received.length);
    }
    expect(counts).toEqual([2, 2, 3, 3, 4, 4, 5, 5, 6, 6]);
    expect(new Set(receiver.received.map((row) => row.headers["finch-event-id"])).size).toBe(1);
    const [delivery] = await deliveries();
    expect(delivery).toMatchObject({ state: "failed", next_at: null });
    expect(delivery?.attempts.map((attempt) => attempt.status)).toEqual([500, 500, 500, 500, 500, 500]);
  });

  it("ends with the first success", async () => {
    await register();
    receiver.status = 503;
    await sendTest();
    await drain();
    receiver.status = 204;
    await advance(5_000);
    await drain();
    await advance(86_400_000);
    await drain();
    expect(receiver.received).toHaveLength(3);
    expect(await deliveries()).toMatchObject([{ state: "delivered", next_at: null }]);
  });

  it("is one where the answer is a redirect: nothing follows it", async () => {
    await register();
    receiver.status = 307;
    await sendTest();
    await drain();
    expect(receiver.received).toHaveLength(2);
    expect((await deliveries())[0]).toMatchObject({ state: "waiting" });
  });

  it("is signed anew each time, so that a late one is not too old for the SDK", async () => {
    await register();
    receiver.status = 500;
    await sendTest();
    for (const ms of [0, 5_000, 300_000, 1_800_000]) {
      await advance(ms);
      await drain();
    }
    expect(receiver.received).toHaveLength(5);
    for (const message of receiver.received) expect(unwrap(message)).toMatchObject({ event_type: "test" });
  });

  it("is tried on after a restart", async () => {
    const dataDir = path.join(folder, "restart");
    const away = await startReceiver();
    const port = Number(new URL(away.url).port);
    await away.close();
    const first = await startSandbox({ dataDir });
    first.sandbox.world.clock.adjust({ frozen: true });
    await register({}, first, away);
    await control(first.url, "POST", "/webhooks/test", {});
    await drain(first);
    const [before] = await deliveries(first);
    expect(before).toMatchObject({ state: "waiting", attempts: [{ status: null }, { status: null }] });
    await first.close();

    const back = await startReceiver(port);
    const second = await startSandbox({ dataDir });
    await drain(second);
    expect(back.received).toHaveLength(0);
    await advance(5_000, second);
    await drain(second);
    expect(back.received.map((row) => row.headers["finch-event-id"])).toEqual([before?.event_id]);
    await second.close();
  });
});

describe("thousands of events", () => {
  it("go out a few at a time, while requests are answered", async () => {
    const { client, created } = await createTestConnection(sandbox);
    await drain();
    await register();
    let release = () => undefined as void;
    receiver.hold = new Promise((resolve) => (release = resolve));
    for (let number = 0; number < 2_000; number++) {
      const change = {
        event: "pay_statement.created",
        paymentId: "p",
        individualId: String(number),
      } as const;
      sandbox.sandbox.world.changes.tell({
        connectionId: created.connection_id,
        entityId: null,
        at: 0,
        change,
      });
    }
    await client.hris.company.retrieve();
    await expect.poll(() => receiver.received.length).toBe(8);
    await client.hris.directory.list();
    expect(receiver.received.length).toBe(8);
    release();
    await drain();
    expect(new Set(receiver.received.map((row) => row.body)).size).toBe(2_000);
  });
});
