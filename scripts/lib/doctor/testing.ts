import { createServer as createHttpServer, type RequestListener, type Server as HttpServer } from "node:http";
import { createServer, type AddressInfo, type Server } from "node:net";
import { afterAll } from "vitest";
import type { Finding } from "./finding";

/** What the tests of the doctor share. Never imported by the product. */

const servers: (Server | HttpServer)[] = [];
afterAll(() => servers.forEach((server) => void server.close()));

export const wrongs = (findings: Finding[]) =>
  findings.filter(({ state }) => state === "wrong").map(({ what }) => what);
export const states = (findings: Finding[]) => findings.map(({ state }) => state);

export async function listen(server: Server | HttpServer): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

export const serve = async (handler: RequestListener) =>
  `http://127.0.0.1:${await listen(createHttpServer(handler))}`;

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
