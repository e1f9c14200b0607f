/**
 * Everything that can end an attempt to connect without a connection. Screens
 * have a text in three parts for each (components/connections/problem-texts.ts).
 */
export const connectProblems = [
  /** No attempt has this state. */
  "unknown_attempt",
  /** The attempt was started in another browser, or by another person. */
  "other_browser",
  /** The half hour of the attempt is over. */
  "expired",
  /** Finch does not take the code: too old, or not for this flow. */
  "code_expired",
  /** The code was handed in with another attempt. */
  "code_used",
  /** The attempt already ended with another code. */
  "attempt_used",
  /** The first caller still exchanges the code after 10 seconds. */
  "in_progress",
  /** The code was spent, and its token never reached us. */
  "lost",
  /** The code was made for somebody else's session. */
  "wrong_customer",
  /** A token of another Finch environment. */
  "wrong_environment",
  /** A repair that came back with another connection or provider. */
  "wrong_connection",
  /** The connection was disconnected while somebody was signing in to it. */
  "disconnected",
  /** The connection belongs to another employer of this installation. */
  "other_employer",
  /** The person may no longer connect for this employer. */
  "no_permission",
  /** Finch or the provider did not answer, or answered with a fault of its own. */
  "finch_unavailable",
  /** Finch refused for another reason. */
  "finch_refused",
  /** Finch Connect showed an error. */
  "connect_error",
  /** The window was closed before the end. */
  "closed",
] as const;

export type ConnectProblem = (typeof connectProblems)[number];

export function isConnectProblem(value: unknown): value is ConnectProblem {
  return connectProblems.some((problem) => problem === value);
}

/** How an attempt ended, for every door. Refusals are values here: each has a page of its own. */
export type ConnectResult =
  | { kind: "connected"; connectionId: string; reconnected: boolean }
  | {
      kind: "problem";
      problem: ConnectProblem;
      sessionId: string | null;
      /** The connection that can be reconnected instead. */
      connectionId: string | null;
      requestId: string | null;
    };
