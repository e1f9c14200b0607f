import { randomUUID } from "node:crypto";
import { z } from "zod";
import { standingAccounts } from "@/sandbox/accounts";
import { basic, type BasicCall } from "@/sandbox/call";
import { findConnectionOfCustomer } from "@/sandbox/connections";
import { FinchError, invalidRequest } from "@/sandbox/errors";
import { findProvider, productCatalog } from "@/sandbox/providers";
import { emptyProgress } from "@/sandbox/connect/flow";
import type { ConnectSession } from "@/sandbox/records";
import { isRegisteredRedirect } from "@/sandbox/redirects";
import type { Result, Routes } from "@/sandbox/results";
import { parseInput } from "@/sandbox/validate";

const productIds = productCatalog.map((product) => product.id);
const Products = z
  .array(z.enum(productIds))
  .min(1)
  .refine((list) => !(list.includes("benefits") && list.includes("deduction")), {
    message: "deduction is another name of benefits and cannot be combined with it",
  });

const MinutesToExpire = z.number().min(1).max(129_600).nullish();
const defaultMinutes = { new: 129_600, reauthenticate: 43_200 };

const Recordkeeping = z.object({
  plan_id: z.string().min(1).nullish(),
  recordkeeper: z.enum(["voya", "empower", "fidelity", "transamerica"]),
});

const NewSession = z.object({
  customer_id: z.string().min(1).max(255),
  customer_name: z.string().min(1).max(255),
  customer_email: z.email().nullish(),
  products: Products,
  redirect_uri: z.string().nullish(),
  minutes_to_expire: MinutesToExpire,
  // True and false are the values of an older version that Finch still takes.
  sandbox: z.union([z.enum(["finch", "provider"]), z.boolean()]).nullish(),
  manual: z.boolean().nullish(),
  integration: z
    .object({
      provider: z.string(),
      auth_method: z.enum(["assisted", "credential", "oauth", "api_token"]).nullish(),
    })
    .nullish(),
  recordkeeping: Recordkeeping.nullish(),
});

const Reauthenticate = z.object({
  connection_id: z.string().min(1),
  products: Products.nullish(),
  redirect_uri: z.string().nullish(),
  minutes_to_expire: z.int().min(1).max(129_600).optional(),
});

const connectError = (message: string) => invalidRequest(message, { context: {} });

function checkRedirect(call: BasicCall, uri: string | null | undefined): string | null {
  if (uri === null || uri === undefined || uri === "") return null;
  if (!isRegisteredRedirect(call.world.settings, uri)) {
    throw connectError(`The redirect_uri ${uri} is not registered for this application`);
  }
  return uri;
}

function checkIntegration(input: z.infer<typeof NewSession>): void {
  if (!input.integration) return;
  const { provider: providerId, auth_method: method } = input.integration;
  const provider = findProvider(providerId);
  if (!provider) throw connectError(`Unknown provider: ${providerId}`);
  if (method && !provider.authentication_methods.includes(method)) {
    throw connectError(`${provider.display_name} does not support the authentication method ${method}`);
  }
}

function checkRecordkeeping({ products, recordkeeping }: z.infer<typeof NewSession>): void {
  if (recordkeeping && !products.includes("recordkeeping")) {
    throw connectError("recordkeeping needs the product recordkeeping");
  }
}

type SessionDraft = Omit<ConnectSession, "id" | "clientId" | "createdAt" | "expiresAt">;

function saveSession(call: BasicCall, session: SessionDraft, minutes: number) {
  const id = randomUUID();
  const now = call.world.clock.now();
  call.world.store.sessions.set(id, {
    ...session,
    id,
    clientId: call.client.id,
    createdAt: new Date(now).toISOString(),
    expiresAt: new Date(now + minutes * 60_000).toISOString(),
  });
  const url = new URL("/authorize", call.world.settings.publicUrl);
  url.searchParams.set("session", id);
  return { status: 201, body: { session_id: id, connect_url: url.href } } as const;
}

/**
 * Opens a session for a customer that has no connection yet (Finch: Create a new connect session).
 * Errors: 400 connection_already_exists with the connection in `context`, 400 invalid_request, 401.
 */
const create = basic<Result<"POST /connect/sessions">>((call) => {
  const input = parseInput(NewSession, call.body, connectError);
  checkIntegration(input);
  checkRecordkeeping(input);
  const redirectUri = checkRedirect(call, input.redirect_uri);
  const existing = findConnectionOfCustomer(call.world, call.client.id, input.customer_id);
  if (existing) {
    throw new FinchError(
      400,
      "bad_request",
      `There's an existing connection for the customer_id: ${input.customer_id}. Please use the /connect/sessions/reauthenticate endpoint instead.`,
      "connection_already_exists",
      { context: { customer_id: input.customer_id, connection_id: existing.id } },
    );
  }
  const session: SessionDraft = {
    kind: "new",
    customerId: input.customer_id,
    customerName: input.customer_name,
    customerEmail: input.customer_email ?? null,
    products: [...new Set(input.products)],
    redirectUri,
    connectionType: input.sandbox === "provider" ? "provider" : "finch",
    manual: input.manual ?? false,
    providerId: input.integration?.provider ?? null,
    authMethod: input.integration?.auth_method ?? null,
    connectionId: null,
    status: "created",
    progress: emptyProgress(),
    code: null,
  };
  return saveSession(call, session, input.minutes_to_expire ?? defaultMinutes.new);
});

/**
 * Opens a session that repairs an existing connection (Finch: Reauthentication).
 * Errors: 400 where this client has no such connection, 401.
 */
const reauthenticate = basic<Result<"POST /connect/sessions/reauthenticate">>((call) => {
  const input = parseInput(Reauthenticate, call.body, connectError);
  const connection = call.world.store.connections.get(input.connection_id);
  if (!connection || connection.clientId !== call.client.id || connection.disconnectedAt !== null) {
    const context = { connection_id: input.connection_id };
    throw new FinchError(400, "bad_request", "Connection not found", "connection_not_found", { context });
  }
  const last = standingAccounts(call.world, connection.id).at(-1);
  const session: SessionDraft = {
    kind: "reauthenticate",
    customerId: connection.customerId,
    customerName: connection.customerName,
    customerEmail: connection.customerEmail,
    products: input.products ? [...new Set(input.products)] : (last?.products ?? []),
    redirectUri: checkRedirect(call, input.redirect_uri),
    connectionType: connection.connectionType,
    manual: true,
    providerId: connection.providerId,
    authMethod: last?.authenticationType ?? null,
    connectionId: connection.id,
    status: "created",
    progress: emptyProgress(),
    code: null,
  };
  return saveSession(call, session, input.minutes_to_expire ?? defaultMinutes.reauthenticate);
});

export const connectSessions = {
  "POST /connect/sessions": create,
  "POST /connect/sessions/reauthenticate": reauthenticate,
} satisfies Routes;
