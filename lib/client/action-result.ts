/** What a server action answers. Errors are values here: the message is for a person. */
export interface ActionError {
  code: string;
  message: string;
  /** The input field that is wrong. */
  field?: string;
  /** Finch-Request-Id, where Finch was asked. */
  requestId?: string;
  /** Our own id of an unexpected failure, as it stands in the log. */
  reference?: string;
  /** When a used-up limit has room again. */
  retryAfterSeconds?: number;
}

export type ActionResult<T> = { ok: true; data: T } | { ok: false; error: ActionError };
