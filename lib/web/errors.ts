import "server-only";
import { randomUUID } from "node:crypto";
import { notFound } from "next/navigation";
import { ZodError } from "zod";
import type { ActionError } from "@/lib/client/action-result";
import { DomainError, type DomainErrorCode } from "@/lib/domain/errors";
import { log, type Log } from "@/lib/log";

/** One mapping of errors for every door: what a person may read, and the status of an answer. */

const statuses: Record<DomainErrorCode, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  STEP_UP_REQUIRED: 403,
  NOT_FOUND: 404,
  INVALID: 422,
  CONFLICT: 409,
  EXPIRED: 410,
  RATE_LIMITED: 429,
  UPSTREAM: 502,
  INTERNAL: 500,
};

export interface WebError extends ActionError {
  status: number;
}

interface Attempt {
  /** A route's pattern or an action's name; goes to the log. */
  route?: string;
  /** Who tried, where somebody is signed in. */
  userId?: string;
}

/** What an investigation asks for: somebody tried what is not theirs, or too often. Being signed out is none of it. */
const refusals = new Set<string>(["FORBIDDEN", "STEP_UP_REQUIRED", "NOT_FOUND", "RATE_LIMITED"]);

function noteRefusal(code: string, attempt: Attempt, to: Log): void {
  if (refusals.has(code)) to.info("a request was refused", { code, ...attempt });
}

function fromZod(error: ZodError): WebError {
  const issue = error.issues[0];
  const field = issue?.path.map(String).join(".");
  const unknown = issue?.code === "unrecognized_keys";
  return {
    status: statuses.INVALID,
    code: "INVALID",
    message: unknown
      ? "The request has fields that do not belong to it."
      : (issue?.message ?? "The input is not valid."),
    ...(field ? { field } : {}),
  };
}

/** notFound() inside a verb or a context helper, as Next throws it. */
export function isNextNotFound(error: unknown): boolean {
  const digest: unknown = error instanceof Error ? Reflect.get(error, "digest") : null;
  return typeof digest === "string" && digest === "NEXT_HTTP_ERROR_FALLBACK;404";
}

/** Turns whatever was thrown into words for a person. The message of an unknown error stays here. */
export function toWebError(error: unknown, attempt: Attempt = {}, to: Log = log): WebError {
  if (error instanceof ZodError) {
    const isProbe = error.issues.some(({ code }) => code === "unrecognized_keys");
    if (isProbe) to.info("a request had unknown fields", { code: "INVALID", ...attempt });
    return fromZod(error);
  }
  if (isNextNotFound(error)) {
    noteRefusal("NOT_FOUND", attempt, to);
    return { status: 404, code: "NOT_FOUND", message: "There is no such page, or you may not see it." };
  }
  if (error instanceof DomainError && error.code !== "INTERNAL") {
    noteRefusal(error.code, attempt, to);
    return {
      status: statuses[error.code],
      code: error.code,
      message: error.message,
      ...(error.field ? { field: error.field } : {}),
      ...(error.requestId ? { requestId: error.requestId } : {}),
      ...(error.retryAfterSeconds ? { retryAfterSeconds: error.retryAfterSeconds } : {}),
    };
  }
  const reference = randomUUID();
  to.error("a request failed", error, { reference, ...attempt });
  return {
    status: 500,
    code: "INTERNAL",
    message: "Something went wrong on our side. Nothing you entered is lost; try again in a moment.",
    reference,
  };
}

/** The same for a server action's result, which has no status. */
export function toActionError(error: unknown, attempt: Attempt = {}): ActionError {
  const { status: _status, ...rest } = toWebError(error, attempt);
  return rest;
}

const isAbsent = (error: unknown) =>
  error instanceof DomainError && (error.code === "NOT_FOUND" || error.code === "FORBIDDEN");

/** For pages: what is missing or not theirs is the same 404. */
export async function orNotFound<T>(result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    if (isAbsent(error)) notFound();
    throw error;
  }
}

/** For a part of a page that may go while the page stays. */
export async function orNull<T>(result: Promise<T>): Promise<T | null> {
  try {
    return await result;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}
