import Finch, { APIError } from "@tryfinch/finch-api";
import { afterAll } from "vitest";
import { defaultClient, startSandbox, type RunningSandbox, type StartOptions } from "@/sandbox/server";

/** Products that the tests' tokens have unless they ask for others. */
export const allProducts = [
  "company",
  "directory",
  "individual",
  "ssn",
  "employment",
  "payment",
  "pay_statement",
];

/** A sandbox whose clock stands still and whose jobs end at once; closed after the file's tests. */
export async function startTestSandbox(options: StartOptions = {}): Promise<RunningSandbox> {
  const running = await startSandbox({ jobDelayMs: 0, ...options });
  running.sandbox.world.clock.adjust({ frozen: true });
  afterAll(() => running.close());
  return running;
}

/** The official SDK with the client's id and secret. */
export const basicClient = (url: string, secret: string = defaultClient.secret) =>
  new Finch({ baseURL: url, clientID: defaultClient.id, clientSecret: secret, maxRetries: 0 });

/** The official SDK with an access token. */
export const bearerClient = (url: string, accessToken: string) =>
  new Finch({ baseURL: url, accessToken, clientID: null, clientSecret: null, maxRetries: 0 });

export interface Failure {
  status: number;
  body: Record<string, unknown>;
  requestId: string | null;
}

/** The error answer of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<Failure> {
  const error: unknown = await call.then(
    () => new Error("the call succeeded"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof APIError)) throw error;
  const body = error.error as Record<string, unknown>;
  return { status: Number(error.status), body, requestId: error.headers?.get("finch-request-id") ?? null };
}

/** A connection made through the API, with its own client. */
export async function createTestConnection(
  sandbox: RunningSandbox,
  wanted: Partial<Finch.Sandbox.ConnectionCreateParams> = {},
) {
  const params = { provider_id: "gusto", products: allProducts, ...wanted };
  const created = await basicClient(sandbox.url).sandbox.connections.create(params);
  return { created, token: created.access_token, client: bearerClient(sandbox.url, created.access_token) };
}

const controlHeaders = { "X-Sandbox-Control": "1", "Content-Type": "application/json" };

/** A call of `/_sandbox/*` as a test on this machine makes it. */
export async function control(url: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const init = {
    method,
    headers: controlHeaders,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  const response = await fetch(`${url}/_sandbox${path}`, init);
  if (!response.ok)
    throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
}
