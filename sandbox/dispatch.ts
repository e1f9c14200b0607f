import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import { requireCaller, requireClient, requireScope } from "@/sandbox/auth";
import { malformedRequest } from "@/sandbox/benefits/errors";
import type { Answer, Call, Handler, World } from "@/sandbox/call";
import { dataHeaders } from "@/sandbox/data-headers";
import { FinchError, invalidRequest, notImplemented } from "@/sandbox/errors";
import { faultBody, faultDelay, faultError, faultPending, type Fault, type Faults } from "@/sandbox/faults";
import { parseJsonBody } from "@/sandbox/json-body";
import type { Operation } from "@/sandbox/operations";
import type { RateLimits } from "@/sandbox/rate-limits";
import { redactBody, redactHeaders, redactQuery } from "@/sandbox/redact";
import { keptBodyLength, type RequestLog } from "@/sandbox/request-log";
import { latencyOf, respond, wait } from "@/sandbox/respond";
import { newRequestId } from "@/sandbox/secrets";
import type { Webhooks } from "@/sandbox/webhooks/webhooks";

/** The sandbox and what it keeps about its own requests. */
export interface Desk {
  world: World;
  faults: Faults;
  log: RequestLog;
  /** Null where nothing is limited. */
  limits: RateLimits | null;
  webhooks: Webhooks;
}

export type SandboxContext = Context<{ Bindings: Partial<HttpBindings> }>;

type Outcome = { status: number; body: unknown; call: Call | null };

/** Runs one operation: limits, authentication, scope, body, handler, and the headers that every answer has. */
export async function dispatch(desk: Desk, operation: Operation, handler: Handler | null, c: SandboxContext) {
  const startedAt = performance.now();
  const requestId = newRequestId();
  const fault = desk.faults.take(operation.id, c.req.header("authorization") ?? null);
  const delay = latencyOf(desk.world.settings) + (fault ? faultDelay(fault) : 0);
  if (delay > 0) await wait(delay, c);
  const outcome = await answer(desk, operation, handler, c, fault);
  desk.world.store.flush();
  logRequest(desk, operation.id, c, { requestId, startedAt, outcome });
  const { status, call } = outcome;
  const body = status < 300 ? faultBody(fault, operation.id, outcome.body) : outcome.body;
  const headers = {
    "Finch-Request-Id": requestId,
    ...dataHeaders(desk.world, call?.caller ?? null, outcome.body),
  };
  return respond(c, fault, { status, body, headers });
}

async function answer(
  desk: Desk,
  operation: Operation,
  handler: Handler | null,
  c: SandboxContext,
  fault: Fault | null,
): Promise<Outcome> {
  const { world, limits } = desk;
  const peer = peerOf(c);
  let call: Call | null = null;
  try {
    // Before all else: whoever sends slowly must not act on what was true when it began.
    const text = await c.req.text();
    limits?.checkAddress(operation, peer);
    call = authenticate(world, operation, c);
    const clientId = clientOf(call);
    limits?.checkApplication(operation, clientId);
    const ordered = orderedOutcome(fault, call);
    if (ordered) {
      limits?.record(operation, clientId, peer, ordered.status);
      return ordered;
    }
    if (call.caller) requireScope(call.caller, operation);
    if (!handler) throw notImplemented(`${operation.id} is not part of this sandbox yet`);
    call.body = toBody(operation, c, text);
    const { status, body }: Answer = handler(call);
    limits?.record(operation, clientId, peer, status);
    return { status, body, call };
  } catch (error) {
    return { ...failed(operation, error), call };
  }
}

/** What a fault says instead of the operation. @throws FinchError where it is to fail */
function orderedOutcome(fault: Fault | null, call: Call): Outcome | null {
  if (fault?.kind === "status") throw faultError(fault);
  if (fault?.kind === "pending") return { status: 202, body: faultPending(fault), call };
  if ((fault?.kind === "hang" || fault?.kind === "timeout") && fault.ms === undefined) {
    throw new FinchError(408, "client_connection_closed", "The client connection was closed");
  }
  return null;
}

function failed(operation: Operation, error: unknown): { status: number; body: unknown } {
  if (error instanceof FinchError) {
    // Finch repeats the number three times in every 429, wherever it comes from.
    return { status: error.status, body: error.body(error.status === 429 ? "triple" : operation.errors) };
  }
  console.error(`${operation.id} failed`, error);
  const internal = new FinchError(500, "server_error", "Internal server error");
  return { status: 500, body: internal.body(operation.errors) };
}

/** A request without a socket was made inside this process. */
const peerOf = (c: SandboxContext): string | null => c.env?.incoming?.socket.remoteAddress ?? null;

const clientOf = (call: Call | null): string | null =>
  call?.caller?.connection.clientId ?? call?.client?.id ?? null;

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

function toBody(operation: Operation, c: SandboxContext, text: string): unknown {
  if (text.trim() === "") return undefined;
  if (c.req.header("content-type")?.includes("application/x-www-form-urlencoded")) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  return parseJsonBody(text, operation.malformed ? malformedRequest : invalidRequest);
}

/** Notes a request and its answer. `operation` is null for a path that Finch does not have. */
export function logRequest(
  desk: Desk,
  operation: string | null,
  c: SandboxContext,
  served: { requestId: string; startedAt: number; outcome: Outcome },
): void {
  const { call, status, body } = served.outcome;
  const url = new URL(c.req.url);
  const bodies = {
    request_body: redactBody(call?.body, keptBodyLength),
    response_body: redactBody(body, keptBodyLength),
  };
  const row = {
    at: desk.world.clock.iso(),
    method: c.req.method,
    path: url.pathname,
    query: redactQuery(url.search),
    operation,
    client_id: clientOf(call),
    connection_id: call?.caller?.connection.id ?? null,
    status,
    finch_request_id: served.requestId,
    duration_ms: Math.round(performance.now() - served.startedAt),
    headers: redactHeaders(c.req.raw.headers),
  };
  desk.log.add(row, bodies);
}
