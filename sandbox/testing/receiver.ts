import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";

export interface Received {
  headers: Record<string, string>;
  body: string;
}

/** Something that webhooks are sent to. It answers with `status`, and keeps what it got. */
export interface Receiver {
  url: string;
  received: Received[];
  /** The parsed bodies, oldest first. */
  events(): { event_type: string; [key: string]: unknown }[];
  status: number;
  /** How long it thinks before it answers, if a test says so. */
  hold: Promise<void>;
  close(): Promise<void>;
}

const flat = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

export async function startReceiver(port = 0): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ headers: flat(request.headers), body: Buffer.concat(chunks).toString() });
      void receiver.hold.then(() => {
        response.writeHead(receiver.status, { Location: "/elsewhere" });
        response.end();
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    received,
    events: () => received.map((row) => JSON.parse(row.body) as { event_type: string }),
    status: 200,
    hold: Promise.resolve(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  afterAll(() => receiver.close());
  return receiver;
}
