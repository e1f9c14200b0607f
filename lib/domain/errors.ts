/** Few codes, one mapper a door (lib/web, worker): an error knows whether trying again can help. */
export type DomainErrorCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  /** The second factor was not shown within the last minutes: show it, then repeat. */
  | "STEP_UP_REQUIRED"
  | "NOT_FOUND"
  | "INVALID"
  | "CONFLICT"
  | "EXPIRED"
  | "RATE_LIMITED"
  | "UPSTREAM"
  | "INTERNAL";

interface DomainErrorOptions {
  /** The input field that is wrong. */
  field?: string;
  retryable?: boolean;
  /** Finch-Request-Id, where Finch was asked. */
  requestId?: string;
  /** When a used-up limit has room again. */
  retryAfterSeconds?: number;
  cause?: unknown;
}

/** The only error that the domain throws on purpose; its message is for a person. */
export class DomainError extends Error {
  readonly field: string | undefined;
  readonly retryable: boolean;
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: DomainErrorCode,
    message: string,
    options: DomainErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "DomainError";
    this.field = options.field;
    this.requestId = options.requestId;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.retryable = options.retryable ?? (code === "UPSTREAM" || code === "RATE_LIMITED");
  }
}

/** What is not yours does not exist: the same answer for both. */
export function notFound(what = "page"): DomainError {
  return new DomainError("NOT_FOUND", `There is no such ${what}, or you may not see it.`);
}
