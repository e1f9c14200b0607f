import { request as httpRequest, type IncomingMessage, type RequestOptions, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLog } from "@/lib/log";
import { createEdge, edgeLimits } from "./edge";

/** Our own http server with a handler that reads what it is given, as Next does. */

const limits = {
  ...edgeLimits,
  actionBytes: 1_000,
  bodyBytes: 5_000,
  headersTimeoutMs: 300,
  requestTimeoutMs: 600,
  maxConnections: 20,
};
let server: Server;
let port = 0;
let handled: { url: string; size: number; headers: IncomingMessage["headers"] }[] = [];

const listenAs = async (mode: "local" | "server", hops = 0) => {
  const edge = createEdge(
    async (request, response) => {
      let size = 0;
      for await (const chunk of request) size += (chunk as Buffer).length;
      handled.push({ url: request.url ?? "", size, headers: request.headers });
      response.end("fine");
    },
    { mode, appUrl: "http://localhost:3000", TRUSTED_PROXY_HOPS: hops },
    limits,
  );
  await new Promise<void>((resolve) => edge.listen(0, "127.0.0.1", resolve));
  return edge;
};
const portOf = (edge: Server) => (edge.address() as AddressInfo).port;

beforeAll(async () => {
  server = await listenAs("local");
  port = portOf(server);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  text: string;
}

function ask(options: RequestOptions & { body?: Buffer | Buffer[] } = {}): Promise<Answer> {
  handled = [];
  const { body, ...rest } = options;
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: "127.0.0.1", port, agent: false, ...rest }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    request.on("error", reject);
    for (const chunk of [body ?? []].flat()) request.write(chunk);
    request.end();
  });
}

/** Raw bytes, for what no client sends; resolves when the server ends the connection. */
function send(bytes: string | string[], pauseMs = 0): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => {
      const parts = [bytes].flat();
      const next = () => {
        const part = parts.shift();
        if (part !== undefined && !socket.destroyed) socket.write(part, () => setTimeout(next, pauseMs));
      };
      next();
    });
    socket.on("data", (chunk) => (text += chunk.toString()));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(text));
  });
}

describe("a body", () => {
  const post = { method: "POST", path: "/e/somewhere" };

  it("within the limit is read", async () => {
    expect(await ask({ ...post, body: Buffer.alloc(1_000) })).toMatchObject({ status: 200 });
    expect(handled).toMatchObject([{ size: 1_000 }]);
  });

  it("that says it is too large is refused unread", async () => {
    expect(
      await ask({ ...post, headers: { "content-length": 1_001 }, body: Buffer.alloc(1_001) }),
    ).toMatchObject({
      status: 413,
    });
    expect(handled).toEqual([]);
  });

  it("in chunks without a length is refused when it grows too large, before it was read whole", async () => {
    const chunks = Array.from({ length: 20 }, () => Buffer.alloc(100));
    const answer = await ask({ ...post, headers: { "transfer-encoding": "chunked" }, body: chunks });
    expect(answer).toMatchObject({ status: 413, text: "The request is too large.\n" });
    expect(answer.headers.connection).toBe("close");
    expect(handled).toEqual([]);
  });

  it("that never ends is cut off", async () => {
    const head = "POST /e/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
    const chunk = `200\r\n${"x".repeat(512)}\r\n`;
    expect(await send([head, chunk, chunk, chunk, chunk, chunk], 5)).toMatch(/^HTTP\/1.1 413 /);
    expect(handled).toEqual([]);
  });

  it("of a route may be larger, and no route is an action", async () => {
    const body = Buffer.alloc(4_000);
    expect(await ask({ method: "POST", path: "/api/e/import", body })).toMatchObject({ status: 200 });
    expect(
      await ask({
        method: "POST",
        path: "/api/e/import",
        headers: { "next-action": "a", origin: "http://localhost:3000" },
        body,
      }),
    ).toMatchObject({ status: 400 });
    expect(await ask({ method: "POST", path: "/api/e/import", body: Buffer.alloc(5_001) })).toMatchObject({
      status: 413,
    });
  });

  it("with two lengths, or a length and chunks, is no request", async () => {
    for (const headers of [
      "Content-Length: 4\r\nContent-Length: 5",
      "Content-Length: 4\r\nTransfer-Encoding: chunked",
    ])
      expect(await send(`POST /e/x HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n\r\nabcd`)).toMatch(
        /^HTTP\/1.1 400 /,
      );
    expect(handled).toEqual([]);
  });
});

describe("a request", () => {
  it.each(["TRACE", "PROPFIND", "LINK", "PURGE"])(
    "with the method %s is refused and told what is known",
    async (method) => {
      const answer = await ask({ method, path: "/" });
      expect(answer).toMatchObject({ status: 405 });
      expect(answer.headers.allow).toContain("GET");
      expect(handled).toEqual([]);
    },
  );

  it("to be a tunnel ends the connection", async () => {
    expect(await send("CONNECT example.com:443 HTTP/1.1\r\nHost: localhost\r\n\r\n")).toBe("");
  });

  it.each([undefined, "null", "https://evil.example", "http://localhost:3000.evil.example"])(
    "for an action is refused with the origin %s, at built files too",
    async (origin) => {
      for (const path of ["/e/x", "/_next/image?url=x", "/_next/static/x.js", "/icon.svg"]) {
        const headers = { "next-action": "a", "content-type": "text/plain", ...(origin ? { origin } : {}) };
        expect(await ask({ method: "POST", path, headers, body: Buffer.from("[]") })).toMatchObject({
          status: 403,
        });
      }
      expect(handled).toEqual([]);
    },
  );

  it("to speak another protocol is answered as any other, whoever listens for it, and its connection ends", async () => {
    let upgraded = 0;
    // As Next does by itself with the first request.
    const keep = () => void (upgraded += 1);
    server.on("upgrade", keep);
    const answer = await send(
      "GET /_next/webpack-hmr HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n",
    );
    server.off("upgrade", keep);
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(upgraded).toBe(0);
  });

  it.each([
    ["a long address", { path: `/${"a".repeat(9_000)}` }, 414],
    ["an unreadable address", { path: "/%E0%A4%A" }, 400],
    ["an address of another machine", { path: "http://evil.example/" }, 400],
    ["many headers", { path: "/", headers: { "x-long": "a".repeat(17_000) } }, 431],
    ["another host's name", { path: "/", headers: { host: "evil.example:3000" } }, 421],
    ["a name that looks like ours", { path: "/", headers: { host: "localhost.evil.example" } }, 421],
  ])("with %s is refused", async (_what, options, status) => {
    expect(await ask(options)).toMatchObject({ status });
    expect(handled).toEqual([]);
  });

  it("that is refused leaves a line with status and method alone", async () => {
    const lines: unknown[] = [];
    const to = createLog(
      pino({ base: null, timestamp: false }, { write: (line) => void lines.push(JSON.parse(line)) }),
    );
    const settings = { mode: "local" as const, appUrl: "http://localhost:3000", TRUSTED_PROXY_HOPS: 0 };
    const edge = createEdge(async (_request, response) => void response.end(), settings, limits, to);
    await new Promise<void>((resolve) => edge.listen(0, "127.0.0.1", resolve));
    await ask({ port: portOf(edge), path: "/sign-in?token=secret", method: "TRACE" });
    await ask({ port: portOf(edge), path: "/sign-in?token=secret" });
    edge.close();
    expect(lines).toEqual([{ level: 30, status: 405, method: "TRACE", msg: "an answer refused" }]);
  });

  it("without a host is refused", async () => {
    expect(await send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")).toMatch(/^HTTP\/1.1 400 /);
  });

  it("whose headers come slowly is ended", async () => {
    const slow = Array.from({ length: 40 }, (_, index) => `X-${index}: a\r\n`);
    expect(await send(["GET / HTTP/1.1\r\nHost: localhost\r\n", ...slow], 50)).toMatch(/^HTTP\/1.1 408 /);
    expect(handled).toEqual([]);
  });

  it("whose body comes slowly is ended", async () => {
    const head = "POST /e/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n";
    expect(await send([head, ...Array.from({ length: 60 }, () => "x")], 50)).toMatch(/^HTTP\/1.1 408 /);
    expect(handled).toEqual([]);
  });

  it("over more connections than allowed finds no one, while those that are there are served", async () => {
    const edge = await listenAs("local");
    edge.maxConnections = 2;
    const open = [1, 2].map(() => connect(portOf(edge), "127.0.0.1"));
    await Promise.all(open.map((socket) => new Promise((resolve) => socket.once("connect", resolve))));
    const third = connect(portOf(edge), "127.0.0.1");
    await new Promise((resolve) => third.once("close", resolve));
    open[0]?.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    const text = await new Promise<string>((resolve) =>
      open[0]?.once("data", (chunk) => resolve(chunk.toString())),
    );
    expect(text).toMatch(/^HTTP\/1.1 200 /);
    edge.closeAllConnections();
    edge.close();
  });
});

describe("every answer", () => {
  it("is kept from sniffers, embedders, search engines and Referer", async () => {
    for (const options of [{ path: "/_next/static/a.js" }, { method: "TRACE", path: "/" }]) {
      const { headers } = await ask(options);
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",
        "x-robots-tag": "noindex, nofollow",
      });
      expect(headers["strict-transport-security"]).toBeUndefined();
      expect(headers["x-powered-by"]).toBeUndefined();
    }
  });

  it("of a server tells browsers to use https only, and any host name is let through", async () => {
    const edge = await listenAs("server");
    const answer = await ask({ port: portOf(edge), path: "/", headers: { host: "10.0.0.7:3000" } });
    expect(answer.status).toBe(200);
    expect(answer.headers["strict-transport-security"]).toMatch(/max-age=\d{8}/);
    edge.closeAllConnections();
    edge.close();
  });
});

describe("who asks", () => {
  const forged = {
    "x-forwarded-for": "9.9.9.9, 8.8.8.8",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    "x-real-ip": "9.9.9.9",
    "x-perch-peer": "9.9.9.9",
    "x-perch-forwarded": "0",
    "x-nonce": "mine",
    "x-middleware-subrequest": "proxy:proxy:proxy",
  };

  it("is the peer, whatever the headers claim", async () => {
    await ask({ path: "/", headers: forged });
    expect(handled[0]?.headers).toMatchObject({
      "x-perch-peer": "127.0.0.1",
      "x-perch-forwarded": "1",
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-host": "localhost:3000",
      "x-forwarded-proto": "http",
    });
    for (const name of ["x-real-ip", "x-nonce", "x-middleware-subrequest"])
      expect(handled[0]?.headers[name]).toBeUndefined();
  });

  it("is who the last of our own proxies saw, where there are some", async () => {
    const edge = await listenAs("server", 1);
    await ask({ port: portOf(edge), path: "/", headers: forged });
    expect(handled[0]?.headers["x-perch-peer"]).toBe("8.8.8.8");
    edge.closeAllConnections();
    edge.close();
  });
});
