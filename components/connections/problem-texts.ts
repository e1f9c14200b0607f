import type { ConnectProblem } from "@/lib/domain/connections/connect-problems";

/** Words for every end of Finch Connect that is no connection: what happened, what it means, what to do. */

export interface ProblemText {
  title: string;
  means: string;
  todo: string;
  /** connect: start again; reconnect: repair what is there; open: look at what is there; retry: load again. */
  next: "connect" | "reconnect" | "open" | "retry" | "sign-in" | "none";
}

type Texts = Record<ConnectProblem, ProblemText>;

const nothingStored = "Nothing was stored, and nothing changed at your payroll provider.";

const attemptTexts: Pick<
  Texts,
  "unknown_attempt" | "other_browser" | "expired" | "code_expired" | "code_used" | "attempt_used"
> = {
  unknown_attempt: {
    title: "This sign-in does not belong to an attempt of yours",
    means: `The address you came back with names no attempt to connect that Perch knows. ${nothingStored}`,
    todo: "Open your connections and press Connect again. It takes about 2 minutes.",
    next: "connect",
  },
  other_browser: {
    title: "This sign-in was started in another browser",
    means: `Perch finishes a connection only in the browser, and for the person, that pressed Connect. ${nothingStored}`,
    todo: "Go back to that browser, or press Connect again here.",
    next: "connect",
  },
  expired: {
    title: "This sign-in took longer than 30 minutes",
    means: `For safety an attempt to connect ends after half an hour. ${nothingStored}`,
    todo: "Press Connect again; have the provider’s sign-in at hand.",
    next: "connect",
  },
  code_expired: {
    title: "Finch no longer accepts this sign-in",
    means: "The one-time code that Finch Connect gave was too old, or was used before. Nothing was stored.",
    todo: "Press Connect again. If the connection was made after all, Perch takes it up then.",
    next: "connect",
  },
  code_used: {
    title: "This sign-in was already handed in",
    means:
      "The one-time code belongs to another attempt. Each code works once, for one attempt. Nothing was stored.",
    todo: "Look at your connections; if yours is not there, press Connect again.",
    next: "open",
  },
  attempt_used: {
    title: "This attempt to connect has already ended",
    means: "It was finished with another code, and each attempt works once. Nothing more was stored.",
    todo: "Look at your connections; if yours is not there, press Connect again.",
    next: "open",
  },
};

const exchangeTexts: Pick<Texts, "in_progress" | "lost" | "finch_unavailable" | "finch_refused"> = {
  in_progress: {
    title: "Your connection is still being made",
    means: "Finch takes longer than usual to answer. The sign-in itself worked.",
    todo: "Wait a moment, then look again. You need not sign in a second time.",
    next: "retry",
  },
  lost: {
    title: "The sign-in worked, but the connection did not arrive",
    means: "Perch was interrupted while it took up the connection, and Finch gives each code out once.",
    todo: "Sign in once more: Perch takes up the connection that is already there.",
    next: "reconnect",
  },
  finch_unavailable: {
    title: "Finch or your provider does not answer right now",
    means: "The sign-in could not be finished because of an outage on the other side. Nothing was stored.",
    todo: "Try again in a few minutes. If it stays, send Finch’s support the request id below.",
    next: "connect",
  },
  finch_refused: {
    title: "Finch refused to finish this sign-in",
    means: "This is a matter between Perch and Finch, not with your password. Nothing was stored.",
    todo: "Tell whoever runs Perch the request id below.",
    next: "connect",
  },
};

const refusalTexts: Pick<
  Texts,
  | "wrong_customer"
  | "wrong_environment"
  | "wrong_connection"
  | "disconnected"
  | "other_employer"
  | "no_permission"
> = {
  wrong_customer: {
    title: "This sign-in was made for somebody else",
    means: `The code does not belong to this employer’s attempt, so Perch did not take it. ${nothingStored}`,
    todo: "Press Connect again in this browser and sign in to this employer’s own payroll.",
    next: "connect",
  },
  wrong_environment: {
    title: "This sign-in belongs to another Finch environment",
    means:
      "This installation of Perch serves one Finch environment only, and the sign-in came from another. Nothing was stored.",
    todo: "Tell whoever runs Perch: its Finch credentials and FINCH_ENVIRONMENT do not fit together.",
    next: "connect",
  },
  wrong_connection: {
    title: "You signed in to a different account",
    means:
      "A reconnect must come back with the same account at the same provider. The connection stays as it was.",
    todo: "Reconnect and sign in to the account that was connected before. For another account, connect it as a new one.",
    next: "reconnect",
  },
  disconnected: {
    title: "This connection was disconnected in the meantime",
    means:
      "Somebody disconnected it while you were signing in, and that counts. It stays disconnected, and nothing was stored.",
    todo: "If it should be connected after all, press Connect again: it becomes a new connection.",
    next: "connect",
  },
  other_employer: {
    title: "This payroll account cannot be connected to this employer",
    means: `It is in use outside of this employer, and one account belongs to one employer only. ${nothingStored}`,
    todo: "Check that you signed in to this employer’s own payroll account, then press Connect again.",
    next: "connect",
  },
  no_permission: {
    title: "Your role no longer includes connecting",
    means: `Your role at this employer changed while you were signing in. ${nothingStored}`,
    todo: "Ask an administrator of the employer to connect, or to give you the role back.",
    next: "none",
  },
};

const connectTexts: Pick<Texts, "connect_error" | "closed"> = {
  connect_error: {
    title: "Finch Connect ended with an error",
    means: "The sign-in at the provider did not work. Nothing was stored.",
    todo: "Try again; check that you sign in as an administrator of the payroll account.",
    next: "connect",
  },
  closed: {
    title: "You left before the end",
    means: "The sign-in window was closed before the connection was made. Nothing was stored.",
    todo: "Connect whenever you like; it takes about 2 minutes.",
    next: "connect",
  },
};

export const problemTexts: Texts = { ...attemptTexts, ...exchangeTexts, ...refusalTexts, ...connectTexts };

export function isProblem(value: unknown): value is ConnectProblem {
  return typeof value === "string" && Object.hasOwn(problemTexts, value);
}

/** For a callback that arrives where nobody is signed in. */
export const signedOutText: ProblemText = {
  title: "Sign in to finish connecting",
  means: `Nobody is signed in to Perch in this browser, so the connection was not made. ${nothingStored}`,
  todo: "Sign in, open your connections and press Connect again. In the browser where you pressed it, it goes on by itself.",
  next: "sign-in",
};
