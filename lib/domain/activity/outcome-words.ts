import type { FailureKind } from "@/lib/finch";

/** What each outcome of a request means to whoever runs the installation, and what helps; pure. */

export interface OutcomeWords {
  label: string;
  happened: string;
  means: string;
  todo: string;
}

type Kind = "ok" | FailureKind;

const words: Record<Kind, OutcomeWords> = {
  ok: {
    label: "Answered",
    happened: "Finch answered.",
    means: "What came was mirrored.",
    todo: "Nothing.",
  },
  pending: {
    label: "Not ready (202)",
    happened: "Finch has not fetched this from the provider yet.",
    means: "No data and no error: the step waits and asks again, less and less often.",
    todo: "Nothing within 2 days, 14 where Finch's people set the connection up. After that, give Finch the request id.",
  },
  reauthenticate: {
    label: "Sign-in refused",
    happened: "The provider no longer accepts the saved sign-in.",
    means: "Nothing newer arrives for this connection until its administrator signs in again.",
    todo: "The employer reconnects from the connection's page; it asks them to.",
  },
  setup_required: {
    label: "Account not set up",
    happened: "The account at the provider has to be set up first.",
    means: "Nothing arrives for this connection until then.",
    todo: "The employer finishes setting up the account at the provider, then reconnects.",
  },
  forbidden_scope: {
    label: "Not shared",
    happened: "This product was not granted when the connection was made.",
    means: "The step is left out; everything that was shared still arrives.",
    todo: "If the data is wanted, the employer reconnects and shares it. If it was shared, compare the products on the connection's page with those of the Finch application.",
  },
  insufficient_permissions: {
    label: "Account may not see it",
    happened: "The account that was connected may not see this at the provider.",
    means: "This data stays as it was and gets older.",
    todo: "The employer reconnects with an account that may see it, or widens what this one may see at the provider.",
  },
  payment_required: {
    label: "Finch asks for payment",
    happened: "Finch wants an invoice settled before it answers.",
    means: "It concerns the whole installation, not this connection.",
    todo: "Settle it in Finch's dashboard, then sync.",
  },
  not_found: {
    label: "Unknown to Finch",
    happened: "Finch does not know what was asked for.",
    means: "It was deleted since the list was read, or the connection is gone at Finch.",
    todo: "Nothing once: the next sync reads the list anew. If it stays, give Finch the request id.",
  },
  unprocessable: {
    label: "Refused as wrong",
    happened: "Finch refused the request as it was sent.",
    means: "Sending it again gives the same answer: something in Perch or in the data does not fit.",
    todo: "Give the request id to whoever maintains Perch; Finch's support reads the body by it.",
  },
  rate_limited: {
    label: "Too many requests (429)",
    happened: "Finch asked to slow down, although Perch kept within the documented limits.",
    means:
      "It is waited out and sent again by itself. Perch counts every request it sends, so somebody else shares the allowance.",
    todo: "Look for another program with the same Finch client id or the same outgoing address; check EGRESS_ID and QUOTA_ settings.",
  },
  not_implemented: {
    label: "Not offered (501)",
    happened: "The provider does not offer this.",
    means: "Remembered: it is not asked again until Finch's description of the provider changes.",
    todo: "Nothing.",
  },
  provider_error: {
    label: "Provider failed",
    happened: "Finch could not reach the provider.",
    means: "It is tried again by itself, with growing pauses. What is mirrored stays.",
    todo: "If several connections of one provider fail, look at the provider's and Finch's status pages; after a day give Finch the request id.",
  },
  finch_error: {
    label: "Finch failed",
    happened: "Finch had an error of its own, or could not be reached.",
    means: "It is tried again by itself, with growing pauses. What is mirrored stays.",
    todo: "Look at Finch's status page. Without a status it never got there: check this server's network and FINCH_BASE_URL. With 401 and no token, check FINCH_CLIENT_ID and FINCH_CLIENT_SECRET.",
  },
  timeout: {
    label: "No answer in time",
    happened: "Finch did not answer in time, or the answer broke off.",
    means: "It is tried again by itself; whatever came of it before counts.",
    todo: "Once is nothing. Often and for many connections: check this server's network. For one connection: give Finch the endpoint and the time.",
  },
  malformed: {
    label: "Unreadable answer",
    happened: "Finch answered in a form that is not documented.",
    means: "Nothing of it was stored; what is mirrored stays.",
    todo: "Give the request id to whoever maintains Perch: Finch may have changed its answer.",
  },
};

export const outcomeKinds = Object.keys(words) as Kind[];

const byCode: Record<string, Partial<OutcomeWords>> = {
  finch_api_ip_rl: {
    means: "It concerns every request from this address: all of them pause for an hour.",
    todo: "Find what else calls Finch from this address. Several machines behind one address need one EGRESS_ID.",
  },
  upstream_rate_limit_exceeded: {
    happened: "The provider asked Finch to slow down.",
    means: "Finch's own allowance is not the cause. It is tried again by itself.",
    todo: "Nothing.",
  },
  invalid_client: {
    happened: "Finch refused this installation's client id or secret.",
    means: "Nobody can connect, and the list of providers gets old.",
    todo: "Compare FINCH_CLIENT_ID and FINCH_CLIENT_SECRET with Finch's dashboard; npm run perch -- doctor checks them.",
  },
  connection_already_exists: {
    means: "The employer has this connection already.",
    todo: "Reconnect the connection that is there instead of making another one.",
  },
};

const isKnown = (outcome: string): outcome is Kind => Object.hasOwn(words, outcome);

/** Words for an outcome; one of a newer release is named as it stands. */
export function outcomeWords(outcome: string, finchCode: string | null = null): OutcomeWords {
  const known = isKnown(outcome)
    ? words[outcome]
    : { ...words.finch_error, label: outcome.replaceAll("_", " "), happened: "The request did not succeed." };
  return { ...known, ...(finchCode === null ? {} : byCode[finchCode]) };
}

export const isFailure = (outcome: string): boolean => outcome !== "ok" && outcome !== "pending";
