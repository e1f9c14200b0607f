import Finch from "@tryfinch/finch-api";
import { env } from "@/lib/env";
import { outboundFetch } from "@/lib/outbound";
import type { FinchToken } from "../caller";
import { patience } from "./dispatcher";

/** Finch gives up after 6 minutes (API-SURFACE §1); the SDK's own default of 60 s would cut real answers off. */
export const finchTimeoutMs = 6 * 60_000;

const shared = () => ({
  baseURL: env().FINCH_BASE_URL,
  maxRetries: 0,
  timeout: finchTimeoutMs,
  // The SDK's logs carry headers and bodies.
  logLevel: "off" as const,
  // Its hosts are an allow-list, and a redirect, which would take credentials elsewhere, is an error (SECURITY 15).
  fetch: (input: string | URL | Request, init?: RequestInit) =>
    outboundFetch(input, { ...init, ...patience() }),
});

/** One client per kind of credential: a client that holds both sends Basic where Bearer was meant. */
export function applicationClient(): Finch {
  return new Finch({
    ...shared(),
    accessToken: null,
    clientID: env().FINCH_CLIENT_ID,
    clientSecret: env().FINCH_CLIENT_SECRET,
    webhookSecret: null,
  });
}

export function tokenClient(token: FinchToken): Finch {
  return new Finch({
    ...shared(),
    accessToken: token.secret.reveal(),
    clientID: null,
    clientSecret: null,
    webhookSecret: null,
  });
}

export function publicClient(): Finch {
  return new Finch({
    ...shared(),
    // Without this the SDK refuses to send a request that carries no credential.
    defaultHeaders: { Authorization: null },
    accessToken: null,
    clientID: null,
    clientSecret: null,
    webhookSecret: null,
  });
}
