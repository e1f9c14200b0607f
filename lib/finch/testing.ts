import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { afterAll, beforeAll } from "vitest";
import { Secret } from "@/lib/crypto";
import { testEnvironment } from "@/db/testing/environment";
import { defaultClient, startSandbox, type RunningSandbox, type StartOptions } from "@/sandbox/server";
import type { FinchCaller, FinchGate, FinchRequestRecord, FinchToken } from "./caller";
import type { AnswerFacts, FinchPayStatement, FinchStatementPage } from "./types";

/** Lets every request through at once. */
export const freeGate: FinchGate = { enter: async () => ({ answered: async () => undefined }) };

/** A caller that keeps its records in memory. */
export class TestCaller implements FinchCaller {
  readonly records: FinchRequestRecord[] = [];

  constructor(readonly gate: FinchGate = freeGate) {}

  async record(request: FinchRequestRecord): Promise<void> {
    this.records.push(request);
  }
}

export const tokenOf = (accessToken: string): FinchToken => ({
  id: null,
  secret: new Secret(accessToken),
  disconnectOnly: false,
});

function useEnvironment(url: string): void {
  const database = "postgres://nobody@127.0.0.1:1/none";
  const urls = { owner: database, app: database, auth: database, worker: database };
  Object.assign(process.env, testEnvironment(urls, "/nowhere"), {
    FINCH_BASE_URL: url,
    FINCH_CONNECT_URL: url,
  });
}

/** Tests against the sandbox. */
export class FinchWorld {
  readonly caller = new TestCaller();

  constructor(readonly sandbox: () => RunningSandbox) {}

  async api<T>(method: string, path: string, body?: unknown, token?: FinchToken): Promise<T> {
    const basic = Buffer.from(`${defaultClient.id}:${defaultClient.secret}`).toString("base64");
    const response = await fetch(`${this.sandbox().url}${path}`, {
      method,
      headers: {
        authorization: token ? `Bearer ${token.secret.reveal()}` : `Basic ${basic}`,
        "content-type": "application/json",
        "x-sandbox-control": "1",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** The token of a new connection at Gusto with these products. */
  async token(products: string[], wanted: Record<string, unknown> = {}): Promise<FinchToken> {
    const made = await this.api<{ access_token: string }>("POST", "/sandbox/connections", {
      provider_id: "gusto",
      products,
      ...wanted,
    });
    return tokenOf(made.access_token);
  }

  /** Another token of a connection that is there. */
  async tokenOf(connectionId: string): Promise<FinchToken> {
    const path = `/_sandbox/connections/${connectionId}/tokens`;
    return tokenOf((await this.api<{ access_token: string }>("POST", path)).access_token);
  }

  fault(fault: Record<string, unknown>): Promise<unknown> {
    return this.api("POST", "/_sandbox/faults", fault);
  }
}

/** A sandbox for the tests of one file. */
export function useFinch(options: StartOptions = {}): FinchWorld {
  let sandbox: RunningSandbox | undefined;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, initialSyncMs: 0, jobDelayMs: 0, ...options });
    useEnvironment(sandbox.url);
  });
  afterAll(() => sandbox?.close());
  return new FinchWorld(() => {
    if (!sandbox) throw new Error("The sandbox runs only inside tests.");
    return sandbox;
  });
}

type Answer = (response: ServerResponse, request: IncomingMessage) => void | Promise<void>;

/** A Finch of a few lines, which answers as a test wants. */
export class LocalFinch {
  answer: Answer = (response) => void response.end("{}");
  requests = 0;

  /** Answers with JSON, or with a text as it is. */
  gives(body: unknown, status = 200): void {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    this.answer = (response) => void response.writeHead(status, json).end(text);
  }
}

const json = { "content-type": "application/json", "finch-request-id": "req-1" };

/** A local server for the tests of one file. */
export function useLocalFinch(): LocalFinch {
  const finch = new LocalFinch();
  let server: Server | undefined;
  beforeAll(async () => {
    const made = createServer((request, response) => {
      finch.requests += 1;
      // Nobody waits for a request that is not read to its end.
      request.resume().on("end", () => void finch.answer(response, request));
    });
    await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
    const address = made.address();
    server = made;
    useEnvironment(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`);
  });
  afterAll(() => {
    server?.closeAllConnections();
    server?.close();
  });
  return finch;
}

/** Writes text as fast as the reader takes it. @returns false once the reader is gone */
export async function write(response: ServerResponse, text: string): Promise<boolean> {
  if (response.destroyed) return false;
  if (response.write(text)) return true;
  await new Promise<void>((resolve) => {
    const goOn = () => {
      response.off("drain", goOn).off("close", goOn);
      resolve();
    };
    response.on("drain", goOn).on("close", goOn);
  });
  return !response.destroyed;
}

/** Keeps all that streamPayStatements hands over, in its order. */
export class KeptStatements {
  readonly statements: FinchPayStatement[] = [];
  readonly pages: FinchStatementPage[] = [];
  /** "p1:0 +2" for statements, "p1:0 ok" for the end of a page. */
  readonly order: string[] = [];

  async onStatements(
    page: { paymentId: string; offset: number },
    statements: FinchPayStatement[],
    _answer?: AnswerFacts,
  ): Promise<void> {
    this.statements.push(...statements);
    this.order.push(`${page.paymentId}:${page.offset} +${statements.length}`);
  }

  async onPage(page: FinchStatementPage): Promise<void> {
    this.pages.push(page);
    this.order.push(`${page.paymentId}:${page.offset} ${page.kind}`);
  }
}
