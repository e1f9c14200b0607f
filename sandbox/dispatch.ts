import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";
import { requireCaller, requireClient, requireScope } from "@/sandbox/auth";
import type { Answer, Call, Caller, Handler, World } from "@/sandbox/call";
import { FinchError, invalidRequest, notImplemented } from "@/sandbox/errors";
import { faultError, faultPending, type Fault, type Faults } from "@/sandbox/faults";
import type { Operation } from "@/sandbox/operations";
import { redactHeaders, type RequestLog } from "@/sandbox/request-log";
import { newRequestId } from "@/sandbox/secrets";

/** The sandbox and what it keeps about its own requests. */
export interface Desk {
  world: World;
  faults: Faults;
  log: RequestLog;
}

export type SandboxContext = Context<{ Bindings: Partial<HttpBindings> }>;

type Outcome = { status: number; body: unknown; call: Call | null };

const longestWaitMs = 600_000;

/** Runs one operation: authentication, scope, body, handler, and the headers that every answer has. */
export async function dispatch(desk: Desk, operation: Operation, handler: Handler | null, c: SandboxContext) {
  const startedAt = performance.now();
  const requestId = newRequestId();
  const fault = desk.faults.take(operation.id, c.req.header("authorization") ?? null);
  if (fault && (fault.kind === "latency" || fault.kind === "timeout")) {
    await wait(fault.ms ?? (fault.kind === "timeout" ? longestWaitMs : 1_000), c);
  }
  const outcome = await answer(desk.world, operation, handler, c, fault);
  desk.world.store.flush();
  logRequest(desk, operation, c, { requestId, startedAt, outcome });
  const headers = { "Finch-Request-Id": requestId, ...dataHeaders(desk.world, outcome.call?.caller ?? null) };
  return toResponse(c, fault, outcome, headers);
}

async function answer(
  world: World,
  operation: Operation,
  handler: Handler | null,
  c: SandboxContext,
  fault: Fault | null,
): Promise<Outcome> {
  let call: Call | null = null;
  try {
    call = authenticate(world, operation, c);
    checkRate(call, c);
    if (fault?.kind === "status") throw faultError(fault);
    if (fault?.kind === "pending") return { status: 202, body: faultPending(fault), call };
    if (call.caller) requireScope(call.caller, operation);
    if (!handler) throw notImplemented(`${operation.id} is not part of this sandbox yet`);
    call.body = await readBody(c);
    const { status, body }: Answer = handler(call);
    recordRate(call, c, status);
    return { status, body, call };
  } catch (error) {
    if (error instanceof FinchError)
      return { status: error.status, body: error.body(operation.errors), call };
    console.error(`${operation.id} failed`, error);
    const internal = new FinchError(500, "server_error", "Internal server error");
    return { status: 500, body: internal.body(operation.errors), call };
  }
}

function authenticate(world: World, operation: Operation, c: SandboxContext): Call {
  const query = new URL(c.req.url).searchParams;
  const authorization = c.req.header("authorization") ?? null;
  const call: Call = {
    world,
    operation,
    params: c.req.param(),
    query,
    body: undefined,
    client: null,
    caller: null,
    authorization,
  };
  if (operation.auth === "basic") call.client = requireClient(world.settings.clients, authorization);
  if (operation.auth === "bearer") call.caller = requireCaller(world, authorization, query, operation);
  return call;
}

function limited(call: Call, c: SandboxContext) {
  const clientId = call.caller?.connection.clientId ?? call.client?.id ?? null;
  const peer = c.env?.incoming?.socket.remoteAddress ?? null;
  return { clientId, operation: call.operation.id, peer, at: call.world.clock.now() };
}

function checkRate(call: Call, c: SandboxContext): void {
  const limiter = call.world.settings.rateLimits;
  if (limiter === "off") return;
  const verdict = limiter.check(limited(call, c));
  if (!verdict.allowed) {
    throw new FinchError(429, "rate_limit_exceeded_error", "Rate limit exceeded", verdict.finchCode);
  }
}

function recordRate(call: Call, c: SandboxContext, status: number): void {
  const limiter = call.world.settings.rateLimits;
  if (limiter !== "off") limiter.record(limited(call, c), status);
}

async function readBody(c: SandboxContext): Promise<unknown> {
  const text = await c.req.text();
  if (text.trim() === "") return undefined;
  if (c.req.header("content-type")?.includes("application/x-www-form-urlencoded")) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  try {
    return JSON.parse(text);
  } catch {
    throw invalidRequest("Request body is not valid JSON");
  }
}

/** How fresh the data is; not there before the first sync. */
function dataHeaders(world: World, caller: Caller | null): Record<string, string> {
  const connection = caller && world.store.connections.get(caller.connection.id);
  if (!connection?.lastAttemptAt) return {};
  return {
    ...(connection.lastSyncedAt ? { "Finch-Data-Retrieved": connection.lastSyncedAt } : {}),
    "Finch-Last-Attempted-Update-Date": connection.lastAttemptAt,
    "Finch-Last-Attempted-Update-Result": connection.lastAttemptResult ?? "success",
  };
}

function logRequest(
  desk: Desk,
  operation: Operation,
  c: SandboxContext,
  served: { requestId: string; startedAt: number; outcome: Outcome },
): void {
  const { call, status } = served.outcome;
  const url = new URL(c.req.url);
  desk.log.add({
    at: desk.world.clock.iso(),
    method: c.req.method,
    path: url.pathname,
    query: url.search,
    operation: operation.id,
    client_id: call?.caller?.connection.clientId ?? call?.client?.id ?? null,
    connection_id: call?.caller?.connection.id ?? null,
    status,
    finch_request_id: served.requestId,
    duration_ms: Math.round(performance.now() - served.startedAt),
    headers: redactHeaders(c.req.raw.headers),
  });
}

function toResponse(
  c: SandboxContext,
  fault: Fault | null,
  outcome: Outcome,
  headers: Record<string, string>,
) {
  const text = JSON.stringify(outcome.body);
  const half = text.slice(0, Math.ceil(text.length / 2));
  const type = { "Content-Type": "application/json; charset=utf-8", ...headers };
  if (fault?.kind === "reset") c.env?.incoming?.socket.destroy();
  if (fault?.kind === "truncated" && c.env?.outgoing) {
    const { outgoing } = c.env;
    outgoing.writeHead(outcome.status, { ...type, "Content-Length": Buffer.byteLength(text) });
    outgoing.write(half, () => outgoing.destroy());
    return RESPONSE_ALREADY_SENT;
  }
  return new Response(fault?.kind === "malformed" ? `${half}<` : text, {
    status: outcome.status,
    headers: type,
  });
}

/** Waits, but no longer than the client does. */
function wait(ms: number, c: SandboxContext): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    c.env?.incoming?.socket.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
