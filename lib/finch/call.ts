import { APIConnectionTimeoutError, APIError, APIUserAbortError } from "@tryfinch/finch-api";
import type { z } from "zod";
import type { Secret } from "@/lib/crypto";
import type { FinchCaller, FinchToken } from "./caller";
import { classifyStatus, failure, readErrorBody } from "./classify";
import { finchTimeoutMs } from "./client";
import type { DataAge, FailureKind, FinchFailure, Outcome } from "./outcome";
import { scrub } from "./scrub";
import type { ScrubbedJson } from "./types";

/** An SDK call before it is parsed: the SDK reads a 202 as data (STACK), so its parsing is not used. */
export interface SdkCall {
  asResponse(): Promise<Response>;
}

interface SendOptions {
  signal: AbortSignal;
}

/** A parsed answer on its way to one of our shapes. */
export interface Parsed<Wire> {
  wire: Wire;
  /** The scrubbed answer. */
  json: ScrubbedJson;
  secrets: ReadonlyMap<string, Secret>;
  status: number;
}

export interface FinchRequest<Wire, T> {
  /** "GET /employer/company": how api_requests names it. */
  endpoint: string;
  /** Null for calls with the installation's own credentials or none. */
  token: FinchToken | null;
  schema: z.ZodType<Wire>;
  send(options: SendOptions): SdkCall;
  reshape(parsed: Parsed<Wire>): T;
  /** Where 202 is an answer like any other. */
  accepts202?: boolean;
}

const unknownAge: DataAge = { retrievedAt: null, lastAttemptAt: null, lastAttemptResult: null };
const noBody = readErrorBody(null);

/** The one function through which every request to Finch goes: send, classify, scrub, reshape, record. */
export async function callFinch<Wire, T>(
  caller: FinchCaller,
  request: FinchRequest<Wire, T>,
): Promise<Outcome<T>> {
  if (request.token?.disconnectOnly && request.endpoint !== "POST /disconnect") {
    return failure("reauthenticate", { requestId: null, status: null, age: unknownAge }, noBody);
  }
  const startedAt = performance.now();
  const { outcome, bytes } = await send(request);
  await caller.record({
    connectionId: caller.connectionId ?? null,
    tokenId: request.token?.id ?? null,
    syncRunId: caller.syncRunId ?? null,
    endpoint: request.endpoint,
    status: outcome.status,
    outcome: outcome.kind,
    finchCode: outcome.finchCode,
    finchRequestId: outcome.requestId,
    durationMs: Math.round(performance.now() - startedAt),
    bytes,
    dataRetrievedAt: outcome.age.retrievedAt,
    lastAttemptAt: outcome.age.lastAttemptAt,
    lastAttemptResult: outcome.age.lastAttemptResult,
  });
  return outcome;
}

async function send<Wire, T>(
  request: FinchRequest<Wire, T>,
): Promise<{ outcome: Outcome<T>; bytes: number | null }> {
  try {
    // The SDK's timeout ends with the headers; this one covers the body too.
    const response = await request.send({ signal: AbortSignal.timeout(finchTimeoutMs) }).asResponse();
    const body = await response.text();
    return { outcome: readAnswer(request, response, body), bytes: Buffer.byteLength(body) };
  } catch (error) {
    return { outcome: readError(error, request.token !== null), bytes: null };
  }
}

function readAnswer<Wire, T>(request: FinchRequest<Wire, T>, response: Response, body: string): Outcome<T> {
  const facts = {
    requestId: requestIdOf(response.headers),
    status: response.status,
    age: ageOf(response.headers),
  };
  const answer = parseJson(body);
  if (response.status === 202 && !request.accepts202) return failure("pending", facts, readErrorBody(answer));
  if (answer === undefined) return failure("malformed", facts, noBody);
  const { json, secrets } = scrub(answer);
  const parsed = request.schema.safeParse(json);
  if (!parsed.success) return failure("malformed", facts, noBody);
  const data = request.reshape({ wire: parsed.data, json, secrets, status: response.status });
  return { kind: "ok", data, finchCode: null, ...facts };
}

function readError(error: unknown, usesToken: boolean): FinchFailure {
  if (error instanceof APIError && typeof error.status === "number") {
    const headers = error.headers instanceof Headers ? error.headers : new Headers();
    const facts = { requestId: requestIdOf(headers), status: error.status, age: ageOf(headers) };
    const body = readErrorBody(error.error);
    return failure(classifyStatus(error.status, body, usesToken), facts, body);
  }
  return failure(networkKind(error), { requestId: null, status: null, age: unknownAge }, noBody);
}

function networkKind(error: unknown): FailureKind {
  if (error instanceof APIConnectionTimeoutError || error instanceof APIUserAbortError) return "timeout";
  if (error instanceof DOMException && error.name === "TimeoutError") return "timeout";
  return "finch_error";
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

const requestIdOf = (headers: Headers) => headers.get("finch-request-id");

function ageOf(headers: Headers): DataAge {
  return {
    retrievedAt: dateOf(headers.get("finch-data-retrieved")),
    lastAttemptAt: dateOf(headers.get("finch-last-attempted-update-date")),
    lastAttemptResult: headers.get("finch-last-attempted-update-result"),
  };
}

function dateOf(value: string | null): Date | null {
  if (value === null) return null;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? null : date;
}
