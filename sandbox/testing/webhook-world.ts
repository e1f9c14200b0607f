import Finch from "@tryfinch/finch-api";
import { beforeEach } from "vitest";
import type { RunningSandbox } from "@/sandbox/server";
import { control, startTestSandbox } from "@/sandbox/testing/harness";
import { startReceiver, type Received, type Receiver } from "@/sandbox/testing/receiver";

export const secret = Buffer.from("a secret of the dashboard").toString("base64");
export const otherSecret = Buffer.from("the secret that follows it").toString("base64");

export interface DeliveryView {
  id: string;
  event_type: string;
  event_id: string;
  state: string;
  next_at: string | null;
  attempts: { at: string; status: number | null; error: string | null }[];
}

/** The message as the SDK reads it. @throws where it was not sent by the sandbox */
export const unwrap = ({ body, headers }: Received, key = secret) =>
  new Finch({ webhookSecret: null }).webhooks.unwrap(body, headers, key);

/** A sandbox whose clock stands still and one receiver, empty before each test of the file. */
export async function startWebhookWorld() {
  const sandbox = await startTestSandbox();
  const receiver = await startReceiver();
  beforeEach(async () => {
    await control(sandbox.url, "POST", "/reset", {});
    sandbox.sandbox.world.clock.adjust({ frozen: true });
    receiver.received.length = 0;
    receiver.status = 200;
  });
  return {
    sandbox,
    receiver,
    register: (options: object = {}, to: RunningSandbox = sandbox, at: Receiver = receiver) =>
      control(to.url, "POST", "/webhooks", { url: at.url, secret, shapes: "document", ...options }),
    /** Waits until everything that is due was tried. */
    drain: (from: RunningSandbox = sandbox) => control(from.url, "POST", "/webhooks/drain"),
    advance: (ms: number, of: RunningSandbox = sandbox) =>
      control(of.url, "PUT", "/clock", { advance_ms: ms }),
    deliveries: async (of: RunningSandbox = sandbox) =>
      (await control(of.url, "GET", "/webhooks/deliveries")) as DeliveryView[],
    sendTest: () => control(sandbox.url, "POST", "/webhooks/test", {}),
    types: (at: Receiver = receiver) => at.events().map((event) => event.event_type),
  };
}
