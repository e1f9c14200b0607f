import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Secret } from "@/lib/crypto";
import { testEnvironment } from "@/db/testing/environment";
import { defaultClient, startSandbox, type RunningSandbox } from "@/sandbox/server";
import * as finch from "./index";

let sandbox: RunningSandbox;
const records: finch.FinchRequestRecord[] = [];
const caller: finch.FinchCaller = { record: async (request) => void records.push(request) };

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, initialSyncMs: 0 });
  const url = "postgres://nobody@127.0.0.1:1/none";
  Object.assign(process.env, testEnvironment({ owner: url, app: url, auth: url, worker: url }, "/nowhere"), {
    FINCH_BASE_URL: sandbox.url,
    FINCH_CONNECT_URL: sandbox.url,
  });
});
afterAll(() => sandbox.close());

async function api<T>(method: string, path: string, body: unknown): Promise<T> {
  const basic = Buffer.from(`${defaultClient.id}:${defaultClient.secret}`).toString("base64");
  const response = await fetch(`${sandbox.url}${path}`, {
    method,
    headers: {
      authorization: `Basic ${basic}`,
      "content-type": "application/json",
      "x-sandbox-control": "1",
    },
    body: JSON.stringify(body),
  });
  return (await response.json()) as T;
}

async function newToken(
  products = ["company", "directory", "individual", "employment", "ssn"],
): Promise<finch.FinchToken> {
  const { access_token: token } = await api<{ access_token: string }>("POST", "/sandbox/connections", {
    provider_id: "gusto",
    products,
  });
  return { id: null, secret: new Secret(token), disconnectOnly: false };
}

const fault = (kind: Record<string, unknown>) => api("POST", "/_sandbox/faults", kind);
const session = {
  customerName: "Acme",
  products: ["company", "directory"],
  minutesToExpire: 30,
};

describe("connect sessions", () => {
  it("are made with the installation's own credentials", async () => {
    const outcome = await finch.createConnectSession(caller, { ...session, finchCustomerId: "c-1" });
    expect(outcome).toMatchObject({ kind: "ok", status: 201 });
    if (outcome.kind === "ok") expect(outcome.data.connectUrl).toContain(outcome.data.sessionId);
  });

  it("to repair a connection that Finch does not know are unprocessable", async () => {
    const outcome = await finch.createReauthenticateSession(caller, {
      finchConnectionId: "nope",
      minutesToExpire: 30,
    });
    expect(outcome).toMatchObject({ kind: "unprocessable", status: 400 });
  });

  it("refused for a wrong client secret say so in words for the operator", async () => {
    await fault({
      operation: "POST /connect/sessions",
      kind: "status",
      status: 401,
      finch_code: "unauthorized",
    });
    const outcome = await finch.createConnectSession(caller, { ...session, finchCustomerId: "c-2" });
    expect(outcome).toMatchObject({ kind: "finch_error" });
    if (outcome.kind !== "ok") expect(outcome.message).toContain("client id or secret");
  });

  it("a code that Finch does not know is an invalid grant", async () => {
    const outcome = await finch.exchangeCode(caller, { code: "made-up" });
    expect(outcome).toMatchObject({ kind: "unprocessable", finchCode: "invalid_grant" });
  });
});

describe("outcomes", () => {
  it.each([
    [{ status: 401 }, "reauthenticate"],
    [{ status: 401, finch_code: "account_setup_required" }, "setup_required"],
    [{ status: 402 }, "payment_required"],
    [{ status: 403 }, "insufficient_permissions"],
    [{ status: 404 }, "not_found"],
    [{ status: 408 }, "timeout"],
    [{ status: 422 }, "unprocessable"],
    [{ status: 429 }, "rate_limited"],
    [{ status: 500 }, "finch_error"],
    [{ status: 501 }, "not_implemented"],
    [{ status: 502 }, "provider_error"],
  ])("%o is %s, asked once, with Finch's request id", async (given, kind) => {
    const token = await newToken();
    await fault({ operation: "GET /employer/company", kind: "status", ...given });
    records.length = 0;
    const outcome = await finch.getCompany(caller, token, { entityId: "" });
    expect(outcome.kind).toBe(kind);
    expect(outcome.requestId).not.toBeNull();
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      endpoint: "GET /employer/company",
      outcome: kind,
      status: given.status,
    });
  });

  it("a product that was not granted is a forbidden scope", async () => {
    const outcome = await finch.getCompany(caller, await newToken(["directory"]), { entityId: "" });
    expect(outcome.kind).toBe("forbidden_scope");
  });

  it("202 is pending and never data, for a page as for an object", async () => {
    const token = await newToken();
    await fault({ operation: "*", kind: "pending", times: 4 });
    const outcomes = [
      await finch.getCompany(caller, token, { entityId: "" }),
      await finch.listDirectoryPage(caller, token, { entityId: "", offset: 0 }),
      await finch.getIndividuals(caller, token, { entityId: "", individualIds: ["a"], includeSsn: false }),
      await finch.getEmployments(caller, token, { entityId: "", individualIds: ["a"] }),
    ];
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(["pending", "pending", "pending", "pending"]);
  });

  it("an answer of the wrong form is malformed", async () => {
    await fault({ operation: "GET /employer/company", kind: "malformed" });
    expect((await finch.getCompany(caller, await newToken(), { entityId: "" })).kind).toBe("malformed");
  });

  it("nothing that the network does throws", async () => {
    await fault({ operation: "GET /employer/company", kind: "reset" });
    expect(await finch.getCompany(caller, await newToken(), { entityId: "" })).toMatchObject({
      kind: "finch_error",
      status: null,
    });
  });

  it("carry the headers on the age of the data", async () => {
    const outcome = await finch.getCompany(caller, await newToken(), { entityId: "" });
    expect(outcome.kind).toBe("ok");
    expect(outcome.age.retrievedAt).toBeInstanceOf(Date);
    expect(outcome.age.lastAttemptResult).toBe("success");
  });
});

describe("a token that is good for a disconnect alone", () => {
  it("is sent nowhere else", async () => {
    const token = { ...(await newToken()), disconnectOnly: true };
    records.length = 0;
    const before = sandbox.sandbox.desk.log.after(0).length;
    expect((await finch.getCompany(caller, token, { entityId: "" })).kind).toBe("reauthenticate");
    expect((await finch.introspect(caller, token)).kind).toBe("reauthenticate");
    expect(records).toEqual([]);
    expect(sandbox.sandbox.desk.log.after(0)).toHaveLength(before);
    expect((await finch.disconnect(caller, token)).kind).toBe("ok");
    expect((await finch.introspect(caller, { ...token, disconnectOnly: false })).kind).toBe("reauthenticate");
  });
});

describe("providers", () => {
  it("are listed without any credential", async () => {
    const outcome = await finch.listProviders(caller);
    expect(outcome.kind).toBe("ok");
    if (outcome.kind === "ok") expect(outcome.data.map((provider) => provider.id)).toContain("gusto");
  });
});

describe("redirects", () => {
  let elsewhere: Server;
  let hits = 0;

  beforeAll(async () => {
    elsewhere = createServer((request, response) => {
      hits += 1;
      if (request.url === "/stolen") response.end("{}");
      else response.writeHead(302, { location: "/stolen" }).end();
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => elsewhere.close());

  it("are not followed: the token goes to one host only", async () => {
    const { env } = await import("@/lib/env");
    const settings = env();
    const address = elsewhere.address();
    const before = settings.FINCH_BASE_URL;
    settings.FINCH_BASE_URL = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
    const outcome = await finch.introspect(caller, {
      id: null,
      secret: new Secret("t"),
      disconnectOnly: false,
    });
    settings.FINCH_BASE_URL = before;
    expect(outcome.kind).not.toBe("ok");
    expect(hits).toBe(1);
  });
});
