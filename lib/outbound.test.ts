import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { env } from "./env";
import { OutboundError, outboundFetch, outboundOrigins } from "./outbound";

describe("requests to other machines", () => {
  const hits: string[] = [];
  const servers: Server[] = [];
  let finch = "";
  let elsewhere = "";

  const listen = async (handler: Parameters<typeof createServer>[1]) => {
    const server = createServer(handler);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  };

  beforeAll(async () => {
    elsewhere = await listen((request, response) => {
      hits.push(request.url ?? "");
      response.end("{}");
    });
    finch = await listen((request, response) => {
      if (request.url === "/ok") return response.end("fine");
      if (request.url === "/slow") return undefined;
      return response.writeHead(Number(request.url?.slice(1)), { location: `${elsewhere}/stolen` }).end();
    });
    const url = "postgres://perch_app:x@127.0.0.1/perch";
    Object.assign(process.env, {
      PERCH_MODE: "local",
      DATABASE_URL: url,
      AUTH_DATABASE_URL: url,
      NEXTAUTH_SECRET: "x".repeat(40),
      TOKEN_ENCRYPTION_KEYS: `t:${Buffer.alloc(32).toString("base64")}`,
      FINCH_CLIENT_ID: "id",
      FINCH_CLIENT_SECRET: "secret",
      FINCH_BASE_URL: finch,
      FINCH_CONNECT_URL: elsewhere,
    });
  });
  afterAll(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  it("reach a host of the configuration", async () => {
    expect(await (await outboundFetch(`${finch}/ok`)).text()).toBe("fine");
  });

  it.each([301, 302, 303, 307, 308])("follow no redirect %i", async (status) => {
    await expect(outboundFetch(`${finch}/${status}`)).rejects.toMatchObject({ code: "redirect" });
    await expect(outboundFetch(`${finch}/${status}`, { redirect: "follow" })).rejects.toBeInstanceOf(
      OutboundError,
    );
    expect(hits).toEqual([]);
  });

  it("reach no other host, port, scheme or host in disguise", async () => {
    const { port } = new URL(finch);
    for (const url of [
      elsewhere,
      `${finch.replace(port, String(Number(port) + 1))}/ok`,
      `https://127.0.0.1:${port}/ok`,
      `${finch.replace("http://", "http://user:pass@")}/ok`,
      `${finch.replace("127.0.0.1", "127.0.0.1.evil.test")}/ok`,
      `http://evil.test/?${finch}`,
      "http://169.254.169.254/latest/meta-data/",
      "file:///etc/passwd",
      "data:text/plain,hello",
    ])
      await expect(outboundFetch(url)).rejects.toMatchObject({ code: "host_not_allowed" });
    await expect(outboundFetch(new Request(elsewhere))).rejects.toMatchObject({ code: "host_not_allowed" });
    expect(hits).toEqual([]);
  });

  it("end with the signal that was given", async () => {
    await expect(outboundFetch(`${finch}/slow`, { signal: AbortSignal.timeout(30) })).rejects.toThrow(
      /timeout|aborted/i,
    );
  });

  it("name the hosts: Finch, the identity provider, and what the operator adds", () => {
    const settings = {
      ...env(),
      OIDC_ISSUER: "https://login.example.com/realm",
      OUTBOUND_HOSTS: "keys.example.com",
    };
    expect(outboundOrigins(settings).map(({ origin }) => origin)).toEqual([
      finch,
      "https://login.example.com",
      "https://keys.example.com",
    ]);
  });
});
