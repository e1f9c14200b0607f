import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { expect, runningCopy, test } from "@/e2e/support";
import { readKeptPort } from "@/scripts/lib/embedded-postgres";

/** SECURITY 1: a local copy is for this machine. */

const reaches = (host: string, port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ host, port, timeout: 3_000 });
    const end = (found: boolean) => {
      socket.destroy();
      resolve(found);
    };
    socket.once("connect", () => end(true)).once("error", () => end(false));
    socket.once("timeout", () => end(false));
  });

test("web, emulator and database listen on 127.0.0.1 only", async () => {
  const { url, sandboxUrl, dataDir } = runningCopy();
  const ports = [Number(new URL(url).port), Number(new URL(sandboxUrl).port), readKeptPort(dataDir)];
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith("fe80:"));
  for (const port of ports) {
    expect(await reaches("127.0.0.1", port), `127.0.0.1:${port}`).toBe(true);
    for (const { address } of others) expect(await reaches(address, port), `${address}:${port}`).toBe(false);
  }
});

test("another host's name that leads here finds nothing", async () => {
  const { url } = runningCopy();
  const { request } = await import("node:http");
  const status = await new Promise<number>((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request(
      { hostname, port, path: "/dev/mailbox", headers: { host: "rebound.example.com" } },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    )
      .on("error", reject)
      .end();
  });
  expect(status).toBe(421);
});
