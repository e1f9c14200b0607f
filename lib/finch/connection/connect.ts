import type Finch from "@tryfinch/finch-api";
import { Secret } from "@/lib/crypto";
import { env } from "@/lib/env";
import { callFinch } from "../http/call";
import type { FinchCaller } from "../caller";
import { applicationClient } from "../http/client";
import type { Outcome } from "../outcome";
import type { ConnectSession, ExchangedToken } from "./types";
import * as wire from "./wire";

type Products = Finch.Connect.SessionNewParams["products"];
type AuthMethod = Finch.Connect.SessionNewParams.Integration["auth_method"];

export interface ConnectSessionInput {
  /** Ours for this connection: Finch refuses a second session for one that has a connection. */
  finchCustomerId: string;
  customerName: string;
  customerEmail?: string | null;
  products: readonly string[];
  /** The redirect flow only; absent when embedded. */
  redirectUri?: string | null;
  minutesToExpire: number;
  /** Skips the provider list. */
  providerId?: string | null;
  authMethod?: AuthMethod;
}

/** Sends the environment only where it is Finch's sandbox. */
const sandboxOption = () => (env().FINCH_ENVIRONMENT === "sandbox" ? ("finch" as const) : null);

// Products are open strings elsewhere at Finch; only the session lists them (API-SURFACE §6).
const asProducts = (products: readonly string[]) => [...products] as Products;

/** Starts Finch Connect for a new connection. `unprocessable` with `connection_already_exists` names the connection. */
export function createConnectSession(
  caller: FinchCaller,
  input: ConnectSessionInput,
): Promise<Outcome<ConnectSession>> {
  return callFinch(caller, {
    endpoint: "POST /connect/sessions",
    token: null,
    schema: wire.connectSession,
    send: (options) =>
      applicationClient().connect.sessions.new(
        {
          customer_id: input.finchCustomerId,
          customer_name: input.customerName,
          customer_email: input.customerEmail ?? null,
          products: asProducts(input.products),
          redirect_uri: input.redirectUri ?? null,
          minutes_to_expire: input.minutesToExpire,
          sandbox: sandboxOption(),
          ...(input.providerId
            ? { integration: { provider: input.providerId, auth_method: input.authMethod ?? null } }
            : {}),
        },
        options,
      ),
    reshape: ({ wire: session }) => ({ sessionId: session.session_id, connectUrl: session.connect_url }),
  });
}

export interface ReauthenticateSessionInput {
  finchConnectionId: string;
  /** Left out: the products of the connection stay. */
  products?: readonly string[] | null;
  redirectUri?: string | null;
  minutesToExpire: number;
}

/** Starts Finch Connect to repair a connection. Unknown connection: `unprocessable`. */
export function createReauthenticateSession(
  caller: FinchCaller,
  input: ReauthenticateSessionInput,
): Promise<Outcome<ConnectSession>> {
  return callFinch(caller, {
    endpoint: "POST /connect/sessions/reauthenticate",
    token: null,
    schema: wire.connectSession,
    send: (options) =>
      applicationClient().connect.sessions.reauthenticate(
        {
          connection_id: input.finchConnectionId,
          minutes_to_expire: input.minutesToExpire,
          redirect_uri: input.redirectUri ?? null,
          ...(input.products ? { products: asProducts(input.products) } : {}),
        },
        options,
      ),
    reshape: ({ wire: session }) => ({ sessionId: session.session_id, connectUrl: session.connect_url }),
  });
}

/**
 * Exchanges a code, once. `redirectUri` as it was sent with the session in the
 * redirect flow, absent in the embedded one (Finch: Create Access Token).
 * Bad or expired code: `unprocessable` with finchCode `invalid_grant`.
 */
export function exchangeCode(
  caller: FinchCaller,
  input: { code: string; redirectUri?: string | null },
): Promise<Outcome<ExchangedToken>> {
  return callFinch(caller, {
    endpoint: "POST /auth/token",
    token: null,
    schema: wire.exchangedToken,
    send: (options) =>
      applicationClient().accessTokens.create(
        { code: input.code, ...(input.redirectUri ? { redirect_uri: input.redirectUri } : {}) },
        options,
      ),
    reshape: ({ wire: token }) => ({
      accessToken: new Secret(token.access_token),
      finchConnectionId: token.connection_id,
      finchCustomerId: token.customer_id,
      customerName: token.customer_name,
      providerId: token.provider_id,
      products: token.products,
      entityIds: token.entity_ids ?? [],
      companyId: token.company_id,
      clientType: token.client_type,
      connectionType: token.connection_type,
    }),
  });
}
