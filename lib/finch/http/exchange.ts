import { APIConnectionTimeoutError, APIError, APIUserAbortError } from "@tryfinch/finch-api";
import type { FinchCaller, FinchSlot, FinchToken } from "../caller";
import type { FailureKind, FinchFailure, Outcome } from "../outcome";
import { classifyStatus, failure, headOf, noBody, noHead, readErrorBody, type AnswerHead } from "./classify";
import { finchTimeoutMs } from "./client";
import type { BodyMeter } from "./read-body";

/** An SDK call before it is parsed: the SDK reads a 202 as data (STACK), so its parsing is not used. */
interface SdkCall {
  asResponse(): Promise<Response>;
}

/** What every request has, however its answer is read. */
export interface Sendable {
  /** "GET /employer/company": how api_requests names it. */
  endpoint: string;
  /** Null for calls with the installation's own credentials or none. */
  token: FinchToken | null;
  send(options: { signal: AbortSignal }): SdkCall;
}

/** An answer with status 2xx, of which the headers are there. */
export interface Answer {
  response: Response;
  head: AnswerHead;
  meter: BodyMeter;
}

/** Either the outcome, or what was thrown by whom the data was handed to. */
type Result<T> =
  { outcome: Outcome<T> } | { error: unknown; stopped: AnswerHead & { kind: "ok"; finchCode: null } };

type Reader<T> = (answer: Answer) => Promise<Outcome<T>>;

/** Finch has counted a request by then, whether it has answered or not (DESIGN §7). */
const seenAfterMs = 2_500;

/**
 * The one function through which every request to Finch goes: wait for the turn, send, read, record. What the gate
 * throws ends it before anything is sent; what `read` throws passes through after the request is recorded.
 */
export async function exchange<T>(
  caller: FinchCaller,
  request: Sendable,
  read: Reader<T>,
): Promise<Outcome<T>> {
  if (request.token?.disconnectOnly && request.endpoint !== "POST /disconnect") {
    return failure("reauthenticate", noHead, noBody);
  }
  const slot = await caller.gate.enter(request.endpoint);
  const seen = new Seen(slot);
  const startedAt = performance.now();
  const meter: BodyMeter = { bytes: 0, heldMs: 0 };
  const sent = await send(request, seen);
  const result: Result<T> =
    "failure" in sent ? { outcome: sent.failure } : await readAnswer(read, sent.response, meter);
  await seen.written();
  const end = "outcome" in result ? result.outcome : result.stopped;
  await caller.record({
    connectionId: caller.connectionId ?? null,
    tokenId: request.token?.id ?? null,
    syncRunId: caller.syncRunId ?? null,
    endpoint: request.endpoint,
    status: end.status,
    outcome: end.kind,
    finchCode: end.finchCode,
    finchRequestId: end.requestId,
    // Without the time for which our own work held the reading up.
    durationMs: Math.round(performance.now() - startedAt - meter.heldMs),
    bytes: "failure" in sent ? null : meter.bytes,
    dataRetrievedAt: end.age.retrievedAt,
    lastAttemptAt: end.age.lastAttemptAt,
    lastAttemptResult: end.age.lastAttemptResult,
  });
  if ("outcome" in result) return result.outcome;
  throw result.error;
}

/** Tells the slot once that Finch has seen the request. */
class Seen {
  private told: Promise<void> | undefined;

  constructor(private readonly slot: FinchSlot) {}

  now(): void {
    // A slot that could not be told is freed by its lease.
    this.told ??= this.slot.answered().catch(() => undefined);
  }

  async written(): Promise<void> {
    await this.told;
  }
}

async function send(
  request: Sendable,
  seen: Seen,
): Promise<{ response: Response } | { failure: FinchFailure }> {
  const aborter = new AbortController();
  // Ends with the headers: the body has limits of its own.
  const deadline = setTimeout(() => aborter.abort(), finchTimeoutMs);
  const timer = setTimeout(() => seen.now(), seenAfterMs);
  try {
    return { response: await request.send({ signal: aborter.signal }).asResponse() };
  } catch (error) {
    return { failure: readError(error, request.token !== null) };
  } finally {
    clearTimeout(deadline);
    clearTimeout(timer);
    seen.now();
  }
}

async function readAnswer<T>(read: Reader<T>, response: Response, meter: BodyMeter): Promise<Result<T>> {
  const head = headOf(response.status, response.headers);
  try {
    return { outcome: await read({ response, head, meter }) };
  } catch (error) {
    // Whoever takes the data gave up; Finch's part was fine as far as it was read.
    return { error, stopped: { kind: "ok", finchCode: null, ...head } };
  }
}

function readError(error: unknown, usesToken: boolean): FinchFailure {
  if (error instanceof APIError && typeof error.status === "number") {
    const headers = error.headers instanceof Headers ? error.headers : new Headers();
    const body = readErrorBody(error.error);
    return failure(classifyStatus(error.status, body, usesToken), headOf(error.status, headers), body);
  }
  return failure(networkKind(error), noHead, noBody);
}

function networkKind(error: unknown): FailureKind {
  const gaveUp = error instanceof APIConnectionTimeoutError || error instanceof APIUserAbortError;
  return gaveUp ? "timeout" : "finch_error";
}
