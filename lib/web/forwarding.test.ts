import { createServer, request, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { settleForwarding, type ForwardingRules } from "./forwarding";

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

const direct: ForwardingRules = { trustedHops: 0, appUrl: "https://perch.example" };

/** Sends headers to a real server that settles them, and gives back what is left. */
async function settle(
  headers: Record<string, string | string[]>,
  rules = direct,
): Promise<Record<string, string | undefined>> {
  const server = createServer((incoming, response) => {
    settleForwarding(incoming.headers, incoming.socket.remoteAddress, rules);
    response.end(JSON.stringify(incoming.headers));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = address && typeof address === "object" ? address.port : 0;
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port, headers }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () => resolve(JSON.parse(text) as Record<string, string>));
    });
    outgoing.on("error", reject).end();
  });
}

describe("without a proxy of ours", () => {
  it("the peer is the socket's, and host and scheme are our own", async () => {
    expect(await settle({ host: "evil.test" })).toMatchObject({
      "x-perch-peer": "127.0.0.1",
      "x-perch-forwarded": "0",
      "x-forwarded-host": "perch.example",
      "x-forwarded-proto": "https",
      host: "evil.test",
    });
  });

  it("every forged claim is dropped, and that there was one is noted", async () => {
    const claims = {
      forwarded: "for=10.0.0.1;host=evil.test",
      "X-Forwarded-For": "10.0.0.1",
      "x-forwarded-host": "evil.test",
      "x-forwarded-proto": "gopher",
      "x-forwarded-port": "1",
      "x-real-ip": "10.0.0.1",
      "X-Perch-Peer": "10.0.0.1",
      "x-perch-forwarded": "0",
      "x-perch-path": "/admin",
      "x-nonce": "stolen",
      "x-middleware-subrequest": "proxy",
    };
    const headers = await settle(claims);
    expect(headers).toMatchObject({ "x-perch-peer": "127.0.0.1", "x-perch-forwarded": "1" });
    expect(JSON.stringify(headers)).not.toMatch(/10\.0\.0\.1|evil|gopher|stolen|subrequest|\/admin/);
  });

  it("a forged mark of ours alone does not pass as a forwarded request", async () => {
    expect(await settle({ "x-perch-forwarded": "1" })).toMatchObject({ "x-perch-forwarded": "0" });
  });

  it("what the browser fetches ahead is marked as such, whatever was claimed", async () => {
    expect(await settle({ "next-router-prefetch": "1" })).toMatchObject({ "x-perch-ahead": "1" });
    expect(await settle({ "next-router-segment-prefetch": "/_tree" })).toMatchObject({
      "x-perch-ahead": "1",
    });
    expect(await settle({ rsc: "1", "x-perch-ahead": "1" })).toMatchObject({ "x-perch-ahead": "0" });
  });
});

describe("behind proxies of ours", () => {
  const two = { ...direct, trustedHops: 2 };

  it("the client is the entry that the outermost of them appended", async () => {
    const headers = await settle({ "x-forwarded-for": "6.6.6.6, 203.0.113.9, 10.0.0.2" }, two);
    expect(headers["x-perch-peer"]).toBe("203.0.113.9");
  });

  it("entries of several header lines count as one list", async () => {
    const headers = await settle({ "x-forwarded-for": ["6.6.6.6, 203.0.113.9", "10.0.0.2"] }, two);
    expect(headers["x-perch-peer"]).toBe("203.0.113.9");
  });

  it("somebody who came past them is the peer", async () => {
    expect((await settle({ "x-forwarded-for": "6.6.6.6" }, two))["x-perch-peer"]).toBe("127.0.0.1");
    expect((await settle({}, two))["x-perch-peer"]).toBe("127.0.0.1");
  });

  it("an entry that is no address is not believed", async () => {
    const headers = await settle({ "x-forwarded-for": "<script>, 10.0.0.2" }, two);
    expect(headers["x-perch-peer"]).toBe("127.0.0.1");
  });
});
