export type ErrorStyle = "plain" | "triple" | "context";

/** An answer that is not 2xx, in Finch's words (API: Error Types). */
export class FinchError extends Error {
  constructor(
    readonly status: number,
    readonly errorName: string | null,
    message: string,
    readonly finchCode: string | null = null,
    readonly extra: Record<string, unknown> = {},
  ) {
    super(message);
  }

  /** The body; some endpoints repeat the number three times, some add an object to what is wrong with a request. */
  body(style: ErrorStyle): Record<string, unknown> {
    return {
      ...(style === "context" && this.status === 400 ? { context: {} } : {}),
      ...(style === "triple" ? { statusCode: this.status, status: this.status } : {}),
      code: this.status,
      ...(this.errorName === null ? {} : { name: this.errorName }),
      ...(this.finchCode === null ? {} : { finch_code: this.finchCode }),
      message: this.message,
      ...this.extra,
    };
  }
}

/** `POST /disconnect-entity` answers in a shape of its own where entities are unknown (Finch: Disconnect Entity). */
export class EntitiesNotFound extends FinchError {
  constructor(private readonly entityIds: readonly string[]) {
    super(400, null, "Entities not found");
  }

  override body(): Record<string, unknown> {
    return { errors: this.entityIds.map((entityId) => ({ entityId, error: "NOT_FOUND" })) };
  }
}

export const invalidRequest = (message: string, extra: Record<string, unknown> = {}) =>
  new FinchError(400, "bad_request", message, "invalid_request", extra);

export const notFound = (message: string, finchCode = "item_not_found") =>
  new FinchError(404, "not_found_error", message, finchCode);

export const unauthorized = () =>
  new FinchError(401, "unauthorized_request_error", "Unauthorized request: no authentication given");

export const invalidToken = () =>
  new FinchError(401, "invalid_token_error", "Invalid token: access token is invalid");

/** Wrong Basic credentials. Finch's connect endpoints leave the name out. */
export const invalidClient = () =>
  new FinchError(401, null, "Invalid client: Unable to validate credentials", "invalid_client");

export const reauthenticateUser = () =>
  new FinchError(401, "authentication_error", "Please reauthenticate user", "reauthenticate_user");

export const accountSetupRequired = () =>
  new FinchError(
    401,
    "authentication_error",
    "The employer has to finish setting up Finch's account at the provider",
    "account_setup_required",
  );

export const insufficientPermissions = () =>
  new FinchError(
    403,
    "error_permissions",
    "The permissions of the third-party administrator account are not sufficient",
    "insufficient_account_permissions",
  );

export const insufficientScope = (product: string) =>
  new FinchError(
    403,
    "insufficient_scope_error",
    `Insufficient scope: the product '${product}' was not granted`,
  );

export const notImplemented = (message: string) => new FinchError(501, "not_implemented_error", message);

export const batchLimitExceeded = (max: number) =>
  new FinchError(
    422,
    "unprocessable_entity_error",
    `Batch size exceeds the maximum of ${max} items. Please split the request.`,
    "batch_limit_exceeded",
  );

export const pageSizeLimitExceeded = (max: number) =>
  new FinchError(
    422,
    "unprocessable_entity_error",
    `Page size exceeds the maximum of ${max} items. Please reduce the limit parameter.`,
    "page_size_limit_exceeded",
  );

const pendingTexts = {
  data_sync_in_progress: [
    "sync_in_progress",
    "The data being requested is being fetched. Please check back later.",
  ],
  pending: ["authorization_pending", "Authorization to this company's data is pending"],
  accountant_setup_pending: [
    "authorization_pending",
    "Finch is still setting up the accountant user for this connection. Please try again later.",
  ],
} as const;

export type PendingCode = keyof typeof pendingTexts;

/** Not a failure: HTTP 202 instead of data, in one of Finch's three variants. */
export function pendingBody(code: PendingCode) {
  const [name, message] = pendingTexts[code];
  return { code: 202, name, finch_code: code, message };
}

export type Pending = ReturnType<typeof pendingBody>;

/** An error as an item of a batch, with the two deprecated names that Finch repeats (Finch: Error Handling). */
export function toItemBody(error: FinchError) {
  const name = error.errorName ?? "server_error";
  return {
    code: error.status,
    name,
    ...(error.finchCode === null ? {} : { finch_code: error.finchCode }),
    message: error.message,
    error_name: name,
    error_message: error.message,
  };
}
