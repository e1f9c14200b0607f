import { z } from "zod";
import { FinchError, pendingBody } from "@/sandbox/errors";
import { withNulls, withUnknownEnums, withUnknownKeys } from "@/sandbox/fault-bodies";
import { operations } from "@/sandbox/operations";
import { sha256 } from "@/sandbox/secrets";

export const FaultInput = z.strictObject({
  /** `GET /employer/payment`, or `*` for every operation. */
  operation: z
    .string()
    .refine((id) => id === "*" || operations.some((row) => row.id === id), {
      message: "must be an operation like GET /employer/payment, or *",
    })
    .default("*"),
  /** Only for this access token. */
  token: z.string().optional(),
  /** How many requests it meets. */
  times: z.number().int().min(1).max(1_000_000).default(1),
  kind: z.enum([
    /** An error: `status`, `finch_code`, `message`. */
    "status",
    /** 202 instead of data. */
    "pending",
    /** A late answer. */
    "latency",
    /** No answer until the client gives up, or the server does after six minutes. */
    "hang",
    /** The same by its older name. */
    "timeout",
    /** The connection breaks without an answer. */
    "reset",
    /** The body is not JSON. */
    "malformed",
    /** The body ends before it should. */
    "truncated",
    /** Null in every field that may be null. */
    "nulls",
    /** Values that no enum has. */
    "unknown_enums",
    /** Fields that nobody knows. */
    "unknown_keys",
  ]),
  status: z.number().int().min(400).max(599).optional(),
  finch_code: z.string().optional(),
  message: z.string().optional(),
  /** How long the answer waits, whatever the kind. Milliseconds. */
  ms: z.number().int().min(0).max(600_000).optional(),
});
export type FaultInput = z.infer<typeof FaultInput>;

export interface Fault extends Omit<FaultInput, "token"> {
  id: number;
  tokenHash: string | null;
  remaining: number;
}

const names: Record<number, [name: string, finchCode: string | null, message: string]> = {
  400: ["bad_request", "invalid_request", "The request could not be validated"],
  401: ["authentication_error", "reauthenticate_user", "Please reauthenticate user"],
  402: ["payment_required", "payment_required", "The application has unpaid invoices"],
  403: [
    "error_permissions",
    "insufficient_account_permissions",
    "The account's permissions are not sufficient",
  ],
  404: ["not_found_error", "item_not_found", "The requested resource could not be found"],
  408: ["client_connection_closed", null, "The client connection was closed"],
  422: ["unprocessable_request_error", "unprocessable_parameters", "The parameters could not be processed"],
  429: ["rate_limit_exceeded_error", "finch_application_rl", "Too many requests for token"],
  500: ["server_error", null, "Internal server error"],
  501: ["not_implemented_error", null, "Finch does not support this endpoint for this provider"],
  502: ["bad_gateway_error", "upstream_provider_error", "The provider could not be reached"],
};

/** Failures that were ordered for the next requests, oldest first. */
export class Faults {
  private rows: Fault[] = [];
  private nextId = 1;

  add(input: FaultInput): Fault {
    const { token, ...rest } = input;
    const fault = {
      ...rest,
      id: this.nextId++,
      tokenHash: token ? sha256(token) : null,
      remaining: input.times,
    };
    this.rows.push(fault);
    return fault;
  }

  list(): Fault[] {
    return this.rows;
  }

  clear(): void {
    this.rows = [];
  }

  /** @returns whether there was one */
  remove(id: number): boolean {
    const before = this.rows.length;
    this.rows = this.rows.filter((row) => row.id !== id);
    return this.rows.length < before;
  }

  /** Takes the fault meant for a request, if any; each counts down and then is gone. */
  take(operation: string, authorization: string | null): Fault | null {
    if (this.rows.length === 0) return null;
    const hash = sha256(authorization?.replace(/^Bearer\s+/i, "") ?? "");
    const fault = this.rows.find(
      (row) =>
        (row.operation === "*" || row.operation === operation) && (!row.tokenHash || row.tokenHash === hash),
    );
    if (!fault) return null;
    fault.remaining -= 1;
    if (fault.remaining <= 0) this.rows = this.rows.filter((row) => row !== fault);
    return fault;
  }
}

/** The error that a `status` fault stands for. */
export function faultError(fault: Fault): FinchError {
  const status = fault.status ?? 500;
  const [name, code, message] = names[status] ?? ["server_error", null, "Ordered by a test"];
  return new FinchError(status, name, fault.message ?? message, fault.finch_code ?? code);
}

/** The 202 body that a `pending` fault stands for. */
export function faultPending(fault: Fault) {
  const code = fault.finch_code;
  return pendingBody(
    code === "pending" || code === "accountant_setup_pending" ? code : "data_sync_in_progress",
  );
}

/** Finch: Error Handling, "Timeout Errors". Milliseconds. */
const serverTimeoutMs = 6 * 60_000;

/** How long a fault holds an answer back (milliseconds). */
export function faultDelay(fault: Fault): number {
  if (fault.ms !== undefined) return fault.ms;
  if (fault.kind === "hang" || fault.kind === "timeout") return serverTimeoutMs;
  return fault.kind === "latency" ? 1_000 : 0;
}

/** What a fault makes of an answer's body. */
export function faultBody(fault: Fault | null, operation: string, body: unknown): unknown {
  if (fault?.kind === "nulls") return withNulls(operation, body);
  if (fault?.kind === "unknown_enums") return withUnknownEnums(body);
  return fault?.kind === "unknown_keys" ? withUnknownKeys(body) : body;
}
