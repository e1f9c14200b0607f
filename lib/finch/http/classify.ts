import type { DataAge, FailureKind, FinchFailure } from "../outcome";
import { maskSsnLike, toStorable } from "../scrub";

/** Turns a status and an error body into one of the closed kinds (API-SURFACE §2). */

/** What the status line and the headers say. */
export interface AnswerHead {
  requestId: string | null;
  /** Null where no answer came. */
  status: number | null;
  age: DataAge;
}

export const noHead: AnswerHead = {
  requestId: null,
  status: null,
  age: { retrievedAt: null, lastAttemptAt: null, lastAttemptResult: null },
};

/** These go to tables with indexes; an id of Finch has 36 characters. */
const word = (value: string | null) => value?.slice(0, 100) ?? null;

export function headOf(status: number, headers: Headers): AnswerHead {
  return {
    requestId: word(headers.get("finch-request-id")),
    status,
    age: {
      retrievedAt: dateOf(headers.get("finch-data-retrieved")),
      lastAttemptAt: dateOf(headers.get("finch-last-attempted-update-date")),
      lastAttemptResult: word(headers.get("finch-last-attempted-update-result")),
    },
  };
}

/** An instant as Finch writes it, or null; years beyond four digits are none that PostgreSQL would take. */
export function dateOf(value: string | null): Date | null {
  if (value === null) return null;
  const date = new Date(value);
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999 ? date : null;
}

export interface ErrorBody {
  name: string | null;
  finchCode: string | null;
  message: string | null;
  context: { customerId: string | null; connectionId: string | null } | null;
  /** Of a refresh that is spent: when the next one is allowed (429 of POST /jobs/automated). */
  retryAt: Date | null;
}

const text = (value: unknown) => (typeof value === "string" && value !== "" ? toStorable(value) : null);
/** A cut may leave half of a surrogate pair. */
const cutTo = (length: number, given: string) => given.slice(0, length).toWellFormed();
/** Codes and names come from outside and go to tables that keep no bodies: short, and without numbers of people. */
const code = (value: unknown) => {
  const given = text(value);
  return given === null ? null : cutTo(100, maskSsnLike(given));
};
const record = (value: unknown) =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

/** The house style, its variants and historic names; anything else gives nulls. */
export function readErrorBody(body: unknown): ErrorBody {
  const fields = record(body);
  const context = fields.context === undefined || fields.context === null ? null : record(fields.context);
  const message = text(fields.message) ?? text(fields.error_message);
  return {
    name: code(fields.name) ?? code(fields.error_name),
    finchCode: code(fields.finch_code),
    message: message === null ? null : cutTo(300, maskSsnLike(message)),
    context: context && { customerId: text(context.customer_id), connectionId: text(context.connection_id) },
    retryAt: dateOf(text(fields.retry_at)),
  };
}

export const noBody = readErrorBody(null);

/** @param usesToken false for calls with the installation's own credentials */
export function classifyStatus(status: number, body: ErrorBody, usesToken = true): FailureKind {
  if (status === 202) return "pending";
  if (status === 401) {
    if (!usesToken) return "finch_error";
    return body.finchCode === "account_setup_required" ? "setup_required" : "reauthenticate";
  }
  if (status === 402) return "payment_required";
  if (status === 403) {
    return body.finchCode === "insufficient_account_permissions" || body.name === "error_permissions"
      ? "insufficient_permissions"
      : "forbidden_scope";
  }
  if (status === 404) return "not_found";
  if (status === 408) return "timeout";
  if (status === 429) return "rate_limited";
  if (status === 501) return "not_implemented";
  if (status === 502) return "provider_error";
  if (status >= 500) return "finch_error";
  if (status >= 400) return "unprocessable";
  return "malformed";
}

const messages: Record<FailureKind, string> = {
  pending: "The first sync at Finch is still running.",
  reauthenticate: "The provider no longer accepts the saved sign-in.",
  setup_required: "The account at the provider has to be set up first.",
  forbidden_scope: "This data was not shared when the connection was made.",
  insufficient_permissions: "The account that was connected may not see this data at the provider.",
  payment_required: "Finch asks for payment of an invoice before it answers.",
  not_found: "Finch does not know what was asked for.",
  unprocessable: "Finch refused the request.",
  rate_limited: "Finch asks to slow down.",
  not_implemented: "The provider does not offer this.",
  provider_error: "The provider did not answer Finch.",
  finch_error: "Finch had an error of its own.",
  timeout: "Finch did not answer in time.",
  malformed: "Finch answered in a form that could not be read.",
};

const byCode: Record<string, string> = {
  w4_sync_required: "Finch has not fetched any W-4 form of this person yet.",
  connection_already_exists: "This employer is connected already.",
  invalid_grant: "The code from Finch Connect is no longer valid.",
  finch_api_ip_rl: "Finch asks this server to slow down.",
  upstream_rate_limit_exceeded: "The provider asks Finch to slow down.",
  accountant_setup_pending: "The accountant's access at the provider is still being set up.",
};

export function failure(kind: FailureKind, head: AnswerHead, body: ErrorBody): FinchFailure {
  const grant = body.name?.startsWith("invalid_grant") ? "invalid_grant" : null;
  const client = kind === "finch_error" && head.status === 401 ? "invalid_client" : null;
  const finchCode = body.finchCode ?? grant ?? client ?? body.name;
  const message = client
    ? "Finch refused this installation's client id or secret."
    : (byCode[finchCode ?? ""] ?? messages[kind]);
  const retryAt = body.retryAt === null ? {} : { retryAt: body.retryAt };
  return { kind, ...head, finchCode, message, context: body.context, ...retryAt };
}
