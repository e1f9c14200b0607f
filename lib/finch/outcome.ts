/** The closed union of everything a call to Finch can end in (DESIGN §7). */
export const failureKinds = [
  "pending",
  "reauthenticate",
  "setup_required",
  "forbidden_scope",
  "insufficient_permissions",
  "payment_required",
  "not_found",
  "unprocessable",
  "rate_limited",
  "not_implemented",
  "provider_error",
  "finch_error",
  "timeout",
  "malformed",
] as const;

export type FailureKind = (typeof failureKinds)[number];

/** What Finch's headers say about the age of the data. */
export interface DataAge {
  /** Finch-Data-Retrieved: when Finch took the data from the provider. */
  retrievedAt: Date | null;
  lastAttemptAt: Date | null;
  /** success | error | partial_error, as it came. */
  lastAttemptResult: string | null;
}

interface CallFacts {
  /** Finch-Request-Id. */
  requestId: string | null;
  /** HTTP status; null where no answer came. */
  status: number | null;
  finchCode: string | null;
  age: DataAge;
}

export interface FinchOk<T> extends CallFacts {
  kind: "ok";
  data: T;
}

export interface FinchFailure extends CallFacts {
  kind: FailureKind;
  /** For a person: what happened, in plain words, without values of anybody's data. */
  message: string;
  /** Ids that Finch names with connection_already_exists. */
  context: { customerId: string | null; connectionId: string | null } | null;
  /** When what was refused is allowed again, where Finch says so. */
  retryAt?: Date;
}

export type Outcome<T> = FinchOk<T> | FinchFailure;

/** Failures that trying again later can mend; 501 and 401 never (DESIGN §7). */
const retryable = new Set<FailureKind>(["rate_limited", "provider_error", "finch_error", "timeout"]);

export function isRetryable(failure: Pick<FinchFailure, "kind">): boolean {
  return retryable.has(failure.kind);
}
